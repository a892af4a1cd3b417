"""What of a listing is sent on: a short text for a message, links that open it in an app, a QR code."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import segno
from markupsafe import Markup

QUIET_MODULES = 2  # paper around the code is white already


@dataclass(frozen=True, slots=True)
class Share:
    """A message with the links that begin it in a text message, in WhatsApp or in a mail."""

    text: str
    sms: str
    whatsapp: str
    mail: str


def share(lines: Sequence[str], subject: str) -> Share:
    """The message of these lines; empty ones are left out."""
    text = "\n".join(line for line in lines if line)
    body = quote(text, safe="")
    return Share(
        text,
        f"sms:?&body={body}",  # this form is read by Android and by iOS
        f"https://wa.me/?text={body}",
        f"mailto:?subject={quote(subject, safe='')}&body={body}",
    )


def qr(address: str, title: str) -> Markup:
    """A QR code of an address as SVG that takes its colour and size from the page; ``title`` names it."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, border=QUIET_MODULES, omitsize=True,
        svgclass="qr", lineclass=None, title=title, nl=False,
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())  # noqa: S704 (segno escapes the title; the rest is numbers)
