"""The sheet to take along: in two languages, with remarks that are not kept, as a page and as a PDF."""

import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from service.i18n.locales import interface
from service.web.pdf import places
from tests.web.made import SECRET_STREET, path
from tests.web.reading import elements

IDS = [path(key).rpartition("/")[2] for key in ("french", "pantry")]
SHEET = "/nl/sheet?ids=" + ",".join(IDS)
CODES = [each.code for each in interface()]


def test_a_list_leads_to_a_sheet_in_another_language(page):
    told = elements(page("/nl/shortlist?ids=" + ",".join(IDS)))
    forms = [attrs for tag, attrs in told if tag == "form" and attrs.get("action") == "/nl/sheet"]
    assert [attrs["method"] for attrs in forms] == ["get"]
    values = [attrs["value"] for tag, attrs in told if tag == "option" and attrs.get("value")]
    assert values == [code for code in CODES if code != "nl"]


def test_both_languages_stand_side_by_side_each_as_it_is_written(page):
    told = elements(page(f"{SHEET}&beside=ar"))
    columns = [(attrs["lang"], attrs["dir"]) for tag, attrs in told if tag == "div" and "lang" in attrs]
    assert columns == [("nl", "ltr"), ("ar", "rtl")] * 2


def test_hours_and_prices_are_in_both_languages(page):
    told = page(f"{SHEET}&beside=fr")
    assert "dinsdag" in told
    assert "mardi" in told
    assert "Gratis" in told
    assert "Gratuit" in told


def test_a_sheet_in_one_language_has_one_column(page):
    told = elements(page(SHEET))
    assert [attrs["lang"] for tag, attrs in told if tag == "div" and "lang" in attrs] == ["nl", "nl"]


@pytest.mark.parametrize("beside", ["xx", "nl", "../ar", "%00"])
def test_a_language_that_we_lack_is_left_out(page, beside):
    assert 'dir="rtl"' not in page(f"{SHEET}&beside={beside}")


def test_the_order_is_that_of_the_list(page):
    names = re.findall(r"<h2><bdi>([^<]+)", page(SHEET))
    assert names == ["Atelier vélo solidaire", "Voedselpakketten"]


def test_a_remark_comes_onto_the_sheet_and_is_kept_by_no_cache(client):
    answer = client.post("/nl/sheet", data={"ids": ",".join(IDS), f"remark-{IDS[0]}": "Vraag <b>Amina</b>"})
    assert "Vraag &lt;b&gt;Amina&lt;/b&gt;</textarea>" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_remark_in_an_address_is_not_read(page):
    assert "Amina" not in page(f"{SHEET}&remark-{IDS[0]}=Amina")


def test_it_is_sent_in_the_language_of_who_takes_it_along(page):
    told = page(f"{SHEET}&beside=fr")
    assert re.search(r'href="sms:\?&amp;body=[^"]*mardi', told)
    assert "/fr/shortlist?ids=" in told


def test_a_secret_address_stands_on_no_sheet(client):
    there = path("hidden").rpartition("/")[2]
    for where in (f"/nl/sheet?ids={there}&beside=fr", f"/nl/sheet.pdf?ids={there}"):
        answer = client.get(where)
        assert SECRET_STREET.encode() not in answer.data
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_languages_of_a_page_keep_the_sheet(page):
    links = [attrs["href"] for tag, attrs in elements(page(f"{SHEET}&beside=ar")) if "hreflang" in attrs]
    assert any(link.endswith("beside=ar") and "/fr/sheet?ids=" in link for link in links)


@pytest.mark.parametrize("beside", ["", *CODES])
def test_the_pdf_has_a_letter_for_everything_in_every_language(client, caplog, beside):
    answer = client.get(f"/nl/sheet.pdf?ids={','.join(IDS)}&beside={beside}")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert [record for record in caplog.records if "missing" in record.getMessage()] == []


def test_arabic_in_the_pdf_is_shaped_with_arabic_letters(client):
    answer = client.get(f"/nl/sheet.pdf?ids={','.join(IDS)}&beside=ar")
    assert b"IBMPlexSansArabic" in answer.data


def test_the_column_of_who_reads_from_the_right_stands_at_the_right():
    (first, _), (second, _) = places(2, from_right=True)
    assert first > second


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is away")
@pytest.mark.parametrize(("lang", "beside", "is_right"), [("ar", "nl", False), ("nl", "fr", True)])
def test_the_second_language_stands_after_the_first(client, tmp_path, lang, beside, is_right):
    paper = tmp_path / "sheet.pdf"
    paper.write_bytes(client.get(f"/{lang}/sheet.pdf?ids={IDS[0]}&beside={beside}").data)
    words = subprocess.run(
        ["pdftotext", "-bbox", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    second = {"nl": "Waar:", "fr": "Où:"}[beside]
    found = re.findall(rf'xMin="([\d.]+)"[^>]*>{re.escape(second)}<', words)
    assert found
    assert all((float(x) > 297) == is_right for x in found)  # points: the middle of a page of A4


def test_a_long_list_takes_more_than_one_page_of_paper(client):
    ids = re.findall(r'name="ids" value="([^"]+)" id="keep', client.get("/nl/search?q=voedselpakket").text)
    answer = client.get(f"/nl/sheet.pdf?ids={','.join(ids)}&beside=fr")
    assert answer.data.count(b"/Type /Page\n") > 1


def test_an_empty_sheet_leads_to_the_search(page):
    assert "Er staat nog niets op je lijst" in page("/nl/sheet")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 412, 1280])
def test_the_sheet_fits_every_screen(visit, width):
    page = visit(f"{SHEET}&beside=ar", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_remarks_of_the_list_go_along_in_the_body(visit):
    page = visit("/nl/shortlist?ids=" + ",".join(IDS))
    page.locator("textarea").first.fill("Vraag naar Amina")
    page.select_option("#beside", "fr")
    page.get_by_role("button", name="Maak het blad").click()
    page.wait_for_url("**/nl/sheet")
    assert page.locator("textarea").first.input_value() == "Vraag naar Amina"


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_list_without_remarks_becomes_a_sheet_with_an_address(visit, javascript):
    page = visit("/nl/shortlist?ids=" + ",".join(IDS), java_script_enabled=javascript)
    page.select_option("#beside", "ar")
    page.get_by_role("button", name="Maak het blad").click()
    page.wait_for_url("**/nl/sheet?ids=*beside=ar")
    expect(page.locator("[dir=rtl][lang=ar] dl")).to_have_count(2)


@pytest.mark.browser
def test_what_is_typed_into_the_sheet_without_javascript_stays_on_it(visit):
    page = visit(SHEET, java_script_enabled=False)
    page.locator("textarea").last.fill("Neem bus 88")
    page.get_by_role("button", name="Maak het blad").click()
    page.wait_for_url("**/nl/sheet")
    assert page.locator("textarea").last.input_value() == "Neem bus 88"
