"""Lines of JSON for a collector of logs: what happened and where in the code, never what anybody asked."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from typing import Any

import orjson
from flask import g, has_request_context

MOST_FRAMES = 8


class JsonLines(logging.Formatter):
    """A record as one line. Of an error its kind and place: its own words may hold what somebody asked."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            "process": record.process,
        }
        if has_request_context() and "request_id" in g:
            told["request_id"] = g.request_id
        told |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])[-MOST_FRAMES:]
            told["error"] = record.exc_info[0].__name__
            told["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return orjson.dumps(told, default=str).decode()


def log_settings() -> dict[str, Any]:
    """For `logging.config.dictConfig` and for gunicorn: everything as lines on standard error."""
    to_stderr = {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "service.watch.log.JsonLines"}},
        "handlers": {"stderr": to_stderr},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            "nabij.request": {"level": "INFO"},
            "gunicorn.error": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        },
    }
