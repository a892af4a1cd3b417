import pytest

from service.geo.travel import TRAVEL_MODES
from service.model import terms
from service.model.fields import LANGUAGES
from service.search.understand.person import person_rules
from service.search.understand.signs import NOTHING
from service.search.understand.tables import rows, sign_rows, split

# Signs that do not stand in the lists of patterns: ages are read by rule.
AGES = {"age_baby", "age_child", "age_teen", "age_young", "age_adult", "age_older"}
SIGNS = {row["sign"] for row in sign_rows() if not row["sign"].startswith("@")}


def test_rules_give_known_codes():
    lists = {"tariff": "reduced_tariff", "mode": None}
    for rule in person_rules():
        name = lists.get(rule.kind, rule.kind)
        assert rule.code in (terms.values(name) if name else TRAVEL_MODES)


def test_rules_ask_for_signs_that_some_list_can_give():
    for rule in person_rules():
        assert rule.unless.union(*rule.needed) <= SIGNS | AGES, rule.code


def test_every_sign_serves_a_rule():
    asked = frozenset().union(*(rule.unless.union(*rule.needed) for rule in person_rules()))
    assert SIGNS - {NOTHING} <= asked


def test_every_rule_has_a_reason():
    assert all(rule.reason for rule in person_rules())


LEFT_TO_THE_FORM = {
    "nearby", "no_wait", "paperwork", "rights", "no_address", "childcare", "no_judgement",
}  # fmt: skip
"""Ticks that a question says in passing of everything: read as a wish they would be wrong too often."""


def test_every_situation_is_read_but_for_those_left_to_the_form():
    read = {rule.code for rule in person_rules() if rule.kind == "situation"}
    assert read == set(terms.values("situation")) - LEFT_TO_THE_FORM


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_situation_and_group_can_be_said_in_each_language(language):
    said = {row["sign"] for row in sign_rows() if row["language"] == language} | AGES
    for kind in sorted({rule.kind for rule in person_rules()}):
        codes = {rule.code for rule in person_rules() if rule.kind == kind}
        for code in codes - {"adult", "everyone", "low_income", "urgent"}:
            rules = [rule for rule in person_rules() if (rule.kind, rule.code) == (kind, code)]
            assert any(all(each & said for each in rule.needed) for rule in rules), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_is_written_twice_for_a_sign(language):
    for row in sign_rows():
        if row["language"] == language:
            patterns = split(row["patterns"])
            assert sorted(patterns) == sorted(set(patterns)), row["sign"]


def test_numbers_in_letters_go_from_two_to_ninety():
    for language in LANGUAGES:
        numbers = {int(row["number"]) for row in rows("number_words.csv") if row["language"] == language}
        assert {2, 10, 90} <= numbers
