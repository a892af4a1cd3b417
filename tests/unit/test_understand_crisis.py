import csv

import pytest

from service.search.understand.crisis.forms import keys, undisguised
from service.search.understand.crisis.hits import IDIOM
from service.search.understand.crisis.lexicon import FOLDER, LANGUAGES, phrases
from service.search.understand.crisis.patterns import patterns
from service.search.understand.crisis.read import read_crisis
from service.search.understand.crisis.reading import TOPICS

SAID_AT_ONCE = ("suicide_act", "death_wish", "not_live", "self_harm_word", "cut_self", "hit_me", "rape")
with (FOLDER / "phrases.csv").open(encoding="utf-8", newline="") as file:
    EXAMPLES = list(csv.DictReader(file))


def topics(question):
    return [each.topic for each in read_crisis(question)]


@pytest.mark.parametrize("row", [r for r in EXAMPLES if r["topic"] != "none"], ids=lambda r: r["phrase"])
def test_example_is_read_as_its_danger(row):
    assert row["topic"] in topics(row["phrase"])


@pytest.mark.parametrize("row", [r for r in EXAMPLES if r["topic"] == "none"], ids=lambda r: r["phrase"])
def test_example_that_only_sounds_like_danger_is_not(row):
    assert set(topics(row["phrase"])) <= ({"talk"} if row["kind"] == "grief" else set())


def test_examples_are_of_every_language_and_topic():
    said = {(row["topic"], row["language"]) for row in EXAMPLES}
    assert said >= {(topic, each) for topic in (set(TOPICS) - {"talk"}) | {"none"} for each in LANGUAGES}


def test_every_group_of_a_pattern_has_words_and_every_group_serves_a_pattern():
    asked = {group for each in patterns() for group in (*each.groups, *each.unless)}
    listed = {group for language in LANGUAGES for group, _ in phrases(language)}
    assert listed == asked | {IDIOM, "plain"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_matters_most_can_be_said_in_every_language(language):
    assert {group for group, _ in phrases(language)} >= {*SAID_AT_ONCE, IDIOM}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_of_a_list_is_empty_or_begins_with_a_gap(language):
    assert [p for _, p in phrases(language) if not p.strip() or p.startswith("..") or p.endswith("..")] == []


def test_patterns_are_of_known_topics_and_certain_between_nothing_and_one():
    assert {each.topic for each in patterns()} == set(TOPICS)
    assert all(0 < each.certainty < 1 for each in patterns())


def test_words_that_led_there_are_quoted_as_typed():
    assert [each.because for each in read_crisis("Help, ik WIL Dood!")] == ["WIL Dood"]


def test_words_apart_are_quoted_apart():
    assert read_crisis("mijn man heeft mij gisteren geslagen")[0].because.count("…") == 1


def test_two_dangers_are_both_read_the_more_certain_first():
    readings = read_crisis("mon mari me frappe et je veux mourir")
    assert [each.topic for each in readings] == ["suicide", "violence"]
    assert readings[0].certainty >= readings[1].certainty


@pytest.mark.parametrize("question", ["", "   ", "?!…", "🙂", "12345", "voedselpakket in Gent"])
def test_nothing_said_is_nothing_read(question):
    assert read_crisis(question) == ()


@pytest.mark.parametrize("question", ["zelfmrod", "suïcde", "sucicide", "zelfmooord", "z*lfmoord", "su1cide"])
def test_misspelt_and_hidden_words_are_read(question):
    assert topics(question) == ["suicide"]


def test_a_disguise_keeps_the_length_of_the_text():
    assert len(undisguised("su1c*de en m@il")) == len("su1c*de en m@il")


@pytest.mark.parametrize(
    "word", ["matratze", "veerkracht", "automatisch", "sobrepeso", "etranger", "ambulant"]
)
def test_ordinary_word_is_no_slip_of_a_word_of_danger(word):
    assert topics(word) == []


def test_arabic_word_is_found_behind_the_letters_written_with_it():
    assert "انتحار" in keys("والانتحار")


@pytest.mark.parametrize(
    "question",
    [
        "mon frère s'est suicidé, groupe de deuil",
        "nabestaanden na zelfdoding",
        "grief group after her suicide",
    ],
)
def test_grief_after_a_suicide_asks_for_somebody_to_talk_to(question):
    assert topics(question) == ["talk"]


def test_grief_does_not_hide_a_danger_of_ones_own():
    assert topics("sinds de zelfdoding van mijn broer, ook in de rouwgroep, wil ik zelf dood") == ["suicide"]


@pytest.mark.parametrize("question", ["slaapplek voor vannacht", "abri pour cette nuit", "shelter tonight"])
def test_shelter_for_tonight_is_no_danger(question):
    assert topics(question) == []


def test_saying_and_danger_in_one_question_leave_the_danger():
    assert topics("je meurs de faim et je veux mourir") == ["suicide"]


def test_danger_is_read_whatever_is_said_around_it():
    around = "ik zoek een cursus nederlands en een goedkope woning, mijn kind gaat naar de creche " * 3
    assert topics(f"{around}. mijn man slaat mij. {around}") == ["violence"]
