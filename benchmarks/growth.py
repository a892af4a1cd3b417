"""Draws how the figures of `benchmarks.run` grow with the number of listings (SVG, logarithmic axes).

usage: python -m benchmarks.growth [--figure p95_ms] [--clients 1] FILE.svg     (reads benchmarks/out/*.jsonl)
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

OUT = Path(__file__).parent / "out"
Spots = Sequence[tuple[float, float]]

_WIDE, _HIGH = 930, 460
_LEFT, _TOP, _RIGHT, _BELOW = 70, 40, 400, 50
_DASHES = {"fts5": "", "meilisearch": "6 4"}
_COLOURS = ("#17397f", "#b0541d", "#1a6341", "#7d4f00", "#9c2a1c", "#5b2a86", "#2b7a8a", "#555555")


def lines_of(folder: Path, figure: str, clients: int) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Per engine and scenario the figure by number of listings, ascending."""
    found: dict[tuple[str, str], dict[float, float]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if figure in line and line.get("clients") == clients and line["engine"] in _DASHES:
                held = found.setdefault((line["engine"], line["scenario"]), {})
                held[float(line["listings"])] = float(line[figure])
    return {name: sorted(held.items()) for name, held in found.items() if len(held) > 1}


def steepness(spots: Spots) -> float:
    """The power of the number of listings with which a figure grows, from the first size to the last: 0 does
    not grow, 1 grows as the listings do."""
    (first, low), (last, high) = spots[0], spots[-1]
    return math.log(high / low) / math.log(last / first)


def drawing(lines: Mapping[tuple[str, str], Spots], figure: str, clients: int) -> str:
    """The plot, with a legend that names each line and its steepness."""
    xs = [x for spots in lines.values() for x, _y in spots]
    ys = [y for spots in lines.values() for _x, y in spots]
    across = _Axis(min(xs), max(xs), _LEFT, _WIDE - _RIGHT)
    up = _Axis(min(ys), max(ys), _HIGH - _BELOW, _TOP)
    title = f"{figure} by number of listings, {clients} client{'s' if clients > 1 else ''}"
    scenarios = list(dict.fromkeys(scenario for _engine, scenario in lines))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" '
        f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>',
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="22">{escape(title)}</text>',
        *_grid(across, up),
    ]
    for number, ((engine, scenario), spots) in enumerate(lines.items()):
        colour = _COLOURS[scenarios.index(scenario) % len(_COLOURS)]
        points = " ".join(f"{across.at(x):.1f},{up.at(y):.1f}" for x, y in spots)
        dash = f' stroke-dasharray="{_DASHES[engine]}"' if _DASHES[engine] else ""
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        high = _TOP + 18 * number
        parts.append(
            f'<path d="M{_WIDE - _RIGHT + 20} {high - 4}h24" stroke="{colour}" stroke-width="2"{dash}/>'
        )
        named = f"{engine}: {scenario} ({steepness(spots):.2f})"
        parts.append(f'<text x="{_WIDE - _RIGHT + 50}" y="{high}">{escape(named)}</text>')
    return "\n".join([*parts, "</svg>\n"])


class _Axis:
    def __init__(self, low: float, high: float, begin: float, end: float) -> None:
        self.low, self.high = math.floor(math.log10(low)), math.ceil(math.log10(high))
        self._begin, self._step = begin, (end - begin) / max(self.high - self.low, 1)

    def at(self, value: float) -> float:
        return self._begin + (math.log10(value) - self.low) * self._step

    def marks(self) -> Iterator[float]:
        yield from (10.0**power for power in range(self.low, self.high + 1))


def _grid(across: _Axis, up: _Axis) -> Iterator[str]:
    right, below = _WIDE - _RIGHT, _HIGH - _BELOW
    for mark in across.marks():
        x = across.at(mark)
        yield f'<path d="M{x:.1f} {_TOP}V{below}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{below + 20}" text-anchor="middle">{mark:,.0f}</text>'
    for mark in up.marks():
        y = up.at(mark)
        yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{mark:g}</text>'


def main() -> int:
    """Write the plot; prints the steepness of each line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figure", default="p95_ms")
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    lines = lines_of(OUT, asked.figure, asked.clients)
    if not lines:
        raise SystemExit(f"{OUT} has no scenario at two sizes; run `make bench-scale` first.")
    asked.file.write_text(drawing(lines, asked.figure, asked.clients), encoding="utf-8")
    for (engine, scenario), spots in lines.items():
        print(f"{engine:12} {scenario:36} {steepness(spots):5.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
