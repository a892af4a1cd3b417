"""One field of the form of a listing as its template shows it: label, value, who says so, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from service.catalogue.claims import Claim
from service.catalogue.in_words import in_words
from service.desk.editing.current import Current
from service.desk.editing.layout import HIDDEN, HOURS, POINT, visitor_reads
from service.desk.editing.sent import NAME, NOT_KNOWN, is_lines, is_list_of_ticks
from service.desk.editing.tone import Hint
from service.geo.places import gazetteer
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.model import terms
from service.model.fields import Field, fields
from service.model.phone import format_phone
from service.model.values import WHOLE, Value
from service.web import choices
from service.web.desk.editing.words import fault_words, label_of
from service.web.facts import Voice, voice
from service.web.site import Site

LONG = ("service.description", "service.plain_summary", "service.remark", "schedule.description")
_SHORT = frozenset(("postal_code", "amount", "date", "country"))
Options = tuple[tuple[str, str], ...]
Sent = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Widget:
    """A field; ``kind`` is which macro shows it, ``values`` what stands in it (as texts), ``known`` whether
    anything is known now. ``readers`` is what a visitor reads when it is so and while it is not known."""

    key: str
    kind: str
    label: str
    language: str
    values: tuple[str, ...]
    options: Options
    known: bool
    unknown: bool
    voice: Voice | None
    others: tuple[tuple[str, Voice], ...]
    readers: tuple[str, str] | None
    fault: str
    hints: tuple[Hint, ...] = ()
    by: str = ""

    @property
    def id(self) -> str:
        """The id of its element."""
        return "f-" + self.key.replace(".", "-").replace("@", "-")

    @property
    def name(self) -> str:
        """The name of its field."""
        return NAME + self.key

    @property
    def none_name(self) -> str:
        """The name of the tick that says of a list that it is not known."""
        return NOT_KNOWN + self.key

    @property
    def value(self) -> str:
        """What stands in it where it holds one text."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True)
class Shelf:
    """What all widgets of one form are made from; ``sent`` is what somebody filled in, None at first."""

    site: Site
    lang: str
    current: Current
    names: Mapping[str, str]
    sent: Sent | None = None
    faults: frozenset[str] = frozenset()
    hints: Mapping[str, tuple[Hint, ...]] | None = None

    def widget(self, key: str) -> Widget:
        """The field with this key."""
        path, _, language = key.partition("@")
        each, held = fields()[path], self.current.value(key)
        values = _as_texts(each, held, self.lang) if self.sent is None else _as_sent(each, key, self.sent)
        readers = visitor_reads(path)
        t = translator(self.lang)
        return Widget(
            key=key,
            kind=_kind(each, path, values),
            label=label_of(key, self.lang),
            language=language,
            values=values,
            options=_options(each, values, self.lang),
            known=held is not None,
            unknown=self.sent is not None and NOT_KNOWN + key in self.sent,
            voice=self._voice(key),
            others=tuple(self._others(self.current.found.others.get(key, ()), path)),
            readers=(t.gettext(readers[0]), t.gettext(readers[1])) if readers else None,
            fault=fault_words(path, self.lang) if key in self.faults else "",
            hints=(self.hints or {}).get(key, ()),
            by=self._by(key),
        )

    def _voice(self, key: str) -> Voice | None:
        who = self.current.listing.provenance.get(key)
        return voice(who, self.site.today(), self.lang) if who else None

    def _by(self, key: str) -> str:
        who = self.current.listing.provenance.get(key)
        last = self.current.last_word(key) if who and who.kind == "edit" else None
        return self.names.get(last.by, "") if last else ""

    def _others(self, said: tuple[Claim, ...], path: str) -> list[tuple[str, Voice]]:
        return [
            (in_words(path, claim.value, self.lang), voice(claim.provenance, self.site.today(), self.lang))
            for claim in said
        ]


def _kind(each: Field, path: str, values: tuple[str, ...]) -> str:
    kind = each.type.partition(":")[0]
    if path in (HOURS, POINT, HIDDEN):
        return {HOURS: "hours", POINT: "point", HIDDEN: "hidden"}[path]
    if is_list_of_ticks(each):
        return "needs" if kind == "need" else "zones" if kind == "zone" else "ticks"
    if is_lines(each):
        return "lines"
    if kind in ("yes_no", "code"):
        return "yes_no" if kind == "yes_no" else "choice"
    if path in LONG or any("\n" in value or len(value) > 100 for value in values):
        return "area"
    if kind in WHOLE:
        return "number"
    return "date" if kind == "date" else "short" if kind in _SHORT else "line"


def _as_texts(each: Field, value: Value | None, lang: str) -> tuple[str, ...]:
    kind = each.type.partition(":")[0]
    if value is None:
        return ()
    if kind == "point" and isinstance(value, list):
        return (", ".join(f"{float(part):.5f}" for part in value),)
    if isinstance(value, list):
        told = [format_phone(str(part)) if kind == "phone" else str(part) for part in value]
        return ("\n".join(told),) if is_lines(each) else tuple(told)
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if kind == "nis":
        place = gazetteer().municipality(str(value))
        return (place.name(lang) if place else str(value),)
    return (str(value),)


def _as_sent(each: Field, key: str, sent: Sent) -> tuple[str, ...]:
    held = tuple(text for text in sent.get(NAME + key, ()) if text.strip())
    return held if is_list_of_ticks(each) else held[:1]


def _options(each: Field, values: tuple[str, ...], lang: str) -> Options:
    """What can be chosen; a code that no list has any more stays, so that it is not lost."""
    kind, _, list_name = each.type.partition(":")
    if kind not in ("code", "language", "need", "zone"):
        return ()
    known = _known(kind, list_name, lang)
    codes = {code for code, _label in known}
    return (*known, *((value, value) for value in values if value not in codes))


@cache
def _known(kind: str, list_name: str, lang: str) -> Options:
    if kind == "code":
        return choices.options(list_name, lang)
    if kind == "language":
        signs = (("vgt", language_name("vgt", lang)), ("sfb", language_name("sfb", lang)))
        return (*choices.spoken(lang), *signs)
    if kind == "zone":
        return tuple(
            (zone.id, str(zone.name(lang))) for _title, zones in choices.zone_groups(lang) for zone in zones
        )
    return tuple((code, term_label("need", code, lang)) for code in terms.needs())


def needs_by_theme(options: Options, lang: str) -> list[tuple[str, Options]]:
    """The needs under their themes."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, label in options:
        need = terms.needs().get(code)
        groups.setdefault(need.parent or "" if need else "", []).append((code, label))
    return [
        (term_label("theme", theme, lang) if theme else "", tuple(held)) for theme, held in groups.items()
    ]
