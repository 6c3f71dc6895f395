"""A real Chromium for the session; for each test a gasdesk of its own, and windows that are watched for errors.

Everything runs in one event loop, because the browser outlives the tests (marks.py).
"""

import re
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.settings import ROOT
from bot.testing import ScriptedAssistant
from tests.browser.service import Service, begin_company, copy_company, scripted_assistant, serve
from tests.browser.windows import Windows

PICTURES = ROOT / "results" / "browser"
#: Chromium keeps to itself: nothing fetched, nothing reported, nothing asked.
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: How long a page may take on a busy machine before it counts as broken.
PATIENCE_MS = 15_000
_FAILED = pytest.StashKey[bool]()

#: Opens windows on a gasdesk: (url, passwords by staff number).
type OpenWindows = Callable[[str, dict[str, str]], AbstractAsyncContextManager[Windows]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_path: Path) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def company_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company as its first start leaves it; hashing its passwords takes longer than many a test."""
    data = tmp_path_factory.mktemp("company")
    await begin_company(data)
    return data


@pytest.fixture
def data(company_template: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    return copy_company(company_template, tmp_path / "var")


@pytest.fixture
def assistant() -> ScriptedAssistant:
    return scripted_assistant()


@pytest.fixture
def sla(request: pytest.FixtureRequest) -> dict[str, float]:
    """Limits of the service clock in seconds; `@pytest.mark.parametrize("sla", [{…}], indirect=True)` shortens them."""
    return getattr(request, "param", {})


@pytest_asyncio.fixture(loop_scope="session")
async def service(data: Path, assistant: ScriptedAssistant, sla: dict[str, float]) -> AsyncIterator[Service]:
    async with serve(data, assistant, sla) as service:
        yield service


@pytest.fixture
def open_windows(browser: Browser, request: pytest.FixtureRequest) -> OpenWindows:
    """For a test that starts gasdesk itself."""

    @asynccontextmanager
    async def open_(url: str, passwords: dict[str, str]) -> AsyncIterator[Windows]:
        windows = Windows(browser, url, passwords)
        try:
            yield windows
        except BaseException:
            await windows.photograph(PICTURES, _file_name(request))
            await windows.close()
            raise
        problems = await windows.close()
        assert not problems, "the pages complained:\n" + "\n".join(problems)

    return open_


@pytest_asyncio.fixture(loop_scope="session")
async def windows(
    service: Service, open_windows: OpenWindows, request: pytest.FixtureRequest
) -> AsyncIterator[Windows]:
    async with open_windows(service.url, service.passwords) as windows:
        yield windows
        if request.node.stash.get(_FAILED, False):
            await windows.photograph(PICTURES, _file_name(request))


def _file_name(request: pytest.FixtureRequest) -> str:
    return re.sub(r"[^\w-]+", "-", request.node.name).strip("-")
