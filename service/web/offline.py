"""Nabij without a network: the page that says so kindly, and what a device needs to install it."""

from __future__ import annotations

import json

from flask import Response, url_for

from service.i18n.locales import LOCALES
from service.i18n.messages import translator
from service.web.page import page
from service.web.render import static
from service.web.site import Site

PLATE, PAPER = "#17397f", "#faf7f1"
"""The colours of the plate and the paper, as the tokens of the style sheet have them."""


def offline_page(site: Site, lang: str) -> Response:
    """What can be read without a network; the browser keeps this page to show it then."""
    return page(site, lang, "offline.html")


def manifest(_site: Site, lang: str) -> Response:
    """How the pages stand among the apps of a device, in the language of the page it was installed from."""
    t = translator(lang)
    held = {
        "id": "/",
        "name": "Nabij",
        "short_name": "Nabij",
        "description": t.gettext("Help that is near, in Brussels and Flanders."),
        "lang": lang,
        "dir": LOCALES[lang].direction,
        "start_url": url_for("web.question", lang=lang),
        "scope": "/",
        "display": "standalone",
        "display_override": ["minimal-ui"],
        "theme_color": PLATE,
        "background_color": PAPER,
        "icons": [
            {"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
            {"src": static("icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    body = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return Response(body, mimetype="application/manifest+json")
