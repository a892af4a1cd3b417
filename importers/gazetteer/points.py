"""Filling the point of every place: its own of GeoNames, else that of its postal code or municipality."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from importers.gazetteer.geonames import Finder
from service.geo.tables import Row, split


@dataclass(frozen=True)
class Located:
    """A point, what it is the point of, who says so, and how many people GeoNames counts there."""

    lat: float
    lon: float
    of: str
    source: str = "geonames"
    population: int | None = None

    def like(self, of: str) -> Located:
        """The same point standing in for something else, without its population."""
        return Located(self.lat, self.lon, of, self.source)


def middle_of(parts: list[Located]) -> Located:
    """The mean of the points of a municipality's parts, with the sum of their populations."""
    people = sum(part.population or 0 for part in parts) or None
    return Located(fmean(p.lat for p in parts), fmean(p.lon for p in parts), "parts", population=people)


def fill(row: Row, located: Located) -> None:
    """Write the point into the row's columns."""
    row["lat"], row["lon"] = f"{located.lat:.5f}", f"{located.lon:.5f}"
    row["point_of"], row["point_source"] = located.of, located.source
    if "population" in row:
        row["population"] = str(located.population) if located.population else ""


class Points:
    """Fills the tables from the largest places to the smallest, so that each can stand in for the next."""

    def __init__(self, finder: Finder, standins: dict[tuple[str, str], Row]) -> None:
        self._finder = finder
        self._standins = {
            key: Located(float(r["lat"]), float(r["lon"]), r["point_of"], r["point_source"])
            for key, r in standins.items()
        }
        self.municipalities: dict[str, Located] = {}
        self.postal_codes: dict[tuple[str, str], Located] = {}

    def _own(self, names: list[str], nis: str) -> Located | None:
        entry = self._finder.find(names, nis)
        if entry is None:
            return None
        return Located(entry.lat, entry.lon, "place", population=entry.population or None)

    def fill_municipalities(self, rows: list[Row], parts: list[Row]) -> None:
        """Every municipality: its own point, or the middle of its former municipalities and districts.

        Raises ValueError for a municipality that has neither: it belongs in standins.csv.
        """
        for row in rows:
            nis = row["nis"]
            located = self._standins.get(("", nis)) or self._own([row["name_nl"], row["name_fr"]], nis)
            if located is None:
                names = [[name] for name in row["name_nl"].split("-")]
                names += [[p["name_nl"], *split(p.get("aliases", ""))] for p in parts if p["nis"] == nis]
                found = {(p.lat, p.lon): p for p in (self._own(name, nis) for name in names) if p}
                if not found:
                    raise ValueError(
                        f"municipality {nis} {row['name_nl']} has no point; add one to standins.csv"
                    )
                located = middle_of(list(found.values()))
            self.municipalities[nis] = located
            fill(row, located)

    def fill_postal_codes(self, rows: list[Row]) -> None:
        """Every postal code: its largest locality that has a point, or the municipality's."""
        for row in rows:
            key = (row["postal_code"], row["nis"])
            localities = split(row["localities_nl"]) + split(row["localities_fr"])
            known = [p for p in (self._own([name], row["nis"]) for name in localities) if p]
            known.sort(key=lambda p: (-(p.population or 0), p.lat, p.lon))
            whole = self.municipalities[row["nis"]].like("municipality")
            located = self._standins.get(key) or (known[0].like("locality") if known else whole)
            self.postal_codes[key] = located
            fill(row, located)

    def fill_parts(self, rows: list[Row]) -> None:
        """All smaller places; a landmark never takes the point of a village with its name."""
        for row in rows:
            names = [row["name_nl"], row["name_fr"], *split(row.get("aliases", ""))]
            own = None if "kind" in row else self._own(names, row["nis"])
            postal = self.postal_codes.get((row["postal_code"], row["nis"]))
            if own is None and postal is not None and postal.of != "municipality":
                own = postal.like("postal_code")
            fill(row, own or self.municipalities[row["nis"]].like("municipality"))
