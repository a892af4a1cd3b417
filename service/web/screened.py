"""A listing held against the person of a request: the eight verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from service.eight_b.facts import Facts
from service.eight_b.screen import prepare
from service.eight_b.verdict import Verdict
from service.model.listing import Listing
from service.search.index.document import facts_of
from service.search.query.criteria import Criteria
from service.web.person import situation_in, where_in
from service.web.site import Site


def screened(site: Site, listing: Listing, criteria: Criteria, language: str) -> Mapping[str, Verdict]:
    """The eight verdicts on a listing for the person of ``criteria``: of empty ones, for nobody."""
    situation = situation_in(criteria, where_in(criteria, language), site.clock(), language)
    columns = facts_of(listing, site.today())
    return prepare(situation).verdicts(Facts.from_columns(columns))
