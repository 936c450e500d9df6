"""A headless Chromium driven over the WebDriver protocol: what a page shows its reader, and whom it asks for anything.

Chromium's own housekeeping (accounts, updates, time) is not what a page asks for, so requests are taken from the page's
DevTools log and not from the net log of the whole browser. No name resolves, so nothing can leave either way.
https://www.w3.org/TR/webdriver2/ · https://developer.chrome.com/docs/chromedriver/logging/performance-log
"""

import base64
import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

SHOW_SECONDS = 60  # for a page to show what it should, on a machine that has other things to do
WITHIN = ("data:", "blob:", "chrome:", "chrome-untrusted:", "about:")  # answered by the browser itself; its first tab asks for a few
PORT = re.compile(r"started successfully on port (\d+)")
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1400,1400",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@contextmanager
def chromium(folder: Path, *, runs_scripts: bool = True) -> "Iterator[Browser]":
    """A browser of its own, closed at the end; skips the test where the machine has none."""
    program, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not (program and driver):
        pytest.skip("needs chromium and chromedriver on PATH: apt-get install chromium chromium-driver")
    with subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            started = next((found for line in process.stdout if (found := PORT.search(line))), None)
            assert started, f"{driver} --port=0 ended without saying on which port it listens"
            browser = Browser(f"http://127.0.0.1:{started.group(1)}", program, folder, runs_scripts)
            try:
                yield browser
            finally:
                browser.close()
        finally:
            process.terminate()


class Browser:
    """One window."""

    def __init__(self, driver: str, program: str, folder: Path, runs_scripts: bool) -> None:
        options: dict[str, Any] = {"binary": program, "args": [*ARGUMENTS, f"--user-data-dir={folder}"]}
        if not runs_scripts:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        logs = {"performance": "ALL", "browser": "ALL"}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": logs}
        self._requested: set[str] = set()
        self._session = f"{driver}/session"
        self._session += "/" + self._ask("POST", "", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def close(self) -> None:
        self._ask("DELETE", "")

    def open(self, url: str, *words: str) -> str:
        """Open a page and wait until it shows all of `words`; gives its text."""
        self._ask("POST", "/url", {"url": url})
        return self.shows(*words)

    def click(self, label: str) -> None:
        """Click the first link, tab or button with this label, as soon as there is one."""
        found = "[...document.querySelectorAll('a, button, [role=tablist] > *, summary')].find(e => e.innerText.trim() === arguments[0])"
        self._until(f"const e = {found}; if (e) e.click(); return !!e", label, f"nothing to click is labelled {label!r}")

    def shows(self, *words: str) -> str:
        """Wait until the page shows all of `words`; gives its text."""
        shown = "return arguments[0].every(word => document.body.innerText.includes(word))"
        self._until(shown, words, f"expected the page to show {words}")
        return self.text()

    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    def run(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript in the page; gives what it returns."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._ask("GET", "/screenshot")))

    def complaints(self) -> list[str]:
        """What the browser has written into its console since it was asked last: errors, and what a policy has forbidden."""
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})]

    def hosts_asked(self) -> set[str | None]:
        """Every host that a page has asked for anything since the browser was started."""
        for entry in self._ask("POST", "/se/log", {"type": "performance"}):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                self._requested.add(event["params"]["request"]["url"])
            elif event["method"] == "Network.webSocketCreated":
                self._requested.add(event["params"]["url"])
        return {urlsplit(url).hostname for url in self._requested if not url.startswith(WITHIN)}

    def _until(self, script: str, argument: Any, otherwise: str) -> None:
        deadline = time.monotonic() + SHOW_SECONDS
        while not self.run(script, argument):
            assert time.monotonic() < deadline, f"{otherwise} within {SHOW_SECONDS} s; it shows:\n{self.text()[:3000]}"
            time.sleep(0.1)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._session + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=SHOW_SECONDS) as answer:
            return json.load(answer)["value"]
