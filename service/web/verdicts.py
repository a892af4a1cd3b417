"""The 8 B's of one listing as signs with words: what fits, what asks attention, what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.eight_b.verdict import Verdict
from service.i18n.labels import term_label
from service.i18n.messages import N_, translator

ICONS = {"fits": "check", "attention": "attention", "barrier": "barrier", "unknown": "unknown"}
_WORDS = {
    "fits": N_("fits"),
    "attention": N_("look out"),
    "barrier": N_("something is in the way"),
    "unknown": N_("not known"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """The verdict on one B with its reasons in the reader's language."""

    code: str
    label: str
    verdict: str
    words: str
    icon: str
    known: int
    of: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Several B's with the same verdict in one phrase."""

    verdict: str
    icon: str
    words: str


def signs(verdicts: Mapping[str, Verdict], language: str) -> list[Sign]:
    """The eight, in the order of the policy text; never summed."""
    t = translator(language)
    return [
        Sign(
            code,
            term_label("b", code, language),
            verdict.verdict,
            t.gettext(_WORDS[verdict.verdict]),
            ICONS[verdict.verdict],
            verdict.known,
            verdict.of,
            tuple(t.gettext(reason.sentence) for reason in verdict.reasons),
        )
        for code, verdict in verdicts.items()
    ]


def grouped(shown: list[Sign], language: str) -> list[Group]:
    """The eight in one line: each B that is known by name, those that are not known as a number."""
    t = translator(language)
    groups = []
    for verdict in ("fits", "attention", "barrier"):
        names = [sign.label for sign in shown if sign.verdict == verdict]
        if names:
            words = f"{t.gettext(_WORDS[verdict])}: {', '.join(names)}"
            groups.append(Group(verdict, ICONS[verdict], words))
    unknown = sum(sign.verdict == "unknown" for sign in shown)
    if unknown:
        words = t.ngettext("%(num)s not known", "%(num)s not known", unknown)
        groups.append(Group("unknown", ICONS["unknown"], words))
    return groups
