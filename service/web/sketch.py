"""A small drawn map of results over the outlines of the zones, for pages without JavaScript and for paper."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from flask import url_for
from markupsafe import Markup

from service.web.outlines import Ring, drawn

WIDTH, HEIGHT = 400, 400
MARGIN = 28
SMALLEST_DEGREES = 0.12  # about 13 km of latitude: one place is shown with the zones around it
SPOT_RADIUS = 11

UNITS = 10_000  # to a degree: about 11 m of latitude
ORIGIN = (2.5, 51.6)  # longitude and latitude of a corner north-west of Flanders
LAND = "land"

_DRAWING = Markup('<svg class="sketch" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>')
_TOLD = Markup(
    '<svg class="sketch" viewBox="0 0 {} {}" role="img" aria-labelledby="{name}-t {name}-d">'
    '<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>{}</svg>'
)
_SPOT = Markup('<circle class="spot" cx="{x}" cy="{y}" r="{r}"/><text x="{x}" y="{y}">{words}</text>')
_CENTRE = Markup('<circle class="centre" cx="{}" cy="{}" r="6"/>')
_LAND = Markup('<use class="{}" href="{}#{}" transform="translate({} {}) scale({} {})"/>')
_SHAPE = Markup('<path id="{}" vector-effect="non-scaling-stroke" d="{}"/>')
_INSIDE = Markup('<use href="#{}"/>')
_FILE = Markup('<svg xmlns="http://www.w3.org/2000/svg"><defs>{}</defs><g id="{}">{}</g></svg>')


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the numbers of the results that are there."""

    lat: float
    lon: float
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """From degrees to the drawing: equal scales in both directions at this latitude."""

    west: float
    north: float
    scale: float
    narrowing: float

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """Where a point lands in the drawing."""
        return (
            round((lon - self.west) * self.narrowing * self.scale),
            round((self.north - lat) * self.scale),
        )


def sketch(spots: Sequence[Spot], centre: tuple[float, float] | None, chosen: str | None = None) -> Markup:
    """The drawing as SVG; ``chosen`` is a zone to stand out. Without spots it shows that zone, or all."""
    points = [(spot.lon, spot.lat) for spot in spots]
    if centre:
        points.append((centre[1], centre[0]))
    if not points:
        points = [
            p for zone, rings in drawn().zones if chosen in (None, zone) for ring in rings for p in ring
        ]
    frame = _frame(points)
    parts = [_land(frame, "land", LAND)]
    if chosen in dict(drawn().zones):
        parts.append(_land(frame, "land chosen", str(chosen)))
    if centre:
        x, y = frame.at(centre[1], centre[0])
        parts.append(_CENTRE.format(x, y))
    parts += [_spot(frame, spot) for spot in spots]
    return _DRAWING.format(WIDTH, HEIGHT, Markup("").join(parts))


def sketch_of(
    points: Sequence[tuple[float, float]],
    chosen: str,
    told: tuple[str, str, str],
    draw: Callable[[Frame], Iterable[Markup]],
) -> Markup:
    """A drawing of a zone and of points (longitude, latitude), with whatever else is drawn over it.

    ``told`` is a name unlike any other of the page, the title, and the description of what is seen.
    """
    rings = dict(drawn().zones).get(chosen, ())
    frame = _frame([*points, *(point for ring in rings for point in ring)])
    parts = [_land(frame, "land", LAND)]
    if rings:
        parts.append(_land(frame, "land chosen", chosen))
    body = Markup("").join([*parts, *draw(frame)])
    return _TOLD.format(WIDTH, HEIGHT, body, name=told[0], title=told[1], desc=told[2])


@cache
def land() -> tuple[bytes, str]:
    """All outlines as one SVG file that every drawing points into, and a mark of its content."""
    shapes = [_SHAPE.format(zone, _path(rings)) for zone, rings in drawn().zones]
    uses = [_INSIDE.format(zone) for zone, _rings in drawn().zones]
    body = _FILE.format(Markup("").join(shapes), LAND, Markup("").join(uses)).encode()
    return body, hashlib.sha256(body).hexdigest()[:10]


def _frame(points: Sequence[tuple[float, float]]) -> Frame:
    lons, lats = [p[0] for p in points] or [4.35], [p[1] for p in points] or [50.85]
    middle_lat = (min(lats) + max(lats)) / 2
    narrowing = math.cos(math.radians(middle_lat))
    across = max((max(lons) - min(lons)) * narrowing, SMALLEST_DEGREES)
    upward = max(max(lats) - min(lats), SMALLEST_DEGREES)
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / upward)
    middle_lon = (min(lons) + max(lons)) / 2
    return Frame(
        middle_lon - WIDTH / 2 / scale / narrowing, middle_lat + HEIGHT / 2 / scale, scale, narrowing
    )


def _land(frame: Frame, kind: str, part: str) -> Markup:
    """The outlines, drawn once in whole units of `UNITS` to a degree, moved and scaled into the frame."""
    scale = frame.scale / UNITS
    left, top = frame.at(*ORIGIN)
    across = scale * frame.narrowing
    address = url_for("web.land_file", v=land()[1])
    return _LAND.format(kind, address, part, left, top, f"{across:.6f}", f"{scale:.6f}")


def _path(rings: Sequence[Ring]) -> str:
    west, north = ORIGIN
    lines = []
    for ring in rings:
        drawn = [(round((lon - west) * UNITS), round((north - lat) * UNITS)) for lon, lat in ring]
        kept = [p for i, p in enumerate(drawn) if i == 0 or p != drawn[i - 1]]
        lines.append("M" + "L".join(f"{x} {y}" for x, y in kept) + "z")
    return "".join(lines)


def _spot(frame: Frame, spot: Spot) -> Markup:
    x, y = frame.at(spot.lon, spot.lat)
    words = str(spot.numbers[0]) if len(spot.numbers) == 1 else f"{spot.numbers[0]}+"
    return _SPOT.format(x=x, y=y, r=SPOT_RADIUS + 2 * (len(words) > 1), words=words)
