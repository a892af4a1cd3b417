"""Collects messages that stand in tables of the code: sentences of criteria and labels of filters."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import IO

Row = tuple[int, str, str, list[str]]
_OUTCOMES = {"pass", "attention", "barrier", "unknown"}
_LABEL = 3  # the fourth argument of Filter(...)


def extract_sentences(
    file: IO[bytes], _keywords: Collection[str], _comments: Collection[str], **_settings: object
) -> Iterator[Row]:
    """The sentence of each outcome in a criterion: the values of a dictionary whose keys are outcomes."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Dict) and node.keys and {_text(key) for key in node.keys} <= _OUTCOMES:
            yield from (_row(value) for value in node.values if _text(value))


def extract_labels(
    file: IO[bytes], _keywords: Collection[str], _comments: Collection[str], **_settings: object
) -> Iterator[Row]:
    """The label of each filter: the fourth argument of ``Filter``."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Filter":
            yield _row(node.args[_LABEL])


def _text(node: ast.expr | None) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if is_text and isinstance(node, ast.Constant) else ""


def _row(node: ast.expr) -> Row:
    return node.lineno, "gettext", _text(node), []
