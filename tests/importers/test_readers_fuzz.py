"""Whatever bytes a publisher sends, every reader ends in records, refusals, or one clear error of ours."""

import io
import json
import zipfile
from datetime import date
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.card import SourceCard
from importers.progress import NoProgress
from importers.raw import look_at_raw
from importers.readers.open import readings
from importers.reading import Bad, Good
from importers.recognise import Source
from importers.registry import sources
from service.errors import NabijError
from tests.importers.feeds import nested, tables

TODAY = date(2026, 8, 18)
_HOW = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}

_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "s1", "o1", "l1", "Mo", "9:00am", "=1+1", "0", "\\n", "x" * 300]),
)
_SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _TEXTS)
_KEYS = st.sampled_from(
    [
        "id",
        "name",
        "organization",
        "organization_id",
        "service_at_locations",
        "location",
        "locations",
        "services",
        "phones",
        "number",
        "schedules",
        "opens_at",
        "closes_at",
        "weekday",
        "byday",
        "freq",
        "languages",
        "addresses",
        "latitude",
        "attributes",
        "taxonomy_term",
        "contents",
        "@type",
        "@graph",
        "@id",
        "openingHours",
        "address",
        "geo",
        "name",
        "description",
        "legalName",
        "addresses",
        "contactInfo",
        "openingHoursSpecification",
    ]
)
_JSON = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(_KEYS, st.text(max_size=5)), inner, max_size=6)
    ),
    max_leaves=30,
)


def _read(path, format_, code=None):
    """Everything that a file says, or the error of ours that it ends in."""
    source = Source(SourceCard(id="fuzz", name="fuzz", format=format_), (path,), code)
    good = 0
    try:
        for reading in readings(source, [look_at_raw(path)], TODAY, NoProgress()):
            for outcome in reading.outcomes():
                assert not isinstance(outcome, Bad) or all(reject.reason for reject in outcome.rejects)
                good += isinstance(outcome, Good)
    except NabijError as error:
        assert str(error)  # noqa: PT017
    return good


def _mutated(data, content):
    """The bytes with pieces cut out, doubled or changed."""
    content = bytearray(content)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        piece = data.draw(st.binary(max_size=6))
        content[at : at + data.draw(st.integers(0, 8))] = piece
    return bytes(content)


def _json(tmp_path, value, name="feed.json"):
    path = tmp_path / name
    path.write_text(json.dumps(value), encoding="utf-8", errors="surrogatepass")
    return path


def _fuzz_json(tmp_path, value):
    path = _json(tmp_path, value)
    _read(path, "hsds")
    _read(path, "jsonld")
    for source in sources().values():
        if source.code:
            _read(path, "json", source.code)


def _fuzz_bytes(tmp_path, data):
    feeds = {
        "a.json": json.dumps([nested()]).encode(),
        "a.html": b'<script type="application/ld+json">{"@type":"NGO","name":"De Brug"}</script>',
        "services.csv": b"id,organization_id,name\ns1,o1,Hulp\n",
    }
    formats = {"a.json": "hsds", "a.html": "jsonld", "services.csv": "hsds"}
    name = data.draw(st.sampled_from(sorted(feeds)))
    (tmp_path / name).write_bytes(_mutated(data, feeds[name]))
    _read(tmp_path / name, formats[name])


@cache
def _archives():
    """A zip of tables and a workbook, made once: they hold the time at which they were made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables().items():
            archive.writestr(
                f"{name}.csv", ",".join(rows[0]) + "\n" + ",".join(map(str, rows[0].values())) + "\n"
            )
    book = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["key", "organization.name", "service.name"])
    workbook.worksheets[0].append(["1", "De Brug", "Hulp"])
    workbook.save(book)
    return packed.getvalue(), book.getvalue()


def _fuzz_archive(tmp_path, data):
    packed, book = _archives()
    for name, content, format_ in (("a.zip", packed, "hsds"), ("a.xlsx", book, "xlsx")):
        (tmp_path / name).write_bytes(_mutated(data, content))
        _read(tmp_path / name, format_)


@settings(max_examples=40, **_HOW)
@given(_JSON)
def test_any_json(tmp_path, value):
    _fuzz_json(tmp_path, value)


@settings(max_examples=60, **_HOW)
@given(st.data())
def test_any_bytes(tmp_path, data):
    _fuzz_bytes(tmp_path, data)


@settings(max_examples=25, **_HOW)
@given(st.data())
def test_any_archive(tmp_path, data):
    _fuzz_archive(tmp_path, data)


def test_what_is_not_changed_is_read(tmp_path):
    assert _read(_json(tmp_path, [nested()]), "hsds") == 1


@pytest.mark.slow
@settings(max_examples=1_500, **_HOW)
@given(_JSON)
def test_any_json_for_long(tmp_path, value):
    _fuzz_json(tmp_path, value)


@pytest.mark.slow
@settings(max_examples=1_500, **_HOW)
@given(st.data())
def test_any_bytes_for_long(tmp_path, data):
    _fuzz_bytes(tmp_path, data)


@pytest.mark.slow
@settings(max_examples=1_500, **_HOW)
@given(st.data())
def test_any_archive_for_long(tmp_path, data):
    _fuzz_archive(tmp_path, data)
