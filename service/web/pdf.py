"""A sheet as a PDF of A4 pages, in one language or in two columns, with Arabic written from the right."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue

from service.i18n.direction import isolated
from service.web.sheet import Entry, Sheet
from service.web.sheet_lines import Column

MARGIN_MM, GAP_MM = 14.0, 8.0
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
QR_MM = 26.0
TEXT_PT, SMALL_PT, NAME_PT, TITLE_PT = 11.0, 9.0, 13.0, 17.0
LEADING = 1.35  # of the size of the letters: Arabic and accents need air
MM_PER_PT = 0.3528
INK, SOFT, PLATE, RULE = (27, 34, 51), (77, 86, 106), (23, 57, 127), (217, 209, 194)

LATIN, ARABIC = "latin", "arabic"
_FILES = {
    LATIN: ("fontpkg_fira_sans", "FiraSans"),
    ARABIC: ("fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic"),
}

Part = tuple[str, str, float, tuple[int, int, int]]
"""A paragraph: its text, its weight ("B" or ""), its size and its colour."""


def draw(sheet: Sheet, now: datetime) -> bytes:
    """The PDF; every letter of the ten languages is in its fonts, so that it looks alike on every device."""
    pdf = _paper(sheet, now)
    _head(pdf, sheet)
    for number, entry in enumerate(sheet.entries, 1):
        _entry(pdf, entry, number, _is_from_right(sheet))
    _foot(pdf, sheet)
    return bytes(pdf.output())


def _paper(sheet: Sheet, now: datetime) -> FPDF:
    pdf = FPDF()
    for family, (package, name) in _FILES.items():
        for style, weight in (("", "Regular"), ("B", "Bold")):
            pdf.add_font(family, style, Path(str(files(package) / "files" / f"{name}-{weight}.ttf")))
    pdf.set_fallback_fonts([LATIN, ARABIC])
    pdf.set_margin(MARGIN_MM)
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(now)
    pdf.set_lang(sheet.heads[0].language)
    pdf.set_title(sheet.heads[0].title)
    pdf.set_creator("Nabij")
    pdf.add_page()
    return pdf


def places(columns: int, from_right: bool) -> list[tuple[float, float]]:
    """Where each column begins and how wide it is, in mm; the first stands where its reader begins."""
    whole = WIDTH_MM - 2 * MARGIN_MM
    width = (whole - (columns - 1) * GAP_MM) / columns
    found = [(MARGIN_MM + i * (width + GAP_MM), width) for i in range(columns)]
    return found[::-1] if from_right else found


def _is_from_right(sheet: Sheet) -> bool:
    return sheet.heads[0].direction == "rtl"


def _head(pdf: FPDF, sheet: Sheet) -> None:
    top = pdf.get_y()
    from_right = _is_from_right(sheet)
    _code(pdf, sheet, MARGIN_MM if from_right else WIDTH_MM - MARGIN_MM - QR_MM, top)
    room = WIDTH_MM - 2 * MARGIN_MM - QR_MM - GAP_MM
    begin = MARGIN_MM + (QR_MM + GAP_MM if from_right else 0)
    for head in sheet.heads:
        is_right = head.direction == "rtl"
        _write(pdf, (head.title, "B", TITLE_PT, PLATE), begin, room, is_right)
        _write(pdf, (head.note, "", SMALL_PT, SOFT), begin, room, is_right)
    pdf.set_y(max(pdf.get_y(), top + QR_MM) + 3)


def _code(pdf: FPDF, sheet: Sheet, x: float, y: float) -> None:
    drawn = io.BytesIO()
    segno.make(sheet.link, error="m", micro=False).save(drawn, kind="png", scale=6, border=1)
    pdf.image(drawn, x, y, QR_MM, QR_MM, link=sheet.link, alt_text=sheet.link)


def _entry(pdf: FPDF, entry: Entry, number: int, from_right: bool) -> None:
    """One listing, whole on one page; what somebody wrote stands below it."""
    where = places(len(entry.columns), from_right)
    written = [list(_parts(each, number)) for each in entry.columns]
    tallest = max(
        sum(_write(pdf, part, x, width, False, measure=True) for part in parts)
        for parts, (x, width) in zip(written, where, strict=True)
    )
    whole = WIDTH_MM - 2 * MARGIN_MM
    remark: Part = (entry.remark, "", TEXT_PT, INK)
    below = _write(pdf, remark, MARGIN_MM, whole - 6, False, measure=True) + 4 if entry.remark else 0.0
    if pdf.get_y() + tallest + below + 6 > HEIGHT_MM - MARGIN_MM:
        pdf.add_page()
    top = pdf.get_y()
    pdf.set_draw_color(*RULE)
    pdf.line(MARGIN_MM, top, WIDTH_MM - MARGIN_MM, top)
    for parts, (x, width), each in zip(written, where, entry.columns, strict=True):
        pdf.set_y(top + 2)
        for part in parts:
            _write(pdf, part, x, width, each.direction == "rtl")
    pdf.set_y(top + 2 + tallest)
    if entry.remark:
        pdf.set_draw_color(*PLATE)
        pdf.rect(MARGIN_MM, pdf.get_y() + 1, whole, below)
        pdf.set_y(pdf.get_y() + 3)
        _write(pdf, remark, MARGIN_MM + 3, whole - 6, _has_arabic(entry.remark))
    pdf.set_y(top + 2 + tallest + below + 3)


def _parts(each: Column, number: int) -> Iterator[Part]:
    yield f"{number}. {each.name}", "B", NAME_PT, PLATE
    yield each.organization, "", TEXT_PT, SOFT
    if each.needs:
        yield each.needs, "", SMALL_PT, SOFT
    for line in each.lines:
        text = "\n".join(isolated(row, each.language) for row in line.text.split("\n"))
        is_short = "\n" not in text
        yield f"{line.label}: {text}" if is_short else f"{line.label}:\n{text}", "", TEXT_PT, INK
    yield each.trust, "", SMALL_PT, SOFT


def _write(pdf: FPDF, part: Part, x: float, width: float, is_right: bool, *, measure: bool = False) -> float:
    """Write a paragraph (or only measure it); gives its height in millimetres."""
    text, style, size, colour = part
    pdf.set_font(ARABIC if _has_arabic(text) else LATIN, style, size)
    pdf.set_text_color(*colour)
    # A line without a letter of its own follows the language of the column.
    pdf.set_text_shaping(True, direction="rtl" if is_right and _has_arabic(text) else None)
    pdf.set_x(x)
    height = pdf.multi_cell(
        width,
        size * MM_PER_PT * LEADING,
        text,
        align=Align.R if is_right else Align.L,
        new_x="LEFT",
        new_y="NEXT",
        dry_run=measure,
        output=MethodReturnValue.HEIGHT,
    )
    return float(height)  # type: ignore[arg-type]  # a height was asked for


def _foot(pdf: FPDF, sheet: Sheet) -> None:
    """The address of the list, which the code at the top has too."""
    if pdf.get_y() + 12 > HEIGHT_MM - MARGIN_MM:
        pdf.add_page()
    pdf.set_font(LATIN, "", SMALL_PT)
    pdf.set_text_color(*SOFT)
    pdf.set_x(MARGIN_MM)
    pdf.multi_cell(WIDTH_MM - 2 * MARGIN_MM, 4, sheet.link, link=sheet.link)


def _has_arabic(text: str) -> bool:
    return any("\u0600" <= each <= "\u06ff" or "\u0750" <= each <= "\u077f" for each in text)
