"""What Nabij is, and what it does not keep."""

from __future__ import annotations

from flask import Response

from service.web.page import page
from service.web.site import Site


def about_page(site: Site, lang: str) -> Response:
    """Tell what it is, how it chooses, and about privacy."""
    return page(site, lang, "about.html", tile_url=site.settings.tile_url)
