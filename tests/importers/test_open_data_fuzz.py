"""Whatever stands in open data, its readers end in records, refusals, or one clear error of ours."""

import json
import zipfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.card import SourceCard
from importers.progress import NoProgress
from importers.raw import look_at_raw
from importers.readers.best import best_addresses
from importers.readers.gtfs import gtfs_stops
from importers.readers.open import readings
from importers.reading import Bad, Good
from importers.recognise import Source
from service.errors import NabijError
from tests.importers.osm_files import PANTRY, pbf

_HOW = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["yes", "1080"]),
)
_KEYS = st.sampled_from(
    ["type", "id", "lat", "lon", "center", "bounds", "tags", "amenity", "name", "fields", "geometry",
     "geo_point_2d", "coordinates", "properties", "geo_shape", "timestamp", "opening_hours", "record"]
)  # fmt: skip
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=12,
)
_ELEMENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["node", "way", "relation", "count"]) | _VALUES,
        "id": st.integers(1, 9) | _VALUES,
        "tags": st.just(PANTRY)
        | st.dictionaries(st.sampled_from([*PANTRY, "fee"]), st.text(max_size=9))
        | _VALUES,
    },
    optional={"lat": _VALUES, "lon": _VALUES, "center": _VALUES, "bounds": _VALUES, "timestamp": _VALUES},
)


def _read(path, format_, **card):
    """How many records a file gives; an error of ours is an answer too."""
    card = SourceCard("test", "Test", format=format_, constants={"organization.name": "Stad"}, **card)
    good = 0
    try:
        for reading in readings(Source(card, (path,)), [look_at_raw(path)], date(2026, 8, 18), NoProgress()):
            for outcome in reading.outcomes():
                assert isinstance(outcome, Good | Bad) or outcome.reason
                good += isinstance(outcome, Good)
    except NabijError:
        return 0
    return good


def _json(tmp_path, value):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(value), encoding="utf-8", errors="surrogatepass")
    return path


@settings(max_examples=60, **_HOW)
@given(st.lists(_ELEMENTS | _VALUES, max_size=4))
def test_any_answer_of_overpass(tmp_path, elements):
    _read(_json(tmp_path, {"osm3s": {}, "elements": elements}), "osm")


@settings(max_examples=60, **_HOW)
@given(st.lists(_VALUES, max_size=4))
def test_any_record_of_a_portal(tmp_path, records):
    for key in ("results", "records", "features"):
        _read(_json(tmp_path, {key: records}), "opendatasoft", mapping={"name": "service.name"})


@cache
def _extract():
    with TemporaryDirectory() as folder:
        return pbf(Path(folder) / "a.osm.pbf").read_bytes()


@settings(max_examples=60, **_HOW)
@given(st.data())
def test_any_bytes_of_an_extract(tmp_path, data):
    content = bytearray(_extract())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    (tmp_path / "a.osm.pbf").write_bytes(content)
    _read(tmp_path / "a.osm.pbf", "osm")


def test_an_extract_that_is_not_changed_is_read(tmp_path):
    assert _read(pbf(tmp_path / "a.osm.pbf"), "osm") == 4


_CELLS = st.text(max_size=8) | st.sampled_from(["50.8", "4.3", "nan", "1e999", "21004", "1000"])
_TABLE = st.lists(st.lists(_CELLS, min_size=8, max_size=8), max_size=4)


@pytest.mark.parametrize("kind", ["gtfs", "best"])
@settings(max_examples=60, **_HOW)
@given(rows=_TABLE)
def test_any_table_of_stops_or_addresses(tmp_path, kind, rows):
    lines = "\n".join(",".join(row) for row in rows)
    if kind == "gtfs":
        header = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding,x"
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
            packed.writestr("stops.txt", f"{header}\n{lines}".encode("utf-8", "surrogatepass"))
    else:
        header = "EPSG:4326_lat,EPSG:4326_lon,house_number,municipality_id,postcode,streetname_nl,status,x"
        (tmp_path / "a.csv").write_bytes(f"{header}\n{lines}".encode("utf-8", "surrogatepass"))
    try:
        if kind == "gtfs":
            found = list(gtfs_stops(tmp_path / "a.zip", Counter()))
            assert all(stop.name for stop in found)
        else:
            found = list(best_addresses([tmp_path / "a.csv"], NoProgress(), Counter()))
            assert all(49 < each.lat < 52 for each in found)
    except NabijError:
        return
