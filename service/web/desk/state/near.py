"""The drawing of who has help of one need within ten minutes by bike."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from service.desk.state.reach import Reach
from service.desk.state.read import State
from service.i18n.labels import term_label
from service.web.desk.state.sheets import Sheets
from service.web.sketch import Frame, sketch_of

_SIGNS = {
    "0": Markup('<path class="near-none" d="M{x} {y}m-6 -6l12 12m0 -12l-12 12"/>'),
    "1": Markup('<circle class="near-one" cx="{x}" cy="{y}" r="6"/>'),
    "2": Markup('<circle class="near-many" cx="{x}" cy="{y}" r="6"/>'),
}

MOST_SIGNS = 2_000
"""On a drawing of 400 by 400 more only cover one another; those where most people live are drawn."""


def chosen_need(state: State, asked: str | None) -> Reach | None:
    """The need that was asked for; else the one that most people have not near though some have."""
    found = {each.need: each for each in state.reach}
    if asked in found:
        return found[asked]
    some = [each for each in state.reach if each.people[0] and (each.people[1] or each.people[2])]
    return max(some, key=lambda each: each.people[0], default=next(iter(state.reach), None))


def drawing(state: State, reach: Reach, sheets: Sheets) -> Markup:
    """The points of the zone: a cross has none in reach, a ring one, a full spot two or more."""
    title, told = sheets.reach_told(reach)
    most = sorted(zip(state.points, reach.in_reach, strict=True), key=lambda each: -each[0][2])[:MOST_SIGNS]

    def signs(frame: Frame) -> Iterator[Markup]:
        for (lat, lon, _people, _place), digit in most:
            x, y = frame.at(lon, lat)
            yield _SIGNS[digit].format(x=x, y=y)

    points = [(lon, lat) for (lat, lon, _people, _place), _digit in most]
    return sketch_of(points, state.zone, ("near", title, told), signs)


def choices(state: State, language: str) -> list[tuple[str, str]]:
    """The needs to choose from."""
    return [(each.need, term_label("need", each.need, language)) for each in state.reach]
