"""`nabij serve`: pages and API, by as many web processes as the settings say."""

from __future__ import annotations

import gc
import socket
from logging.config import dictConfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from service.app import create_app
from service.commands.fair_worker import FairWorker, forget_connections
from service.commands.following import follow_beside
from service.commands.memory import give_back, share_memory
from service.config import Settings, read_settings
from service.errors import Busy
from service.watch.log import log_settings
from service.watch.metrics import forget_process, put_together

THREADS = 4  # per process: enough to keep slow readers from holding up the others


@click.command("serve")
def serve_command() -> None:
    """Serve pages and API (NABIJ_HOST, PORT, NABIJ_WORKERS)."""
    settings = read_settings()
    refuse_busy_port(settings)
    serve(settings)


def refuse_busy_port(settings: Settings) -> None:
    """Raise Busy in one sentence when something listens on the port already."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except PermissionError:
            raise Busy(f"Port {settings.port} is reserved; choose one above 1023, as in PORT=8001.") from None
        except OSError as error:
            raise Busy(
                f"Port {settings.port} of {settings.host} cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another: PORT={settings.port % 65535 + 1}."
            ) from None


def serve(settings: Settings) -> None:
    """Serve until stopped. No access log is written: addresses hold what people ask."""
    share_memory()
    if settings.log == "json":
        dictConfig(log_settings())
    if not settings.metrics_token:
        _Server(settings).run()
        return
    with TemporaryDirectory(prefix="nabij-metrics-") as folder:
        put_together(Path(folder))
        _Server(settings).run()


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.workers,
            "worker_class": FairWorker,
            "threads": THREADS,
            "keepalive": 15,
            # Word lists, models and gazetteer are read once and shared by the processes.
            "preload_app": True,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "accesslog": None,
            # Nobody steers it from the side; its socket would lie in the home folder, which a container may
            # not write to and two copies on one machine share.
            "control_socket_disable": True,
            "proc_name": "nabij",
            "child_exit": forget_connections,
            "when_ready": self._follow,
        }
        if self.settings.log == "json":
            chosen["logconfig_dict"] = log_settings()
        if self.settings.metrics_token:
            chosen["child_exit"] = _forget
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def _follow(self, _server: object) -> None:
        # Not before: it would read the same code and lists at once, and the first answer wait for it.
        follow_beside(self.settings)

    def load(self) -> Any:  # noqa: ANN401 (a WSGI application)
        # What is read now stays: looking through it for waste takes a fifth of the start, and a process that
        # is forked would copy every page that the search touches.
        gc.disable()
        app = create_app(self.settings)
        give_back()  # what only the reading needed: else every process keeps it
        gc.freeze()
        gc.enable()
        return app


def _forget(server: object, worker: FairWorker) -> None:
    forget_connections(server, worker)
    forget_process(worker.pid)
