"""Who may do what: role by action by zone and organization, as one table."""

from __future__ import annotations

from itertools import product
from typing import get_args
from uuid import UUID, uuid4

import pytest

from service.accounts.permissions import Action, may, may_somewhere, require
from service.accounts.person import ROLES, Grant, Person
from service.config import WITH_SECOND_FACTOR
from service.errors import Forbidden

OWN_ORGANIZATION = UUID("00000000-0000-4000-8000-000000000001")
OTHER_ORGANIZATION = UUID("00000000-0000-4000-8000-000000000002")

WHO = {
    "administrator": Grant("administrator"),
    "coordinator": Grant("coordinator", "bxl-zuid"),
    "editor": Grant("editor", None, OWN_ORGANIZATION),
    "reader": Grant("reader", "bxl-zuid"),
    "reader of all": Grant("reader"),
}
MAY = {
    #                    administrator, coordinator, editor, reader, reader of all
    "see":               "yes yes yes yes yes",
    "do_task":           "yes yes no no no",
    "edit":              "yes yes yes no no",
    "create":            "yes yes yes no no",
    "confirm":           "yes yes yes no no",
    "merge":             "yes yes no no no",
    "write_to_provider": "yes yes no no no",
    "bulk":              "yes yes no no no",
    "see_state":         "yes yes no yes yes",
    "note_read":         "yes yes no yes yes",
    "note_write":        "yes yes no yes yes",
    "people":            "yes yes no no no",
    "zones":             "yes no no no no",
    "audit":             "yes no no no no",
}  # fmt: skip
WHERE = {
    "in their zone": ("bxl-zuid",),
    "in another zone": ("bxl-noord",),
    "elsewhere, serving their zone": ("bxl-noord", "bxl-zuid"),
    "in no zone": (),
}
WHOSE = {"their organization": OWN_ORGANIZATION, "another": OTHER_ORGANIZATION, "nobody's": None}
HOLDS = {
    #                 administrator, coordinator, editor, reader, reader of all
    ("in their zone", "their organization"):                 "yes yes yes yes yes",
    ("in their zone", "another"):                            "yes yes no yes yes",
    ("in their zone", "nobody's"):                           "yes yes no yes yes",
    ("in another zone", "their organization"):               "yes no yes no yes",
    ("in another zone", "another"):                          "yes no no no yes",
    ("in another zone", "nobody's"):                         "yes no no no yes",
    ("elsewhere, serving their zone", "their organization"): "yes yes yes yes yes",
    ("elsewhere, serving their zone", "another"):            "yes yes no yes yes",
    ("elsewhere, serving their zone", "nobody's"):           "yes yes no yes yes",
    ("in no zone", "their organization"):                    "yes no yes no yes",
    ("in no zone", "another"):                               "yes no no no yes",
    ("in no zone", "nobody's"):                              "yes no no no yes",
}  # fmt: skip
CASES = [
    (who, action, where, whose)
    for (who, action), (where, whose) in product(product(WHO, MAY), product(WHERE, WHOSE))
]


def _column(row, who):
    return row.split()[list(WHO).index(who)] == "yes"


def _person(*grants):
    return Person(uuid4(), "an@zone.example.be", "An", "nl", grants)


def test_the_table_has_every_action_and_every_case():
    assert set(MAY) == set(get_args(Action))
    assert set(HOLDS) == set(product(WHERE, WHOSE))
    assert {grant.role for grant in WHO.values()} == set(ROLES)


@pytest.mark.parametrize(("who", "action", "where", "whose"), CASES)
def test_who_may_do_what_where(who, action, where, whose):
    expected = _column(MAY[action], who) and _column(HOLDS[where, whose], who)
    assert may(_person(WHO[who]), action, zones=WHERE[where], organization=WHOSE[whose]) is expected


@pytest.mark.parametrize(("who", "action"), list(product(WHO, MAY)))
def test_a_menu_shows_what_somebody_may_somewhere(who, action):
    assert may_somewhere(_person(WHO[who]), action) is _column(MAY[action], who)


@pytest.mark.parametrize("action", MAY)
def test_nobody_without_a_role_may_anything(action):
    assert not may(_person(), action, zones=("bxl-zuid",), organization=OWN_ORGANIZATION)


@pytest.mark.parametrize("action", MAY)
def test_two_roles_do_not_make_a_third(action):
    """Who edits an organization and reads a zone edits nothing else of that zone."""
    both = _person(WHO["editor"], WHO["reader"])
    given = {"zones": ("bxl-zuid",), "organization": OTHER_ORGANIZATION}
    assert may(both, action, **given) is _column(MAY[action], "reader")


def test_what_is_refused_names_the_roles_that_may():
    with pytest.raises(Forbidden, match="administrator or coordinator"):
        require(_person(WHO["reader"]), "merge", zones=("bxl-zuid",))


@pytest.mark.parametrize(
    ("grants", "zones", "organization", "expected"),
    [
        ((WHO["administrator"],), (), None, "administrator"),
        ((WHO["coordinator"],), ("bxl-zuid",), None, "coordinator"),
        ((WHO["coordinator"],), ("bxl-noord",), None, None),
        ((WHO["editor"],), ("bxl-noord",), OWN_ORGANIZATION, "provider"),
        ((WHO["editor"], WHO["coordinator"]), ("bxl-zuid",), OWN_ORGANIZATION, "coordinator"),
        ((WHO["reader"],), ("bxl-zuid",), None, None),
    ],
)
def test_in_which_role_somebody_speaks(grants, zones, organization, expected):
    assert _person(*grants).role_for(zones, organization) == expected


def test_a_setting_can_ask_a_second_factor_of_every_role():
    assert set(WITH_SECOND_FACTOR) == set(ROLES)
