"""The 8 B's of one listing as signs with words: what fits, what asks attention, what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service.eight_b.criterion import Outcome
from service.eight_b.verdict import Verdict, Word
from service.i18n.labels import term_label
from service.i18n.messages import N_, translator
from service.web.facts import Fact

ORDER: tuple[Word, ...] = ("fits", "attention", "barrier", "unknown")
ICONS: Mapping[str, str] = {
    "fits": "check",
    "pass": "check",
    "attention": "attention",
    "barrier": "barrier",
    "unknown": "unknown",
}
_WORDS = {
    "fits": N_("fits"),
    "attention": N_("look out"),
    "barrier": N_("something is in the way"),
    "unknown": N_("not known"),
}
_WORST_FIRST: tuple[Outcome, ...] = ("barrier", "attention", "pass", "unknown")

Evidence = Callable[[str], Sequence[Fact]]
"""The facts that a criterion was answered from, by its name."""


@dataclass(frozen=True, slots=True)
class Why:
    """One reason in words, with the facts behind it where they are at hand."""

    text: str
    outcome: Outcome
    icon: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """The verdict on one B with its reasons in the reader's language, the weightiest first."""

    code: str
    label: str
    verdict: Word
    words: str
    icon: str
    known: int
    of: int
    reasons: tuple[Why, ...]

    @property
    def known_reasons(self) -> tuple[Why, ...]:
        """What is known, the weightiest first."""
        return tuple(reason for reason in self.reasons if reason.outcome != "unknown")

    @property
    def unknown_reasons(self) -> tuple[Why, ...]:
        """What is not known, and somebody there can tell."""
        return tuple(reason for reason in self.reasons if reason.outcome == "unknown")


@dataclass(frozen=True, slots=True)
class Group:
    """The B's with the same verdict."""

    verdict: Word
    icon: str
    words: str
    signs: tuple[Sign, ...]


def _no_facts(_criterion: str) -> Sequence[Fact]:
    return ()


def signs(verdicts: Mapping[str, Verdict], language: str, evidence: Evidence = _no_facts) -> list[Sign]:
    """The eight, in the order of the policy text; never summed."""
    return [_sign(code, verdict, language, evidence) for code, verdict in verdicts.items()]


def grouped(shown: Sequence[Sign], language: str) -> list[Group]:
    """The eight by verdict, each still by name."""
    t = translator(language)
    groups = []
    for verdict in ORDER:
        held = tuple(sign for sign in shown if sign.verdict == verdict)
        if held:
            groups.append(Group(verdict, ICONS[verdict], t.gettext(_WORDS[verdict]), held))
    return groups


def _sign(code: str, verdict: Verdict, language: str, evidence: Evidence) -> Sign:
    t = translator(language)
    reasons = sorted(verdict.reasons, key=lambda reason: _WORST_FIRST.index(reason.outcome))
    return Sign(
        code,
        term_label("b", code, language),
        verdict.verdict,
        t.gettext(_WORDS[verdict.verdict]),
        ICONS[verdict.verdict],
        verdict.known,
        verdict.of,
        tuple(
            Why(
                t.gettext(reason.sentence),
                reason.outcome,
                ICONS[reason.outcome],
                tuple(evidence(reason.criterion)),
            )
            for reason in reasons
        ),
    )
