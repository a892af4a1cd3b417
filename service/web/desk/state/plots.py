"""Small drawings of figures as SVG: form and pattern beside colour, a title and a description, no script."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from service.desk.state.read import Spread

WIDE, HIGH = 240, 28
LINE_HIGH = 96
_EDGE = 6  # room at both ends, so that a mark at an end is whole

_PLOT = Markup(
    '<svg class="plot {kind}" viewBox="0 0 {wide} {high}" role="img" aria-labelledby="{name}-t {name}-d">'
    '<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>{body}</svg>'
)
_RULE = Markup('<line class="rule" x1="{}" x2="{}" y1="{}" y2="{}"/>')
_BOX = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>')
_FILLED = Markup(' fill="url(#{})"')
_MARK = Markup('<path class="mark" d="M{x} {top}l7 7-7 7-7-7z"/>')
_LINE = Markup('<polyline class="line" points="{}"/>')
_DOT = Markup('<circle class="dot" cx="{}" cy="{}" r="3.5"/>')

PATTERNS = Markup(
    '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="p-band" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="6" height="6"/><path class="stroke" d="M0 6L6 0"/></pattern>'
    '<pattern id="p-none" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="7" height="7"/><path class="stroke" d="M0 0L7 7M7 0L0 7"/></pattern>'
    '<pattern id="p-one" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="6" height="6"/><circle class="spot" cx="3" cy="3" r="1.6"/></pattern>'
    "</defs></svg>"
)
"""What the other drawings of a page are filled with; once on the page."""


def strip(name: str, title: str, desc: str, value: float | None, spread: Spread | None, top: float) -> Markup:
    """One figure on a rule from nothing to ``top``: all zones as a line with the middle half hatched, this
    zone as a diamond. ``name`` is unlike that of any other drawing of the page."""
    middle = HIGH / 2
    parts = [_RULE.format(_EDGE, WIDE - _EDGE, middle, middle)]
    if spread:
        low, high = _at(spread.low, top), _at(spread.high, top)
        quarter, three = _at(spread.quarter, top), _at(spread.three_quarters, top)
        parts.append(_BOX.format("range", low, middle - 2, _least(high - low), 4, ""))
        band = _FILLED.format("p-band")
        parts.append(_BOX.format("band", quarter, middle - 8, _least(three - quarter), 16, band))
        parts.append(_BOX.format("middle", _at(spread.middle, top) - 1.5, middle - 10, 3, 20, ""))
    if value is not None:
        parts.append(_MARK.format(x=_at(value, top), top=middle - 7))
    return _drawn("strip", name, title, desc, HIGH, parts)


def stacked(name: str, title: str, desc: str, parts: tuple[float, float, float]) -> Markup:
    """A bar of three parts: crossed for none, dotted for one, full for two or more."""
    total, x, drawn = sum(parts), 0.0, []
    for kind, part in zip(("none", "one", "many"), parts, strict=True):
        width = round(WIDE * part / total, 1) if total else 0
        if width:
            filled = Markup("") if kind == "many" else _FILLED.format(f"p-{kind}")
            drawn.append(_BOX.format(kind, round(x, 1), 4, width, HIGH - 8, filled))
        x += width
    return _drawn("stacked", name, title, desc, HIGH, drawn)


def line(name: str, title: str, desc: str, values: Sequence[tuple[int, float]], top: float) -> Markup:
    """A figure over time from nothing to ``top``: a dot for each count, days apart as they were."""
    first, last = values[0][0], values[-1][0]
    spots = [
        (
            round(_EDGE + (WIDE - 2 * _EDGE) * (day - first) / (last - first or 1), 1),
            round(LINE_HIGH - _EDGE - (LINE_HIGH - 2 * _EDGE) * min(value, top) / (top or 1), 1),
        )
        for day, value in values
    ]
    rules = [_RULE.format(_EDGE, WIDE - _EDGE, y, y) for y in (_EDGE, LINE_HIGH / 2, LINE_HIGH - _EDGE)]
    path = _LINE.format(" ".join(f"{x},{y}" for x, y in spots))
    return _drawn(
        "over-time", name, title, desc, LINE_HIGH, [*rules, path, *(_DOT.format(x, y) for x, y in spots)]
    )


def _drawn(kind: str, name: str, title: str, desc: str, high: float, parts: Sequence[Markup]) -> Markup:
    body = Markup("").join(parts)
    return _PLOT.format(kind=kind, wide=WIDE, high=high, name=name, title=title, desc=desc, body=body)


def _at(value: float, top: float) -> float:
    share = min(max(value / top, 0.0), 1.0) if top else 0.0
    return round(_EDGE + (WIDE - 2 * _EDGE) * share, 1)


def _least(width: float) -> float:
    """No range is so narrow that nobody sees it."""
    return round(max(width, 2.0), 1)
