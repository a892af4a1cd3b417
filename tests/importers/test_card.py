import pytest

from importers.card import plain_card, read_card
from service.errors import SourceError


def card(tmp_path, text):
    path = tmp_path / "source.yml"
    path.write_text(text, encoding="utf-8")
    return read_card(path)


def test_a_card_says_who_speaks(tmp_path):
    read = card(tmp_path, "id: stad-gent\nname: Stad Gent\npublisher: Stad Gent\nprecedence: 40\n")
    assert (read.id, read.publisher, read.precedence, read.licence) == ("stad-gent", "Stad Gent", 40, None)


def test_what_is_expected_of_the_number_of_rows(tmp_path):
    read = card(tmp_path, "id: a\nname: A\nassertions: {minimum: 10, maximum: 20}\n")
    assert (read.assertions.minimum, read.assertions.maximum) == (10, 20)


def test_columns_are_mapped_ignored_and_looked_up(tmp_path):
    text = "id: a\nname: A\nmapping: {Naam: service.name@nl}\n"
    text += "ignore: [Volgnr]\nlookups: {Prijs: {gratis!: free}}\n"
    read = card(tmp_path, text)
    assert (read.mapping, read.ignore) == ({"Naam": "service.name@nl"}, ("Volgnr",))
    assert read.lookups == {"Prijs": {"gratis!": "free"}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: A\n", "missing: id"),
        ("id: a\nname: A\nlicense: CC0\n", "unknown: license"),
        ("id: A b\nname: A\n", "id 'A b'"),
        ("id: a\nname: A\nfrequency: sometimes\n", "frequency 'sometimes'"),
        ("id: a\nname: A\nlanguage: xx\n", "language 'xx'"),
        ("id: a\nname: A\nencoding: klingon\n", "encoding 'klingon'"),
        ("id: a\nname: A\nprecedence: high\n", "precedence is not a whole number"),
        ("id: a\nname: A\nassertions: {least: 3}\n", "minimum and maximum"),
        ("id: a\nname: A\nfiles: [../secret.csv]\n", "without folders"),
        ("id: a\nname: A\nmapping: [x]\n", "mapping is not a table"),
        ("- 1\n", "it holds no"),
        ("id: [\n", "cannot be read"),
    ],
)
def test_a_card_is_read_strictly(tmp_path, text, told):
    with pytest.raises(SourceError, match=r"source\.yml") as error:
        card(tmp_path, text)
    assert told in str(error.value)


def test_a_file_alone_gives_its_name(tmp_path):
    read = plain_card(tmp_path / "Voedselhulp Gent (2026).csv")
    assert (read.id, read.publisher) == ("voedselhulp-gent-2026", None)


def test_a_file_name_without_letters_gives_no_id(tmp_path):
    with pytest.raises(SourceError, match="gives no id"):
        plain_card(tmp_path / "---.csv")
