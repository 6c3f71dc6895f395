"""How long a customer with a poor telephone waits; `python -m tests.browser.slow_phone` prints the docs' table."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import BrowserContext, async_playwright

from tests.browser.conftest import FLAGS
from tests.browser.people import Customer
from tests.browser.service import begin_company, scripted_assistant, serve
from tests.browser.test_light import counted
from tests.browser.watch import Watch
from tests.browser.windows import PHONE

#: Of the processor, and of the network: milliseconds, bytes a second.
SLOWER, LATENCY, SPEED = 6, 400, 400_000 / 8
NOW = "performance.now()"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


async def main() -> None:
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed: run 'make test-deps'")
    print(
        "| visit | requests | bytes | first paint | connected | first answer |\n| --- | --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory(prefix="gasdesk-slow-") as folder:
        await begin_company(Path(folder))
        async with serve(Path(folder), scripted_assistant()) as service, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            context = await browser.new_context(viewport={"width": PHONE["width"], "height": PHONE["height"]})
            for visit in ("first", "later"):
                print(await _visit(context, service.url, visit))
            await browser.close()


async def _visit(context: BrowserContext, url: str, visit: str) -> str:
    customer = Customer(await context.new_page(), url, Watch())
    page = customer.page
    devtools = await context.new_cdp_session(page)
    network = {"offline": False, "latency": LATENCY, "downloadThroughput": SPEED, "uploadThroughput": SPEED}
    await devtools.send("Network.emulateNetworkConditions", network)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    async with counted(page) as traffic:
        await customer.open()
    connected, painted = await page.evaluate(NOW), await page.evaluate(PAINT)
    await customer.say(f"你好，{visit}")
    await customer.hears(f"您说的是：你好，{visit}")
    answered = await page.evaluate(NOW)
    await page.close()
    times = " | ".join(f"{each / 1000:.1f} s" for each in (painted, connected, answered))
    return f"| {visit} | {traffic.requests} | {traffic.bytes:,} | {times} |"


if __name__ == "__main__":
    asyncio.run(main())
