"""French joins de, que and à to the names that follow them, and sets one kind of apostrophe."""

import re

import pytest

from service.geo.places import gazetteer
from service.i18n.elision import with_apostrophes, with_elision
from service.i18n.messages import read_catalogue, translator
from service.model import terms
from service.web.render import environment


def joined(message, **values):
    text, held = with_elision(message, values)
    return text % held


def near(place):
    return joined("près de %(place)s", place=place)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Anderlecht", "près d’Anderlecht"),
        ("Ixelles", "près d’Ixelles"),
        ("Évere", "près d’Évere"),
        ("Uccle", "près d’Uccle"),
        ("Ypres", "près d’Ypres"),
        ("Œdelem", "près d’Œdelem"),
        ("Gand", "près de Gand"),
        ("Yorkstraat", "près de Yorkstraat"),
        ("9000", "près de 9000"),
    ],
)
def test_de_loses_its_e_before_a_vowel(place, words):
    assert near(place) == words


@pytest.mark.parametrize("place", ["Hasselt", "Herstal", "Hoeilaart", "Hal", "Huy"])
def test_de_stays_before_the_h_of_belgian_names(place):
    assert near(place) == f"près de {place}"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Le Roeulx", "près du Roeulx"),
        ("Le Coq", "près du Coq"),
        ("Les Bons Villers", "près des Bons Villers"),
        ("La Louvière", "près de La Louvière"),
        ("La Panne", "près de La Panne"),
        ("Leuven", "près de Leuven"),
    ],
)
def test_de_melts_with_the_article_of_a_name(place, words):
    assert near(place) == words


@pytest.mark.parametrize(
    ("message", "value", "words"),
    [
        ("jusqu’à %(x)s", "Anderlecht", "jusqu’à Anderlecht"),
        ("À %(x)s", "Le Coq", "Au Coq"),
        ("à %(x)s", "Les Bons Villers", "aux Bons Villers"),
        ("plus que %(x)s", "Ostende", "plus qu’Ostende"),
        ("De %(x)s", "Le 100 %", "Du 100 %"),
        ("en %(x)s", "arabe", "en arabe"),
    ],
)
def test_so_do_the_others(message, value, words):
    assert joined(message, x=value) == words


def test_a_message_is_filled_in_so():
    assert translator("fr").gettext("near %(place)s", place="Anderlecht") == "près d’Anderlecht"


def test_another_language_is_filled_in_as_it_is():
    assert translator("es").gettext("near %(place)s", place="Anderlecht") == "cerca de Anderlecht"


def test_no_french_name_of_a_municipality_is_joined_wrongly():
    towns = [each.name("fr") for each in gazetteer().places.values() if each.kind == "municipality"]
    assert len(towns) > 280
    assert [n for n in towns if re.search(r"\bde (?:[aeiouéè]|Les? )", near(n).lower())] == []


@pytest.mark.parametrize(
    ("place", "words"),
    [("Evere", "près d’Evere"), ("Le Coq", "près du Coq"), ("<i>", "près de &lt;i&gt;")],
)
def test_a_template_joins_them_too(place, words):
    written = environment("fr").from_string('{{ _("near %(place)s", place=place) }}')
    assert written.render(place=place) == words


def test_french_has_one_kind_of_apostrophe():
    messages = [message.string for message in read_catalogue("fr") if message.id]
    every = [form for string in messages for form in ([string] if isinstance(string, str) else string)]
    labels = [each.label("fr") for each in terms.needs().values()]
    labels += [
        each.label("fr")
        for name in ("theme", "situation", "document")
        for each in terms.values(name).values()
    ]
    assert [text for text in [*every, *labels] if "'" in text] == []


def test_a_typed_apostrophe_is_set_when_the_catalogue_is_renewed():
    assert with_apostrophes("C'est l'heure", "fr") == "C’est l’heure"


def test_an_apostrophe_of_another_language_stays():
    assert with_apostrophes("it's", "en") == "it's"
