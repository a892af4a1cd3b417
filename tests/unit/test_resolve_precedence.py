"""Whom we believe, field by field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from service.catalogue.claims import Edit, SourceRecord
from service.catalogue.ids import record_id
from service.catalogue.resolve import Resolved, resolve
from service.model.dates import PartialDate
from service.model.values import Value

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PHONE = "phone.numbers"


def record(
    source: str = "zone-list",
    precedence: int = 10,
    said_on: str | None = "2026-08",
    key: str = "pantry",
    fetched_at: datetime = NOW - timedelta(days=30),
    withdrawn_at: datetime | None = None,
    **values: Value,
) -> SourceRecord:
    return SourceRecord(
        record_id(source, key),
        source,
        key,
        precedence,
        publisher=f"publisher of {source}",
        fetched_at=fetched_at,
        said_on=PartialDate.parse(said_on) if said_on else None,
        values={name.replace("__", ".").replace(".at.", "@"): value for name, value in values.items()},
        withdrawn_at=withdrawn_at,
    )


def edit(
    key: str,
    value: Value | None,
    days_ago: int = 1,
    until: date | None = None,
    how: str | None = None,
    withdrawn_at: datetime | None = None,
    id: UUID | None = None,
) -> Edit:
    return Edit(
        id or uuid4(), record().id, key, value, "Amina", NOW - timedelta(days=days_ago), "she called",
        role="coordinator", until=until, how=how, withdrawn_at=withdrawn_at,
    )  # fmt: skip


def phone(*speakers: SourceRecord, edits: tuple[Edit, ...] = ()) -> Value | None:
    return believed(*speakers, edits=edits).values.get(PHONE)


def believed(*speakers: SourceRecord, edits: tuple[Edit, ...] = ()) -> Resolved:
    return resolve(speakers, edits, NOW)


CITY, ZONE, OLD = ["+3222222222"], ["+3223333333"], ["+3224444444"]


def test_higher_precedence_is_believed() -> None:
    assert phone(record("city", 5, phone__numbers=CITY), record(phone__numbers=ZONE)) == ZONE


def test_of_equal_precedence_the_later_date_is_believed() -> None:
    older = record("city", said_on="2026-07-31", phone__numbers=CITY)
    assert phone(older, record(said_on="2026-08", phone__numbers=ZONE)) == ZONE


def test_a_year_can_mean_its_last_day() -> None:
    dated = record("city", said_on="2026-08-13", phone__numbers=CITY)
    assert phone(dated, record(said_on="2026", phone__numbers=ZONE)) == ZONE


def test_a_dated_statement_goes_before_an_undated_one() -> None:
    undated = record("a-city", said_on=None, phone__numbers=CITY)
    assert phone(undated, record(said_on="2015", phone__numbers=ZONE)) == ZONE


def test_all_else_equal_the_source_id_decides() -> None:
    assert phone(record("city", phone__numbers=CITY), record("zone", phone__numbers=ZONE)) == CITY


def test_all_else_equal_the_key_decides() -> None:
    assert phone(record(key="b", phone__numbers=ZONE), record(key="a", phone__numbers=CITY)) == CITY


def test_a_field_that_the_better_source_leaves_out_comes_from_the_other() -> None:
    assert phone(record(), record("city", 5, phone__numbers=CITY)) == CITY


def test_languages_are_decided_one_by_one() -> None:
    zone = record(service__name__at__nl="Voedselpakketten")
    city = record("city", 5, service__name__at__nl="Pakketten", service__name__at__fr="Colis")
    names = believed(zone, city).values
    assert (names["service.name@nl"], names["service.name@fr"]) == ("Voedselpakketten", "Colis")


def test_an_edit_goes_before_every_source() -> None:
    assert phone(record(phone__numbers=ZONE), edits=(edit(PHONE, CITY),)) == CITY


def test_the_edit_stated_last_is_believed() -> None:
    assert phone(record(), edits=(edit(PHONE, CITY, days_ago=1), edit(PHONE, ZONE, days_ago=2))) == CITY


def test_of_edits_at_one_moment_the_larger_id_is_believed() -> None:
    first, second = edit(PHONE, CITY, id=UUID(int=1)), edit(PHONE, ZONE, id=UUID(int=2))
    assert phone(record(), edits=(second, first)) == phone(record(), edits=(first, second)) == ZONE


def test_a_withdrawn_edit_counts_no_more() -> None:
    assert phone(record(phone__numbers=ZONE), edits=(edit(PHONE, CITY, withdrawn_at=NOW),)) == ZONE


def test_an_edit_holds_on_its_last_day() -> None:
    assert phone(record(phone__numbers=ZONE), edits=(edit(PHONE, CITY, until=date(2026, 11, 22)),)) == CITY


def test_an_edit_past_its_last_day_counts_no_more() -> None:
    assert phone(record(phone__numbers=ZONE), edits=(edit(PHONE, CITY, until=date(2026, 11, 21)),)) == ZONE


def test_the_last_day_ends_at_midnight_in_brussels() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # 00.30 on the 23rd in Brussels
    stated = edit(PHONE, CITY, until=date(2026, 11, 22))
    assert resolve([record(phone__numbers=ZONE)], [stated], late).values[PHONE] == ZONE


def test_an_edit_can_say_that_a_field_is_not_known() -> None:
    assert phone(record(phone__numbers=ZONE), edits=(edit(PHONE, None),)) is None


def test_who_says_that_a_field_is_not_known_is_kept() -> None:
    assert believed(record(phone__numbers=ZONE), edits=(edit(PHONE, None),)).provenance[PHONE].kind == "edit"


def test_a_withdrawn_record_is_silent_while_another_speaks() -> None:
    silent = record(phone__numbers=ZONE, withdrawn_at=NOW)
    assert phone(silent, record("city", 5)) is None


def test_when_all_are_withdrawn_they_speak_and_so_the_listing_is_withdrawn() -> None:
    resolved = believed(record(phone__numbers=ZONE, withdrawn_at=NOW))
    assert (resolved.values[PHONE], resolved.withdrawn) == (ZONE, True)


def test_a_listing_with_one_live_record_is_not_withdrawn() -> None:
    assert not believed(record(withdrawn_at=NOW), record("city", 5)).withdrawn


def test_losing_statements_are_kept_best_first() -> None:
    speakers = (record("old", 1, phone__numbers=OLD), record("city", 5, phone__numbers=CITY))
    others = believed(*speakers, edits=(edit(PHONE, ZONE),)).others[PHONE]
    assert [claim.value for claim in others] == [CITY, OLD]


def test_a_source_heard_after_an_edit_that_says_otherwise_contradicts_it() -> None:
    heard = record(phone__numbers=ZONE, fetched_at=NOW)
    assert believed(heard, edits=(edit(PHONE, CITY),)).contradictions == (PHONE,)


def test_what_an_edit_corrects_does_not_contradict_it() -> None:
    assert believed(record(phone__numbers=ZONE), edits=(edit(PHONE, CITY),)).contradictions == ()


def test_a_source_that_comes_to_agree_does_not_contradict() -> None:
    heard = record(phone__numbers=CITY, fetched_at=NOW)
    assert believed(heard, edits=(edit(PHONE, CITY),)).contradictions == ()


def test_one_source_that_hides_an_address_hides_it() -> None:
    hides = record("city", 1, address__hidden=True)
    assert believed(record(address__hidden=False), hides).values["address.hidden"] is True


def test_a_person_can_say_that_an_address_is_not_hidden() -> None:
    hides = record(address__hidden=True)
    assert believed(hides, edits=(edit("address.hidden", False),)).values["address.hidden"] is False


def test_provenance_of_a_source_names_publisher_and_date() -> None:
    said = believed(record(phone__numbers=ZONE)).provenance[PHONE]
    assert (said.speaker, said.said_on) == ("publisher of zone-list", PartialDate(2026, 8))


def test_an_edit_that_was_checked_says_when_and_how() -> None:
    said = believed(record(), edits=(edit(PHONE, CITY, how="phone"),)).provenance[PHONE]
    assert (said.checked_on, said.how) == (date(2026, 11, 21), "phone")


def test_an_edit_without_a_check_was_not_checked() -> None:
    assert believed(record(), edits=(edit(PHONE, CITY),)).provenance[PHONE].checked_on is None


def test_organizations_that_nobody_named_are_not_one() -> None:
    assert believed(record(key="a")).organization_key != believed(record(key="b")).organization_key


def test_an_enterprise_number_says_more_than_a_name() -> None:
    one = record(organization__name="OCMW Gent", organization__enterprise_number="0212214125")
    other = record(key="b", organization__name="CPAS Gand", organization__enterprise_number="0212214125")
    assert believed(one).organization_key == believed(other).organization_key


def test_the_listing_is_as_fresh_as_its_newest_source() -> None:
    speakers = (record(said_on="2025"), record("city", 5, said_on="2026-03"))
    assert believed(*speakers).said_on == PartialDate(2026, 3)


def test_the_day_after_the_first_edit_runs_out_is_known() -> None:
    edits = (edit(PHONE, CITY, until=date(2026, 12, 31)), edit("contact.email", None, until=date(2027, 1, 5)))
    assert believed(record(), edits=edits).recheck_on == date(2027, 1, 1)
