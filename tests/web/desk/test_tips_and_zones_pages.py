"""The pages of tips for professionals, and of what zones are made of."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from service.catalogue.edits import edits_of, withdraw_edit
from service.database.accounts import audit
from service.database.composition import zone_change
from service.database.notes import worker_note
from service.database.session import connect_engine, reading, writing
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id

ZONE = "bxl-noord"
PANTRY = str(listing_id("pantry"))
TIPS = f"/nl/desk/tips/{PANTRY}"
PAGE = f"/nl/l/{PANTRY}"
TIP = "Bel eerst: de deur is op woensdag dicht <b>x</b>"


@pytest.fixture
def engine(settings):
    made = connect_engine(settings)
    yield made
    with writing(made) as connection:
        connection.execute(sa.delete(worker_note))
        connection.execute(sa.delete(zone_change))
        for edit in edits_of(connection, UUID(PANTRY)):
            if edit.withdrawn_at is None:
                withdraw_edit(connection, edit.id, by="test", why="test", now=FROZEN)
    made.dispose()


@pytest.fixture
def reader(desk_client, engine):
    return desk_client("reader", zone=ZONE)


def leave(desk, text=TIP, **more):
    return desk.post(TIPS, {"text": text, "language": "nl", "months": "3", **more})


def shown(answer, status=200):
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_a_tip_is_left_and_read(reader):
    assert leave(reader).status_code == 303
    page = shown(reader.get(TIPS))
    assert "Bel eerst" in page
    assert "<b>x</b>" not in page


def test_a_tip_stands_on_the_page_of_the_offer_for_who_is_signed_in(reader):
    leave(reader)
    answer = reader.get(PAGE)
    assert "Bel eerst" in shown(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_visitors_see_the_same_page_as_before(reader, client):
    before = client.get(PAGE)
    leave(reader)
    after = client.get(PAGE)
    assert shown(before) == shown(after)
    own = {"X-Request-Id"}
    assert {(k, v) for k, v in before.headers if k not in own} == {
        (k, v) for k, v in after.headers if k not in own
    }


@pytest.mark.parametrize(("role", "zone"), [("coordinator", "bxl-zuid"), ("reader", "elz-gent")])
def test_who_works_elsewhere_sees_no_tip(reader, desk_client, role, zone):
    leave(reader)
    other = desk_client(role, zone=zone)
    assert other.get(TIPS).status_code == 403
    assert "Bel eerst" not in shown(other.get(PAGE))


def test_seeing_a_tip_is_in_the_audit(reader, engine):
    leave(reader)
    reader.get(PAGE)
    with reading(engine) as connection:
        seen = sa.select(audit.c.action).where(audit.c.account_id == reader.person.id)
        assert connection.scalars(seen.order_by(audit.c.number.desc())).first() == "note_seen"


def test_a_person_in_a_tip_is_asked_about_and_may_be_meant_otherwise(reader):
    page = shown(leave(reader, "Vraag naar mevrouw Peeters"), 422)
    assert 'name="sure"' in page
    assert "Vraag naar mevrouw Peeters" in page
    assert leave(reader, "Vraag naar mevrouw Peeters", sure="1").status_code == 303


@pytest.mark.parametrize("text", ["", "x" * 301, "85.07.30-033.28"])
def test_what_is_no_tip_comes_back(reader, text):
    assert 'role="alert"' in shown(leave(reader, text), 422)


def test_a_tip_is_taken_away(reader, engine):
    leave(reader)
    with reading(engine) as connection:
        made = connection.scalar(sa.select(worker_note.c.id))
    assert reader.post(TIPS, {"remove": str(made)}).status_code == 303
    assert "Bel eerst" not in shown(reader.get(TIPS))


def test_a_tip_is_on_the_sheet_only_when_chosen(reader, client):
    leave(reader)
    sheet = f"/nl/sheet?ids={PANTRY}"
    assert "Bel eerst" not in shown(reader.get(sheet))
    assert "Bel eerst" in shown(reader.get(sheet + "&tips=1"))
    assert "Bel eerst" not in shown(client.get(sheet + "&tips=1"))


MOVE = {
    "nis": "21004", "postal_codes": "1020", "zone": "bxl-zuid", "from_day": "2026-11-24",
    "source": "Iriscare", "part": "Laken",
}  # fmt: skip


def test_a_move_is_seen_put_in_force_and_undone(desk_client, engine, client):
    boss = desk_client("administrator")
    change = boss.post("/nl/desk/zones", MOVE).headers["Location"]
    assert "bxl-zuid" in shown(boss.get(change))
    boss.post(change, {"do": "activate"})
    assert "Laken" in shown(boss.get("/nl/desk/zones/bxl-zuid"))
    assert "Laken" in shown(boss.get("/nl/desk/zones"))
    assert "1020" in shown(client.get("/nl/zones/bxl-zuid"))
    assert "1020" in str(client.get("/api/v1/zones/bxl-zuid").get_json()["municipalities"])
    boss.post(change, {"do": "undo"})
    assert "Iriscare" not in shown(boss.get("/nl/desk/zones/bxl-zuid"))


@pytest.mark.parametrize(
    "wrong", [{"zone": ""}, {"nis": "99999"}, {"postal_codes": "9000"}, {"from_day": "x"}, {"source": " "}]
)
def test_a_move_that_cannot_be_comes_back(desk_client, engine, wrong):
    page = shown(desk_client("administrator").post("/nl/desk/zones", {**MOVE, **wrong}), 422)
    assert 'role="alert"' in page


@pytest.mark.parametrize("role", ["coordinator", "reader"])
def test_zones_are_changed_by_administrators_alone(desk_client, role):
    assert desk_client(role, zone=ZONE).get("/nl/desk/zones").status_code == 403


def test_the_zone_of_an_offer_is_corrected(desk_client, engine):
    north = desk_client("coordinator", zone=ZONE)
    address = f"/nl/desk/zone-of/{PANTRY}"
    assert "bxl-noord" in shown(north.get(address))
    sent = {"brussels_care_zone": "bxl-zuid", "flemish_primary_care_zone": "", "why": "op de grens"}
    done = north.post(address, sent)
    assert done.status_code == 303
    shown(north.get(done.headers["Location"]))
    with reading(engine) as connection:
        live = [e for e in edits_of(connection, UUID(PANTRY)) if e.withdrawn_at is None]
    assert [(e.key, e.value) for e in live] == [("location.zone", ["bxl-zuid"])]


def test_who_coordinates_elsewhere_corrects_no_zone(desk_client):
    assert desk_client("coordinator", zone="elz-gent").get(f"/nl/desk/zone-of/{PANTRY}").status_code == 403
