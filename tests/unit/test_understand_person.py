from datetime import datetime

import pytest

from service.config import TIMEZONE

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)
TASTE = {"urgent", "low_income"}


@pytest.fixture
def read(line):
    return lambda question, ui="nl": line.understand(question, ui, TUESDAY)


@pytest.mark.parametrize(
    ("question", "language", "situation"),
    [
        ("tandarts gratis", "nl", "free"),
        ("avocat sans payer", "fr", "free"),
        ("free dentist", "en", "free"),
        ("kostenlose Beratung", "de", "free"),
        ("محامي مجاني", "ar", "free"),
        ("ücretsiz avukat", "tr", "free"),
        ("безкоштовний адвокат", "uk", "free"),
        ("abogado gratis", "es", "free"),
        ("darmowy prawnik", "pl", "free"),
        ("avocat gratuit", "ro", "free"),
        ("dokter voor iemand zonder papieren", "nl", "no_papers"),
        ("médecin, je n'ai pas de papiers", "fr", "no_papers"),
        ("ما عندي اوراق وبدي دكتور", "ar", "no_papers"),
        ("oturumum yok doktor", "tr", "no_papers"),
        ("lekarz bez dokumentów", "pl", "no_papers"),
        ("medic fără acte", "ro", "no_papers"),
        ("médico sin papeles", "es", "no_papers"),
        ("лікар без документів", "uk", "no_papers"),
        ("zonder rdv langskomen", "nl", "no_appointment"),
        ("bez umawiania", "pl", "no_appointment"),
        ("ohne Termin", "de", "no_appointment"),
        ("randevusuz", "tr", "no_appointment"),
        ("kookles waar ik met mijn kinderen kan komen", "nl", "children_along"),
        ("un atelier où venir avec mes gosses", "fr", "children_along"),
        ("zwemmen enkel vrouwen", "nl", "women_only"),
        ("للنساء فقط", "ar", "women_only"),
        ("cours du soir", "fr", "evening"),
        ("nachtoppas bij een zieke", "nl", "evening"),
        ("niemand mag het weten", "nl", "anonymous"),
        ("mon père est en chaise roulante", "fr", "wheelchair"),
        ("quelqu'un qui vient à la maison", "fr", "home_visit"),
        ("psycholoog online", "nl", "online"),
        ("ik heb geen computer", "nl", "no_internet"),
        ("numéro de téléphone", "fr", "phone"),
    ],
)
def test_situation_in_ten_languages(read, question, language, situation):
    assert situation in read(question, language).situation


@pytest.mark.parametrize(
    ("question", "situation"),
    [
        ("bijna gratis kleren", "free"),
        ("online bankieren leren", "online"),
        ("maaltijden aan huis", "home_visit"),
        ("ik slaap 's nachts niet", "evening"),
        ("niet bellen aub", "phone"),
        ("nu pot plăti chiria", "urgent"),
    ],
)
def test_look_alikes_of_a_situation(read, question, situation):
    assert situation not in read(question).situation


@pytest.mark.parametrize(
    ("question", "language", "audience"),
    [
        ("mijn dochter van 15 spijbelt", "nl", {"family", "young"}),
        ("peuter bijt", "nl", {"child", "family"}),
        ("mon fils de six ans a peur", "fr", {"child", "family"}),
        ("mama van twee zoekt vrienden", "nl", {"woman", "family"}),
        ("alleenstaande mama met kindje", "nl", {"single_parent", "woman", "family", "child"}),
        ("mijn moeder is 82 en dement", "nl", {"older"}),
        ("ik zorg voor mijn man", "nl", {"carer"}),
        ("je suis enceinte", "fr", {"pregnant", "woman"}),
        ("17 en zwanger", "nl", {"pregnant", "woman"}),
        ("juf: een leerling uit mijn klas heeft honger", "nl", {"teacher", "young"}),
        ("NBMV in opvang", "nl", {"refugee", "young"}),
        ("onze verpleegkundigen zijn op", "nl", {"employer"}),
        ("gay choir", "en", {"lgbtq"}),
        ("je dors dans ma voiture", "fr", {"homeless"}),
        ("studio op kot", "nl", {"student"}),
        ("doof en eenzaam", "nl", {"disability"}),
        ("kızım 4 yaşında", "tr", {"family", "child"}),
        ("mój syn ma 16 lat", "pl", {"family", "young"}),
        ("бабуся має деменцію", "uk", {"older"}),
        ("mi abuela vive sola", "es", {"older"}),
        ("sunt gravidă", "ro", {"pregnant", "woman"}),
        ("طالب لجوء", "ar", {"refugee"}),
        ("meine Mutter vergisst alles", "de", {"older"}),
    ],
)
def test_audience_in_ten_languages(read, question, language, audience):
    assert set(read(question, language).audience) - TASTE == audience


@pytest.mark.parametrize(
    "question",
    [
        "al 20 jaar verslaafd",
        "bail de 9 ans",
        "deux ans d'attente",
        "married for 40 years",
        "5 lat temu",
        "wachtlijst van 8 jaar",
    ],
)
def test_years_of_something_are_no_age(read, question):
    assert not {"child", "young", "older"} & set(read(question).audience)


@pytest.mark.parametrize(
    ("question", "language", "group"),
    [
        ("ik ben 17", "nl", "young"),
        ("i'm 75", "en", "older"),
        ("quatre-vingts ans", "fr", "older"),
        ("j'ai dix-sept ans", "fr", "young"),
        ("tante is 91", "nl", "older"),
        ("65+ turnen", "nl", "older"),
        ("groep 8-12 jaar", "nl", "child"),
        ("мені 16", "uk", "young"),
        ("16 yaşındayım", "tr", "young"),
        ("عمري 15", "ar", "young"),
    ],
)
def test_age_in_figures_and_letters(read, question, language, group):
    assert group in read(question, language).audience


def test_number_of_children_is_no_age(read):
    assert "child" not in read("mama van 3").audience


def test_partner_named_does_not_make_the_asker_a_man(read):
    assert "man" not in read("mijn man drinkt").audience


def test_code_has_its_words_and_its_reason(read):
    understood = read("ik zorg voor mijn zieke vader")
    assert "zorg voor mijn" in understood.because["carer"]
    assert "cares for somebody" in [each.rule for each in understood.evidence if each.reading == "carer"]


@pytest.mark.parametrize(
    ("question", "language", "speaks"),
    [
        ("psycholog po polsku", "pl", ("pl",)),
        ("doctor que hable árabe", "es", ("ar",)),
        ("лікар українською", "uk", ("uk",)),
        ("Türkçe bilen psikolog", "tr", ("tr",)),
        ("طبيب يتكلم عربي", "ar", ("ar",)),
        ("psiholog care vorbește română", "ro", ("ro",)),
        ("speelgroep Engels", "nl", ("en",)),
        ("suivi en peul ou wolof", "fr", ("ff", "wo")),
    ],
)
def test_language_wanted_in_ten_languages(read, question, language, speaks):
    assert set(read(question, language).speaks) == set(speaks)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("brief in het Frans gekregen", "nl"),
        ("Oekraïense vluchteling", "nl"),
        ("fransızca bilmiyorum", "tr"),
        ("kurs niderlandzkiego", "pl"),
        ("sąsiad z Polski", "pl"),
        ("розмовна група французької, хочу практикувати", "uk"),
    ],
)
def test_language_named_but_not_wanted(read, question, language):
    assert read(question, language).speaks == ()
