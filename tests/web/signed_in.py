"""People of the desk whose cookies and links are known beforehand, for pages in every state."""

from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa

from service.accounts.audit import note
from service.accounts.person import Grant
from service.accounts.store import find_account, set_grants
from service.accounts.tokens import digest
from service.database.accounts import account, one_time_link, session
from service.database.session import writing
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id

WHO = {
    "administrator": ("Ada Administrator-met-een-heel-lange-naam", [Grant("administrator")]),
    "coordinator": ("Noor", [Grant("coordinator", "bxl-zuid"), Grant("coordinator", "bxl-noord")]),
    "reader": ('Robbe <script>alert("x")</script>', [Grant("reader", "bxl-zuid")]),
    "waiting": ("Wies", [Grant("reader")]),
    "guarded": ("Gus", [Grant("reader")]),
    "invited": ("Ines", [Grant("reader", "bxl-zuid")]),
}
IDS = {who: uuid5(NAMESPACE_URL, f"desk {who}") for who in WHO}
COOKIES = {who: f"known-word-of-{who}" for who in WHO}
LINKS = {"sign_in": ("reader", "known-link"), "invitation": ("invited", "known-invitation")}


def let_in(database):
    """Write their accounts, sessions and links."""
    with writing(database) as connection:
        for who, (name, grants) in WHO.items():
            totp = "A" * 32 if who in ("waiting", "guarded") else None
            state = "invited" if who == "invited" else "active"
            row = {"id": IDS[who], "email": f"{who}@zone.example.be", "name": name, "language": "nl"}
            row |= {"state": state, "totp": totp, "made_at": FROZEN}
            connection.execute(sa.insert(account).values(row))
            set_grants(connection, IDS[who], grants)
            row = {"digest": digest(COOKIES[who]), "account_id": IDS[who], "way": "link", "seen_at": FROZEN}
            row |= {"begun_at": FROZEN, "ends_at": FROZEN.replace(year=2027), "waits": who == "waiting"}
            connection.execute(sa.insert(session).values(row))
        for purpose, (who, word) in LINKS.items():
            row = {"digest": digest(word), "account_id": IDS[who], "purpose": purpose, "made_at": FROZEN,
                   "ends_at": FROZEN.replace(year=2027)}  # fmt: skip
            connection.execute(sa.insert(one_time_link).values(row))
        ada = find_account(connection, IDS["administrator"]).person
        note(connection, ada, "edit", FROZEN, listing=listing_id("pantry"), about={"field": "phone.numbers"})
        note(connection, None, "account_made", FROZEN, about={"account": str(IDS["reader"])})
