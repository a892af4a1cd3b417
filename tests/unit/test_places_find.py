"""Which place a question names, among ordinary words, other places and other languages."""

import time

import pytest

from service.geo.places import gazetteer

ANTWERPEN, GENT, LEUVEN, BRUSSEL = "11002", "44021", "24062", "21004"


def nis_in(text, language=None, **more):
    match = gazetteer().find(text, language, **more)
    return match.place.nis if match else None


@pytest.mark.parametrize(
    ("text", "nis"),
    [
        ("een dokter in Gent", GENT),
        ("iets in de omgeving van Leuven", LEUVEN),
        ("regio gent graag", GENT),
        ("hulp voor ouders ST-NIKLAAS", "46021"),
        ("hulp voor ouders sint niklaas", "46021"),
        ("hulp voor ouders sintniklaas", "46021"),
        ("une crèche à St Josse", "21014"),
        ("une crèche à Saint-Josse-ten-Noode", "21014"),
        ("un avocat d'Evere", "21006"),
        ("de Gentse buurtwerking", GENT),
        ("les écoles anversoises d'Anvers", ANTWERPEN),
        ("a lawyer in Ghent", GENT),
        ("somewhere near Ostend", "35013"),
        ("ein Arzt in Löwen", LEUVEN),
        ("un piso en Amberes", ANTWERPEN),
        ("lekarz w Brukseli", BRUSSEL),
        ("Brüksel'de doktor", BRUSSEL),
        ("лікар у Генті", GENT),
        ("врач в Брюсселе", BRUSSEL),
        ("محامي في أنتويرب", ANTWERPEN),
        ("محامي بأندرلخت", "21001"),
    ],
)
def test_a_town_is_found_in_every_spelling_and_language(text, nis):
    assert nis_in(text) == nis


@pytest.mark.parametrize(
    ("text", "kind", "nis"),
    [
        ("poetshulp in Deurne", "district", ANTWERPEN),
        ("poetshulp in Borsbeek", "former_municipality", ANTWERPEN),
        ("poetshulp in Borgloon", "former_municipality", "73111"),
        ("une consultation aux Marolles", "quarter", BRUSSEL),
        ("huiswerkbegeleiding op de Seefhoek", "quarter", ANTWERPEN),
        ("un repas près de la gare du Nord", "station", "21015"),
        ("afspraak in UZ Gent", "landmark", GENT),
        ("métro De Brouckère", "station", BRUSSEL),
        ("zorgraad eerstelijnszone Druivenstreek", "zone", None),
        ("réunion du Bassin Nord-Est", "zone", None),
        ("werk zoeken in West-Vlaanderen", "province", None),
    ],
)
def test_smaller_and_larger_places_are_found(text, kind, nis):
    place = gazetteer().find(text).place
    assert (place.kind, place.nis) == (kind, nis)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ik zoek een boom voor de tuin", "nl"),
        ("al mijn haren vallen uit", "nl"),
        ("een laken en een deken", "nl"),
        ("wij gaan eten halen", "nl"),
        ("de vorst heeft de leiding gesprongen", "nl"),
        ("geel en ziek", "nl"),
        ("as soon as possible", "en"),
        ("a walk in the forest", "en"),
        ("a peer group", "en"),
        ("je jette mes papiers", "fr"),
        ("ma voiture est en panne", "fr"),
        ("lo que necesito", "es"),
        ("Kinder brauchen Essen", "de"),
        ("Frans spreken, of Turks", "nl"),
        ("Emma, Louis en Veerle zoeken werk", "nl"),
        ("een schuld van 2000 euro", "nl"),
        ("une dette de 1500€", "fr"),
        ("ziek sinds 2018", "nl"),
        ("bel 0470 12 34 56", "nl"),
        ("bel 1813", "nl"),
        ("", "nl"),
        ("?!", "nl"),
    ],
)
def test_ordinary_words_and_numbers_are_no_places(text, language):
    assert gazetteer().find(text, language) is None


@pytest.mark.parametrize(
    ("text", "language", "nis"),
    [
        ("de dokter in Boom", "nl", "11005"),
        ("de dokter in boom", "nl", "11005"),
        ("dokter As", "nl", "71002"),
        ("dokter as in Limburg", "nl", "71002"),
        ("un médecin à Forest", "fr", "21007"),
        ("médecin forest", "fr", "21007"),
        ("eine Wohnung in Essen", "de", "11016"),
        ("appartement Geel", "nl", "13008"),
        ("appartement in Laken", "nl", BRUSSEL),
        ("hotel in De Panne", "nl", "38008"),
    ],
)
def test_a_name_that_is_also_a_word_is_found_by_what_stands_around_it(text, language, nis):
    assert nis_in(text, language) == nis


@pytest.mark.parametrize(
    ("text", "nis"),
    [
        ("kinderopvang Vorst", "21007"),
        ("kinderopvang Vorst in Laakdal", "13053"),
        ("kinderopvang Haren", BRUSSEL),
        ("kinderopvang Haren bij Tongeren", "73111"),
        ("kinderopvang Berchem", ANTWERPEN),
        ("kinderopvang Berchem, Brussel", "21003"),
        ("kinderopvang Sint-Gillis", "21013"),
        ("kinderopvang Halle", "23027"),
        ("kinderopvang Halle in Zoersel", "11055"),
    ],
)
def test_of_several_the_likeliest_or_the_one_the_text_goes_on_about(text, nis):
    assert nis_in(text, "nl") == nis


def test_french_means_berchem_in_brussels():
    assert nis_in("une crèche à Berchem", "fr") == "21003"


def test_a_hint_decides():
    assert nis_in("dokter in Vorst", "nl", hint="2430") == "13053"


def test_the_other_readings_stand_beside_it():
    match = gazetteer().find("kinderopvang Vorst", "nl")
    assert [place.nis for place in match.alternatives] == ["13053"]


def test_brussels_is_the_city_with_the_region_beside_it():
    match = gazetteer().find("een dokter in Brussel", "nl")
    assert match.place.id == "municipality-21004"
    assert match.alternatives[0].id == "region-brussels"


def test_where_one_goes_counts_more_than_where_one_comes_from():
    assert nis_in("verhuis van Gent naar Leuven", "nl") == LEUVEN


def test_the_towns_of_a_list_count_alike_and_the_first_leads():
    match = gazetteer().find("vrijwilligers uit Kalmthout, Kapellen en Essen", "nl")
    assert [match.place.name_nl, *(p.name_nl for p in match.alternatives)] == [
        "Kalmthout",
        "Kapellen",
        "Essen",
    ]


def test_a_colon_parts_a_word_from_what_goes_before():
    assert gazetteer().find("services du quartier: appels et visites", "fr") is None


@pytest.mark.parametrize("text", ["Antwerpse steenweg 5, Mechelen", "Mechelen, chaussée d'Anvers 5"])
def test_a_street_called_after_a_town_is_not_that_town(text):
    assert nis_in(text) == "12025"


def test_the_closer_of_two_places_inside_one_another():
    assert gazetteer().find("eten in Gent, Ledeberg").place.name_nl == "Ledeberg"


def test_because_is_the_text_itself_and_span_its_place():
    text = "Wie helpt er in  Sint–Jans Molenbeek?".replace("–", "-")
    match = gazetteer().find(text)
    assert match.because == "Sint-Jans Molenbeek"
    assert text[slice(*match.span)] == match.because


@pytest.mark.parametrize("text", ["scharbeek", "Antwerpn", "Molenbeeck", "Andrelecht", "Vilvorde"])
def test_a_slip_of_the_pen_is_forgiven(text):
    assert gazetteer().find(f"dokter {text}") is not None


def test_a_slip_is_less_certain():
    right, wrong = gazetteer().find("dokter Schaarbeek"), gazetteer().find("dokter Schaarbeke")
    assert wrong.place == right.place
    assert wrong.certainty < right.certainty


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9000 dokter", "9000"),
        ("dokter 1070", "1070"),
        ("2018 Antwerpen", "2018"),
        ("Wetstraat 16, 1000", "1000"),
    ],
)
def test_a_postal_code_is_found(text, code):
    assert gazetteer().find(text, "nl").place.postal_code == code


def test_finding_is_quick():
    texts = ["ik zoek een dokter die Turks spreekt voor mijn kind, liefst op zaterdag, in Lokeren"] * 50
    gazetteer().find(texts[0], "nl")
    begin = time.process_time()
    for text in texts:
        gazetteer().find(text, "nl")
    assert (time.process_time() - begin) / len(texts) < 0.002
