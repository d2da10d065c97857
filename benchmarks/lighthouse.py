"""
What Lighthouse says of the inspector's pages; run by hand, since it needs node.

`npm install lighthouse@13.5.0` in some folder, then `python -m benchmarks.lighthouse FOLDER`. A
small works is planned for today, served by `xunjian serve`, and each page is looked at as a tablet
would over a slow network (Lighthouse's own throttling).
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from inspections.database import open_database
from tests.browser import chromium
from tests.campaign.service import Service
from tests.campaign.walked_record import PASSWORD, WALKER, open_checks, walked_record

# The session is bound to the browser's name.
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"
_FLAGS = (
    "--quiet",
    "--output=json",
    "--only-categories=performance,accessibility,best-practices",
    "--form-factor=mobile",
    "--screenEmulation.width=820",
    "--screenEmulation.height=1180",
    f"--emulated-user-agent={_AGENT}",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
)


def _signed_in(address: str) -> str:
    """Sign in and return the cookies as one header."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.addheaders = [("User-Agent", _AGENT)]
    form = browser.open(f"{address}/account/sign-in").read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    data = {"name": WALKER, "password": PASSWORD, "csrf_token": token[1]}
    browser.open(f"{address}/account/sign-in", urlencode(data).encode()).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def _scores(folder: Path, url: str, cookies: str, report: Path) -> dict[str, float]:
    program = str(folder / "node_modules" / "lighthouse" / "cli" / "index.js")
    headers = json.dumps({"Cookie": cookies})
    asked = ["node", program, url, *_FLAGS, f"--extra-headers={headers}", f"--output-path={report}"]
    chrome = {"CHROME_PATH": chromium.executable(chromium.WHOLE) or ""}
    subprocess.run(asked, env={**os.environ, **chrome}, check=True, capture_output=True)
    found = json.loads(report.read_text("utf-8"))["categories"]
    return {name: one["score"] for name, one in found.items()}


def main() -> None:
    """Look at each page once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where Lighthouse was installed")
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/record.db"
        walked_record(url)
        service = Service(Path(home), url)
        service.start()
        address = f"http://127.0.0.1:{service.port}"
        try:
            cookies = _signed_in(address)
            check = open_checks(open_database(url), WALKER)[0]
            for path in ("/today", f"/occurrences/{check}/run", "/findings/new", "/tablet"):
                scores = _scores(folder, address + path, cookies, Path(home) / "report.json")
                print(path, scores, flush=True)
        finally:
            service.stop()


if __name__ == "__main__":
    main()
