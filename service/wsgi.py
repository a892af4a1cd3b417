"""The web application for a WSGI server: `gunicorn service.wsgi:app`."""

from __future__ import annotations

from service.app import create_app

app = create_app()
