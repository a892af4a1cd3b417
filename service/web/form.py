"""What the form about a person offers, the same on every page that has it."""

from __future__ import annotations

from typing import Any

from service.search.query.criteria import Criteria
from service.web import choices, situations
from service.web.situations import Ticked

OWN_LANGUAGES = 10  # of the pages; the others stand in a list to choose from


def person_form(criteria: Criteria, ticked: Ticked, lang: str) -> dict[str, Any]:
    """The values that ``parts/person.html`` needs, under one name."""
    spoken = choices.spoken(lang)
    return {
        "form": {
            "groups": situations.groups(lang),
            "tongues": spoken[:OWN_LANGUAGES],
            "other_tongues": spoken[OWN_LANGUAGES:],
            "audiences": choices.audiences(lang),
            "households": choices.options("household", lang),
            "tariffs": [pair for pair in choices.options("reduced_tariff", lang) if pair[0] != "none"],
            "papers": choices.options("document", lang),
            "diets": choices.options("diet", lang),
            "age": criteria.age,
            "household": criteria.household,
            "budget": criteria.budget,
            "ticked": ticked,
        }
    }
