"""Every route of the desk, asked by everybody: who gets in, that no form can be forged, that looking changes
nothing."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from service.accounts.person import Grant
from service.accounts.store import add_account
from service.catalogue.listings import read_listing
from service.catalogue.tasks.corrections import report
from service.database.accounts import attempt, audit
from service.database.claims import PUBLISHED, listing
from service.database.letters import campaign
from service.database.overview import listing_zone
from service.database.schema import metadata
from service.database.session import connect_engine, reading, writing
from service.database.tasks import task
from tests.conftest import FROZEN

OWN, OTHER = "bxl-zuid", "bxl-noord"
PEOPLE = ("nobody", "administrator", "coordinator", "coordinator elsewhere", "editor", "editor elsewhere",
          "reader", "reader elsewhere")  # fmt: skip
NOT_THERE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def engine(settings):
    made = connect_engine(settings)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def alone(engine):
    """A listing that lies in our zone alone and serves no other, and its organization."""
    with reading(engine) as connection:
        here = sa.select(listing.c.id).join(listing_zone).where(listing_zone.c.zone == OWN)
        for each in connection.scalars(here.where(listing.c.state == PUBLISHED).order_by(listing.c.id)):
            found = read_listing(connection, each).listing
            if OTHER not in {*found.zones, *found.serves} and not found.location.hidden:
                return found.id, found.organization.id
    raise AssertionError("no such listing")


@pytest.fixture(scope="module")
def values(engine, alone):
    """What stands in the addresses: things of our zone, and ids of what there is not."""
    with writing(engine) as connection:
        grant = [Grant("reader", OWN)]
        whom = add_account(connection, f"{uuid4().hex[:9]}@zone.example.be", "Wim", "nl", grant, FROZEN)
        report(connection, alone[0], "hours", "", None, FROZEN)
        asked = connection.scalar(sa.select(task.c.id).where(task.c.kind == "correction"))
        row = {"id": uuid4(), "zone": OWN, "freshness": "stale", "by": str(whom.id), "started_at": FROZEN}
        connection.execute(sa.insert(campaign).values(row))
    given = {
        "task_id": asked,
        "campaign_id": row["id"],
        "lang": "nl",
        "listing_id": alone[0],
        "zone_id": OWN,
        "account_id": whom.id,
        "table": "figures",
    }
    return {name: str(value) for name, value in given.items()}


def _grants(alone):
    return {
        "administrator": ("administrator", None, None),
        "coordinator": ("coordinator", OWN, None),
        "coordinator elsewhere": ("coordinator", OTHER, None),
        "editor": ("editor", None, alone[1]),
        "editor elsewhere": ("editor", None, UUID(NOT_THERE)),
        "reader": ("reader", OWN, None),
        "reader elsewhere": ("reader", OTHER, None),
    }


EXPECTED = {
    # as in PEOPLE: nobody, administrator, then our zone or organization and another by turns
    ("GET", "arrive"):             "410 410 410 410 410 410 410 410",
    ("GET", "audit"):              "303 200 403 403 403 403 403 403",
    ("GET", "audit_file"):         "303 200 403 403 403 403 403 403",
    ("GET", "back"):               "404 404 404 404 404 404 404 404",
    ("GET", "back_unprefixed"):    "404 404 404 404 404 404 404 404",
    ("GET", "batch"):              "303 404 404 404 403 403 403 403",
    ("GET", "bulk_preview"):       "303 404 404 404 403 403 403 403",
    ("GET", "campaign"):           "303 200 200 403 403 403 403 403",
    ("GET", "campaign_new"):       "303 200 200 200 403 403 403 403",
    ("GET", "composition"):        "303 200 403 403 403 403 403 403",
    ("GET", "edit"):               "303 200 200 403 200 403 403 403",
    ("GET", "history"):            "303 200 200 403 200 403 403 403",
    ("GET", "home"):               "303 303 303 303 303 303 303 303",
    ("GET", "invite"):             "303 200 200 200 403 403 403 403",
    ("GET", "kept_letter"):        "303 404 404 404 404 404 404 404",
    ("GET", "letters"):            "303 200 200 200 403 403 403 403",
    ("GET", "listing_zone"):       "303 200 200 403 200 403 403 403",
    ("GET", "listings"):           "303 200 200 200 200 200 200 200",
    ("GET", "mailbox"):            "303 200 404 404 404 404 404 404",
    ("GET", "me"):                 "303 200 200 200 200 200 200 200",
    ("GET", "merge"):              "303 404 404 404 403 403 403 403",
    ("GET", "my_second"):          "303 200 200 200 200 200 200 200",
    ("GET", "new"):                "303 200 200 200 200 200 403 403",
    ("GET", "notes"):              "303 200 200 403 403 403 200 403",
    ("GET", "openid"):             "404 404 404 404 404 404 404 404",
    ("GET", "people"):             "303 200 200 200 403 403 403 403",
    ("GET", "person"):             "303 200 200 403 403 403 403 403",
    ("GET", "round"):              "303 200 200 200 403 403 403 403",
    ("GET", "second"):             "303 303 303 303 303 303 303 303",
    ("GET", "sign_in"):            "200 200 200 200 200 200 200 200",
    ("GET", "spreadsheet"):        "303 200 200 200 403 403 403 403",
    ("GET", "spreadsheet_csv"):    "303 200 200 200 403 403 403 403",
    ("GET", "spreadsheet_xlsx"):   "303 200 200 200 403 403 403 403",
    ("GET", "state"):              "303 200 303 303 403 403 303 303",
    ("GET", "state_table"):        "303 404 404 403 403 403 404 403",
    ("GET", "state_zone"):         "303 200 200 403 403 403 200 403",
    ("GET", "to_home"):            "302 302 302 302 302 302 302 302",
    ("GET", "today"):              "303 200 200 200 403 403 403 403",
    ("GET", "welcome"):            "410 410 410 410 410 410 410 410",
    ("GET", "zone_change"):        "303 404 403 403 403 403 403 403",
    ("GET", "zone_parts"):         "303 200 200 200 200 200 200 200",
    ("POST", "arrive"):            "410 410 410 410 410 410 410 410",
    ("POST", "ask"):               "303 409 409 403 403 403 403 403",
    ("POST", "back"):              "404 404 404 404 404 404 404 404",
    ("POST", "batch"):             "303 404 404 404 403 403 403 403",
    ("POST", "bulk_plan"):         "303 303 303 303 403 403 403 403",
    ("POST", "bulk_preview"):      "303 404 404 404 403 403 403 403",
    ("POST", "campaign"):          "303 303 303 403 403 403 403 403",
    ("POST", "campaign_new"):      "303 200 200 200 403 403 403 403",
    ("POST", "composition"):       "303 422 403 403 403 403 403 403",
    ("POST", "edit"):              "303 303 303 403 303 403 403 403",
    ("POST", "history"):           "303 404 404 404 404 404 403 403",
    ("POST", "invite"):            "303 422 422 422 403 403 403 403",
    ("POST", "letters_automatic"): "303 404 404 404 403 403 403 403",
    ("POST", "link"):              "200 200 200 200 200 200 200 200",
    ("POST", "listing_zone"):      "303 422 422 403 422 403 403 403",
    ("POST", "me"):                "303 422 422 422 422 422 422 422",
    ("POST", "merge"):             "303 404 404 404 403 403 403 403",
    ("POST", "my_second"):         "303 303 303 303 303 303 303 303",
    ("POST", "new"):               "303 422 422 422 422 422 403 403",
    ("POST", "notes"):             "303 422 422 403 403 403 422 403",
    ("POST", "person"):            "303 404 404 404 403 403 403 403",
    ("POST", "second"):            "303 303 303 303 303 303 303 303",
    ("POST", "sign_in"):           "422 422 422 422 422 422 422 422",
    ("POST", "sign_out"):          "303 303 303 303 303 303 303 303",
    ("POST", "spreadsheet"):       "303 422 422 422 403 403 403 403",
    ("POST", "task"):              "303 422 422 403 403 403 403 403",
    ("POST", "welcome"):           "410 410 410 410 410 410 410 410",
    ("POST", "zone_change"):       "303 404 403 403 403 403 403 403",
}  # fmt: skip
OPEN = ("arrive", "back", "link", "second", "sign_in", "welcome")
"""Forms that one sends before one is signed in."""


class _Nobody:
    def __init__(self, client):
        self.client, self.get, self.post = client, client.get, client.post


@pytest.fixture
def somebody(app, desk_client, alone):
    """A function from one of `PEOPLE` to their browser."""

    def enter(who):
        return _Nobody(app.test_client()) if who == "nobody" else desk_client(*_grants(alone)[who])

    return enter


def _routes(app, method):
    return {
        rule.endpoint.partition(".")[2]: rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("desk.") and method in rule.methods
    }


def _address(app, rule, values):
    held = {name: values.get(name, NOT_THERE) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, held, append_unknown=False)


def _sent(app, desk, method, name, values):
    where = _address(app, _routes(app, method)[name], values)
    return desk.get(where) if method == "GET" else desk.post(where)


def test_the_table_names_every_route(app):
    asked = {(method, name) for method in ("GET", "POST") for name in _routes(app, method)}
    assert asked - set(EXPECTED) == set(), "a route that nobody thought about: say above who gets in"
    assert set(EXPECTED) - asked == set()


@pytest.mark.parametrize(("method", "name"), EXPECTED, ids=[" ".join(each) for each in EXPECTED])
def test_who_gets_in(app, engine, somebody, values, method, name):
    """All people in one test: a row of the table is read at once, and so is what is wrong with it."""
    found = []
    for who in PEOPLE:
        with writing(engine) as connection:
            connection.execute(sa.delete(attempt))
        found.append(str(_sent(app, somebody(who), method, name, values).status_code))
    assert dict(zip(PEOPLE, found, strict=True)) == dict(
        zip(PEOPLE, EXPECTED[method, name].split(), strict=True)
    )


FORMS = [name for method, name in EXPECTED if method == "POST"]


@pytest.mark.parametrize("token", [None, "", "0" * 32], ids=["no word", "an empty one", "a wrong one"])
@pytest.mark.parametrize("name", [each for each in FORMS if each not in OPEN])
def test_no_form_is_taken_without_the_word_of_the_session(app, somebody, values, name, token):
    desk = somebody("administrator")
    given = {} if token is None else {"token": token}
    where = _address(app, _routes(app, "POST")[name], values)
    assert desk.client.post(where, data=given).status_code == 403


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
    ids=str,
)
def test_no_form_is_taken_from_another_site(app, somebody, values, name, headers):
    if name in ("back", "second"):
        pytest.skip("it is there only in the middle of signing in: see test_openid and test_second")
    where = _address(app, _routes(app, "POST")[name], values)
    assert somebody("administrator").post(where, headers=headers).status_code == 403


def _dump(engine):
    """A mark of every row of every table but the audit, in which looks are written down."""
    with reading(engine) as connection:
        return {
            table.name: hashlib.sha256(
                "\n".join(
                    sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {table.name}").all()))
                ).encode()
            ).hexdigest()
            for table in metadata.sorted_tables
            if table is not audit
        }


@pytest.mark.parametrize("who", ["administrator", "coordinator"])
def test_looking_changes_nothing(app, engine, somebody, values, who):
    desk = somebody(who)
    before = _dump(engine)
    for method, name in EXPECTED:
        if method == "GET":
            _sent(app, desk, method, name, values)
    assert _dump(engine) == before


def test_an_empty_form_takes_nothing_away_from_a_listing(app, engine, somebody, values, alone):
    def resolved():
        with reading(engine) as connection:
            return connection.scalar(sa.select(listing.c.resolved).where(listing.c.id == alone[0]))

    before = resolved()
    _sent(app, somebody("administrator"), "POST", "edit", values)
    assert resolved() == before
