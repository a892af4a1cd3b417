from datetime import date

import pytest

from importers.card import SourceCard
from importers.clean.step import Draft
from importers.columns import read_columns
from importers.record import RecordReader
from service.model.fields import FieldKey
from service.readers.table import Row

BASIS = {"key": "brug", "organization.name": "Vzw De Brug", "service.name@nl": "Opvang"}
HIDDEN = {
    **BASIS,
    "address.hidden": "yes",
    "address.street@fr": "Rue du Silence",
    "address.house_number": "7",
}


def read(row, today=date(2026, 11, 24), **card):
    columns = read_columns("lijst.csv", list(row), SourceCard("lijst", "Lijst", **card))
    return RecordReader("lijst.csv", columns, today).read(Row(2, list(row.values())))


def wrong(row):
    rejects = read(row)
    assert isinstance(rejects, list)
    return rejects


def test_a_row_says_what_its_columns_say():
    draft = read({**BASIS, "address.postal_code": "1080"})
    assert draft.values[FieldKey("service.name", "nl")] == "Opvang"
    assert draft.values[FieldKey("address.postal_code")] == "1080"


def test_an_empty_cell_says_nothing():
    assert FieldKey("cost_option.kind") not in read({**BASIS, "cost_option.kind": ""}).values


def test_a_row_says_when_and_where_it_was_said():
    draft = read({**BASIS, "said_on": "2026-08", "url": "https://debrug.be", "publisher": "De Brug"})
    assert (draft.said_on, draft.url, draft.publisher) == ("2026-08", "https://debrug.be", "De Brug")


def test_an_unknown_licence_is_no_licence():
    assert read({**BASIS, "licence": "unknown"}).licence is None


def test_a_lookup_turns_the_words_of_a_source_into_ours():
    row = {**BASIS, "Prijs": "kost niks"}
    draft = read(row, mapping={"Prijs": "cost_option.kind"}, lookups={"Prijs": {"kost niks": "free"}})
    assert draft.values[FieldKey("cost_option.kind")] == "free"


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"key": ""}, "key", "is empty"),
        ({"key": "x" * 201}, "key", "is too long"),
        ({"organization.name": ""}, "organization.name", "is empty"),
        ({"service.name@nl": " "}, "service.name@nl", "is empty"),
        ({"said_on": "gisteren"}, "said_on", "is not a date"),
        ({"said_on": "2027"}, "said_on", "lies in the future"),
        ({"url": "zie boven"}, "url", "is not a web address"),
        ({"contact.email": "info@"}, "contact.email", "is not an e-mail address"),
    ],
)
def test_a_row_with_a_bad_cell_is_refused_by_column(changed, column, reason):
    (reject,) = wrong({**BASIS, **changed})
    assert (reject.row, reject.column, reject.reason) == (2, column, reason)


def test_everything_that_is_wrong_with_a_row_is_told():
    rejects = wrong({**BASIS, "contact.email": "x", "phone.numbers": "y", "said_on": "z"})
    assert {reject.column for reject in rejects} == {"contact.email", "phone.numbers", "said_on"}


def test_a_wrong_code_gets_the_nearest_ones_as_suggestion():
    (reject,) = wrong({**BASIS, "service.needs": "food.parcels"})
    assert "food.parcel" in reject.suggestion
    assert "housing.eviction" not in reject.suggestion


def test_a_hidden_address_is_not_taken_in():
    draft = read(HIDDEN)
    assert isinstance(draft, Draft)
    assert not {key for key in draft.values if key.path in ("address.street", "address.house_number")}


def test_the_point_of_a_hidden_address_is_not_taken_in():
    assert FieldKey("location.point") not in read({**HIDDEN, "location.point": "50.85 4.35"}).values


def test_a_text_that_names_the_street_of_a_hidden_address_is_refused_without_repeating_it():
    (reject,) = wrong({**HIDDEN, "service.description@fr": "Sonnez au 7, rue du silence."})
    assert reject.column == "service.description@fr"
    assert "silence" not in str(reject).casefold()


@pytest.mark.parametrize("hidden", ["yes", "misschien"])
def test_a_bad_cell_of_an_address_that_may_be_hidden_is_not_repeated(hidden):
    rejects = wrong({**HIDDEN, "address.hidden": hidden, "location.point": "50,8466 4,3517"})
    assert "50,8466" not in str(rejects)


def test_a_postal_code_outside_the_municipality_is_doubted_and_kept():
    draft = read({**BASIS, "address.postal_code": "9000", "address.municipality": "21012"})
    (doubt,) = draft.doubts
    assert doubt.reason == "9000 does not lie in Sint-Jans-Molenbeek (21012)"
    assert "Gent" in doubt.suggestion
    assert draft.values[FieldKey("address.postal_code")] == "9000"


def test_a_postal_code_abroad_is_not_doubted():
    row = {**BASIS, "address.postal_code": "9000", "address.municipality": "21012", "address.country": "FR"}
    assert read(row).doubts == []
