"""The way to a browser that has no window: it takes pictures of pages and prints them.

A browser is asked for because nothing else sets MathML, SVG and our styles as readers see them. Playwright, which
drives it, is among the packages of the tests, so it is imported only here, when there is something to print. Which
browser, CHROME_PATH says; without it, Playwright's own is tried.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Nothing in the background, no sandbox that containers refuse, and letters as wide as they were drawn.
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none")


class BrowserError(Exception):
    """There is no browser, or it did not do what it was asked to; the message says why."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Open a browser, and close it afterward."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        raise BrowserError("Playwright is missing, which `make book` installs") from None
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(
                executable_path=os.environ.get("CHROME_PATH") or None, args=list(FLAGS), timeout=60_000
            )
            try:
                yield Browser(opened.new_page())
            finally:
                opened.close()
        except Error as error:
            raise BrowserError(f"The browser failed: {error.message.splitlines()[0]}") from None


class Browser:
    """An open page, for one thing after the other."""

    def __init__(self, page: Page) -> None:
        """Take any length of time: a book of thousands of pages is laid out at once."""
        self._page = page
        page.set_default_timeout(0)

    def picture(self, html: str, width: int, height: int, folder: Path) -> bytes:
        """Return a JPEG of a page, which is written into a folder."""
        file = folder / "picture.html"
        file.write_text(html, "utf-8")
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.goto(file.as_uri())
        self._page.evaluate("document.fonts.ready.then(() => true)")
        return self._page.screenshot(type="jpeg", quality=90)

    def printed(self, page: Path, tagged: bool) -> bytes:
        """Return a page as a PDF on the paper that its styles name; tags and outline cost time and are for readers."""
        self._page.goto(page.as_uri())
        self._page.evaluate("document.fonts.ready.then(() => true)")
        return self._page.pdf(prefer_css_page_size=True, print_background=True, tagged=tagged, outline=tagged)
