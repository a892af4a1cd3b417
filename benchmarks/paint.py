"""Measures when the largest part of a page is painted on a slow line, in a real browser that has nothing yet.

usage: python -m benchmarks.paint [--home var] [--times 5]

Slow 4G is 1.6 Mbit/s down, 750 kbit/s up and 150 ms there and back (the profile of Lighthouse); slow 3G is
400 kbit/s and 400 ms. A fast processor stays fast: `--slower 4` makes it four times as slow, as an old phone.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks.server import HOST, serving

LINES = {"slow 4G": (1600, 750, 150), "slow 3G": (400, 400, 400)}
PAGES = {
    "question": "/nl/",
    "results": "/nl/search?q=voedselpakket+in+Anderlecht",
    "care zone": "/nl/zones/bxl-noord",
    "sources": "/nl/sources",
}
A_SEARCH = "/api/v1/search?need=food.parcel&near=1070&per_page=1"
PHONE: ViewportSize = {"width": 412, "height": 850}
LARGEST = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: 'largest-contentful-paint', buffered: true });
})"""


def main() -> None:
    """Open each page on each line, each time with an empty cache, and say the middle of the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--slower", type=float, default=1)
    asked = parser.parse_args()
    home = {"NABIJ_HOME": str(asked.home), "NABIJ_WORKERS": "1"}
    with serving(home, "/health") as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        pages = PAGES | {"listing": _a_listing(server.port)}
        for path in pages.values():  # the first answer of a process is not that of the tenth
            _paint(browser, f"http://{HOST}:{server.port}{path}", (100_000, 100_000, 0), 1)
        for line, speed in LINES.items():
            for name, path in pages.items():
                address = f"http://{HOST}:{server.port}{path}"
                painted = [_paint(browser, address, speed, asked.slower) for _ in range(asked.times)]
                said = {"line": line, "page": name, "largest_paint_ms": round(statistics.median(painted))}
                print(json.dumps(said | {"most_ms": round(max(painted))}), flush=True)
        browser.close()


def _a_listing(port: int) -> str:
    with urlopen(f"http://{HOST}:{port}{A_SEARCH}") as answer:
        return f"/nl/l/{json.load(answer)['results'][0]['id']}"


def _paint(browser: Browser, address: str, speed: tuple[int, int, int], slower: float) -> float:
    """Milliseconds from the click to the largest paint, over a line of kbit/s down and up and ms of delay."""
    down, up, delay = speed
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": delay,
            "downloadThroughput": down * 1000 / 8,
            "uploadThroughput": up * 1000 / 8,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address, timeout=120_000)
    page.wait_for_load_state("networkidle", timeout=120_000)
    found = float(page.evaluate(LARGEST))
    context.close()
    return found


if __name__ == "__main__":
    main()
