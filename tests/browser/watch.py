"""The watch over a browser's pages: whatever they complain about fails the test."""

import re

from playwright.async_api import ConsoleMessage, Page

#: Chromium's own words for answers that the pages deal with: nobody is signed in yet; the conversation just asked for
#: (itself, its card, a suggestion) has gone to somebody else meanwhile; the assistant, which suggests, is not there.
_DEALT_WITH = (
    r"status of 401.*/api/me$",
    r"status of 404.*/api/conversations/[^/]+(/customer|/messages/\d+/suggestion)?$",
    r"status of 503.*/suggestion$",
)


class Watch:
    """Collects what a page complained about: console errors, uncaught exceptions, violations of its CSP."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._expected = [re.compile(pattern, re.S) for pattern in _DEALT_WITH]

    def follow(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))
        page.on("crash", lambda _: self._note("the page crashed"))

    def expect(self, pattern: str) -> None:
        """From now on a complaint like this is part of the test."""
        self._expected.append(re.compile(pattern, re.S))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"{message.text} {message.location.get('url', '')}")

    def _note(self, problem: str) -> None:
        if not any(pattern.search(problem) for pattern in self._expected):
            self.problems.append(problem)
