"""Strict loading of YAML: every error names file, line and what would be right.

All scalars load as text (so ``NO`` stays Norway and ``010`` stays a code); numbers and booleans are converted only
where the target type asks for them. An unknown key is an error that lists the keys allowed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_STEP = re.compile(r"\[(\d+|\.\.\.)\]|\.([^.\[\]]+)|\[(\w+)\]")


class CodebookError(Exception):
    """Something in a codebook file is wrong; the message names file, line and remedy."""


def load_yaml(path: Path, into: type[T]) -> T:
    """Read ``path`` and convert it to ``into`` (msgspec types). Raises CodebookError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CodebookError(f"{path}: cannot be read: {error.strerror}: check the path") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: is not UTF-8 at byte {error.start}: save it as UTF-8") from error
    return parse_yaml(text, str(path), into)


def parse_yaml(text: str, name: str, into: type[T]) -> T:
    """Convert YAML ``text`` to ``into``; ``name`` stands for the file in errors. Raises CodebookError."""
    try:
        data = yaml.load(text, Loader=_Loader)  # BaseLoader builds text, lists and maps only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f"{mark.line + 1}" if mark else "?"
        raise CodebookError(f"{name}:{at}: not YAML: {getattr(error, 'problem', error)}") from error
    try:
        return msgspec.convert(data, into, strict=False)
    except msgspec.ValidationError as error:
        message = str(error)
        what, _, path = message.partition(" - at `")
        line = _line_of(text, path.rstrip("`"), what)
        raise CodebookError(f"{name}:{line}: {what}{_allowed(what, path, into)}") from error


def item_line(path: Path, key: str, value: str) -> int:
    """The line of the last item of the list in ``path`` whose ``key`` is ``value``; 1 where there is none."""
    node: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    lines = [
        int(item.start_mark.line) + 1
        for item in items
        if isinstance(item, yaml.MappingNode)
        and any((name.value, given.value) == (key, value) for name, given in item.value)
    ]
    return lines[-1] if lines else 1


def _line_of(text: str, path: str, what: str) -> int:
    """The line of the node that msgspec's ``path`` ("$[3].examples[0].gives") leads to; 1 where it is not found."""
    try:
        node: Any = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return 1
    unknown = re.search(r"unknown field `([^`]+)`", what)
    for index, key, _ in _STEP.findall(path.removeprefix("$").removeprefix("key in ")):
        if isinstance(node, yaml.SequenceNode) and index.isdigit():
            node = node.value[int(index)]
        elif isinstance(node, yaml.MappingNode) and key:
            node = next((value for name, value in node.value if name.value == key), node)
    if unknown and isinstance(node, yaml.MappingNode):
        node = next((name for name, _ in node.value if name.value == unknown.group(1)), node)
    return int(node.start_mark.line) + 1 if node is not None else 1


def _allowed(what: str, path: str, into: type) -> str:
    """For an unknown key, the keys that the struct at ``path`` allows."""
    if "unknown field" not in what:
        return ""
    info: Any = msgspec.inspect.type_info(into)
    for index, key, _ in _STEP.findall(path.removeprefix("$")):
        info = _descend(info, key, bool(index))
        if info is None:
            return ""
    info = _struct_in(info)
    return f"; allowed here: {', '.join(f.encode_name for f in info.fields)}" if info else ""


def _options(info: Any) -> list[Any]:
    return list(getattr(info, "types", [info]))


def _descend(info: Any, key: str, indexed: bool) -> Any:
    for option in _options(info):
        if indexed and hasattr(option, "item_type"):
            return option.item_type
        for field in getattr(option, "fields", ()):
            if key and field.encode_name == key:
                return field.type
        if key and hasattr(option, "value_type"):
            return option.value_type
    return None


def _struct_in(info: Any) -> Any:
    return next((option for option in _options(info) if hasattr(option, "fields")), None)
