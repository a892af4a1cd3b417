"""The pages of work on many listings: list, preview, batch, spreadsheet, calls."""

from __future__ import annotations

import csv
import io
import re
from uuid import UUID

import pytest

from service.catalogue.edits import edits_of, withdraw_edit
from service.catalogue.listings import read_listing
from service.database.session import connect_engine, reading, writing
from service.desk.bulk.columns import key_of
from service.web.desk import uploads
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id
from tests.web.made import SECRET_STREET

ZONE = "bxl-noord"
PANTRY = str(listing_id("pantry"))


@pytest.fixture
def north(desk_client, settings):
    """Somebody who coordinates the north; what they do to the pantry is taken back afterwards."""
    yield desk_client("coordinator", zone=ZONE)
    engine = connect_engine(settings)
    with writing(engine) as connection:
        for edit in edits_of(connection, UUID(PANTRY)):
            if edit.withdrawn_at is None:
                withdraw_edit(connection, edit.id, by="test", why="test", now=FROZEN)
    engine.dispose()


def text(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return answer.get_data(as_text=True)


def value_of(settings, key):
    engine = connect_engine(settings)
    with reading(engine) as connection:
        live = [e for e in edits_of(connection, UUID(PANTRY)) if e.key == key and e.withdrawn_at is None]
    engine.dispose()
    return live[-1].value if live else None


def test_the_list_shows_the_zone_of_who_looks(north):
    page = text(north.get("/nl/desk/listings?words=voedselpakketten"))
    assert PANTRY in page


def test_another_zone_is_closed(north):
    assert north.get("/nl/desk/listings?zone=bxl-zuid").status_code == 403


def test_an_administrator_sees_all_zones(desk_client):
    page = text(desk_client("administrator").get("/nl/desk/listings"))
    assert '<option value="" selected>' in page


def test_a_reader_sees_the_list_and_no_boxes(desk_client):
    page = text(desk_client("reader", zone=ZONE).get("/nl/desk/listings"))
    assert "bulk-lines" in page
    assert "bulk-box" not in page


def test_an_editor_sees_the_offers_of_the_organization_alone(desk_client, settings):
    engine = connect_engine(settings)
    with reading(engine) as connection:
        organization = read_listing(connection, UUID(PANTRY)).listing.organization.id
    engine.dispose()
    page = text(desk_client("editor", organization=organization).get("/nl/desk/listings"))
    assert PANTRY in page
    assert len(re.findall("bulk-lines", page)) == 1
    assert page.count("<li>\n") < 50


@pytest.mark.parametrize("query", ["freshness=old", "state=x", "need=x", "missing=x", "page=0", "page=x"])
def test_a_filter_that_cannot_be_is_told(north, query):
    assert north.get(f"/nl/desk/listings?{query}").status_code == 422


def test_a_page_too_far_leads_to_the_last(north):
    answer = north.get("/nl/desk/listings?page=999")
    assert answer.status_code == 303


def plan(north, **data):
    answer = north.post("/nl/desk/bulk/plan", {"id": PANTRY, **data})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_value_for_many_is_seen_first_then_done_then_undone(north, settings):
    preview = plan(north, do="set", value="service.appointment=required")
    assert "service.appointment" not in preview
    text(north.get(preview))
    assert value_of(settings, "service.appointment") is None
    batch = north.post(preview, {"do": "yes"}).headers["Location"]
    assert value_of(settings, "service.appointment") == "required"
    text(north.get(batch))
    assert north.post(batch).status_code == 303
    assert value_of(settings, "service.appointment") is None


def test_a_preview_that_is_left_is_gone(north):
    preview = plan(north, do="confirm", how="phone")
    assert north.post(preview, {"do": "drop"}).status_code == 303
    assert north.get(preview).status_code == 404


def test_a_preview_of_somebody_else_is_not_there(north, desk_client):
    preview = plan(north, do="confirm", how="phone")
    assert desk_client("coordinator", zone=ZONE).get(preview).status_code == 404


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"do": "set", "value": ""}, "field"),
        ({"do": "snooze", "until": "2020-01-01"}, "until"),
        ({"do": "language", "language": ""}, "service.languages"),
        ({"do": "confirm", "how": "by magic"}, "how"),
    ],
)
def test_what_cannot_be_done_leads_back_with_a_word(north, data, fault):
    back = plan(north, **data)
    assert f"fault={fault}" in back
    assert 'role="alert"' in text(north.get(back))


def test_nothing_chosen_leads_back_with_a_word(north):
    answer = north.post("/nl/desk/bulk/plan", {"do": "confirm", "how": "phone"})
    assert "fault=selection" in answer.headers["Location"]


def test_all_that_match_are_taken(north):
    data = {"do": "confirm", "how": "phone", "all": "1", "words": "voedselpakketten", "zone": ZONE}
    answer = north.post("/nl/desk/bulk/plan", data)
    assert "preview" in answer.headers["Location"]


def test_who_may_not_cannot_plan(desk_client):
    reader = desk_client("reader", zone=ZONE)
    assert reader.post("/nl/desk/bulk/plan", {"id": PANTRY, "do": "confirm"}).status_code == 403


def test_a_form_without_its_word_is_refused(north):
    data = {"id": PANTRY, "do": "confirm", "how": "phone", "token": "forged"}
    assert north.client.post("/nl/desk/bulk/plan", data=data).status_code == 403


def rows_of(answer):
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def sent_back(north, rows, name="zone.csv"):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    data = {"file": (io.BytesIO(out.getvalue().encode()), name)}
    return north.post("/nl/desk/spreadsheet", data, content_type="multipart/form-data")


def test_a_spreadsheet_goes_out_and_comes_back(north, settings):
    rows = rows_of(north.get(f"/nl/desk/spreadsheet/listings.csv?zone={ZONE}&words=voedselpakketten"))
    at = next(n for n, title in enumerate(rows[0]) if key_of(title) == "service.languages")
    row = next(row for row in rows if row[0] == PANTRY)
    row[at] = "nl | ar"
    answer = sent_back(north, rows)
    assert answer.status_code == 303
    page = text(north.get(answer.headers["Location"]))
    assert "Nederlands, Arabisch" in page
    north.post(answer.headers["Location"], {"do": "yes"})
    assert value_of(settings, "service.languages") == ["nl", "ar"]


def test_a_cell_that_is_wrong_is_told_in_the_reader_s_language(north):
    rows = rows_of(north.get(f"/nl/desk/spreadsheet/listings.csv?zone={ZONE}&words=voedselpakketten"))
    at = next(n for n, title in enumerate(rows[0]) if key_of(title) == "contact.email")
    next(row for row in rows if row[0] == PANTRY)[at] = "bij de deur"
    page = text(north.get(sent_back(north, rows).headers["Location"]))
    assert "bij de deur" in page
    assert "an e-mail address" not in page


def test_a_workbook_goes_out(north):
    answer = north.get(f"/nl/desk/spreadsheet/listings.xlsx?zone={ZONE}&words=voedselpakketten")
    assert answer.status_code == 200
    assert answer.get_data()[:2] == b"PK"


@pytest.mark.parametrize("name", ["zone.exe", "zone.xls", ""])
def test_another_kind_of_file_is_not_taken(north, name):
    text(sent_back(north, [["id"]], name), 422)


@pytest.mark.parametrize("body", [b"PK\x03\x04 no zip", b"", b"\x00\x01\x02"])
def test_a_broken_workbook_is_not_taken(north, body):
    data = {"file": (io.BytesIO(body), "zone.xlsx")}
    text(north.post("/nl/desk/spreadsheet", data, content_type="multipart/form-data"), 422)


def test_a_file_that_is_too_large_is_not_taken(north, monkeypatch):
    monkeypatch.setitem(uploads._ROOM_FOR, "desk.spreadsheet", 1_000)
    data = {"file": (io.BytesIO(b"x" * 2_000), "zone.csv")}
    answer = north.post("/nl/desk/spreadsheet", data, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_no_spreadsheet_holds_a_secret_address(desk_client):
    answer = desk_client("administrator").get("/nl/desk/spreadsheet/listings.csv?words=vluchthuis")
    told = answer.get_data(as_text=True)
    assert "Vluchthuis De Haven" in told
    assert SECRET_STREET not in told


def test_the_list_to_call_by_names_who_to_call_and_what_to_ask(north):
    page = text(north.get(plan(north, do="round")))
    assert "De Voorraadkast" in page
    assert "call-line" in page


@pytest.mark.parametrize("hidden", ["", "&hidden=1"])
def test_a_secret_address_is_on_paper_only_when_chosen(desk_client, hidden):
    page = text(desk_client("administrator").get(f"/nl/desk/bulk/round?words=vluchthuis{hidden}"))
    assert (SECRET_STREET in page) is bool(hidden)


def test_a_name_that_attacks_is_only_text(desk_client):
    for address in ("listings?words=buurtwinkel", "bulk/round?words=buurtwinkel"):
        assert "<script>alert" not in text(desk_client("administrator").get(f"/nl/desk/{address}"))
