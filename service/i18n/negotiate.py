"""Choosing the language of an answer from what the visitor says."""

from __future__ import annotations

from collections.abc import Collection

from service.i18n.locales import DEFAULT, interface


def interface_codes() -> tuple[str, ...]:
    """The codes of the languages that pages are complete in."""
    return tuple(locale.code for locale in interface())


def choose_language(
    asked: str | None, accept_language: str | None, offered: Collection[str] | None = None
) -> str:
    """The language to answer in: the one ``asked`` for, else the best of Accept-Language, else Dutch.

    ``offered`` limits the choice (the interface languages when None). A language that is not offered is
    passed over, never an error: the visitor gets the next best.
    """
    codes = interface_codes() if offered is None else offered
    if asked and _base(asked) in codes:
        return _base(asked)
    for code in _accepted(accept_language or ""):
        if code in codes:
            return code
    return DEFAULT if DEFAULT in codes else next(iter(codes))


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header (RFC 9110, 12.5.4), most wanted first."""
    weighted: list[tuple[float, int, str]] = []
    for position, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if 0 < quality <= 1:
            weighted.append((-quality, position, _base(tag)))
    return [code for _quality, _position, code in sorted(weighted)]


def _base(tag: str) -> str:
    return tag.strip().lower().replace("_", "-").split("-")[0]
