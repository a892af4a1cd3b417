"""What an index on the server says of itself: one document for its build, one for how far it has followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.errors import IndexNotReady
from service.search.engine.meilisearch.filters import EVERY_LISTING
from service.search.engine.meilisearch.records import LAYOUT
from service.search.engine.meilisearch.wire import Wire
from service.search.index.fields import fingerprint

_FIELDS = ("id", "generation", "fingerprint", "position", "change", "built_at")


@dataclass(frozen=True, slots=True)
class State:
    """``position`` is the last outbox number taken, ``change`` another at each change; ``documents`` is the
    number of listings.
    """

    generation: str
    position: int
    built_at: str
    documents: int
    change: str = ""

    @property
    def version(self) -> tuple[str, int, str]:
        """Changes whenever a document does, also where one is mended at the same position."""
        return self.generation, self.position, self.change


def look(wire: Wire, index: str) -> State:
    """The state of the index.

    Raises IndexNotReady where there is none or it has another table of fields, and as `Wire.ask`.
    """
    told, listings = wire.ask(
        index,
        [
            {"filter": 'kind = "state"', "limit": 1_000, "attributesToRetrieve": _FIELDS},
            {"filter": EVERY_LISTING, "limit": 0},
        ],
    )
    held = {hit["id"]: hit for hit in told["hits"]}
    built = held.get("state")
    if built is None:
        raise IndexNotReady("There is no search index yet; `nabij index build` makes one.")
    if built["fingerprint"] != layout():
        raise IndexNotReady(
            "The search index was built for other fields than these; `nabij index build` makes a new one."
        )
    followed = held.get(_position_id(built["generation"]), built)
    return State(
        built["generation"], followed["position"], built["built_at"], listings["estimatedTotalHits"],
        followed.get("change", ""),
    )  # fmt: skip


def built_document(generation: str, position: int, built_at: str) -> Mapping[str, Any]:
    """The document of a build."""
    return {
        "id": "state",
        "kind": "state",
        "generation": generation,
        "fingerprint": layout(),
        "position": position,
        "built_at": built_at,
    }


def position_document(generation: str, position: int, change: str) -> Mapping[str, Any]:
    """The document that says how far the index of a generation has followed, and by which ``change``.

    It bears the generation's name: a change that was on its way when the index was swapped moves the
    position of the index it was meant for, and the new one takes the change again.
    """
    return {
        "id": _position_id(generation),
        "kind": "state",
        "generation": generation,
        "position": position,
        "change": change,
    }


def layout() -> str:
    """Changes whenever an index built before can no longer be read."""
    return f"{fingerprint()}-{LAYOUT}"


def _position_id(generation: str) -> str:
    return f"position-{generation}"
