"""The drawings beside the rows of the tables of a zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from service.desk.state.read import State, value_of
from service.desk.state.reader import questions
from service.i18n.messages import N_, translator
from service.model import terms
from service.web.desk.state import plots
from service.web.desk.state.sheet import Forms
from service.web.desk.state.sheets import Sheets
from service.web.desk.state.words import COUNTS, FIGURES

_OVER_TIME = ("verified", "known", "age")


class OverTime(NamedTuple):
    """A figure over time: its title, the drawing, and what stands at both ends."""

    title: str
    drawing: Markup
    first: str
    last: str


def beside(state: State, sheets: Sheets) -> Mapping[str, Sequence[Markup]]:
    """Per table the drawings of its rows, in their order."""
    t = translator(sheets.forms.language)
    figures = [_strip(state, sheets.forms, f.name, t.gettext(f.title), f.form) for f in FIGURES]
    figures += [Markup("")] * len(COUNTS)
    unknown = [
        _strip(state, sheets.forms, f"unknown.{b}", sheets.b_name(b), "share") for b in terms.values("b")
    ]
    asked = [
        _strip(state, sheets.forms, f"questions.{q.code}", q.labels[sheets.forms.language], "share")
        for q in questions()
    ]
    near = [
        plots.stacked(f"p-{each.need.replace('.', '-')}", *sheets.reach_told(each), each.people)
        for each in state.reach
    ]
    return {"figures": figures, "unknown": unknown, "questions": asked, "reach": near}


def over_time(state: State, forms: Forms) -> list[OverTime]:
    """A line for each figure that has more than one count."""
    t = translator(forms.language)
    found = []
    for figure in FIGURES:
        known = [(day, value_of(held, figure.name)) for day, held in state.history]
        values = [(day, value) for day, value in known if value is not None]
        if figure.name not in _OVER_TIME or len(values) < 2:
            continue
        written = [f"{_written(forms, value, figure.form)} ({forms.day(day).words})" for day, value in values]
        top = 1.0 if figure.form == "share" else max(value for _day, value in values)
        title = t.gettext(figure.title)
        told = t.gettext(
            N_("From %(first)s to %(last)s, in %(count)s counts."),
            first=written[0], last=written[-1], count=len(values),
        )  # fmt: skip
        spots = [(day.toordinal(), value) for day, value in values]
        drawing = plots.line(f"line-{figure.name}", title, told, spots, top)
        found.append(OverTime(title, drawing, written[0], written[-1]))
    return found


def _strip(state: State, forms: Forms, name: str, title: str, form: str) -> Markup:
    value, spread = value_of(state.whole, name), state.spreads.get(name)
    if value is None and spread is None:
        return Markup("")
    t = translator(forms.language)
    told = [
        t.gettext("This zone: %(value)s.", value=_written(forms, value, form)) if value is not None else ""
    ]
    if spread:
        ends = {
            "low": spread.low, "quarter": spread.quarter, "middle": spread.middle,
            "three": spread.three_quarters, "high": spread.high,
        }  # fmt: skip
        said = {key: _written(forms, end, form) for key, end in ends.items()}
        told.append(
            t.gettext(
                N_(
                    "All zones: from %(low)s to %(high)s, the middle half from %(quarter)s to %(three)s, "
                    "the one in the middle %(middle)s."
                ),
                **said,
            )
        )
    top = 1.0 if form == "share" else max(value or 0.0, spread.high if spread else 0.0) or 1.0
    words = " ".join(filter(None, told))
    return plots.strip(f"s-{name.replace('.', '-')}", title, words, value, spread, top)


def _written(forms: Forms, value: float, form: str) -> str:
    return forms.percent(value) if form == "share" else forms.span(value)
