"""`nabij search` and `nabij understand`: ask from the command line, as the API does."""

from __future__ import annotations

import click
import orjson

from service.api.search import results_json
from service.commands.ground import now, settings_in_force
from service.i18n.messages import translator
from service.model.fields import LANGUAGES
from service.search.open import open_search
from service.search.query.criteria import read
from service.search.understand.understood import OF_THE_PERSON, Understood

LANGUAGE = click.Choice(LANGUAGES)


@click.command("search")
@click.argument("words")
@click.option("--near", help="A place name or postal code.")
@click.option("--lang", type=LANGUAGE, default="nl", help="Language of the answer.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer, as the API gives it.")
@click.option("--explain", is_flag=True, help="Every stage of understanding and ranking (with --json).")
@click.option("--per-page", default=5, help="How many results.")
def search_command(
    words: str, near: str | None, lang: str, as_json: bool, explain: bool, per_page: int
) -> None:
    """Ask a question; nothing of it is kept."""
    pairs = [("q", words), ("lang", lang), ("per_page", str(per_page)), ("explain", str(explain).lower())]
    criteria = read([*pairs, *([("near", near)] if near else [])], strict=True)
    results = open_search(settings_in_force()).search(criteria, now())
    if as_json or explain:
        content = results_json(results, translator(lang))
        click.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())
        return
    _tell_understood(results.understood)
    click.echo(f"{results.total} found")
    for number, each in enumerate(results.results, start=1):
        place = (each.address or each.municipality, _distance(each.distance_m))
        where = " · ".join(part for part in place if part)
        click.echo(f"{number}. {each.service} · {each.organization}")
        click.echo(f"   {where}  {each.phone or ''}  {', '.join(each.needs)}  [{each.readiness}]")


@click.command("understand")
@click.argument("words")
@click.option("--lang", type=LANGUAGE, default="nl", help="Language of the page.")
def understand_command(words: str, lang: str) -> None:
    """Show what a question is understood to ask, by which evidence, with which weight."""
    search = open_search(settings_in_force())
    understood = search.understanding.understand(words, lang, now())
    _tell_understood(understood)
    for each in understood.evidence:
        click.echo(f"  {each.stage}: “{each.words}” → {each.reading} ({each.rule}; {each.weight})")


def _tell_understood(understood: Understood) -> None:
    for need in understood.needs:
        click.echo(f"need: {need.code} {need.confidence:.2f} “{need.because}”")
    if understood.place:
        click.echo(f"place: {understood.place.name} “{understood.place.because}”")
    for name in (*OF_THE_PERSON, "words"):
        if getattr(understood, name):
            click.echo(f"{name}: {', '.join(getattr(understood, name))}")


def _distance(distance_m: int | None) -> str:
    return "" if distance_m is None else f"{distance_m / 1000:.1f} km"
