"""The conformance kit of HSDS and Open Referral UK over the whole bundled catalogue."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


def run(kit: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", str(kit / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=240)


def test_hsds_31_without_a_failure(kit: Path, address: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = run(kit, "validate_api.py", address, "--strict", "--postcode", "1000", "--json", str(report))
    assert done.returncode == 0, done.stdout[-3000:]
    assert json.loads(report.read_text(encoding="utf-8"))["fail"] == 0


def test_open_referral_uk_30_without_a_required_failure(kit: Path, address: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ("--profile", "oruk-3.0", "--postcode", "1000", "--json", str(report))
    done = run(kit, "validate_api.py", address, *options)
    assert done.returncode == 0, done.stdout[-3000:]
    assert json.loads(report.read_text(encoding="utf-8"))["required_fail"] == 0


@pytest.mark.parametrize("plan", ["HSDS-UK-3.0", "HSDS-3.0"])
def test_plan_of_open_referral_uk(kit: Path, address: str, plan: str) -> None:
    done = run(kit, "run_testprofile.py", address, plan)
    assert done.returncode == 0, done.stdout
    assert "FAIL" not in done.stdout


def test_official_description_in_arbitrary_requests(kit: Path, address: str, tmp_path: Path) -> None:
    schemathesis = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    assert schemathesis is not None, "schemathesis is not installed beside Python"
    options = [each for check in CHECKS for each in ("-c", check)]
    command = [schemathesis, "run", str(kit / "openapi_hsds-3.1_bundled.json"), "--url", address, "-n", "20"]
    done = subprocess.run(
        [*command, "--mode", "positive", "--seed", "20261122", *options],
        capture_output=True, text=True, timeout=240, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
