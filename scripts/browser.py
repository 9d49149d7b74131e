"""A Chromium without a window, driven over its debugging protocol."""

import contextlib
import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from websocket import create_connection

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


class Browser:
    """One page of a browser that ends with the `with` statement.

    :param size: (width, height) of the page
    :param switches: of Chromium, more than it always gets
    """

    def __init__(self, size=(1366, 768), switches=()):
        self._size, self._switches = size, switches
        self._ids = itertools.count(1)
        self.errors = []

    def __enter__(self):
        binary = next(filter(None, map(shutil.which, NAMES)), None)
        if not binary:
            raise SystemExit("Error: no browser: install Chromium")
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [
                binary,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                f"--user-data-dir={self._profile.name}",
                f"--window-size={self._size[0]},{self._size[1]}",
                *self._switches,
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket = create_connection(self._address(), timeout=120)
        for domain in ("Page", "Runtime", "Network"):
            self.send(f"{domain}.enable")
        self.resize(*self._size)
        return self

    def __exit__(self, *_exc):
        with contextlib.suppress(OSError):
            self._socket.close()
        self._process.terminate()
        self._process.wait(20)
        self._profile.cleanup()

    def _address(self):
        """The address of the page's socket, once the browser is there."""
        port_file = Path(self._profile.name) / "DevToolsActivePort"
        for _ in range(300):
            with contextlib.suppress(OSError, ValueError, StopIteration):
                port = port_file.read_text().split()[0]
                # no proxy: it is this machine
                opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
                with opener.open(f"http://127.0.0.1:{port}/json", timeout=10) as told:
                    pages = json.load(told)
                return next(
                    page["webSocketDebuggerUrl"]
                    for page in pages
                    if page["type"] == "page"
                )
            time.sleep(0.1)
        raise SystemExit("Error: the browser did not start")

    def send(self, method, **params):
        """Call a method of the protocol and return what it says."""
        number = next(self._ids)
        self._socket.send(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            if message.get("method") == "Runtime.exceptionThrown":
                self.errors.append(message["params"]["exceptionDetails"])

    def run(self, script):
        """Return what a script comes to, a promise's value once it is there."""
        told = self.send(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        if "exceptionDetails" in told:
            raise RuntimeError(
                told["exceptionDetails"]["exception"].get("description", script)
            )
        return told["result"].get("value")

    def wait(self, condition, seconds=60):
        """Wait until a script's value is true."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(RuntimeError):
                if value := self.run(condition):
                    return value
            time.sleep(0.05)
        raise RuntimeError(f"waited in vain for {condition}")

    def open(self, url):
        self.send("Page.navigate", url=url)

    def resize(self, width, height, mobile=False):
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=mobile,
        )

    def cookie(self, name, value, url):
        self.send("Network.setCookie", name=name, value=value, url=url)

    def slow(self, milliseconds):
        """Have every request take so much longer."""
        self.send(
            "Network.emulateNetworkConditions",
            offline=False,
            latency=milliseconds,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def press(self, key):
        """Press a key as a keyboard does; a text of one letter, or a key's name."""
        codes = {"Enter": 13, "Escape": 27, "Backspace": 8, "Tab": 9, "Delete": 46}
        event = {
            "key": key,
            "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper())),
        }
        if len(key) == 1:
            event |= {"text": key, "code": f"Digit{key}" if key.isdigit() else ""}
        elif key == "Enter":
            event["text"] = "\r"
        self.send("Input.dispatchKeyEvent", type="keyDown", **event)
        event.pop("text", None)
        self.send("Input.dispatchKeyEvent", type="keyUp", **event)
