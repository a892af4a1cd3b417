"""Every page in every state that a reader can meet: its address, its status, and how one gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from service.errors import IndexNotReady
from tests.contract.catalogue_factory import listing_id, statement
from tests.web.made import path
from tests.web.signed_in import IDS as PEOPLE
from tests.web.signed_in import LINKS

IDS = ",".join(str(listing_id(key)) for key in ("pantry", "french", "hidden", "many"))
DAYS = "Mo,Tu,We,Th,Fr,Sa,Su"
MANY_HOURS = "; ".join(
    f"{day} 07:30-09:00,09:30-12:15,12:45-16:00,16:30-19:00,19:30-22:45" for day in DAYS.split(",")
)

MANY = statement(
    "many",
    **{
        "service.name@nl": "Ontmoetingshuis met een naam die veel langer is dan een regel van een kaart",
        "service.description@nl": "Een huis waar je binnen kan.\n\n" * 6,
    },
    schedule__opening_hours=MANY_HOURS,
    service__languages=["nl", "fr", "en", "ar", "tr", "uk", "es", "pl", "ro"],
    service__needs=["food.parcel", "food.meal"],
    phone__numbers=["+3222123456", "+3222123457", "+32470123456"],
    contact__email="een.heel.lang.adres.zonder.afbreking@ontmoetingshuis.example.be",
)
OLD = statement("old", said_on="2019-03", **{"service.name@nl": "Oude ruilwinkel"})
EXTRA = (MANY, OLD)


@dataclass(frozen=True)
class State:
    """``where`` has {lang}; ``act`` brings a page in the browser there; ``plain`` is without script.

    ``who`` is one of tests/web/signed_in.py; the form of a page of the desk then goes with its own word.
    {n} in ``data`` is another number each time.
    """

    name: str
    where: str
    status: int = 200
    act: Callable | None = None
    plain: bool = False
    data: tuple[tuple[str, str], ...] | None = None
    who: str = ""

    def fields(self):
        """What is sent."""
        return [(name, value.replace("{n}", str(next(_NUMBERS)))) for name, value in self.data or ()]


_NUMBERS = count()


def open_all(page):
    page.evaluate("document.querySelectorAll('details:not([name])').forEach((each) => { each.open = true; })")


def open_signs(page):
    for sign in page.locator(".sign summary").all()[:8]:
        sign.click()


def turn_map_on(page):
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector("#map[data-ready]")


def open_popup(page):
    turn_map_on(page)
    page.locator("#map .pin:not(.you)").first.press("Enter")
    page.wait_for_selector(".leaflet-popup a[href*='/l/']")


def suggest(page):
    page.locator("#q").press_sequentially("voeds", delay=10)
    page.wait_for_selector("[role=option]")


def tick_two(page):
    for place in range(2):
        page.locator(".keep input").nth(place).check()


SEARCH = "/{lang}/search?q=voedselpakket+in+Anderlecht&per_page=5"  # five say what twenty say
DESK = "/{lang}/desk"
_ADA = {"who": "administrator"}
_NOBODY = ("email", "nobody{n}@zone.example.be")
DOOR_STATES = (
    State("sign-in", DESK + "/sign-in"),
    State("sign-in, wrong", DESK + "/sign-in", 422, data=(_NOBODY, ("password", "iets anders dan dat"))),
    State("sign-in, link over", DESK + "/arrive/none", 410),
    State("link sent", DESK + "/link", data=(_NOBODY,)),
    State("arriving by a link", f"{DESK}/arrive/{LINKS['sign_in'][1]}"),
    State("invited", f"{DESK}/welcome/{LINKS['invitation'][1]}"),
    State(
        "invited, poor password",
        f"{DESK}/welcome/{LINKS['invitation'][1]}",
        422,
        data=(("password", "kort"),),
    ),
    State("invitation over", DESK + "/welcome/none", 410),
    State("code asked", DESK + "/code", who="waiting"),
    State("one's own page", DESK + "/me", who="reader"),
    State("one's own page, poor password", DESK + "/me", 422, data=(("password", "kort"),), who="reader"),
    State("no second factor", DESK + "/me/second", who="reader"),
    State("a second factor", DESK + "/me/second", who="guarded"),
    State("second factor set up", DESK + "/me/second", data=(("do", "begin"),), who="reader"),
    State("people", DESK + "/people", **_ADA),
    State("people of a zone", DESK + "/people", who="coordinator"),
    State("inviting", DESK + "/people/invite", **_ADA),
    State(
        "inviting, which organization",
        DESK + "/people/invite",
        422,
        data=(_NOBODY, ("name", "Els"), ("role", "editor"), ("words", "buurtwinkel")),
        **_ADA,
    ),
    State("a person", f"{DESK}/people/{PEOPLE['guarded']}", **_ADA),
    State("a person, invited", f"{DESK}/people/{PEOPLE['invited']}", who="coordinator"),
    State("audit", DESK + "/audit", **_ADA),
    State("audit, nothing found", DESK + "/audit?action=none", **_ADA),
    State("not open to you", DESK + "/audit", 403, who="reader"),
)
STATES = (
    *DOOR_STATES,
    State("question", "/{lang}/"),
    State("question with all open", "/{lang}/", act=open_all),
    State("question with suggestions", "/{lang}/", act=suggest),
    State("results", SEARCH),
    State("results without script", SEARCH, plain=True),
    State("results with all open", SEARCH, act=open_all),
    State("results with the map on", SEARCH, act=turn_map_on),
    State("results with a place opened on the map", SEARCH, act=open_popup),
    State("results with signs opened", SEARCH, act=open_signs),
    State("results with two ticked", SEARCH, act=tick_two),
    State("results explained", SEARCH + "&explain=true"),
    State(
        "results for a person",
        "/{lang}/search",
        data=(("q", "gratis voedselpakket in Gent"), ("situation", "free"), ("per_page", "5")),
    ),
    State(
        "chips of every kind",
        "/{lang}/search?theme=food&near=1080&minutes=30&speaks=ar&b=betaalbaar&per_page=5",
    ),
    State("chips taken away", SEARCH + "&without=need%3Afood.parcel"),
    State("third page", "/{lang}/search?page=3&per_page=5"),
    State("nothing found", "/{lang}/search?q=xqzkw"),
    State("lines of danger", "/{lang}/search?q=ik+wil+dood"),
    State("violence", "/{lang}/search?q=mijn+man+slaat+mij&per_page=5"),
    State("asked which is meant", "/{lang}/search?q=alleen&per_page=5"),
    State("another meaning offered", "/{lang}/search?q=wonen&per_page=5"),
    State("bad parameter", "/{lang}/search?lat=300", 422),
    State("listing", path("pantry", "{lang}")),
    State("listing with all open", path("french", "{lang}"), act=open_all),
    State("listing with its map", path("pantry", "{lang}"), act=turn_map_on),
    State("listing with many hours", path("many", "{lang}")),
    State("listing of long ago", path("old", "{lang}")),
    State("listing without a date", path("elsewhere", "{lang}")),
    State("listing with a hidden address", path("hidden", "{lang}")),
    State("listing that attacks", path("hostile", "{lang}")),
    State("listing withdrawn", path("gone", "{lang}"), 410),
    State("side by side", "/{lang}/compare?ids=" + IDS),
    State("side by side, nothing chosen", "/{lang}/compare"),
    State("my list", "/{lang}/shortlist?ids=" + IDS),
    State("my list, empty", "/{lang}/shortlist"),
    State("something is wrong here", path("pantry", "{lang}") + "/wrong"),
    State(
        "something is wrong, not said what",
        path("pantry", "{lang}") + "/wrong",
        422,
        data=(("field", ""), ("text", ""), ("stamp", "x")),
    ),
    State("thanks", path("pantry", "{lang}") + "/wrong/thanks"),
    State("letter about one offer", "/{lang}/confirm/word-of-one"),
    State("letter about two offers", "/{lang}/confirm/word-of-two"),
    State("letter about a hidden address", "/{lang}/confirm/word-of-a-secret"),
    State("what changed", "/{lang}/confirm/word-of-one/1/change"),
    State(
        "what changed, not to be read",
        "/{lang}/confirm/word-of-two/1/change",
        422,
        data=(("phone.numbers", "12"), ("schedule.opening_hours.Mo", "ochtend")),
    ),
    State("it no longer exists", "/{lang}/confirm/word-of-one/1/gone"),
    State("an answered letter", "/{lang}/confirm/word-that-was-used"),
    State("thanks for an answer", "/{lang}/confirm/word-that-was-used/1/thanks"),
    State("a letter that is over", "/{lang}/confirm/word-that-is-over", 410),
    State("a link that nobody gave out", "/{lang}/confirm/word-that-is-none", 404),
    State("not by mail", "/{lang}/confirm/word-of-one/stop"),
    State("sheet in two languages", "/{lang}/sheet?beside=uk&ids=" + IDS),
    State("sheet, empty", "/{lang}/sheet"),
    State("no network", "/{lang}/offline"),
    State("zones", "/{lang}/zones"),
    State("care zone", "/{lang}/zones/bxl-noord"),
    State("care zone on one page", "/{lang}/zones/bxl-noord/all"),
    State("primary-care zone", "/{lang}/zones/elz-gent"),
    State("sources", "/{lang}/sources"),
    State("about", "/{lang}/about"),
    State("no such page", "/{lang}/nowhere", 404),
    State("search away", "/{lang}/broken", 503),
    State("documentation of the API", "/api/v1/docs"),
    State("frame", "/embed?zone=bxl-noord&need=food.parcel&lang={lang}"),
    State("poster of a zone", "/sheet/bxl-noord/food.parcel?lang={lang}"),
)


def break_a_page(app):
    """An address of this application that fails as a search does whose index is away."""

    def fail(**_):
        raise IndexNotReady("no index")

    app.add_url_rule("/<lang>/broken", "broken", fail)
