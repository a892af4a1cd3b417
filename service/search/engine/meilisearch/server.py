"""A Meilisearch server as the one sees it who fills it: version, tasks, indexes, by the official client."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from meilisearch import Client
from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchError,
    MeilisearchTimeoutError,
)
from meilisearch.models.task import TaskInfo

from service.errors import Busy, SearchRefused, StorageError
from service.search.engine.meilisearch.wire import away, refusal

OLDEST = (1, 50)
"""The version that the tests ran against; nobody tried an older one."""

REQUEST_S = 60
_SLOWEST_LOOK_S = 0.25
_FIRST_LOOK_S = 0.004


class Server:
    """Does what needs a key that may write, each waiting no longer than it says."""

    def __init__(self, url: str, key: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.url = url.rstrip("/")
        self.client = Client(self.url, key or None, timeout=REQUEST_S)
        self._clock = clock
        self._is_checked = False

    def check_version(self) -> None:
        """See once that the server is new enough; raises SearchRefused where it is not, SearchAway as all."""
        if self._is_checked:
            return
        with self.errors():
            told = self.client.get_version()["pkgVersion"]
        numbers = tuple(int(each) for each in re.findall(r"\d+", told)[:2])
        if numbers < OLDEST:
            raise SearchRefused(
                f"The search server {self.url} is Meilisearch {told}; Nabij needs"
                f" {'.'.join(map(str, OLDEST))} or later."
            )
        self._is_checked = True

    def finish(self, task: TaskInfo, limit_s: float) -> None:
        """Wait until a task is done.

        Raises Busy after ``limit_s`` seconds, StorageError where the task failed.
        """
        end, pause = self._clock() + limit_s, _FIRST_LOOK_S
        while True:
            with self.errors():
                found = self.client.get_task(task.task_uid)
            if found.status == "succeeded":
                return
            if found.status in ("failed", "canceled"):
                reason = (found.error or {}).get("message", found.status)
                raise StorageError(f"The search server {self.url} could not do {found.type}: {reason}")
            if self._clock() > end:
                raise Busy(
                    f"The search server {self.url} has not done {found.type} (task {task.task_uid}) within"
                    f" {limit_s:.0f} s. It goes on by itself; run this again later."
                )
            time.sleep(pause)
            pause = min(pause * 2, _SLOWEST_LOOK_S)

    def indexes(self) -> list[Mapping[str, Any]]:
        """Every index that the key may see, with ``uid`` and ``updatedAt``."""
        with self.errors():
            found: Any = self.client.get_raw_indexes({"limit": 1_000})
        return list(found["results"] if isinstance(found, dict) else found)

    def create(self, uid: str, limit_s: float) -> None:
        """Make an empty index."""
        with self.errors():
            task = self.client.create_index(uid, {"primaryKey": "id"})
        self.finish(task, limit_s)

    def delete(self, uid: str) -> None:
        """Have an index deleted; it is gone some time later."""
        with self.errors():
            self.client.delete_index(uid)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turns the errors of the client into ours."""
        try:
            yield
        except MeilisearchApiError as error:
            raise refusal(self.url, error.status_code, error.code or "", error.message) from error
        except (MeilisearchCommunicationError, MeilisearchTimeoutError) as error:
            raise away(self.url, error.message) from error
        except MeilisearchError as error:
            raise SearchRefused(f"The search server {self.url}: {error.message}") from error
