"""What an operator starts from: the image, the containers beside it, and the settings that they name."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from service.commands.serve import _Server
from service.config import Settings
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {f"NABIJ_{each.name.upper()}" for each in fields(Settings)}
OF_THE_SYSTEM = re.compile(r"^(apt-get|useradd)\b")
"""Steps that change a whole system; everything else of the Dockerfile is run by the test."""


def steps():
    """The instructions of the Dockerfile, as the parser reads them."""
    parser = DockerfileParser(fileobj=io.BytesIO((ROOT / "Dockerfile").read_bytes()))
    return [(each["instruction"], each["value"]) for each in parser.structure]


def of(instruction):
    return [value for name, value in steps() if name == instruction]


def environment_of(value):
    return dict(pair.split("=", 1) for pair in value.split())


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def variables(text):
    """Names that a text of compose fills in, with whether each must be given."""
    return {name: rest.startswith(":?") for name, rest in re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", text)}


def test_the_image_has_two_stages_of_one_base_with_a_version():
    bases = [value.split()[0] for value in of("FROM")]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases[0])


def test_the_image_runs_as_nobody_in_particular_and_looks_after_its_health():
    assert of("USER") == ["nabij"]
    assert "/health" in of("HEALTHCHECK")[0]


def test_the_image_installs_from_the_lock_file():
    packages, itself = [value.split() for value in of("RUN") if value.startswith("pip install")]
    assert packages[-3:] == ["--require-hashes", "-r", "requirements.lock"]
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(itself)


def test_the_image_builds_no_package_by_tools_that_nobody_checked():
    packages = next(value for value in of("RUN") if value.startswith("pip install"))
    assert "--only-binary :all:" in packages


def test_what_is_copied_is_there_and_let_in():
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for value in of("COPY"):
        if not value.startswith("--from"):
            for source in value.split()[:-1]:
                assert (ROOT / source).exists(), source
                assert source in allowed, source


@pytest.mark.parametrize(
    "path", ["ops/nabij.env", "var/nabij.db", "backups/nabij.tar.gz", ".git/config", "tests/x"]
)
def test_nothing_private_gets_into_the_image(path):
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert not any(fnmatch(path, each) or path.startswith(f"{each}/") for each in kept)


def test_settings_of_the_image_exist():
    named = {name for value in of("ENV") for name in environment_of(value) if name.startswith("NABIJ_")}
    assert named
    assert named <= SETTINGS


def test_settings_of_the_containers_exist(services):
    named = {name for each in services.values() for name in each.get("environment", {})}
    ours = {name for name in named if name.startswith("NABIJ_")}
    assert len(ours) > 5
    assert ours <= SETTINGS


def test_what_the_containers_name_is_there(compose, services):
    for name, each in services.items():
        assert each.get("image") or each.get("build"), name
        assert set(each.get("depends_on", {})) <= set(services), name
        assert set(each["networks"]) <= set(compose["networks"]), name
        for volume in each.get("volumes", ()):
            source = volume.split(":")[0]
            known = source in compose["volumes"] or source.startswith("$") or (ROOT / source).exists()
            assert known, (name, source)


def test_our_image_is_built_once_and_fetched_by_nobody(services):
    ours = {name: each for name, each in services.items() if each["image"].startswith("nabij:")}
    assert [name for name, each in ours.items() if "build" in each] == ["prepare"]
    assert {each["pull_policy"] for each in ours.values()} == {"never"}


def test_who_writes_letters_and_who_sends_them_are_told_the_same(services):
    told = {"NABIJ_PUBLIC_URL", "NABIJ_MAIL_URL", "NABIJ_MAIL_FROM", "NABIJ_BOUNCE_ADDRESS"}
    assert told <= set(services["web"]["environment"])
    for name in told:
        assert services["web"]["environment"][name] == services["worker"]["environment"][name]


def test_a_container_that_others_wait_for_says_when_it_is_there(services):
    for name, each in services.items():
        for other, how in each.get("depends_on", {}).items():
            if how["condition"] == "service_healthy" and services[other]["image"][:6] != "nabij:":
                assert "test" in services[other]["healthcheck"], (name, other)


def test_what_ends_is_waited_for_and_not_started_again(services):
    assert services["prepare"]["restart"] == "no"
    for name in ("web", "worker", "backup"):
        assert services[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_there_are_two_web_processes_that_can_only_search(services):
    assert services["web"]["deploy"]["replicas"] == 2
    assert "NABIJ_SEARCH_ADMIN_KEY" not in services["web"]["environment"]
    assert "MEILI_MASTER_KEY" not in services["web"]["environment"]


def test_only_the_proxy_is_reached_from_outside(services):
    assert [name for name, each in services.items() if "ports" in each] == ["proxy"]


def test_images_of_others_have_a_version(services):
    for each in services.values():
        name, _, tag = each["image"].partition(":")
        assert name == "nabij" or re.search(r"\d", tag), each["image"]


def test_the_example_holds_every_variable_and_no_secret():
    example = (ROOT / "ops" / "nabij.env.example").read_text(encoding="utf-8")
    given = dict(re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE))
    wanted = variables((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert set(given) == set(wanted)
    assert [name for name, must in wanted.items() if must and given[name]] == []


def test_the_file_with_secrets_stays_out_of_the_repository():
    assert "ops/nabij.env" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_proxy_leaves_what_people_ask_out_of_its_log():
    text = (ROOT / "ops" / "Caddyfile").read_text(encoding="utf-8")
    log = text[text.index("(without_people)") : text.index("log default")]
    assert text.count("import without_people") == text.count("log {") + text.count("log default {") == 2
    assert r'request>uri regexp "\?.*$" ""' in log
    for field in ("request>remote_ip", "request>client_ip", "request>headers"):
        assert f"{field} delete" in log


def test_the_proxy_has_time_to_ask_another_when_one_is_silent():
    text = (ROOT / "ops" / "Caddyfile").read_text(encoding="utf-8")
    dial, tried = (int(re.search(rf"{name} (\d+)s", text)[1]) for name in ("dial_timeout", "lb_try_duration"))
    assert tried >= 3 * dial


def test_the_script_of_backups_is_one():
    assert subprocess.run(["sh", "-n", str(ROOT / "ops" / "backup.sh")], timeout=10).returncode == 0


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no caddy")
def test_the_proxy_reads_its_file():
    command = ["caddy", "validate", "--config", str(ROOT / "ops" / "Caddyfile"), "--adapter", "caddyfile"]
    assert subprocess.run(command, timeout=30, env={**os.environ, "SITE_ADDRESS": ":80"}).returncode == 0


def test_a_server_writes_nothing_into_the_home_folder_of_who_runs_it():
    assert _Server(Settings()).cfg.control_socket_disable


class Stage:
    """Runs the steps of the Dockerfile in a folder that stands for the whole file system."""

    def __init__(self, root):
        self.root = root
        self.folder = root
        python = str(Path(sys.executable).resolve().parent)
        passed = ("PIP_", "SSL_", "REQUESTS_", "HTTP", "https_proxy", "http_proxy", "UV_")
        self.environ = {name: value for name, value in os.environ.items() if name.startswith(passed)}
        self.environ |= {"PATH": f"{python}:/usr/bin:/bin", "HOME": os.environ["HOME"], "LANG": "C.UTF-8"}
        self.left_out = []

    def within(self, text):
        """The same with the folders of the image as folders of ours."""
        return re.sub(r"(?<![\w.])/(venv|app|data)\b", rf"{self.root}/\1", text)

    def run(self, command):
        for part in command.split("&&"):
            part = part.strip()
            if OF_THE_SYSTEM.match(part) or part.startswith(("rm -rf /var", "install -d -o")):
                self.left_out.append(part.split()[0])
                continue
            ready = self.within(part)
            done = subprocess.run(
                ready, shell=True, cwd=self.folder, env=self.environ, capture_output=True, text=True
            )
            assert done.returncode == 0, (part, done.stdout[-2000:], done.stderr[-2000:])

    def take(self, instruction, value):
        if instruction == "WORKDIR":
            self.folder = Path(self.within(value))
            self.folder.mkdir(exist_ok=True)
        elif instruction == "ENV":
            found = {name: self.within(text) for name, text in environment_of(value).items()}
            self.environ |= {n: text.replace("$PATH", self.environ["PATH"]) for n, text in found.items()}
        elif instruction == "RUN":
            self.run(value)
        elif instruction == "COPY" and value.startswith("--from"):
            assert Path(self.within(value.split()[1])).is_dir()
        elif instruction == "COPY":
            self.copy(*value.split())

    def copy(self, *names):
        *sources, target = names
        for source in sources:
            path, end = ROOT / source, self.folder / target
            if path.is_dir():
                shutil.copytree(path, end, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(path, end)


@pytest.mark.slow
@pytest.mark.timeout(1_800)  # everything is installed anew
def test_the_steps_of_the_image_give_a_server_that_says_it_is_well(tmp_path, lexicon_home):
    stage = Stage(tmp_path)
    for instruction, value in steps():
        stage.take(instruction, value)
    assert sorted(set(stage.left_out)) == ["apt-get", "install", "rm", "useradd"]
    home = tmp_path / "data"
    home.mkdir()
    (home / "lexicon").symlink_to(lexicon_home / "lexicon")
    environ = {**stage.environ, "NABIJ_HOST": "127.0.0.1", "NABIJ_PORT": str(free_port())}
    nabij = shutil.which("nabij", path=environ["PATH"])
    assert nabij == str(tmp_path / "venv" / "bin" / "nabij")
    subprocess.run([nabij, "init", "--quiet"], env=environ, check=True, timeout=120)
    subprocess.run([nabij, "check"], env=environ, timeout=60)
    server = subprocess.Popen([nabij, "serve"], env=environ, cwd=tmp_path / "app")
    try:
        look = of("HEALTHCHECK")[0].partition("CMD ")[2]
        tries = f"for i in $(seq 300); do {look} 2>/dev/null && exit 0; sleep 0.2; done; exit 1"
        assert subprocess.run(tries, shell=True, env=environ, timeout=150).returncode == 0
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
