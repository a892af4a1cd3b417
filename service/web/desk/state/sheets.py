"""The tables of the state of a zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from service.database.state import MUNICIPALITY, NEED, SEARCHES, THEME
from service.desk.state.cell import Figures
from service.desk.state.reach import Reach
from service.desk.state.read import State
from service.desk.state.reader import questions
from service.geo.places import gazetteer
from service.i18n import formats
from service.i18n.labels import term_label
from service.i18n.messages import N_, translator
from service.model import terms
from service.web.desk.state import words
from service.web.desk.state.sheet import Cell, Column, Forms, Sheet
from service.web.desk.state.words import COUNTS, FIGURES, KEYS

_OF_GROUP = ("listings", "verified", "known", "age", "duplicates", "corrections")
_OVER_TIME = (*_OF_GROUP, "days")


class Sheets:
    """Every table of one state in one language, by code."""

    def __init__(self, state: State, language: str) -> None:
        self._state, self._language = state, language
        self._t = translator(language)
        self.forms = Forms(language)

    def all(self) -> dict[str, Sheet]:
        """Every table, in the order of the page."""
        return {code: make() for code, make in self._made().items()}

    def one(self, code: str) -> Sheet | None:
        """One table; None where there is none of that code."""
        make = self._made().get(code)
        return make() if make else None

    def _made(self) -> dict[str, Callable[[], Sheet]]:
        return {
            "figures": self.figures,
            "unknown": self.unknown,
            "questions": self.questions,
            "history": self.history,
            "themes": self.themes,
            "needs": self.needs,
            "municipalities": self.towns,
            "reach": self.reach,
            "searches-needs": self.searched_needs,
            "searches-places": self.searched_places,
        }

    def figures(self) -> Sheet:
        """The figures of the whole zone, beside those of all zones."""
        says = " ".join(f"{title}: {told}" for title, told in words.explained(self._language))
        rows = [
            (
                self.forms.words(self._t.gettext(f.title)),
                self._own(f.name, f.form),
                *self._beside(f.name, f.form),
            )
            for f in FIGURES
        ]
        rows += [
            (self.forms.words(self._t.gettext(f.title)), self._own(f.name, f.form), *self._nowhere())
            for f in COUNTS
        ]
        heads = (
            self._head(N_("Figure"), "figure", is_number=False),
            Column(self._t.gettext("This zone"), ("zone", "zone_count", "zone_of")),
            self._head(N_("Lowest zone"), "lowest"),
            self._head(N_("Middle half from"), "first_quartile"),
            self._head(N_("Middle half to"), "third_quartile"),
            self._head(N_("Highest zone"), "highest"),
        )
        return self._sheet("figures", N_("How true and how complete"), says, heads, rows)

    def unknown(self) -> Sheet:
        """Per B what cannot be judged."""
        rows = [
            (
                self.forms.words(self.b_name(b)),
                self._own(f"unknown.{b}", "share"),
                *self._beside(f"unknown.{b}", "share"),
            )
            for b in terms.values("b")
        ]
        says = self._t.gettext(words.UNKNOWN)
        return self._sheet("unknown", N_("Not known, by B"), says, self._compared(N_("B"), "b"), rows)

    def questions(self) -> Sheet:
        """Per question of a reader how often it has an answer."""
        rows = [
            (
                self.forms.words(question.labels[self._language]),
                self._own(f"questions.{question.code}", "share"),
                *self._beside(f"questions.{question.code}", "share"),
            )
            for question in questions()
        ]
        heads = self._compared(N_("A reader asks"), "question")
        return self._sheet(
            "questions", N_("What a reader asks"), self._t.gettext(words.QUESTIONS), heads, rows
        )

    def history(self) -> Sheet:
        """The whole zone at every count, the newest first."""
        rows = [
            (self.forms.day(day), *self._row(figures, _OVER_TIME))
            for day, figures in reversed(self._state.history)
        ]
        heads = (self._head(N_("Day"), "day", is_number=False), *self._columns(_OVER_TIME))
        return self._sheet("history", N_("Over time"), self._t.gettext(words.HISTORY), heads, rows)

    def themes(self) -> Sheet:
        """Each theme of the zone."""
        held = self._state.groups[THEME]
        named = (
            (term_label("theme", code, self._language), held[code]) for code in terms.themes() if code in held
        )
        return self._groups("themes", N_("By theme"), N_("Theme"), "theme", named, words.GROUPS)

    def needs(self) -> Sheet:
        """Each need of the zone."""
        held = self._state.groups[NEED]
        named = (
            (term_label("need", code, self._language), held[code]) for code in terms.needs() if code in held
        )
        return self._groups("needs", N_("By need"), N_("Need"), "need", named, words.GROUPS)

    def towns(self) -> Sheet:
        """Each municipality of the zone, by name."""
        held = self._state.groups[MUNICIPALITY]
        named = sorted((self.town(nis), figures) for nis, figures in held.items())
        return self._groups(
            "municipalities", N_("By municipality"), N_("Municipality"), "municipality", named, words.TOWNS
        )

    def reach(self) -> Sheet:
        """Per need the people with none, one, two or more in reach, and the places from where it is far."""
        rows = [
            (
                self.forms.words(term_label("need", each.need, self._language)),
                *(self.forms.share(some, sum(each.people)) for some in each.people),
                self.forms.words(self._furthest(each)),
            )
            for each in self._state.reach
        ]
        heads = (
            self._head(N_("Need"), "need", is_number=False),
            Column(self._t.gettext("None in reach"), ("none_percent", "none", "none_of")),
            Column(self._t.gettext("One"), ("one_percent", "one", "one_of")),
            Column(self._t.gettext("Two or more"), ("more_percent", "more", "more_of")),
            self._head(N_("Furthest from"), "furthest", is_number=False),
        )
        over = words.PEOPLE if self._state.points_of == "people" else words.POSTAL
        says = f"{self._t.gettext(over)} {self._t.gettext(words.NEAR)}"
        return self._sheet("reach", N_("Within ten minutes by bike"), says, heads, rows)

    def searched_needs(self) -> Sheet:
        """Searches without a fitting answer by need and what was in the way."""
        named = [(self._need(code), b, n) for code, b, n in self._searches("needs")]
        return self._searched(
            "searches-needs", N_("Without a fitting answer, by need"), N_("Need"), "need", named
        )

    def searched_places(self) -> Sheet:
        """Searches without a fitting answer by municipality and what was in the way."""
        named = [(self.town(nis), b, n) for nis, b, n in self._searches("places")]
        title, head = N_("Without a fitting answer, by municipality"), N_("Municipality")
        return self._searched("searches-places", title, head, "municipality", named)

    def reach_told(self, reach: Reach) -> tuple[str, str]:
        """A need, and how many have how many in reach, in words."""
        total = sum(reach.people)
        shares = [self.forms.percent(some / total) if total else "–" for some in reach.people]
        told = self._t.gettext(
            N_("None in reach: %(none)s. One: %(one)s. Two or more: %(more)s."),
            none=shares[0], one=shares[1], more=shares[2],
        )  # fmt: skip
        return term_label("need", reach.need, self._language), told

    def far(self, places: Iterable[tuple[str, float, int | None]]) -> Iterator[str]:
        """Places from where it is far, each with how far."""
        for place, _people, metres in places:
            if metres is not None:
                away = formats.distance(metres, self._language)
                yield self._t.gettext("%(place)s (%(distance)s)", place=self.place_name(place), distance=away)

    def _furthest(self, reach: Reach) -> str:
        if any(metres is None for _place, _people, metres in reach.far):
            return self._t.gettext("There is none yet, here or elsewhere.")
        return formats.listed(self.far(reach.far), self._language, ";")

    def place_name(self, place: str) -> str:
        """The postal code and the name of a municipality."""
        code, _, nis = place.partition(" ")
        return f"{code} {self.town(nis)}"

    def town(self, nis: str) -> str:
        """The name of a municipality."""
        found = gazetteer().municipality(nis)
        return found.name(self._language) if found else nis

    def b_name(self, b: str) -> str:
        """The name of a B."""
        return term_label("b", b, self._language)

    def _need(self, code: str) -> str:
        return term_label("need" if "." in code else "theme", code, self._language)

    def _searches(self, part: str) -> list[tuple[str, str, int]]:
        return [tuple(each) for each in self._state.groups[SEARCHES].get("", {}).get(part, ())]

    def _searched(
        self, code: str, title: str, head: str, key: str, named: list[tuple[str, str, int]]
    ) -> Sheet:
        nothing = self._t.gettext("no offer at all")
        rows = [
            (self.forms.words(name), self.forms.words(self.b_name(b) if b else nothing), self.forms.count(n))
            for name, b, n in named
        ]
        heads = (
            self._head(head, key, is_number=False),
            self._head(N_("What was in the way"), "in_the_way", is_number=False),
            self._head(N_("Searches"), "searches"),
        )
        fewest = self._state.groups[SEARCHES].get("", {}).get("fewest", 5)
        return self._sheet(code, title, self._t.gettext(words.SEARCHES, fewest=fewest), heads, rows)

    def _groups(
        self, code: str, title: str, head: str, key: str, named: Iterable[tuple[str, Figures]], says: str
    ) -> Sheet:
        rows = [(self.forms.words(name), *self._row(figures, _OF_GROUP)) for name, figures in named]
        heads = (self._head(head, key, is_number=False), *self._columns(_OF_GROUP))
        return self._sheet(code, title, self._t.gettext(says), heads, rows)

    def _columns(self, names: Iterable[str]) -> Iterator[Column]:
        for name in names:
            title = self._t.gettext(KEYS[name])
            shares = (f"{name}_percent", name, f"{name}_of")
            days = {"age": "age_days", "days": "closed_in_days"}
            yield Column(title, shares if _form(name) == "share" else (days.get(name, name),))

    def _row(self, figures: Figures, names: Iterable[str]) -> Iterator[Cell]:
        return (self._cell(figures.get(name), _form(name)) for name in names)

    def _own(self, name: str, form: str) -> Cell:
        part, _, code = name.partition(".")
        held = self._state.whole.get(part)
        cell = self._cell(held.get(code) if code and held else held, form)
        return cell if form == "share" else Cell(cell.words, (*cell.csv, "", ""))

    def _cell(self, held: object, form: str) -> Cell:
        if form == "share":
            some, of = held if isinstance(held, list) else (0, 0)
            return self.forms.share(some, of)
        number = held if isinstance(held, int | float) else None
        return self.forms.days(number) if form == "days" else self.forms.count(number)

    def _beside(self, name: str, form: str) -> tuple[Cell, ...]:
        spread = self._state.spreads.get(name)
        if spread is None:
            return self._nowhere()
        ends = (spread.low, spread.quarter, spread.three_quarters, spread.high)
        if form == "share":
            return tuple(Cell(self.forms.percent(end), (f"{100 * end:.1f}",)) for end in ends)
        return tuple(self.forms.days(end) for end in ends)

    def _nowhere(self) -> tuple[Cell, ...]:
        return (Cell("", ("",)),) * 4

    def _compared(self, head: str, key: str) -> tuple[Column, ...]:
        first = self._head(head, key, is_number=False)
        own = Column(self._t.gettext("This zone"), ("zone_percent", "zone_count", "zone_of"))
        low, high = self._head(N_("Lowest zone"), "lowest"), self._head(N_("Highest zone"), "highest")
        quarter = self._head(N_("Middle half from"), "first_quartile")
        return (first, own, low, quarter, self._head(N_("Middle half to"), "third_quartile"), high)

    def _head(self, message: str, key: str, *, is_number: bool = True) -> Column:
        return Column(self._t.gettext(message), (key,), is_number)

    def _sheet(
        self, code: str, title: str, says: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]]
    ) -> Sheet:
        return Sheet(code, self._t.gettext(title), says, columns, tuple(rows))


def _form(name: str) -> str:
    return next(each.form for each in (*FIGURES, *COUNTS) if each.name == name)
