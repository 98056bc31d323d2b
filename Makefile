# The commands of the project. `make try` and `make test` need Python 3.11 to 3.13 and nothing else.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := examples/border-clash.txt

.PHONY: try test check bench lock clean

try: .venv/installed  ## install, read an example report, show its record and where it is kept
	$(BIN)/dragoman read $(EXAMPLE)

test: check  ## style, types, the house's import rules and all tests
	$(BIN)/python -m pytest -n auto

check: .venv/installed-dev
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed  ## speed and memory, as a table kept in docs/bench.md
	$(BIN)/python -m tools.bench --keep

lock:  ## pin every dependency by version and hash (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-annotate -q \
		--python-version 3.11 --group build pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-annotate -q \
		--python-version 3.11 --group build --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

.venv/bin/python:
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else "dragoman needs Python 3.11 to 3.13; this is %d.%d: make PYTHON=python3.12 ..." % v)'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
