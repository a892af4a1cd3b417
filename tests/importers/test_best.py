"""The address register: reading its CSV, finding streets in both languages, giving listings their point."""

import csv
import zipfile
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from importers.progress import NoProgress
from importers.readers.best import best_addresses
from service.catalogue.listings import iter_listings
from service.cli import cli
from service.database.session import reading
from service.errors import SourceError
from service.geo.address_book import FILE, AddressBook, build_address_book

HEADER = [
    "EPSG:31370_x", "EPSG:31370_y", "EPSG:4326_lat", "EPSG:4326_lon", "address_id", "box_number",
    "house_number", "municipality_id", "municipality_name_de", "municipality_name_fr",
    "municipality_name_nl", "postcode", "postname_fr", "postname_nl", "street_id", "streetname_de",
    "streetname_fr", "streetname_nl", "region_code", "status",
]  # fmt: skip
# Streets of Belgium with points near them; numbers and points are made up.
ROWS = [
    (
        "50.83595",
        "4.31653",
        "RDC",
        "475",
        "21001",
        "1070",
        "Chaussée de Mons",
        "Bergense Steenweg",
        "current",
    ),
    ("50.83595", "4.31653", "2", "475", "21001", "1070", "Chaussée de Mons", "Bergense Steenweg", "current"),
    ("50.83600", "4.31700", "", "477", "21001", "1070", "Chaussée de Mons", "Bergense Steenweg", "current"),
    ("50.83610", "4.31900", "", "479A", "21001", "1070", "Chaussée de Mons", "Bergense Steenweg", "current"),
    ("50.84671", "4.35251", "", "1", "21004", "1000", "Grand-Place", "Grote Markt", "current"),
    ("50.84700", "4.35300", "", "2", "21004", "1000", "Grand-Place", "Grote Markt", "retired"),
    ("0.00000", "0.00000", "", "3", "21004", "1000", "Grand-Place", "Grote Markt", "current"),
    ("50.86000", "4.33000", "", "12", "21012", "1080", "Rue Saint-Rémy", "Sint-Remigiusstraat", "current"),
    ("51.05430", "3.72180", "", "5", "44021", "9000", "", "Korenmarkt", "current"),
    ("51.00100", "3.70100", "", "8", "44021", "9050", "", "Kerkstraat (Gentbrugge)", "current"),
    ("51.00200", "3.70900", "", "8", "44021", "9051", "", "Kerkstraat (Sint-Denijs-Westrem)", "current"),
]


def _row(lat, lon, box, number, nis, code, fr, nl, status):
    known = {
        "EPSG:31370_x": "1.0", "EPSG:31370_y": "2.0", "EPSG:4326_lat": lat, "EPSG:4326_lon": lon,
        "address_id": "9", "box_number": box, "house_number": number, "municipality_id": nis,
        "postcode": code, "street_id": "7", "streetname_fr": fr, "streetname_nl": nl,
        "region_code": "BE-BRU", "status": status,
    }  # fmt: skip
    return [known.get(name, "") for name in HEADER]


@pytest.fixture(scope="session")
def register(tmp_path_factory):
    """The register as it is published: a CSV in a zip."""
    folder = tmp_path_factory.mktemp("best")
    with (folder / "openaddress-bebru.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *(_row(*row) for row in ROWS)])
    with zipfile.ZipFile(folder / "openaddress-bebru.zip", "w") as packed:
        packed.write(folder / "openaddress-bebru.csv", "openaddress-bebru.csv")
    return folder / "openaddress-bebru.zip"


@pytest.fixture(scope="session")
def book(register):
    path = register.with_name(FILE)
    build_address_book(path, best_addresses([register], NoProgress(), Counter()))
    return AddressBook(path)


def _found(book, street, number, code=None, nis=None):
    found = book.find(street, number, code, nis)
    return found and (round(found[0].lat, 5), round(found[0].lon, 5), found[1])


@pytest.mark.parametrize(
    "street",
    [
        "Chaussée de Mons",
        "Bergense Steenweg",
        "CHAUSSEE DE MONS",
        "Chaussée de Mons / Bergense Steenweg",
        "Bergense Steenweg - Chaussée de Mons",
    ],
)
def test_a_street_is_found_in_both_languages(book, street):
    assert _found(book, street, "477", "1070") == (50.836, 4.317, "exact")


@pytest.mark.parametrize(
    "street", ["rue St-Rémy", "Rue Saint Remy", "Sint Remigiusstraat", "St. Remigiusstraat"]
)
def test_saints_are_found_however_they_are_written(book, street):
    assert _found(book, street, "12", "1080") == (50.86, 4.33, "exact")


@pytest.mark.parametrize("number", ["479", "477bis", "477-479", "900", None, ""])
def test_a_number_that_is_not_there_is_never_exact(book, number):
    assert _found(book, "Chaussée de Mons", number, "1070")[2] == "street"


def test_a_number_with_a_letter_more_stands_at_the_number(book):
    assert _found(book, "Chaussée de Mons", "477B", "1070") == (50.836, 4.317, "street")


def test_a_street_stands_at_the_house_nearest_its_middle(book):
    assert _found(book, "Chaussée de Mons", None, "1070") == (50.836, 4.317, "street")


def test_letters_of_a_number_may_be_small_and_apart(book):
    assert _found(book, "Bergense Steenweg", "479 a", "1070") == (50.8361, 4.319, "exact")


@pytest.mark.parametrize(("code", "nis"), [("1080", None), (None, "21012"), ("1000", "21004"), (None, None)])
def test_a_street_is_not_found_elsewhere(book, code, nis):
    assert _found(book, "Chaussée de Mons", "477", code, nis) is None


def test_a_street_of_a_municipality_is_found_without_a_postal_code(book):
    assert _found(book, "Korenmarkt", "5", None, "44021") == (51.0543, 3.7218, "exact")


def test_two_streets_of_one_name_are_not_chosen_between(book):
    assert _found(book, "Kerkstraat", "8", None, "44021") is None


def test_the_postal_code_tells_two_streets_of_one_name_apart(book):
    assert _found(book, "Kerkstraat", "8", "9051", "44021") == (51.002, 3.709, "exact")


def test_names_of_two_different_streets_are_none(book):
    assert _found(book, "Chaussée de Mons / Grote Markt", "1", "1070") == _found(
        book, "Chaussée de Mons", "1", "1070"
    )


@given(
    st.sampled_from([row for row in ROWS if row[8] == "current" and row[0] > "1"]),
    st.booleans(),
    st.booleans(),
)
def test_every_address_of_the_register_finds_its_own_point(book, row, in_french, is_shouted):
    lat, lon, _box, number, nis, code, fr, nl, _status = row
    street = (in_french and fr) or nl
    found = _found(book, street.upper() if is_shouted else street, number, code, nis)
    assert found == (float(lat), float(lon), "exact")


@given(
    st.sampled_from(["Chaussée de Mons", "Bergense Steenweg"]),
    st.from_regex(r"4[67]\d[a-zA-Z]?", fullmatch=True),
)
def test_only_a_number_of_the_register_is_exact(book, street, number):
    closeness = _found(book, street, number, "1070")[2]
    assert (closeness == "exact") == (number.upper() in ("475", "477", "479A"))


@pytest.mark.parametrize("reason", ["is not in use", "lies outside Belgium"])
def test_addresses_that_are_no_longer_or_nowhere_are_left_out(register, reason):
    left_out = Counter()
    list(best_addresses([register], NoProgress(), left_out))
    assert left_out[reason] == 1


def test_the_columns_of_the_national_grid_may_change(register, tmp_path):
    text = register.with_suffix(".csv").read_text(encoding="utf-8").replace("EPSG:31370", "EPSG:3812")
    (tmp_path / "new.csv").write_text(text, encoding="utf-8")
    assert len(list(best_addresses([tmp_path / "new.csv"], NoProgress(), Counter()))) == 9


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError, match="EPSG:4326_lat"):
        list(best_addresses([tmp_path / "other.csv"], NoProgress(), Counter()))


COLUMNS = ("key", "organization.name", "service.name@nl", "address.street", "address.house_number",
           "address.postal_code", "address.hidden", "location.point")  # fmt: skip


@pytest.fixture
def place(world, register):
    """Imports one row, and says where its listing is and how close that is."""

    def load(street, number, code, hidden="", point=""):
        row = ("1", "Vzw De Brug", "Onthaal", street, number, code, hidden, point)
        world.load(world.write("desk.csv", [row], COLUMNS))
        with reading(world.engine) as connection:
            (listing,) = iter_listings(connection)
        return listing.location

    build_address_book(world.home / FILE, best_addresses([register], NoProgress(), Counter()))
    return load


@pytest.mark.parametrize(
    ("street", "number", "code", "precision"),
    [
        ("Bergense steenweg", "477", "1070", "exact"),
        ("Bergense steenweg", "470", "1070", "street"),
        ("Nergensstraat", "1", "1070", "postal_code"),
    ],
)
def test_a_listing_gets_the_point_of_its_address(place, street, number, code, precision):
    assert place(street, number, code).precision == precision


def test_a_point_that_the_source_says_stays(place):
    found = place("Bergense steenweg", "477", "1070", point="50.8399 4.3199")
    assert (found.lat, found.lon, found.precision) == (50.8399, 4.3199, "exact")


def test_a_hidden_address_gets_no_point_of_its_street(place):
    assert place("Bergense steenweg", "477", "1070", hidden="ja").precision in ("hidden", None)


def test_without_a_table_a_listing_gets_the_point_of_its_postal_code(world, place):
    (world.home / FILE).unlink()
    assert place("Bergense steenweg", "477", "1070").precision == "postal_code"


def test_the_command_loads_the_table(register, tmp_path, monkeypatch):
    monkeypatch.setenv("NABIJ_HOME", str(tmp_path))
    told = CliRunner().invoke(cli, ["geocoder", "load", str(register)], catch_exceptions=False).output
    assert "8 addresses" in told


def test_the_command_finds_an_address(register, tmp_path, monkeypatch):
    monkeypatch.setenv("NABIJ_HOME", str(tmp_path))
    CliRunner().invoke(cli, ["geocoder", "load", str(register)], catch_exceptions=False)
    told = CliRunner().invoke(cli, ["geocoder", "find", "Grand Place", "1", "1000"], catch_exceptions=False)
    assert told.output == "50.846710 4.352510 exact\n"


def test_a_load_that_fails_keeps_the_table_before(register, tmp_path):
    path = tmp_path / FILE
    build_address_book(path, best_addresses([register], NoProgress(), Counter()))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError):
        build_address_book(path, best_addresses([tmp_path / "other.csv"], NoProgress(), Counter()))
    assert AddressBook(path).find("Grote Markt", "1", "1000", None)
