"""A new source is laid out with a test that fails for one reason: nobody has decided about a value yet."""

import importlib
import sys

import pytest

from importers import registry
from importers.template.scaffold import new_source
from service.errors import BadParameter


def test_the_card_and_code_work_and_the_sample_has_one_value_to_decide_about(world, tmp_path, monkeypatch):
    new_source("food-aid", tmp_path)
    root = tmp_path / "importers" / "sources"
    monkeypatch.setattr(registry, "ROOTS", (registry.ROOTS[0], root))
    package = importlib.import_module("importers.sources")
    monkeypatch.setattr(package, "__path__", [str(root)])
    try:
        report = world.load(tmp_path / "tests/importers/samples/food_aid.json", as_source="food-aid")
    finally:
        sys.modules.pop("importers.sources.food_aid.source", None)
        sys.modules.pop("importers.sources.food_aid", None)
    assert (report.created, report.rejects, len(report.warnings)) == (1, [], 1)
    assert "place: 'Ninove' ignored" in report.warnings[0]


def test_a_test_comes_with_it(tmp_path):
    assert tmp_path / "tests/importers/test_source_food_aid.py" in new_source("food-aid", tmp_path)


@pytest.mark.parametrize("name", ["Food", "../evil", "a b", "", "-a"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path, name):
    with pytest.raises(BadParameter):
        new_source(name, tmp_path)


def test_a_name_that_is_taken_is_refused(tmp_path):
    new_source("food-aid", tmp_path)
    with pytest.raises(BadParameter):
        new_source("food-aid", tmp_path)
