"""The page of a search: what was understood, what was found, and the ways onward."""

import re
from html import unescape

import pytest

from service.i18n.messages import translator
from service.web.addresses import PERSONAL
from service.web.question import EXAMPLES
from tests.web.reading import elements


def chips(html, kind=r"(?!out)[a-z_]+"):
    """Label and address (or button value) of each chip; of those taken away with kind ``out``."""
    found = re.findall(
        rf'<li class="chip {kind}"><span>(.*?)</span>\s*'
        r'<(?:a href|button form="go" name="to" value)="([^"]*)"',
        html,
        flags=re.S,
    )
    return {re.sub(r"\s*<span.*|</?s>", "", label, flags=re.S): unescape(address) for label, address in found}


def total(html):
    words = re.search(r'<p class="total">\s*(.*?)\s*</p>', html, flags=re.S)[1]
    return int(re.sub(r"\D", "", words) or 0)


@pytest.mark.parametrize("lang", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_first_page_finds_something(page, lang, example):
    question = translator(lang).gettext(example)
    html = page(f"/{lang}/search", query_string={"q": question})
    assert total(html) > 0
    assert "asked-for" in html


def test_what_was_understood_can_be_taken_away(page):
    html = page("/nl/search?q=voedselpakket+in+Anderlecht")
    assert chips(html)["Voedselpakket"].endswith("?q=voedselpakket+in+Anderlecht&without=need%3Afood.parcel")
    assert chips(html)["in de buurt van Anderlecht"].endswith("&without=place")


def test_taking_a_chip_away_takes_it_away(page):
    html = page("/nl/search?q=voedselpakket+in+Anderlecht")
    assert "Voedselpakket" not in chips(page(chips(html)["Voedselpakket"]))


def test_what_was_taken_away_can_be_put_back(page):
    less = page("/nl/search?q=voedselpakket+in+Anderlecht&without=need%3Afood.parcel")
    back = chips(less, "out")["Voedselpakket"]
    assert back == "/nl/search?q=voedselpakket+in+Anderlecht"
    assert "Voedselpakket" in chips(page(back))


def test_taking_away_what_was_understood_changes_the_answer(page):
    html = page("/nl/search?q=voedselpakket+in+Anderlecht")
    assert total(page(chips(html)["Voedselpakket"])) != total(html)


def test_a_question_that_can_mean_several_things_offers_them_instead_of_guessing(page):
    html = page("/nl/search?q=brief+gekregen")
    assert "Gaat het hierover?" in html
    assert 2 <= len(re.findall(r'<a href="[^"]*need=[^"]*" class="button">', html)) <= 3


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("need=food.parcel", "Voedselpakket"),
        ("theme=housing", "Wonen"),
        ("zone=bxl-noord", "Zorgzone Noord"),
        ("municipality=21012", "Sint-Jans-Molenbeek"),
        ("speaks=ar", "spreekt Arabisch"),
        ("situation=free", "Ik kan niet betalen"),
        ("audience=carer", "Mantelzorgers"),
        ("b=betaalbaar", "Betaalbaar"),
        ("language=tr", "ze spreken er Turks"),
        ("open_at=now", "nu open"),
        ("open_at=2026-11-26T10:00", "open op donderdag 26 november"),
        ("channel=phone", "Telefoon"),
    ],
)
def test_what_was_chosen_is_a_chip_that_leads_to_the_search_without_it(page, query, label):
    assert chips(page(f"/nl/search?q=hulp&{query}"))[label] == "/nl/search?q=hulp"


@pytest.mark.parametrize(
    ("query", "label"), [("minutes=15", "binnen 15 min"), ("within_m=2000", "binnen 2 km")]
)
def test_a_fence_is_a_chip(page, query, label):
    assert chips(page(f"/nl/search?near=1080&{query}"))[label] == "/nl/search?near=1080"


def test_a_point_is_a_chip(page):
    found = chips(page("/nl/search?q=voedselpakket&lat=50.85&lon=4.33"))
    assert found["rond mij"] == "/nl/search?q=voedselpakket"


def test_a_fence_without_a_place_is_left_out_and_said(page):
    html = page("/nl/search?q=voedselpakket&minutes=10")
    assert "Noem een plaats" in html
    assert total(html) > 0


def test_a_place_that_nobody_knows_is_left_out_and_said(page):
    html = page("/nl/search?q=voedselpakket&near=Xqzkwberg")
    assert "De plaats “Xqzkwberg” kennen we niet." in html
    assert total(html) > 0


def test_a_place_that_is_named_wins_over_the_point_that_a_form_left_behind(page):
    assert "in de buurt van Gent" in page("/nl/search?q=voedselpakket&near=Gent&lat=50.85&lon=4.33")


@pytest.mark.parametrize(
    "query", ["theme=nowhere", "lat=91&lon=4", "page=0", "open_at=soon", "situation=rich"]
)
def test_a_value_that_cannot_be_is_named(client, query):
    answer = client.get(f"/nl/search?{query}")
    assert answer.status_code == 422
    assert "Dit zou juist zijn:" in answer.get_data(as_text=True)


def test_other_readings_of_a_place_are_offered(page):
    html = page("/nl/search?q=voedselpakket&near=Brussel")
    assert "Bedoelde je een andere plaats?" in html


def test_choices_make_the_list_as_short_as_they_say(page):
    html = page("/nl/search?q=voedselpakket")
    address, count = re.search(
        r'<a href="(/nl/search\?[^"]*municipality=\d+)"><span>[^<]*</span> <span class="n">(\d+)', html
    ).groups()
    assert total(page(unescape(address))) == int(count)


def test_results_are_numbered_as_they_stand(page):
    numbers = [
        int(n) for n in re.findall(r'data-number="(\d+)"', page("/nl/search?q=voedselpakket&near=1080"))
    ]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_second_page_goes_on_counting(page):
    assert 'data-number="21"' in page("/nl/search?theme=food&page=2")


def test_pages_lead_to_one_another(page):
    html = page("/nl/search?theme=food&page=2")
    assert 'href="/nl/search?theme=food&amp;page=3"' in html
    assert 'href="/nl/search?theme=food"' in html


def test_nothing_found_is_a_page_that_helps(page):
    html = page("/nl/search?q=xqzkw")
    assert total(html) == 0
    assert all(words in html for words in ("Wat je nu kan doen", "1700", "theme=housing"))


def test_lines_to_call_stand_above_the_results(page):
    html = page("/nl/search?q=ik+denk+aan+zelfmoord")
    assert html.index('href="tel:1813"') < html.index('class="results"')


def test_a_helpline_has_no_place_on_the_map(page):
    html = page("/nl/search?theme=mental_health")
    wide = html[html.index('id="lane-wide"') :]
    cards = [given for tag, given in elements(wide) if tag == "li" and "data-number" in given]
    assert cards
    assert not any("data-lat" in given for given in cards)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ready", "Recente bron."),
        ("undated", "Bron zonder datum."),
        ("older", "Oudere informatie: bel eerst."),
        ("lead", "Nog niet zeker: bel eerst."),
    ],
)
def test_how_sure_it_is_differs_in_sign_and_in_words(page, kind, words):
    pages = " ".join(page(f"/nl/search?theme=food&per_page=50&page={number}") for number in (1, 2, 3))
    lines = re.findall(
        rf'<p class="trust {kind}"><svg[^>]*><use href="[^"]*#(\w+)"/></svg><span><strong>([^<]*)', pages
    )
    assert set(lines) == {(kind, words)}


def test_a_text_in_another_language_says_so(page):
    html = page("/nl/search?q=Atelier+v%C3%A9lo+solidaire")
    assert '<p class="summary" lang="fr" dir="auto">On répare votre vélo' in html
    assert "Deze tekst is in het Frans." in html


def test_a_hidden_address_leaves_no_trace(page):
    html = page("/nl/search?q=Vluchthuis+De+Haven&near=1030")
    card = re.search(
        r"<li class=\"result[^>]*>(?:(?!</li><li class=\"result).)*Vluchthuis De Haven.*?class=\"trust",
        html,
        flags=re.S,
    )[0]
    assert "Het adres blijft geheim" in card
    assert not re.search("Geheimestraat|50.867|4.373|1030|data-lat", card)


PRIVATE = {"q": "voedselpakket", "near": "1080", "situation": ["free", "no_papers"], "speaks": "ar"}


def test_a_private_search_stands_in_no_address(client):
    html = client.post("/nl/search", data=PRIVATE).get_data(as_text=True)
    addresses = [
        given[name] for _tag, given in elements(html) for name in ("href", "action") if given.get(name)
    ]
    assert addresses
    assert not [
        address for address in addresses if re.search("no_papers|situation|speaks|voedselpakket", address)
    ]


def test_a_private_search_goes_on_by_buttons(client):
    html = client.post("/nl/search", data=PRIVATE).get_data(as_text=True)
    button = chips(html)["spreekt Arabisch"]
    again = client.post("/nl/search", data={"to": button}).get_data(as_text=True)
    assert "spreekt Arabisch" not in chips(again)
    assert "Ik kan niet betalen" in chips(again)


def test_a_private_search_finds_what_the_same_address_finds(client, page):
    private = client.post("/nl/search", data=PRIVATE).get_data(as_text=True)
    public = page("/nl/search", query_string=PRIVATE)
    names = r'<h3[^>]*><a href="([^"]+)">'
    assert re.findall(names, public)
    assert re.findall(names, private) == re.findall(names, public)


def test_the_form_about_a_person_travels_in_the_body(page):
    html = page("/nl/search?q=voedselpakket")
    form = re.search(r'<form action="/nl/search" method="post".*?</form>', html, flags=re.S)[0]
    assert all(f'name="{name}"' in form for name in PERSONAL)
    assert 'name="was" value="q=voedselpakket"' in form


def test_a_form_that_says_nothing_about_a_person_leads_to_an_address(client):
    answer = client.post(
        "/nl/search", data={"q": "voedselpakket", "near": "1080", "age": "", "household": ""}
    )
    assert answer.status_code == 303
    assert answer.location == "/nl/search?q=voedselpakket&near=1080"


FORM = {"q": "gratis voedselpakket, ik spreek Arabisch", "ticked": "situation:free speaks:ar"}
WAS = {"was": "q=gratis+voedselpakket%2C+ik+spreek+Arabisch"}


def ticks(html):
    return {
        f"{given['name']}:{given['value']}"
        for tag, given in elements(html)
        if tag == "input" and given.get("type") == "checkbox" and "checked" in given
    }


def test_what_the_question_says_is_ticked_by_itself(page):
    assert {"situation:free", "speaks:ar"} <= ticks(page("/nl/search", query_string={"q": FORM["q"]}))


def test_a_tick_taken_away_leaves_that_reading_out(client):
    data = FORM | WAS | {"speaks": "ar", "situation": "evening"}
    html = client.post("/nl/search", data=data).get_data(as_text=True)
    assert "situation:free" not in ticks(html)
    assert {"speaks:ar", "situation:evening"} <= ticks(html)
    assert "Ik kan niet betalen" in chips(html, "out")


def test_a_tick_put_back_is_ticked_again(client):
    data = FORM | {"was": WAS["was"] + "&without=situation%3Afree", "ticked": "speaks:ar"}
    html = client.post("/nl/search", data=data | {"speaks": "ar", "situation": "free"}).get_data(as_text=True)
    assert "situation:free" in ticks(html)
    assert chips(html, "out") == {}


def test_another_question_starts_without_what_was_chosen_about_the_first(client):
    was = "q=voedselpakket&need=food.parcel&without=place&theme=food&municipality=21012"
    data = {"q": "een dokter", "was": was, "theme": "food", "ticked": ""}
    assert client.post("/nl/search", data=data).location == "/nl/search?q=een+dokter&municipality=21012"


def test_the_same_question_keeps_what_was_chosen_about_it(client):
    data = {"q": "hulp", "was": "q=hulp&need=food.parcel", "ticked": "", "channel": "phone"}
    assert client.post("/nl/search", data=data).location == "/nl/search?q=hulp&need=food.parcel&channel=phone"


@pytest.mark.parametrize("name", PERSONAL)
def test_nothing_about_a_person_leaves_by_an_address(client, name):
    value = {"age": "34", "budget": "5", "household": "single", "tariff": "uitpas", "papers": "identity"}
    value |= {"diet": "halal", "speaks": "ar", "situation": "free", "audience": "carer"}
    answer = client.post("/nl/search", data={"q": "voedselpakket", name: value[name]})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    addresses = [
        given[each] for _tag, given in elements(answer.get_data(as_text=True))
        for each in ("href", "action", "formaction") if given.get(each)
    ]  # fmt: skip
    assert not [each for each in addresses if f"{name}=" in each]


def test_the_workings_are_shown_to_who_asks(page):
    html = page("/nl/search?q=voedselpakket+in+Anderlecht&explain=true")
    table = html[html.index('id="explained"') :]
    assert "Anderlecht" in table
    assert "Voedselpakket" in table
    assert 'id="explained"' not in page("/nl/search?q=voedselpakket+in+Anderlecht")


def test_the_person_own_way_of_travelling_is_named(page):
    card = page("/nl/search?q=voedselpakket&near=1080&mode=car")
    assert "met de auto" in card
    assert "te voet" not in re.sub(r"<option.*?</option>", "", card, flags=re.S)


def test_nothing_in_reach_is_said_and_a_desk_is_named(page):
    html = page("/nl/search?q=huur+niet+betalen+molenbeek")
    block = re.search(r'<section class="desks".*?</section>', html, flags=re.S)[0]
    assert "In de buurt van Sint-Jans-Molenbeek kennen we nog niemand voor: Huurachterstand" in unescape(
        block
    )
    assert "OCMW" in block or "CPAS" in block
    assert html.index('class="desks"') < html.index('class="results"')


def test_every_result_says_why_it_is_there(page):
    html = page("/nl/search?q=voedselpakket&near=1080&situation=free")
    assert html.count('<span class="unseen">Waarom deze:</span>') == html.count("data-keep>")
    assert "<strong>Let op:</strong>" in html


def test_verdicts_are_counted_per_b_and_lead_to_what_fits(page):
    html = page("/nl/search?q=voedselpakket&near=1080")
    row = re.search(r'<tr><th scope="row">Betaalbaar</th>(.*?)</tr>', html, flags=re.S)[1]
    numbers = [int(n) for n in re.findall(r"(?:</span>|<td>)(\d+)(?:</a>)?</td>", row)]
    assert len(numbers) == 4
    assert sum(numbers) == total(html)
    assert total(page(unescape(re.search(r'href="([^"]*)"', row)[1]))) == numbers[0]


def test_what_people_do_for_one_another_has_a_lane_of_its_own(page):
    told = page("/nl/search?q=atelier+vélo+solidaire")
    lane = told.partition('id="lane-informal"')[2].partition("</section>")[0]
    assert "Hulp van mensen onder elkaar" in lane
    assert "Atelier vélo solidaire" in lane
