"""Statements that are set aside come back whole, in the order that is asked for."""

import pytest

from importers.spool import Spool
from service.catalogue.claims import Statement
from service.model.dates import PartialDate

SAID = [
    Statement("b", {"service.name@nl": "Opvang"}, PartialDate(2026, 8), publisher="Zorgzone Noord"),
    Statement("c", {"service.name@nl": "Één maaltijd\nper dag"}, raw={"row": 3}),
    Statement("a", {"phone.numbers": ["+3222123456"]}, url="https://zone.example.be"),
]


@pytest.fixture
def spool(tmp_path):
    with Spool(tmp_path) as spool:
        for each in SAID:
            spool.add(each)
        yield spool


def test_statements_come_back_as_they_came(spool):
    assert [each for batch in spool.batches(2) for each in batch] == SAID


def test_statements_come_back_in_another_order(spool):
    assert [each.key for batch in spool.batches(2, by_rank=True) for each in batch] == ["a", "b", "c"]


def test_batches_are_as_large_as_asked(spool):
    assert [len(batch) for batch in spool.batches(2)] == [2, 1]
