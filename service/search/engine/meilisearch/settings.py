"""The settings of an index on the server, as code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.search.engine.meilisearch.documents import OPEN_COLUMNS
from service.search.index.fields import COLUMNS, TEXT_COLUMNS

_MANY = 10_000_000
"""More than there will be listings or terms: what is counted here is counted to the end."""

_SHOWN = (
    "id", "kind", "key", "digest", "slip", "shown", *OPEN_COLUMNS, *(f"{name}_text" for name in OPEN_COLUMNS),
    "generation", "fingerprint", "position", "change", "built_at", "column", "text",
)  # fmt: skip


def index_settings() -> Mapping[str, Any]:
    """What makes the index answer as ours do.

    Language work is done before it is asked (`service.search.words`), the same for every engine: terms come
    folded, with lemmas and parts of compounds in the document and slips of the pen, beginnings and forms in
    the question. So typing errors, prefixes, stop words and the guessing of languages are off here.
    Synonyms come with the question too, as alternatives that weigh differently in each; those of the
    settings weigh all the same and are read whole at every search.
    """
    return {
        "searchableAttributes": list(TEXT_COLUMNS),  # in the order of their weights
        "displayedAttributes": list(_SHOWN),
        "filterableAttributes": _filterable(),
        "sortableAttributes": ["_geo", "newest"],
        # Words first, then in which text, then what the question sorts by: nearest, or newest word on it.
        "rankingRules": ["words", "attribute", "sort"],
        "stopWords": [],
        "synonyms": {},
        "distinctAttribute": None,
        "proximityPrecision": "byAttribute",  # terms stand in no order
        "typoTolerance": {"enabled": False},
        "prefixSearch": "disabled",
        "facetSearch": False,
        "faceting": {"maxValuesPerFacet": _MANY, "sortFacetValuesBy": {"*": "alpha"}},
        "pagination": {"maxTotalHits": _MANY},
        # Named, or the server guesses a language for each text and cuts it up by that.
        "localizedAttributes": [{"attributePatterns": ["*"], "locales": ["nld", "fra", "eng", "deu"]}],
        "searchCutoffMs": 5_000,
    }


def _filterable() -> list[Any]:
    """Codes are compared, counted and asked whether they are known; numbers lie between two others."""
    codes = ["kind", "id", "mark", "column", "terms", "strong", "placed", "square", "share"]
    codes += [column.name for column in COLUMNS.values() if column.kind not in ("number", "point")]
    numbers = ["since", *(column.name for column in COLUMNS.values() if column.kind == "number")]
    return [
        "_geo",
        _rule(codes, equality=True, comparison=False),
        _rule(numbers, equality=True, comparison=True),
    ]


def _rule(names: list[str], **allowed: bool) -> Mapping[str, Any]:
    return {"attributePatterns": names, "features": {"facetSearch": False, "filter": allowed}}
