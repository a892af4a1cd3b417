"""Why an answer is what it is: what each stage saw, what the engine was asked, what counts."""

from __future__ import annotations

from typing import Any

from service.model.clauses import AllOf, Clause, Not, OneOf
from service.search.query.ask import Asked, is_sure
from service.search.query.rank import PARTS
from service.search.understand.need import SURE


def explain(asked: Asked) -> dict[str, Any]:
    """The workings of one search, as JSON; it holds words of the question and is for who asked alone."""
    query = asked.query
    return {
        "stages": [
            {
                "stage": each.stage,
                "words": each.words,
                "reading": each.reading,
                "rule": each.rule,
                "weight": each.weight,
            }
            for each in asked.understood.evidence
        ],
        "person": {
            "speaks": sorted(asked.situation.speaks),
            "situation": sorted(asked.situation.ticks),
            "audience": sorted(asked.situation.audience),
            "household": asked.situation.household,
            "tariffs": sorted(asked.situation.tariffs),
            "diet": sorted(asked.situation.diet),
            "mode": asked.mode,
        },
        "place": {
            "name": asked.where.centre.name if asked.where.centre else None,
            "region": asked.where.region,
            "zones": sorted(asked.where.zones),
        },
        "sure": {"is_sure": is_sure(query.needs), "from": SURE},
        "engine": {
            "needs": dict(query.needs),
            "words": [
                {"word": w.text, "terms": {a.term: a.weight for a in w.alternatives}} for w in query.words
            ],
            "where": [_said(clause) for clause in query.where],
            "point": query.point,
        },
        "parts": {part.name: {"ceiling": part.ceiling, "reason": part.reason} for part in PARTS.values()},
    }


def _said(clause: Clause) -> str:
    match clause:
        case AllOf(parts):
            return "(" + " and ".join(_said(part) for part in parts) + ")"
        case OneOf(parts):
            return "(" + " or ".join(_said(part) for part in parts) + ")"
        case Not(part):
            return f"not {_said(part)}"
        case _:
            return repr(clause) if len(repr(clause)) <= 200 else repr(clause)[:200] + "…"
