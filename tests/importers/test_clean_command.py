import json

from click.testing import CliRunner

from service.cli import cli


def run(*arguments, lines):
    return CliRunner().invoke(cli, ["clean", *arguments], input="\n".join(lines))


def test_hours_answers_line_by_line():
    asked = {"id": "a", "text": "ma-vr 9u-12u", "lang": "nl"}
    result = run("hours", lines=[json.dumps(asked)])
    assert json.loads(result.stdout) == {
        "id": "a",
        "osm": "Mo-Fr 09:00-12:00",
        "appointment": None,
        "flags": [],
    }


def test_contacts_answers_line_by_line():
    result = run("contacts", lines=[json.dumps({"id": "b", "raw": {"phone": "tel 02 411 22 33"}})])
    answer = json.loads(result.stdout)
    assert (answer["id"], answer["clean"]["phones"], answer["reject"]) == ("b", ["+3224112233"], [])


def test_a_bad_line_is_told_and_the_others_are_answered():
    result = run("hours", lines=["not json", json.dumps({"id": "c", "text": "24/7"})])
    assert json.loads(result.stdout)["osm"] == "24/7"
    assert "line 1" in result.stderr
    assert result.exit_code == 1
