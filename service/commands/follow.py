"""What follows a change of the catalogue: matching, tasks, and the search index."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from service.catalogue.matching.run import Matched, match
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.ground import now
from service.commands.index import drain
from service.commands.memory import give_back
from service.commands.progress import counting, say
from service.config import Settings
from service.database.session import let_go


def follow(settings: Settings, database: Engine) -> Matched:
    """Bring everything that follows from the records in step after an import."""
    let_go(database)  # the pages that writing came back to, up to 128 MB, are not those that comparing reads
    give_back()
    with counting("Comparing records", "records") as progress:
        matched = match(database, now(), progress=progress)
    tell(matched)
    refresh_tasks(database, now())
    drain(settings, database)
    return matched


def tell(matched: Matched) -> None:
    """Say what matching did, where it did anything."""
    if matched.joined or matched.parted or matched.asked:
        say(
            f"Matching: {matched.joined} joined, {matched.parted} parted, {matched.asked} to decide"
            " (nabij tasks list)."
        )
