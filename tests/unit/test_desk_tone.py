"""Hints about a text: what they see, and that they are silent about plain words."""

from __future__ import annotations

import csv

import pytest

from service.config import DATA
from service.desk.editing.tone import LANGUAGES, hints, reading_ease, syllables

PLAIN = {
    "nl": (
        "Je kan hier eten halen. Het is gratis. Kom gerust langs. We helpen je graag verder. Bel ons op "
        "maandag. Breng een tas mee. Je kind mag mee. De deur is open vanaf negen uur."
    ),
    "fr": (
        "Vous pouvez venir manger ici. C'est gratuit. On parle avec vous. Venez le lundi. La porte est "
        "ouverte à neuf heures. Votre enfant peut venir. On vous aide avec vos papiers. Prenez un sac."
    ),
    "en": (
        "You can get food here. It is free. Just come in. We like to help you. Call us on Monday. Bring "
        "a bag. Your child can come. The door is open from nine. We talk with you."
    ),
}
HARD = {
    "nl": (
        "In het kader van een geïntegreerde multidisciplinaire hulpverleningsbenadering organiseert onze "
        "welzijnsorganisatie psychosociale begeleidingstrajecten ten behoeve van maatschappelijk "
        "kwetsbare bevolkingsgroepen, waarbij de individuele ondersteuningsnoden systematisch "
        "geïnventariseerd worden."
    ),
    "fr": (
        "Dans le cadre de la mise en œuvre de dispositifs d'accompagnement psychosocial "
        "multidisciplinaire, notre association développe des interventions différenciées à destination "
        "des bénéficiaires en situation de précarité administrative, économique et relationnelle "
        "particulièrement caractérisée."
    ),
    "en": (
        "Within the framework of multidisciplinary psychosocial interventions, our organisation "
        "facilitates the individualised implementation of comprehensive rehabilitation trajectories, "
        "utilising interdisciplinary methodologies for vulnerable populations experiencing "
        "administrative difficulties."
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_text_calls_for_no_hint(language: str) -> None:
    assert hints(PLAIN[language], language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_text_reads_easier_than_an_office_text(language: str) -> None:
    plain, hard = reading_ease(PLAIN[language], language), reading_ease(HARD[language] * 2, language)
    assert plain is not None
    assert hard is not None
    assert plain > 70 > 40 > hard


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_office_text_is_told_to_be_hard(language: str) -> None:
    kinds = {hint.kind for hint in hints(HARD[language] * 2, language)}
    assert kinds >= {"long_sentence", "jargon", "hard", "long_words"}


@pytest.mark.parametrize(
    ("text", "language", "kind", "words"),
    [
        ("Voor daklozen.", "nl", "stigma", "daklozen"),
        ("Pour les pauvres.", "fr", "stigma", "les pauvres"),
        ("A meal for the homeless.", "en", "stigma", "the homeless"),
        ("Je moet eerst bellen.", "nl", "order", "Je moet"),
        ("Vous devez appeler.", "fr", "order", "Vous devez"),
        ("You must call.", "en", "order", "You must"),
        ("Info inzake huur.", "nl", "jargon", "inzake"),
        ("Afin de louer.", "fr", "jargon", "Afin de"),
        ("In order to rent.", "en", "jargon", "In order to"),
        ("De maaltijd wordt door ons gebracht.", "nl", "passive", "wordt door ons gebracht"),
        ("Le repas est apporté.", "fr", "passive", "est apporté"),
        ("The meal is delivered.", "en", "passive", "is delivered"),
    ],
)
def test_what_is_pointed_at(text: str, language: str, kind: str, words: str) -> None:
    assert (kind, words) in {(hint.kind, hint.words) for hint in hints(text, language)}


def test_a_part_of_another_word_is_not_meant() -> None:
    assert hints("De omarmende buurt: omarmen mag.", "nl") == ()


def test_of_other_languages_nothing_is_said() -> None:
    assert hints("Büro für Angelegenheiten der Antragstellerinnen", "de") == ()


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("huis", "nl", 1), ("voedselpakket", "nl", 4), ("geïntegreerd", "nl", 4), ("cliënten", "nl", 3),
        ("aide", "fr", 1), ("nourriture", "fr", 3), ("gratuit", "fr", 2),
        ("house", "en", 1), ("table", "en", 2), ("family", "en", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count


def test_a_text_too_short_has_no_score() -> None:
    assert reading_ease("Kom langs.", "nl") is None


def test_every_word_has_a_plainer_one_and_a_source() -> None:
    with (DATA / "lexicon" / "plain_words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row for row in rows if not all(row.values())] == []
    assert len({(row["language"], row["words"]) for row in rows}) == len(rows)
