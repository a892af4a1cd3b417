from datetime import datetime

import pytest

from service.config import TIMEZONE

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)


@pytest.mark.parametrize(
    ("question", "language", "kind", "code"),
    [
        ("kan ik er met een kinderwagen binnen", "nl", "situation", "pram"),
        ("accessible avec une poussette double", "fr", "situation", "pram"),
        ("mit dem Kinderwagen zur Beratung", "de", "situation", "pram"),
        ("bebek arabası ile girilir mi", "tr", "situation", "pram"),
        ("nachtopvang, en mijn hond moet mee", "nl", "situation", "pet"),
        ("un abri pour la nuit avec mon chien", "fr", "situation", "pet"),
        ("a shelter where pets are allowed", "en", "situation", "pet"),
        ("schronisko z moim psem", "pl", "situation", "pet"),
        ("ik durf niet alleen naar de psycholoog", "nl", "situation", "companion"),
        ("je veux venir avec quelqu'un", "fr", "situation", "companion"),
        ("can I bring someone to the appointment", "en", "situation", "companion"),
        ("ze heeft geen itsme en moet haar uitkering aanvragen", "nl", "situation", "no_itsme"),
        ("demander une prime sans itsme", "fr", "situation", "no_itsme"),
        ("ما عندي itsme", "ar", "situation", "no_itsme"),
        ("ik durf niet bellen", "nl", "situation", "no_phone"),
        ("je n'ose pas appeler", "fr", "situation", "no_phone"),
        ("tolk vlaamse gebarentaal bij de dokter", "nl", "situation", "sign_language"),
        ("interprète en langue des signes", "fr", "situation", "sign_language"),
        ("psycholoog zonder verwijsbrief", "nl", "situation", "no_referral"),
        ("kiné sans prescription", "fr", "situation", "no_referral"),
        ("hulp zonder dat de buren het zien", "nl", "situation", "discreet"),
        ("un colis alimentaire, discrètement", "fr", "situation", "discreet"),
        ("uitleg in eenvoudige woorden over huur", "nl", "situation", "plain_language"),
        ("expliqué avec des mots simples", "fr", "situation", "plain_language"),
        ("Nederlandse les tijdens de schooluren", "nl", "situation", "school_hours"),
        ("voedselpakket halal", "nl", "diet", "halal"),
        ("repas sans viande", "fr", "diet", "vegetarian"),
        ("sport met uitpas", "nl", "tariff", "uitpas"),
        ("psychologue, j'ai le statut BIM", "fr", "tariff", "raised_reimbursement"),
        ("dokter op wandelafstand", "nl", "mode", "walk"),
        ("dentiste, je n'ai pas de voiture", "fr", "mode", "transit"),
        ("je viens à vélo", "fr", "mode", "bike"),
        ("ik woon alleen en zoek gezelschap", "nl", "household", "single"),
        ("logement pour un couple", "fr", "household", "couple"),
    ],
)
def test_what_matters_to_a_person_is_read(line, question, language, kind, code):
    assert code in getattr(line.understand(question, language, TUESDAY), kind)


@pytest.mark.parametrize(
    ("question", "language", "kind", "code"),
    [
        ("mijn hond is ziek en ik kan de dierenarts niet betalen", "nl", "situation", "pet"),
        ("gratis kinderkledij en een oude fiets", "nl", "mode", "bike"),
        ("on dort dans la voiture depuis dimanche", "fr", "mode", "car"),
        ("mijn auto is stuk", "nl", "mode", "car"),
        ("alleenstaande moeder met twee kinderen", "nl", "household", "single"),
        ("itsme installeren", "nl", "situation", "no_itsme"),
        ("relatietherapie voor mij en mijn man", "nl", "situation", "companion"),
        ("un vélo pour mon fils", "fr", "mode", "bike"),
        ("telefoonrekening niet betaald", "nl", "situation", "no_phone"),
        ("school zoeken voor mijn zoon", "nl", "situation", "school_hours"),
    ],
)
def test_look_alike_says_nothing_of_the_person(line, question, language, kind, code):
    assert code not in getattr(line.understand(question, language, TUESDAY), kind)


def test_way_of_travelling_is_one(line):
    assert line.understand("te voet of met de bus naar de dokter", "nl", TUESDAY).mode == ("walk",)
