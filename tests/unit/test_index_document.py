"""What the index holds of a listing, and what of a hidden address it never holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import orjson
import pytest

from service.config import TIMEZONE
from service.model.dates import PartialDate
from service.model.fields import fields
from service.model.listing import Listing, Location, Organization, Service
from service.model.provenance import Provenance
from service.search.engine.base import Document
from service.search.engine.fts5.facts import Packer
from service.search.index.document import document
from service.search.index.fields import COLUMNS, STATED, TEXT_COLUMNS, features, fingerprint

ID = UUID("11111111-1111-1111-1111-111111111111")
TODAY = date(2026, 11, 24)

FULL = Listing(
    id=ID,
    organization=Organization(ID, "De Voorraadkast", ("Kastje",), "0403170701", "https://kast.example.be"),
    service=Service(
        id=ID,
        name={"nl": "Voedselpakketten", "fr": "Colis alimentaires"},
        description={"nl": "Gratis pakket", "und": "Brood"},
        alternate_names=("Pakketpunt",),
        needs=("food.parcel", "money.debt"),
        audience=("low_income",),
        audience_note="residents",
        minimum_age=18,
        maximum_age=99,
        provision="informal",
        channels=("on_site", "phone"),
        languages=("nl", "fr", "xyz"),
        referral_required=True,
        appointment="no",
        required_documents=("identiteitskaart",),
        cost="free",
        cost_note="niets",
        coverage="municipality",
        readiness="ready",
        remark="dubbel met de soepbus",
    ),
    location=Location(
        id=ID,
        street={"nl": "Bockstaellaan", "fr": "Boulevard Bockstael"},
        house_number="127",
        box="5",
        postal_code="1020",
        municipality="21004",
        city="Laken",
        lat=50.8771,
        lon=4.3481,
        precision="exact",
        wheelchair="limited",
    ),
    phones=("+3222123456",),
    email="info@kast.example.be",
    website="https://pakket.example.be",
    opening_hours="Mo-Fr 09:00-12:00",
    hours_text="elke voormiddag",
    zones=("bxl-noord",),
    serves=("bxl-noord", "bxl-zuid"),
    said_on=PartialDate(2026, 8),
    checked_on=date(2026, 9, 1),
    source_ids=("zone-list",),
    facts={
        "service.companion": True,
        "service.childcare": False,
        "service.intake": "open",
        "service.wait_first_talk": 12,
        "cost_option.amount": "12.50",
        "schedule.valid_to": "2026-12-24",
        "service.plain_summary": {"nl": "Eten om mee te nemen"},
        "location.entrance_photo": "https://pakket.example.be/deur.jpg",
    },
    expires={"service.intake": datetime(2026, 11, 24, 12, 0, tzinfo=TIMEZONE)},
    disputed=("cost_option.kind",),
)


def made(listing: Listing = FULL) -> Document:
    return document(listing, lambda text, _language: text.lower().split(), TODAY)


def hidden() -> Listing:
    assert FULL.location is not None
    return replace(FULL, location=replace(FULL.location, hidden=True, precision="hidden"))


class TestTexts:
    @pytest.mark.parametrize(
        ("column", "terms"),
        [
            ("name", {"voedselpakketten", "colis", "pakketpunt", "voorraadkast", "kastje"}),
            ("labels", {"voedselpakket", "colis", "parcel", "lebensmittelpaket", "geld", "rights"}),
            ("place", {"bockstaellaan", "boulevard", "1020", "laken", "brussel", "bruxelles"}),
            ("body", {"gratis", "brood", "residents"}),
        ],
    )
    def test_hold_the_words(self, column: str, terms: set[str]) -> None:
        assert terms <= set(made().texts[column].split())

    def test_are_the_columns_of_the_index(self) -> None:
        assert set(made().texts) == set(TEXT_COLUMNS)

    def test_hold_each_term_once(self) -> None:
        for text in made().texts.values():
            assert len(text.split()) == len(set(text.split()))

    def test_are_analysed_in_their_language(self) -> None:
        asked: list[tuple[str, str | None]] = []
        document(FULL, lambda text, language: asked.append((text, language)) or [], TODAY)
        assert {("Voedselpakketten", "nl"), ("Colis alimentaires", "fr"), ("Brood", None)} <= set(asked)

    def test_do_not_hold_the_coordinators_remark(self) -> None:
        assert "soepbus" not in orjson.dumps([made().texts, made().facts, made().body]).decode()

    def test_of_a_listing_without_a_place(self) -> None:
        assert made(replace(FULL, location=None)).texts["place"] == ""


class TestFacts:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("needs", ("food.parcel", "money.debt")),
            ("theme", ("food", "money")),
            ("audience", ("low_income",)),
            ("languages", ("nl", "fr")),
            ("channels", ("on_site", "phone")),
            ("zone", ("bxl-noord",)),
            ("serves", ("bxl-noord", "bxl-zuid")),
            ("municipality", "21004"),
            ("hours", "Mo-Fr 09:00-12:00"),
            ("times", ("day", "school_hours")),
            ("coverage", "municipality"),
            ("cost", "free"),
            ("stated", ("price_note", "entrance_photo", "other_names")),
            ("appointment", "no"),
            ("yes", ("referral", "companion")),
            ("no", ("childcare",)),
            ("documents", ("asked",)),
            ("intake", "open"),
            ("intake_until", 3_628_020),
            ("wait_first", 12),
            ("wait_first_until", None),
            ("amount", 12.5),
            ("valid_to", (date(2026, 12, 24) - date(1970, 1, 1)).days),
            ("plain", ("nl",)),
            ("disputed", ("cost",)),
            ("wheelchair", "limited"),
            ("readiness", "ready"),
            ("provision", "informal"),
            ("contact", ("phone", "email", "website", "address")),
            ("described", ("nl",)),
            ("said_on", (date(2026, 8, 1) - date(1970, 1, 1)).days),
            ("checked_on", (date(2026, 9, 1) - date(1970, 1, 1)).days),
            ("minimum_age", 18),
            ("maximum_age", 99),
            ("point", (50.8771, 4.3481)),
        ],
    )
    def test_say_what_is_known(self, column: str, value: object) -> None:
        assert made().facts[column] == value

    def test_are_the_columns_of_the_index(self) -> None:
        assert set(made().facts) == set(COLUMNS)

    def test_fit_the_index(self) -> None:
        assert Packer().pack(made())

    def test_of_which_nothing_is_known_are_empty(self) -> None:
        bare = Listing(ID, Organization(ID, "Iemand"), Service(ID, {"und": "Iets"}))
        assert all(value in (None, ()) for value in made(bare).facts.values())

    def test_unknown_referral_is_not_no(self) -> None:
        unknown = replace(FULL, service=replace(FULL.service, referral_required=None))
        assert "referral" not in (*made(unknown).facts["yes"], *made(unknown).facts["no"])


class TestBody:
    def test_is_plain_json(self) -> None:
        assert orjson.loads(orjson.dumps(made().body)) == made().body

    def test_names_the_municipality_in_both_languages(self) -> None:
        assert made().body["municipality_names"] == {"nl": "Brussel", "fr": "Bruxelles"}

    def test_keeps_the_precision_of_dates(self) -> None:
        assert (made().body["said_on"], made().body["checked_on"]) == ("2026-08", "2026-09-01")

    def test_keeps_languages_that_no_filter_knows(self) -> None:
        assert made().body["languages"] == ["nl", "fr", "xyz"]

    def test_falls_back_to_the_website_of_the_organisation(self) -> None:
        assert made(replace(FULL, website=None)).body["website"] == "https://kast.example.be"


class TestHiddenAddress:
    @pytest.mark.parametrize(
        "secret",
        [
            "ockstael",
            "127",
            "1020",
            "aken",
            "50.8",
            "4.34",
            "pakket.example",
            "kast.example.be/",
            "zone-list",
        ],
    )
    def test_is_nowhere(self, secret: str) -> None:
        held = made(hidden())
        assert secret not in orjson.dumps([held.texts, held.facts, held.body]).decode()

    def test_has_no_point(self) -> None:
        assert (made(hidden()).facts["point"], made(hidden()).body["lat"]) == (None, None)

    def test_counts_as_no_address(self) -> None:
        assert made(hidden()).facts["contact"] == ("phone", "email")

    def test_keeps_municipality_and_zones(self) -> None:
        held = made(hidden())
        assert (held.facts["municipality"], held.facts["zone"]) == ("21004", ("bxl-noord",))
        assert "brussel" in held.texts["place"].split()

    def test_keeps_a_website_that_a_person_stated(self) -> None:
        stated = replace(hidden(), provenance={"contact.website": Provenance("edit", "Coördinator Noord")})
        assert made(stated).body["website"] == "https://pakket.example.be"


class TestFields:
    def test_every_column_that_a_field_feeds_exists(self) -> None:
        fed = {field.index for field in fields().values()} - {"", "text", "postal_code"}
        assert fed <= {*COLUMNS, *features(), *STATED, "cost_per"}

    def test_the_fingerprint_follows_the_table(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = fingerprint()
        monkeypatch.setitem(TEXT_COLUMNS, "extra", 1.0)  # type: ignore[arg-type]
        assert fingerprint() != before

    def test_a_digest_does_not_depend_on_the_order_of_keys(self) -> None:
        one = Document(ID, {"a": "x", "b": "y"}, {}, {})
        assert one.digest() == Document(ID, {"b": "y", "a": "x"}, {}, {}).digest()
