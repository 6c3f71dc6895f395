"""The watch over the windows hears what it is there for; else every other test here would prove less."""

import pytest

from tests.browser.conftest import OpenWindows
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import Service

pytestmark = BROWSER_TEST

COMPLAINTS = {
    "console": "console.error('broken')",
    "exception": "setTimeout(() => { throw new Error('uncaught') })",
    "inline script": "document.body.append(Object.assign(document.createElement('script'), { text: 'alert(1)' }))",
    "inline style": "document.body.setAttribute('style', 'color: red')",
    "foreign image": "document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.invalid/x.png' }))",
    "missing file": "fetch('/static/nothing.js')",
}


async def run(script: str, service: Service, open_windows: OpenWindows) -> None:
    async with open_windows(service.url, service.passwords) as windows:
        customer = await windows.customer()
        async with customer.page.expect_event("pageerror" if "throw" in script else "console"):
            await customer.page.evaluate(script)


@pytest.mark.parametrize("script", COMPLAINTS.values(), ids=COMPLAINTS.keys())
async def test_a_complaint_fails_the_test(service: Service, open_windows: OpenWindows, script: str) -> None:
    with pytest.raises(AssertionError, match="the pages complained"):
        await run(script, service, open_windows)
