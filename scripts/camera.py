"""A browser that takes pictures, once nothing moves any more."""

import base64

from browser import Browser
from console import say
from project import ROOT

PATIENCE = 240  # seconds, on a busy machine
SWITCHES = ("--hide-scrollbars", "--force-device-scale-factor=1", "--lang=en-US")

# Functions on the page: what is visible and holds a text
HELPERS = """
window.seen = (selector, text = "") =>
    [...document.querySelectorAll(selector)].find(
        (el) => el.getClientRects().length && el.textContent.includes(text)
    );
window.seen.text = (el) => el && el.textContent.trim();
window.question = (name) =>
    [...document.querySelectorAll(".o_crm_profiling_question")].find(
        (el) => el.textContent.includes(name)
    );
window.answerTo = (name, answer) =>
    [...question(name).querySelectorAll(".o_crm_profiling_answer")].find(
        (el) => seen.text(el.querySelector(".o_crm_profiling_answer_name")) === answer
    );
window.allOf = (root, selector) => ({
    scrollIntoView() {},
    getBoundingClientRect() {
        const boxes = [...root.querySelectorAll(selector)].map((el) =>
            el.getBoundingClientRect()
        );
        const x = Math.min(...boxes.map((box) => box.left));
        const y = Math.min(...boxes.map((box) => box.top));
        const width = Math.max(...boxes.map((box) => box.right)) - x;
        const height = Math.max(...boxes.map((box) => box.bottom)) - y;
        return {x, y, width, height};
    },
});
window.profileIn = (group, name) =>
    seen(`.o_crm_profiling_${group} .o_crm_profiling_profile`, name);
"""


class Camera(Browser):
    """Clicks, waits and takes pictures."""

    def __init__(self):
        super().__init__(switches=SWITCHES)

    def __enter__(self):
        super().__enter__()
        self.send("Page.addScriptToEvaluateOnNewDocument", source=HELPERS)
        return self

    def wait(self, condition, seconds=PATIENCE):
        """Wait until something is so on the page."""
        return super().wait(f"Boolean({condition})", seconds)

    def click(self, script):
        """Click what a script finds, once it is there."""
        self.wait(script)
        self.run(f"({script}).click()")

    def size(self, width, height, phone=False):
        self.resize(width, height, phone)
        self.send("Emulation.setTouchEmulationEnabled", enabled=phone)

    def settle(self):
        """Wait until nothing moves any more: images, fonts, requests, animations."""
        self.run("document.activeElement && document.activeElement.blur()")
        self.run(
            "Promise.all([document.fonts.ready, ...[...document.images].map((i) =>"
            " i.decode().catch(() => {}))]).then(() => new Promise((done) =>"
            " setTimeout(done, 900)))"
        )

    def pause(self):
        """Give what moves the time to come to rest."""
        self.run("new Promise((done) => setTimeout(done, 1500))")

    def shoot(self, *paths, of=None, margin=0, blur=True):
        """Take a picture of the screen, or of what a script finds."""
        if blur:
            self.settle()
        clip = {}
        if of:
            x, y, width, height = self.run(
                f"(() => {{ const el = {of}; el.scrollIntoView({{block: 'nearest'}});"
                " const b = el.getBoundingClientRect();"
                " return [b.x, b.y, b.width, b.height]; })()"
            )
            clip = {
                "clip": {
                    "x": x - margin,
                    "y": y - margin,
                    "width": width + 2 * margin,
                    "height": height + 2 * margin,
                    "scale": 1,
                }
            }
        data = self.send(
            "Page.captureScreenshot",
            format="png",
            captureBeyondViewport=bool(of),
            **clip,
        )
        for path in paths:
            path.write_bytes(base64.b64decode(data["data"]))
            say(f"{path.relative_to(ROOT)}")
