"""The two keys that an index needs: one that may only search, for the web, and one that fills it."""

from __future__ import annotations

from typing import NamedTuple

from meilisearch.models.key import Key

from service.search.engine.meilisearch.server import Server

_FILL = ["search", "documents.*", "indexes.*", "settings.*", "tasks.get", "stats.get", "version"]


class Keys(NamedTuple):
    """The values for NABIJ_SEARCH_KEY and NABIJ_SEARCH_ADMIN_KEY."""

    search: str
    fill: str


def keys_of(server: Server, index: str, *, renew: bool = False) -> Keys:
    """The newest keys of an index, made where there are none yet; with ``renew`` new ones beside the old.

    The one that fills may write every index of the server: one for a single index sees neither the version
    nor whether a swap is done. The key that the server is asked with must be allowed to make keys: the master
    key. Raises as `Server`.
    """
    found = {} if renew else _newest(server, index)
    search = found.get("search") or _made(server, index, "search", ["search"], [index])
    fill = found.get("fill") or _made(server, index, "fill", _FILL, ["*"])
    return Keys(search.key, fill.key)


def drop_older(server: Server, index: str) -> int:
    """Delete all keys of an index but the newest two; gives how many."""
    kept = {key.uid for key in _newest(server, index).values()}
    old = [key for key in _all(server) if _role(key, index) and key.uid not in kept]
    with server.errors():
        for key in old:
            server.client.delete_key(key.uid)
    return len(old)


def _newest(server: Server, index: str) -> dict[str, Key]:
    ours = sorted((key for key in _all(server) if _role(key, index)), key=lambda key: key.created_at)
    return {_role(key, index): key for key in ours}


def _all(server: Server) -> list[Key]:
    with server.errors():
        return server.client.get_keys({"limit": 1_000}).results


def _role(key: Key, index: str) -> str:
    """``search`` or ``fill`` where the key is one that was made here for the index."""
    name, _, role = (key.name or "").partition(": ")
    return role if name == f"nabij {index}" and role in ("search", "fill") else ""


def _made(server: Server, index: str, role: str, actions: list[str], indexes: list[str]) -> Key:
    name = f"nabij {index}: {role}"
    with server.errors():
        return server.client.create_key(
            {"name": name, "actions": actions, "indexes": indexes, "expiresAt": None}
        )
