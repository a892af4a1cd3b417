"""Needs of a question: the one asked, those told beside it, and what stands in the way."""

from datetime import datetime

import pytest

from service.config import TIMEZONE
from service.geo.places import gazetteer
from service.search.understand.clauses import clauses
from service.search.understand.question import Question
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)


@pytest.fixture(scope="module")
def analyser(lexicon_home):
    return Analyser(Lexicon(lexicon_home))


@pytest.fixture(scope="module")
def line(analyser):
    return Understanding(analyser, gazetteer())


@pytest.fixture
def codes(line):
    return lambda question, ui="nl": [need.code for need in line.understand(question, ui, TUESDAY).needs]


@pytest.fixture
def cut(analyser):
    def cut(text):
        words = tuple(analyser.query_terms(text, None))
        question = Question(text, words, "nl", TUESDAY)
        return [question.quote(each) for each in clauses(question, range(len(words)))]

    return cut


def test_a_clause_ends_at_a_mark(cut):
    assert cut("ik heb geen werk, mijn huur is te hoog") == ["ik heb geen werk", "mijn huur is te hoog"]


def test_a_clause_ends_before_a_conjunction(cut):
    assert cut("j'ai perdu mon travail mais le loyer continue encore") == [
        "j'ai perdu mon travail",
        "mais le loyer continue encore",
    ]


def test_a_short_piece_belongs_to_its_neighbour(cut):
    assert cut("AM, zoekt vannacht opvang in Gent") == []


def test_a_single_clause_is_not_read_twice(cut):
    assert cut("waar kan ik een winterjas krijgen") == []


@pytest.mark.parametrize(
    ("question", "asked", "told"),
    [
        ("ik slaap in mijn auto, waar kan ik douchen", "basic.shower", "housing.shelter"),
        ("my husband beats me, i need a lawyer for the divorce", "money.legal_aid", "safety.violence"),
        ("nous dormons dans la rue, il me faut des langes pour le bébé", "food.baby", "housing.shelter"),
    ],
)
def test_what_stands_in_the_way_is_told_beside_what_is_asked(codes, question, asked, told):
    assert {asked, told} <= set(codes(question))


def test_two_needs_of_one_sentence(codes):
    found = codes("ik zoek kinderopvang voor mijn dochter en iemand die mijn laptop goedkoop kan vervangen")
    assert {"family.childcare", "digital.device"} <= set(found)


def test_at_most_three_needs(codes):
    assert (
        len(codes("geen dak, geen geld, geen eten, geen dokter, geen werk, geen kleren, veel schulden")) <= 3
    )


def test_a_need_stands_once(codes):
    found = codes("ik sta op straat, ik heb vannacht geen slaapplaats, waar is er nachtopvang")
    assert len(found) == len(set(found))


def test_each_part_says_what_it_counts(line):
    understood = line.understand("ik kan de huur niet betalen, ik slaap slecht van de stress", "nl", TUESDAY)
    rules = {each.rule for each in understood.evidence if each.stage == "meaning"}
    assert any("whole" in rule for rule in rules)
    assert any("pieces" in rule for rule in rules)


def test_an_uncertain_question_offers_readings(line):
    understood = line.understand("het gaat niet goed thuis", "nl", TUESDAY)
    assert len(understood.needs) + len(understood.suggestions) >= 2


@pytest.mark.parametrize(
    "question",
    [
        "alleenstaande mama, 2 kids, geen geld tot de 10e, Kuregem, spreekt Arabisch",
        "mama alleen met 3 kinderen, zonder inkomen sinds maandag",
        "maman solo, 2 enfants, plus d'argent jusqu'au 10",
    ],
)
def test_who_somebody_is_is_no_need(codes, question):
    assert codes(question)[0] == "money.income_support"
    assert "family.parenting" not in codes(question)
