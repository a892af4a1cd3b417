"""Letters to providers whose links are known, for the states of the pages that they open."""

from datetime import timedelta

import sqlalchemy as sa

from service.accounts.tokens import digest
from service.database.letters import confirmation, confirmation_listing
from service.database.session import writing
from service.desk.letters.ask import ask_provider
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id

TO = "een.heel.lang.adres.zonder.afbreking@ontmoetingshuis.example.be"
LINKS = {
    "word-of-one": (["many"], 0),
    "word-of-two": (["pantry", "french"], 0),
    "word-of-a-secret": (["hidden"], 0),
    "word-that-was-used": (["pantry"], 0),
    "word-that-is-over": (["french"], 20),
}
"""Each with the listings of its letter and how many days ago it was sent."""


def send_letters(database, settings):
    """Write the letters; the link of each has the word that it is named by."""
    with writing(database) as connection:
        for word, (keys, days) in LINKS.items():
            at = FROZEN - timedelta(days=days)
            listings = [listing_id(key) for key in keys]
            asked = ask_provider(connection, settings, TO, listings, by="somebody", now=at)
            known = sa.update(confirmation).where(confirmation.c.id == asked)
            connection.execute(known.values(token_hash=digest(word)))
            if word == "word-that-was-used":
                used = sa.update(confirmation_listing).where(confirmation_listing.c.confirmation_id == asked)
                connection.execute(used.values(answer="right", answered_at=at))
