"""``python -m dragoman``: the command line, where its script is not on the path."""

import sys

from dragoman.cli.main import run

if __name__ == "__main__":  # worker processes import this module too
    sys.exit(run())
