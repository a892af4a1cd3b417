import pytest

from importers.card import SourceCard
from importers.columns import read_columns
from service.errors import SourceError
from service.model.fields import FieldKey

OURS = ["key", "organization.name", "service.name@nl"]


def columns(header, **card):
    return read_columns("lijst.csv", header, SourceCard("lijst", "Lijst", **card))


def test_our_own_names_say_where_a_column_goes():
    read = columns([*OURS, "said_on", "service.description@fr"])
    assert [column.target for column in read.fields][-1] == FieldKey("service.description", "fr")
    assert [column.target for column in read.record] == ["said_on"]


def test_a_card_maps_the_names_of_a_source():
    mapping = {"Nr": "key", "Wie": "organization.name", "Wat": "service.name@nl"}
    read = columns(["Nr", "Wie", "Wat", "Kleur"], mapping=mapping, ignore=("Kleur",))
    assert read.key.name == "Nr"
    assert [column.name for column in read.fields] == ["Wie", "Wat"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ([*OURS, "Kleur"], "column Kleur is unknown"),
        ([*OURS, "service.descripton@nl"], "did you mean service.description@nl?"),
        ([*OURS, "service.description@xx"], "service.description@xx is unknown"),
        ([*OURS, "phone.numbers@nl"], "phone.numbers@nl is unknown (did you mean phone.numbers?)"),
        (OURS[1:], "column key is missing"),
        (OURS[:2], "column service.name is missing"),
        ([*OURS, "url", "url"], "column url is there 2 times"),
        ([*OURS, ""], "column 4 has no name"),
    ],
)
def test_a_header_is_read_strictly(header, told):
    with pytest.raises(SourceError, match=r"lijst\.csv") as error:
        columns(header)
    assert told in str(error.value)


def test_all_problems_of_a_header_are_told_at_once():
    with pytest.raises(SourceError) as error:
        columns(["organization.name", "service.name", "Kleur", "Maat"])
    assert all(name in str(error.value) for name in ("key is missing", "Kleur", "Maat"))


def test_two_columns_cannot_feed_one_field():
    with pytest.raises(SourceError, match=r"service.name@nl and Naam both feed service.name@nl"):
        columns([*OURS, "Naam"], mapping={"Naam": "service.name@nl"})


def test_a_card_that_speaks_of_a_column_that_is_not_there():
    with pytest.raises(SourceError, match=r"column Prijs of source.yml is not in the file"):
        columns(OURS, ignore=("Prijs",))


def test_a_table_that_is_not_ours_is_told_in_one_line():
    with pytest.raises(SourceError, match=r"key is missing.* and 91 more") as error:
        columns([f"Kleur {number}" for number in range(100)])
    assert "Kleur 12" not in str(error.value)
