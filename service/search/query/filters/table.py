"""The one table of everything a search can be asked: adding a filter is adding a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from service.model import terms
from service.model.clauses import Clause, Has, OneOf
from service.model.fields import LANGUAGES
from service.model.values import MAX_AGE
from service.search.index.fields import COLUMNS, LANGUAGE_CODES
from service.search.query.filters import parse
from service.search.query.filters.base import Context, Filter
from service.search.query.filters.fences import is_open, within_metres, within_minutes
from service.search.query.left_out import parse_left_out

LONGEST_QUESTION = 500  # characters; five times the longest question of a social worker that we saw
LONGEST_PLACE = 100
MAX_PER_PAGE = 50
MAX_PAGE = 400  # as many candidates are ranked; nobody turns further
LARGEST_BUDGET = 100_000  # euro; beyond it nobody asks for a social price
MODES = ("walk", "bike", "transit", "car")


def _codes(list_name: str) -> Callable[[], Iterable[str]]:
    return lambda: terms.values(list_name)


def _zones() -> Iterable[str]:
    return COLUMNS["zone"].vocabulary()


def _has(column: str) -> Callable[[str, Context], Clause]:
    return lambda value, _context: Has(column, frozenset((value,)))


def _located_or_serves(zone: str, _context: Context) -> Clause:
    return OneOf((Has("zone", frozenset((zone,))), Has("serves", frozenset((zone,)))))


def _fits(b: str, context: Context) -> Clause:
    return context.fits(b)


_language = parse.one_of(lambda: LANGUAGE_CODES, "an ISO 639-1 code: " + ", ".join(LANGUAGE_CODES))

FILTERS: Mapping[str, Filter] = {
    each.name: each
    for each in (
        Filter(
            "q", parse.text(LONGEST_QUESTION), "asks", "Question",
            "The question in the person's own words, in any of the ten languages.",
            "huur niet betalen molenbeek",
        ),
        Filter(
            "lang", parse.one_of(lambda: LANGUAGES), "answers", "Language of the answer",
            "Language of the answer; without it the one that Accept-Language prefers.", "fr",
        ),
        Filter(
            "need", parse.one_of(terms.needs, "a code of the needs taxonomy, as in food.parcel"), "excludes",
            "Need", "Only listings that help with this need; of several needs, with any.", "food.parcel",
            repeatable=True, clause=_has("needs"), facet="needs",
        ),
        Filter(
            "theme", parse.one_of(terms.themes), "excludes", "Theme",
            "Only listings with a need under this theme.", "housing", clause=_has("theme"), facet="theme",
        ),
        Filter(
            "near", parse.text(LONGEST_PLACE), "asks", "Near",
            "A place name or postal code that distances are from; it orders and does not exclude.", "1080",
        ),
        Filter(
            "lat", parse.degrees(90), "asks", "Latitude",
            "With lon, the point that distances are from, in WGS 84 degrees.", "50.8503",
            write=parse.write_degrees,
        ),
        Filter(
            "lon", parse.degrees(180), "asks", "Longitude",
            "With lat, the point that distances are from, in WGS 84 degrees.", "4.3517",
            write=parse.write_degrees,
        ),
        Filter(
            "within_m", parse.whole(1, 200_000), "excludes", "Within metres",
            "Only listings at most this many metres, in a straight line, from the centre.", "2000",
            clause=within_metres,
        ),
        Filter(
            "minutes", parse.whole(1, 240), "excludes", "Within minutes",
            "Only listings at most this many minutes from the centre, travelling by mode.", "15",
            clause=within_minutes,
        ),
        Filter(
            "mode", parse.one_of(lambda: MODES), "ranks", "Way of travelling",
            "How the person travels; by bike when not given.", "walk",
        ),
        Filter(
            "zone", parse.one_of(_zones, "an id of /api/v1/zones"), "excludes", "Care zone",
            "Only listings that lie in this zone or serve it.", "bxl-noord",
            clause=_located_or_serves, facet="zone",
        ),
        Filter(
            "municipality", parse.pattern("[0-9]{5}", "a NIS code of five digits, as in 21012"), "excludes",
            "Municipality", "Only listings in this municipality, by NIS code.", "21012",
            clause=_has("municipality"), facet="municipality",
        ),
        Filter(
            "speaks", _language, "ranks", "Languages I speak",
            "A language that the person speaks, ISO 639-1; it ranks and never excludes.", "ar",
            repeatable=True,
        ),
        Filter(
            "situation", parse.one_of(_codes("situation")), "ranks", "Situation",
            "What matters for this person; it changes verdicts and rank and never excludes.", "free",
            repeatable=True,
        ),
        Filter(
            "audience", parse.one_of(_codes("audience")), "ranks", "Who it is for",
            "Who the help is for; it ranks and never excludes.", "single_parent", repeatable=True,
        ),
        Filter(
            "age", parse.whole(0, MAX_AGE), "ranks", "Age",
            "The person's age in years; it changes verdicts and never excludes.", "17",
        ),
        Filter(
            "household", parse.one_of(_codes("household")), "ranks", "Household",
            "Who the person lives with; it changes verdicts and never excludes.", "single_parent",
        ),
        Filter(
            "budget", parse.euros(LARGEST_BUDGET), "ranks", "What I can pay",
            "The most that the person can pay, in euro; it changes verdicts and never excludes.", "5",
            write=parse.write_euros,
        ),
        Filter(
            "tariff", parse.one_of(_codes("reduced_tariff")), "ranks", "Reduced prices I have a right to",
            "A reduction that the person has a right to; it changes verdicts and never excludes.", "uitpas",
            repeatable=True,
        ),
        Filter(
            "papers", parse.one_of(_codes("document")), "ranks", "Papers I can show",
            "A paper that the person can show, `none` for no paper at all; any other paper that is asked is "
            "then in the way. It changes verdicts and never excludes.", "identity", repeatable=True,
        ),
        Filter(
            "diet", parse.one_of(_codes("diet")), "ranks", "How I eat",
            "What the person eats; it changes verdicts and never excludes.", "halal", repeatable=True,
        ),
        Filter(
            "b", parse.one_of(_codes("b")), "excludes", "Of the 8 B's",
            "Only listings whose verdict for this B is `fits` for this person; of several, for all.",
            "betaalbaar", repeatable=True, together="all", clause=_fits,
        ),
        Filter(
            "language", _language, "excludes", "Language spoken there",
            "Only listings known to speak this language; of several, all of them.", "tr",
            repeatable=True, together="all", clause=_has("languages"), facet="languages",
        ),
        Filter(
            "open_at", parse.moment, "excludes", "Open at",
            "Only listings known to be open at this time.", "now", clause=is_open, write=parse.write_moment,
        ),
        Filter(
            "channel", parse.one_of(_codes("channel")), "excludes", "Way to reach it",
            "Only listings that can be reached this way.", "phone", clause=_has("channels"),
        ),
        Filter(
            "page", parse.whole(1, MAX_PAGE), "answers", "Page", "Which page of results, from 1.", "2",
        ),
        Filter(
            "per_page", parse.whole(1, MAX_PER_PAGE), "answers", "Results per page",
            "How many results on a page; 20 when not given.", "10",
        ),
        Filter(
            "understand", parse.yes_no, "answers", "Understand the question",
            "Whether `q` adds criteria; explicit parameters win over what is understood.", "false",
            write=parse.write_yes_no,
        ),
        Filter(
            "without", parse_left_out, "asks", "Left out",
            "A reading of `q` that is not meant, so that it adds nothing.", "need:food.parcel",
            repeatable=True,
        ),
        Filter(
            "explain", parse.yes_no, "answers", "Explain",
            "Whether the answer shows what was recognised by which evidence, and the parts of each score.",
            "true", write=parse.write_yes_no,
        ),
    )
}  # fmt: skip
"""Every parameter by its name, in the order of documentation; `Criteria` has a field of each name."""
