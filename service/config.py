"""One typed Settings, read from the environment variables NABIJ_* (and PORT) at the start of a process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from service.errors import BadSetting

DATA = Path(__file__).resolve().parent.parent / "data"
"""The facts that come with the project: zones, places, taxonomy, catalogue, lexicon."""

TIMEZONE = ZoneInfo("Europe/Brussels")
"""Opening hours and dates are read in this zone."""


LOGS = ("plain", "json")
WITH_SECOND_FACTOR = ("administrator", "coordinator", "editor", "reader")
SWITCH = ("on", "off")
_MAY_BE_NONE = ("NABIJ_REQUESTS_PER_MINUTE", "NABIJ_WEBSITES_AN_HOUR")
SHORTEST_TOKEN = 16  # characters; beyond what can be tried out


@dataclass(frozen=True)
class Settings:
    """Every setting of a Nabij process; ``nabij check`` lists them with their meaning."""

    home: Path = field(default=Path("var"), metadata={"doc": "The data folder: database, index, raw files"})
    database_url: str = field(
        default="", metadata={"doc": "SQLAlchemy address; empty means SQLite in the data folder"}
    )
    database_read_url: str = field(
        default="",
        metadata={"doc": "Address of a replica that the web reads from; empty means the database itself"},
    )
    database_connections: int = field(
        default=5, metadata={"doc": "Connections to PostgreSQL that a process keeps, and as many for a rush"}
    )
    search_url: str = field(
        default="", metadata={"doc": "Address of a search server; empty means the embedded engine"}
    )
    search_key: str = field(
        default="",
        repr=False,
        metadata={"doc": "Key of the search server that may only search: all that a web process needs"},
    )
    search_admin_key: str = field(
        default="",
        repr=False,
        metadata={"doc": "Key of the search server that may write; only where the index is filled"},
    )
    search_index: str = field(
        default="nabij",
        metadata={"doc": "Name of the index on the search server; two catalogues can share a server"},
    )
    host: str = field(default="127.0.0.1", metadata={"doc": "Address to listen on"})
    port: int = field(default=8000, metadata={"doc": "Port to listen on (PORT is read too)"})
    workers: int = field(default=2, metadata={"doc": "Web processes"})
    tile_url: str = field(
        default="",
        metadata={"doc": "Map tiles, as https://tiles.example/{z}/{x}/{y}.png; empty: outlines only"},
    )
    tile_attribution: str = field(
        default="", metadata={"doc": "Whom the map names for its tiles; needed with a tile address"}
    )
    secret: str = field(
        default="",
        repr=False,
        metadata={"doc": "Signs the forms of visitors; empty: a secret that is made in the data folder"},
    )
    public_url: str = field(
        default="",
        metadata={
            "doc": "Where people reach Nabij, as https://nabij.example; empty: the host and port above"
        },
    )
    mail_url: str = field(
        default="",
        repr=False,
        metadata={
            "doc": "Server that takes letters, as smtp://user:password@host:587 or smtps://; empty: a "
            "mailbox in the data folder"
        },
    )
    mail_from: str = field(
        default="", metadata={"doc": "Sender of letters, as Nabij <desk@nabij.example>; needed with a server"}
    )
    mailbox: str = field(
        default="closed",
        metadata={
            "doc": "open: at this machine anybody reads the letters of that mailbox, for a demo; closed"
        },
    )
    bounce_address: str = field(
        default="",
        metadata={"doc": "Where letters come back that reach nobody; each gets a mark: name+mark@host"},
    )
    bounce_url: str = field(
        default="",
        repr=False,
        metadata={"doc": "Mailbox of that address, as imaps://user:password@host/INBOX; the worker reads it"},
    )
    population: str = field(
        default="",
        metadata={
            "doc": "CSV of where people live (lat,lon,people); empty: population.csv of the data folder"
        },
    )
    websites_an_hour: int = field(
        default=30,
        metadata={"doc": "Websites of listings that the worker looks at in an hour, each monthly; 0: none"},
    )
    requests_per_minute: int = field(
        default=0,
        metadata={"doc": "Most requests to the interfaces for machines by one address; 0: no limit"},
    )

    limits: str = field(
        default="on",
        metadata={
            "doc": "on: sign-in, links by mail and public forms can be tried so often; off: for a demo"
        },
    )
    second_factor_for: str = field(
        default="",
        metadata={
            "doc": "Roles that need a second factor, as administrator,coordinator; empty: who wants it has it"
        },
    )
    openid_issuer: str = field(
        default="",
        metadata={"doc": "Sign-in of the region (OpenID Connect), as https://login.example; empty: none"},
    )
    openid_client: str = field(default="", metadata={"doc": "The name by which it knows this Nabij"})
    openid_secret: str = field(
        default="", repr=False, metadata={"doc": "Its secret for us; empty: a public client, by PKCE alone"}
    )
    openid_name: str = field(
        default="", metadata={"doc": "What people call it, for the button; empty: the account of your region"}
    )
    metrics_token: str = field(
        default="",
        repr=False,
        metadata={"doc": "Bearer token that opens /metrics; empty: nobody may read it"},
    )
    log: str = field(
        default="plain",
        metadata={"doc": "plain: problems only, for a terminal; json: a line per request too"},
    )

    @property
    def roles_with_second(self) -> tuple[str, ...]:
        """The roles whose owners sign in with a second factor."""
        return tuple(each.strip() for each in self.second_factor_for.split(",") if each.strip())

    @property
    def address(self) -> str:
        """Where people reach Nabij, without a stroke at the end; it stands in letters."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def database(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{(self.home / 'nabij.db').resolve()}"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises BadSetting for a value that cannot be used; it names the variable and what would be right.
    """
    environ = os.environ if environ is None else environ
    given: dict[str, object] = {}
    for each in fields(Settings):
        name = f"NABIJ_{each.name.upper()}"
        text = environ.get(name) or (environ.get("PORT") if each.name == "port" else None)
        if text:
            given[each.name] = _typed(name, text, each.default)
    settings = Settings(**given)  # type: ignore[arg-type]
    if settings.tile_url and not settings.tile_attribution:
        raise BadSetting("NABIJ_TILE_ATTRIBUTION is empty: a map names whose tiles it shows.")
    if settings.log not in LOGS:
        raise BadSetting(f"NABIJ_LOG={settings.log!r} is not one of {', '.join(LOGS)}.")
    if settings.limits not in SWITCH:
        raise BadSetting(f"NABIJ_LIMITS={settings.limits!r} is not one of {', '.join(SWITCH)}.")
    if settings.public_url and not settings.public_url.startswith(("https://", "http://")):
        raise BadSetting("NABIJ_PUBLIC_URL is no address of a site, as in https://nabij.example.")
    if settings.mailbox not in ("open", "closed"):
        raise BadSetting(f"NABIJ_MAILBOX={settings.mailbox!r} is neither open nor closed.")
    if settings.mail_url and not settings.mail_from:
        raise BadSetting(
            "NABIJ_MAIL_FROM is empty: a letter says who it is from, as Nabij <desk@nabij.example>."
        )
    _check_sign_in(settings)
    if settings.metrics_token and len(settings.metrics_token) < SHORTEST_TOKEN:
        raise BadSetting(f"NABIJ_METRICS_TOKEN is shorter than {SHORTEST_TOKEN} characters.")
    return settings


def _check_sign_in(settings: Settings) -> None:
    strange = [each for each in settings.roles_with_second if each not in WITH_SECOND_FACTOR]
    if strange:
        known = ", ".join(WITH_SECOND_FACTOR)
        raise BadSetting(f"NABIJ_SECOND_FACTOR_FOR names {strange[0]!r}, which is none of {known}.")
    issuer = urlsplit(settings.openid_issuer)
    is_here = issuer.hostname in ("127.0.0.1", "localhost", "::1")
    if settings.openid_issuer and not (issuer.scheme == "https" or (issuer.scheme == "http" and is_here)):
        raise BadSetting("NABIJ_OPENID_ISSUER is no address that is safe, as in https://login.example.")
    if bool(settings.openid_issuer) != bool(settings.openid_client):
        raise BadSetting("NABIJ_OPENID_ISSUER and NABIJ_OPENID_CLIENT go together: set both or neither.")


def unknown_settings(environ: Mapping[str, str] | None = None) -> list[str]:
    """Names in the environment that look like settings and are none (a misspelling, most often)."""
    environ = os.environ if environ is None else environ
    known = {f"NABIJ_{each.name.upper()}" for each in fields(Settings)}
    ours = (name for name in environ if name.startswith("NABIJ_") and not name.startswith("NABIJ_TEST_"))
    return sorted(name for name in ours if name not in known)


def _typed(name: str, text: str, default: object) -> object:
    if isinstance(default, Path):
        return Path(text)
    if isinstance(default, int):
        least = 0 if name in _MAY_BE_NONE else 1
        if not text.isdigit() or not least <= int(text) <= 65535:
            raise BadSetting(f"{name}={text!r} is not a whole number from {least} to 65535.")
        return int(text)
    return text
