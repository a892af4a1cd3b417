"""The documentation of the API names all that there is."""

import re
from pathlib import Path

import pytest

from service.search.query.filters.table import FILTERS
from service.search.query.rank import PARTS

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def test_every_parameter_has_its_heading():
    assert re.findall(r"^### (\w+)$", DOCS, re.MULTILINE) == list(FILTERS)


@pytest.mark.parametrize("name", [name for name, each in FILTERS.items() if each.effect == "excludes"])
def test_what_excludes_is_listed_as_such(name):
    (paragraph,) = re.findall(r"\*\*What excludes\*\*: (.*?)\. A listing", DOCS, re.DOTALL)
    assert f"`{name}`" in paragraph


@pytest.mark.parametrize("name", PARTS)
def test_ceiling_of_each_part_is_named(name):
    assert f"{name} {PARTS[name].ceiling:g}" in DOCS
