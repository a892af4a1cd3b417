"""Listings made to be looked at: text that attacks, a secret address, a foreign text, one withdrawn."""

from tests.contract.catalogue_factory import CITY, listing_id, statement

ATTACK = '<script>alert("x")</script><img src=x onerror=alert(1)>'

HOSTILE = statement(
    "hostile",
    organization__name=f"Vzw {ATTACK}",
    **{
        "service.name@nl": f"Boze buurtwinkel {ATTACK}",
        "service.description@nl": f"</script>{ATTACK} ' onmouseover='alert(1)",
    },
    service__audience_note=ATTACK,
    cost_option__note=ATTACK,
    schedule__description=ATTACK,
    contact__website="https://boos.example.be/?a=%22%3E%3Cscript%3E",
)
SECRET_STREET = "Geheimestraat"
HIDDEN = statement(
    "hidden",
    **{
        "service.name@nl": "Vluchthuis De Haven",
        "address.street@nl": SECRET_STREET,
    },
    address__house_number="77",
    address__postal_code="1030",
    address__municipality="21015",
    address__hidden=True,
    service__needs=["safety.violence"],
    location__point=[50.8676, 4.3737],
)
FRENCH_ONLY = statement(
    "french",
    **{
        "service.name@nl": None,
        "service.name@fr": "Atelier vélo solidaire",
        "service.description@fr": "On répare votre vélo avec vous.\n\nVenez avec votre vélo.",
    },
    schedule__opening_hours='Tu 09:00-12:00,13:00-17:00; Fr 18:00-02:00; Su 10:00-12:00 "na afspraak"',
    service__languages=["fr", "ar", "vgt"],
    service__channels=["on_site"],
    service__provision="informal",
    service__appointment="no",
    service__required_documents=["Identiteitskaart"],
    cost_option__kind="free",
    service__readiness="ready",
)
PANTRY = statement("pantry", schedule__opening_hours="Mo-Fr 09:00-12:00")
GONE = statement("gone", **{"service.name@nl": "Verdwenen soepbedeling"})

SAID_BY_THE_ZONE = (HOSTILE, HIDDEN, FRENCH_ONLY, PANTRY)
SAID_BY_THE_CITY = (statement("elsewhere", said_on=None, **{"service.name@nl": "Koffiehuis zonder datum"}),)


def path(key, lang="nl"):
    """The address of a made listing's page."""
    card = CITY if key == "elsewhere" else None
    return f"/{lang}/l/{listing_id(key, card) if card else listing_id(key)}"
