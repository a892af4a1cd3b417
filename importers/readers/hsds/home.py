"""What holds for a whole feed: the language of its texts and the country that it is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from importers.card import SourceCard
from importers.readers.hsds.contact import is_written_as_in
from importers.readers.hsds.place import country_of
from importers.readers.hsds.staging import Staging
from importers.readers.hsds.words import language_codes
from service.model.fields import LANGUAGES

_NEIGHBOURS_AND_STANDARD_USERS = ("BE", "NL", "FR", "DE", "LU", "GB", "US", "IE", "NZ", "AU")
_TAKES_ANY_NUMBER = "LU"
"""Its plan is open: most numbers of other countries would be one of its own, so it gives way to any other."""
_NEARLY_ALL = 0.8
_ENOUGH = 500  # addresses; a feed is about one country, or says it in each address


@dataclass(frozen=True, slots=True)
class Home:
    """``language`` and ``country`` are None where nobody said them and nothing shows them.

    ``dials_in`` is the country in which telephone numbers without a country code are dialled.
    """

    language: str | None = None
    country: str | None = None
    dials_in: str | None = None

    def key(self, path: str) -> str:
        """The field key of a text in the language of the feed."""
        return f"{path}@{self.language}" if self.language else path


def home_of(staging: Staging, card: SourceCard) -> Home:
    """From the card, else from what the feed says of itself and from most of its addresses."""
    country = card.country or _country(staging)
    return Home(card.language or _language(staging), country, country or _dials_in(staging))


def _language(staging: Staging) -> str | None:
    said = {row.get("language") for row in staging.all("meta_table_description")} - {""}
    codes = {code for text in said for code in language_codes(text) or ["?"]}
    return next(iter(codes)) if len(codes) == 1 and codes <= set(LANGUAGES) else None


def _dials_in(staging: Staging) -> str | None:
    """The one country whose numbers nearly all of them are, where no address tells; None where two fit."""
    numbers = [row.get("number") for row in islice(staging.all("phone"), _ENOUGH) if row.get("number")]
    fitting = {
        country: sum(1 for number in numbers if is_written_as_in(number, country))
        for country in _NEIGHBOURS_AND_STANDARD_USERS
    }
    sure = {country for country, count in fitting.items() if count > len(numbers) * _NEARLY_ALL}
    sure = sure - {_TAKES_ANY_NUMBER} or sure
    best = [country for country in sure if fitting[country] == max(fitting[each] for each in sure)]
    return best[0] if len(best) == 1 else None


def _country(staging: Staging) -> str | None:
    found: Counter[str] = Counter()
    for kind in ("address", "postal_address"):
        for row in islice(staging.all(kind), _ENOUGH):
            if country := country_of(row):
                found[country] += 1
    most = found.most_common(1)
    return most[0][0] if most and most[0][1] > found.total() / 2 else None
