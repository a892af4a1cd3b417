from datetime import datetime

import pytest

from service.config import TIMEZONE

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)


@pytest.fixture
def read(line):
    return lambda question, ui="nl", now=TUESDAY: line.understand(question, ui, now)


def codes(understood):
    return [need.code for need in understood.needs]


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("Waar vind ik een voedselbank?", "food.parcel"),
        ("babyvoedng", "food.baby"),
        ("huurachterstanden", "housing.rent_arrears"),
        ("arriérés de loyer", "housing.rent_arrears"),
        ("schuldbemiddelaar", "money.debt"),
        ("médiateur de dettes", "money.debt"),
        ("Rückstand bei den Mietschulden", "housing.rent_arrears"),
        ("learn to use a computer", "digital.lessons"),
        ("crèche pour ma fille", "family.childcare"),
        ("thuisverpleegster voor mijn vader", "caregiver.home_help"),
        ("CPAS", "money.income_support"),
        ("JAC", "mental_health.youth"),
        ("vroedvrouw", "mental_health.perinatal"),
    ],
)
def test_first_need(read, question, need):
    assert codes(read(question))[0] == need


def test_words_of_a_phrase_may_stand_apart_and_in_any_order(read):
    assert codes(read("ik kan mijn huur deze maand echt niet betalen"))[0] == "housing.rent_arrears"


def test_need_says_which_words_led_to_it(read):
    assert read("dringend een voedselpakket").needs[0].because == "voedselpakket"


def test_need_is_labelled_in_the_language_of_the_page(read):
    assert read("voedselpakket", "fr").needs[0].label == "Colis alimentaire"


def test_two_needs_in_one_sentence(read):
    assert set(codes(read("voedselpakket en hulp met schulden"))) == {"food.parcel", "money.debt"}


def test_at_most_three_needs(read):
    question = "voedselpakket, schulden, advocaat, wassalon en kinderopvang"
    assert len(read(question).needs) == 3


def test_further_evidence_makes_surer(read):
    one, more = read("rekening"), read("rekening van de stroom")
    assert more.needs[0].confidence > one.needs[0].confidence


def test_need_confidence_lies_between_nought_and_one(read):
    for need in read("schulden deurwaarder schuldbemiddeling budgetbeheer incasso").needs:
        assert 0 < need.confidence < 1


def test_nothing_is_understood_of_nonsense(read):
    understood = read("xqzwv blorkt")
    assert (understood.needs, understood.place, understood.words) == ((), None, ("xqzwv", "blorkt"))


def test_name_of_a_place_is_no_need(read):
    understood = read("eten in Boom")
    assert "Boom" not in [need.because for need in understood.needs]


def test_words_understood_are_not_left_over(read):
    assert read("voedselpakket in Gent bij Prisma").words == ("Prisma",)


def test_place_in_the_language_of_the_page(read):
    understood = read("hulp in Gent", "fr")
    assert (understood.place.name, understood.place.because) == ("Gand", "Gent")


def test_alternatives_stand_beside_the_place(read):
    understood = read("voedselpakket in Halle")
    assert understood.place.nis == "23027"
    assert understood.alternatives


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("ik zoek een dokter voor mijn kind", "nl"),
        ("je cherche un médecin pour mon enfant", "fr"),
        ("I am looking for a doctor for my child", "en"),
        ("ich suche einen Arzt für mein Kind", "de"),
        ("أحتاج إلى طبيب", "ar"),
        ("мені потрібен лікар", "uk"),
    ],
)
def test_language_of_the_question(read, question, language):
    assert read(question).language == language


def test_question_without_function_words_has_the_language_of_the_page(read):
    assert read("yoga", "fr").language == "fr"


@pytest.mark.parametrize(
    ("question", "speaks"),
    [
        ("psycholoog die Arabisch spreekt", ("ar",)),
        ("psychologue arabophone", ("ar",)),
        ("consultation en turc", ("tr",)),
        ("doctor who speaks Polish", ("pl",)),
        ("dokter Tigrinya Gent", ("ti",)),
        ("tolk Pasjtoe of Dari", ("ps", "fa")),
    ],
)
def test_language_wanted(read, question, speaks):
    assert read(question).speaks == speaks


@pytest.mark.parametrize(
    "question", ["Nederlands leren", "cours de français", "practise Dutch", "taalles Nederlands in Gent"]
)
def test_language_to_learn_is_not_one_wanted(read, question):
    assert read(question).speaks == ()


def test_language_that_somebody_does_not_speak_is_not_one_wanted(read):
    assert read("dokter, cliënt spreekt geen Nederlands, enkel Turks").speaks == ("tr",)
    assert read("ne parle pas français").speaks == ()


@pytest.mark.parametrize(
    ("question", "situation"),
    [
        ("gratis advocaat", "free"),
        ("douche zonder papieren", "no_papers"),
        ("psychologue sans rendez-vous", "no_appointment"),
        ("toegankelijk met een rolstoel", "wheelchair"),
        ("kapper aan huis", "home_visit"),
        ("praten maar anoniem", "anonymous"),
        ("open in het weekend", "weekend"),
        ("na het werk", "evening"),
    ],
)
def test_situation(read, question, situation):
    understood = read(question)
    assert situation in understood.situation
    assert understood.because[situation]


@pytest.mark.parametrize(
    ("question", "audience"),
    [
        ("yoga voor zwangere vrouwen", "pregnant"),
        ("famille monoparentale", "single_parent"),
        ("mijn vader van 88 jaar", "older"),
        ("meisje 16j", "young"),
        ("a boy, 7 years old", "child"),
        ("demandeur d'asile", "refugee"),
        ("mijn leerling heeft honger", "teacher"),
    ],
)
def test_audience(read, question, audience):
    assert audience in read(question).audience


@pytest.mark.parametrize("question", ["al 20 jaar verslaafd", "depuis 15 ans", "70 euro schuld"])
def test_duration_is_no_age(read, question):
    assert not {"young", "older", "child"} & set(read(question).audience)


@pytest.mark.parametrize(
    ("question", "moment"),
    [
        ("soep vanavond", "2026-11-24T19:30"),
        ("repas ce soir", "2026-11-24T19:30"),
        ("soep zondag", "2026-11-29T11:00"),
        ("dokter morgen", "2026-11-25T11:00"),
        ("dokter dinsdag", "2026-11-24T11:00"),
        ("dokter dinsdag om 9u30", "2026-12-01T09:30"),
        ("doctor friday 6 pm", "2026-11-27T18:00"),
        ("où dormir cette nuit", "2026-11-24T23:00"),
        ("nu open", "2026-11-24T10:00"),
    ],
)
def test_time(read, question, moment):
    assert read(question).open_at == datetime.fromisoformat(moment).replace(tzinfo=TIMEZONE)


@pytest.mark.parametrize(
    "question",
    [
        "on dort dans la voiture depuis dimanche", "sinds zondag geen eten", "no heating since saturday",
        "seit Sonntag ohne Wohnung", "desde el domingo sin luz", "eten op afgelopen zaterdag",
        "dimanche dernier on nous a mis dehors", "zonder eten al sedert vorige zondag",
    ],
)  # fmt: skip
def test_how_long_it_lasts_is_no_time_when_help_is_wanted(read, question):
    understood = read(question)
    assert (understood.open_at, "weekend" in understood.situation) == (None, False)


@pytest.mark.parametrize(
    "question",
    [
        "de kinderen hebben maandag school en we hebben geen boekentas", "ma fille a école demain",
        "court tomorrow and no lawyer", "mañana tengo juicio y no tengo abogado",
    ],
)  # fmt: skip
def test_the_time_of_something_else_is_no_time_when_help_is_wanted(read, question):
    assert read(question).open_at is None


def test_what_follows_something_else_is_wanted_at_that_time(read):
    assert read("opvang na school woensdag").open_at == datetime(2026, 11, 25, 11, tzinfo=TIMEZONE)


def test_since_one_day_help_is_wanted_on_another(read):
    understood = read("sinds zondag geen eten, waar kan ik morgen terecht")
    assert understood.open_at == datetime(2026, 11, 25, 11, tzinfo=TIMEZONE)


def test_evening_in_general_is_no_moment(read):
    assert read("cursus 's avonds").open_at is None


def test_sunday_across_the_end_of_summer_time(read):
    saturday = datetime(2026, 10, 24, 12, 0, tzinfo=TIMEZONE)
    assert read("soep zondag", now=saturday).open_at.isoformat() == "2026-10-25T11:00:00+01:00"


def test_every_stage_leaves_its_evidence(read):
    stages = {
        each.stage for each in read("gratis psycholoog in Gent die Turks spreekt, zondag, 16 jaar").evidence
    }
    assert stages == {"language", "place", "speaks", "time", "situation", "audience", "need", "meaning"}
