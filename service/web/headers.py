"""What every page tells the browser about itself: what it may load, and that it keeps nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response

from service.config import Settings


def content_security_policy(settings: Settings) -> str:
    """Everything comes from us, without inline script or style; a tile host is let in for pictures only."""
    pictures = "'self'"
    if settings.tile_url:
        parts = urlsplit(settings.tile_url)
        host = parts.netloc.replace("{s}", "*")
        # Leaflet empties a tile that it no longer needs with a data: picture.
        pictures += f" {parts.scheme}://{host} data:"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {pictures}",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def secure(response: Response, settings: Settings) -> Response:
    """Add the headers of a page: nothing that is asked travels on, and no other site frames us."""
    headers = response.headers
    headers["Content-Security-Policy"] = content_security_policy(settings)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-cache")
    return response
