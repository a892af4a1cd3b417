"""The house rules that a machine can count: sizes, empty package files, documented settings and criteria."""

import ast
import re
import statistics
from dataclasses import fields
from pathlib import Path

import pytest

from service.config import Settings
from service.eight_b.screen import CRITERIA

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(p for folder in ("service", "importers", "benchmarks") for p in (ROOT / folder).rglob("*.py"))
MODULES = [path for path in CODE if path.name != "__init__.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LINES = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}


def test_the_median_file_has_under_90_lines():
    assert statistics.median(LINES.values()) < 90


def test_nine_in_ten_files_have_under_250_lines():
    assert sum(lines < 250 for lines in LINES.values()) >= 0.9 * len(LINES)


def test_no_file_has_over_400_lines():
    tests = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in TESTS}
    assert {str(path): lines for path, lines in (LINES | tests).items() if lines > 400} == {}


def test_package_files_stay_empty():
    assert [str(p) for p in CODE if p.name == "__init__.py" and p.read_text(encoding="utf-8").strip()] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_in_one_sentence_what_lives_there(path):
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert doc, "no docstring"
    assert doc.splitlines()[0].endswith((".", "?")), doc


@pytest.mark.parametrize("name", ["utils", "helpers", "misc", "manager", "handler", "common"])
def test_no_room_for_odds_and_ends(name):
    assert [str(path) for path in CODE if name in path.stem.split("_")] == []


def test_functions_have_under_60_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(name):
    assert f"NABIJ_{name.upper()}" in (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("criterion", [c for each in CRITERIA.values() for c in each], ids=lambda c: c.name)
def test_every_criterion_is_documented(criterion):
    assert f"`{criterion.name}`" in (ROOT / "docs" / "eight_b.md").read_text(encoding="utf-8")


def test_nothing_names_a_machine_path():
    private = re.compile(r"(?<![\w])/(work|root|home/[a-z]+)/")
    told = [
        str(path.relative_to(ROOT))
        for folder in ("service", "importers", "benchmarks", "docs", "data", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".csv", ".yml", ".html", ".css", ".js"} and path != Path(__file__)
        if private.search(path.read_text(encoding="utf-8"))
    ]
    assert told == []
