"""The markup of every page in every state: nothing that the standard or WCAG holds to be wrong."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from service.i18n.locales import interface
from service.web.desk.door import COOKIE
from tests.web.reading import elements
from tests.web.signed_in import COOKIES
from tests.web.states import STATES

pytestmark = pytest.mark.markup

HERE = Path(__file__).parent / "markup"
CHECKER = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
SERVED = list({(state.where, state.data, state.who): state for state in STATES}.values())


def read(client, state, lang):
    where = state.where.format(lang=lang)
    client.delete_cookie(COOKIE)
    given = dict(state.fields())
    if state.who:
        client.set_cookie(COOKIE, COOKIES[state.who])
        if given:
            page = client.get(where).get_data(as_text=True)
            given["token"] = re.findall(r'name="token" value="([^"]+)"', page)[-1]
    answer = client.post(where, data=given) if given else client.get(where)
    assert answer.status_code == state.status, where
    return answer.get_data(as_text=True)


def judge(folder):
    """What is wrong with each page in the folder, by the name of its file."""
    node = shutil.which("node")
    if node is None or not CHECKER.exists():
        pytest.skip("html-validate is away: `make test` installs it where there is npm")
    command = [node, CHECKER, "--config", HERE / "rules.mjs", "--formatter", "json", folder / "*.html"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode in (0, 1), answer.stderr
    return {
        Path(page["filePath"]).stem: [
            f"{each['ruleId']} {each['selector']}: {each['message']}" for each in page["messages"]
        ]
        for page in json.loads(answer.stdout)
    }


def write(client, folder, lang, states):
    for state in states:
        (folder / f"{state.name}.html").write_text(read(client, state, lang), encoding="utf-8")


@pytest.fixture(scope="module")
def judged(app, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    write(app.test_client(), folder, "nl", SERVED)
    return judge(folder)


@pytest.mark.parametrize("state", SERVED, ids=lambda state: state.name)
def test_markup_is_as_the_standard_has_it(judged, state):
    assert judged.get(state.name, []) == []


def test_the_checker_finds_what_is_wrong(tmp_path):
    (tmp_path / "wrong.html").write_text("<!doctype html><title>x</title><ul><p>x</p></ul>", encoding="utf-8")
    assert any("element-permitted-content" in each for each in judge(tmp_path)["wrong"])


@pytest.mark.parametrize("state", SERVED, ids=lambda state: state.name)
def test_what_belongs_to_a_form_finds_it(client, state):
    html = read(client, state, "nl")
    named = {given["form"] for _tag, given in elements(html) if given.get("form")}
    assert named <= set(re.findall(r'<form id="([^"]+)"', html))


@pytest.mark.slow
@pytest.mark.parametrize("lang", [each.code for each in interface() if each.code != "nl"])
def test_markup_in_every_language(app, tmp_path, lang):
    write(app.test_client(), tmp_path, lang, SERVED)
    assert {name: wrong for name, wrong in judge(tmp_path).items() if wrong} == {}
