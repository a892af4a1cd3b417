"""Messy contact cells: own rows, the rows beside the project, and cells that nobody wrote."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.clean.contact.read import read_contact
from importers.clean.contact.street import full_street

HERE = Path(__file__).parent
KIT = HERE.parents[2] / "shared" / "queries" / "contacts_dev.jsonl"
FIELDS = ("address", "phone", "email", "web", "price", "languages")
NOTHING = {
    "street": None, "house_number": None, "box": None, "postal_code": None, "municipality": None,
    "phones": [],
    "email": None, "website": None, "cost": "unknown", "languages": [],
}  # fmt: skip


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def folded(clean):
    return {key: value.lower() if isinstance(value, str) else value for key, value in clean.items()}


def rejected(lines):
    return sorted({line.partition(":")[0] for line in lines})


def is_exact(row):
    found = read_contact(row["raw"])
    clean = folded(found.clean) == folded({**NOTHING, **row["clean"]})
    return clean and rejected(found.reject) == rejected(row["reject"])


@pytest.mark.parametrize("row", rows(HERE / "data" / "contact_rows.jsonl"), ids=lambda row: str(row["raw"]))
def test_a_cell_is_cleaned_and_what_is_left_out_has_a_reason(row):
    found = read_contact(row["raw"])
    assert folded(found.clean) == folded({**NOTHING, **row["clean"]}), found.reject
    assert rejected(found.reject) == rejected(row["reject"]), found.reject


@pytest.mark.skipif(not KIT.is_file(), reason="the rows lie beside the project")
def test_of_the_rows_beside_the_project_nine_in_ten_are_exact():
    all_rows = rows(KIT)
    assert sum(map(is_exact, all_rows)) >= 0.9 * len(all_rows)


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Kerkstr.", "Kerkstraat"),
        ("Gentsestwg", "Gentsesteenweg"),
        ("av. Rogier", "Avenue Rogier"),
        ("St-Annastraat", "Sint-Annastraat"),
        ("Rue St-Denis", "Rue Saint-Denis"),
        ("Rue Ste-Anne", "Rue Sainte-Anne"),
        ("NIEUWSTRAAT", "Nieuwstraat"),
        ("Rue Haute/Hoogstraat", "Rue Haute / Hoogstraat"),
    ],
)
def test_a_street_is_written_in_full(text, street):
    assert full_street(text) == street


@pytest.mark.parametrize(
    "text", ["geheim adres, Kerkstraat 5, 9000 Gent", "Kerkstraat 5 (adresse confidentielle)"]
)
def test_nothing_of_a_secret_address_is_taken(text):
    found = read_contact({"address": text})
    assert folded(found.clean) == folded(NOTHING)
    assert "kerk" not in " ".join(found.reject).lower()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Kerkstraat 3, 8000 Brugge en Markt 1, 8800 Roeselare", "two addresses"),
        ("Rue des Palais 4, 1030 Laeken", "1030 is Schaarbeek"),
        ("Grotesteenweg 5, Berchem", "could be several"),
    ],
)
def test_an_address_that_contradicts_itself_says_so(text, reason):
    found = read_contact({"address": text})
    assert reason in found.reject[0]
    assert found.clean["postal_code"] is None


def test_brussels_for_any_of_the_nineteen_is_no_contradiction():
    clean = read_contact({"address": "Rue Gallait 5, 1030 Bruxelles"}).clean
    assert (clean["postal_code"], clean["municipality"]) == ("1030", "Schaarbeek")


def test_a_postal_code_of_two_municipalities_is_decided_by_the_street():
    louise = read_contact({"address": "Avenue Louise 480, 1050 Bruxelles"}).clean
    malibran = read_contact({"address": "Rue Malibran 4, 1050 Bruxelles"}).clean
    assert (louise["municipality"], malibran["municipality"]) == ("Brussel", "Elsene")


BITS = (
    "Kerkstraat", "12", "bus 3", "9000", "Gent", ",", "/", "(", ")", "z/n", "rue", "02 411 22 33", "fax", "@",
    "info@brug.be", "www.brug.be", "gratis", "5 euro", "NL", "FR", "tolk", "9u-12u", "\n", "http://", "1050",
)  # fmt: skip
CELLS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(BITS), max_size=8).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, CELLS)))
def test_whatever_stands_in_the_cells_the_answer_has_its_form(raw):
    found = read_contact(raw)
    assert set(found.clean) == set(NOTHING)
    assert found.clean["cost"] in ("free", "paid", "by_income", "unknown")
    assert all(phone.lstrip("+").isdigit() for phone in found.clean["phones"])
    assert all(len(code) == 2 for code in found.clean["languages"])
    assert set(rejected(found.reject)) <= set(FIELDS)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(rows(HERE / "data" / "contact_rows.jsonl")))
def test_spaces_at_the_ends_change_nothing(row):
    spaced = {key: f"  {text} " for key, text in row["raw"].items()}
    assert read_contact(spaced).clean == read_contact(row["raw"]).clean
