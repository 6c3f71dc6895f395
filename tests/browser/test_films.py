"""Films in the conversation are played where they are, and gone through without being loaded from the beginning."""

from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, Response, expect

from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST

#: Twenty seconds; what a player has to know first is at its end.
FILM = Path(__file__).with_name("film.mp4")


def statuses(page: Page, end: str) -> list[int]:
    """Of the answers that bring the film, from now on."""
    found: list[int] = []

    def note(answer: Response) -> None:
        if answer.request.resource_type == "media" and end in answer.url:
            found.append(answer.status)

    page.on("response", note)
    return found


async def plays_and_seeks(player: Locator) -> None:
    await expect(player).to_have_js_property("paused", False)
    await expect(player).to_have_js_property("duration", 20)
    at = await player.evaluate(
        """player => new Promise(done => {
            player.addEventListener("seeked", () => done(player.currentTime), { once: true });
            player.currentTime = 15;
        })"""
    )
    assert at >= 15
    assert await player.evaluate("player => player.videoWidth") == 160
    await expect(player).to_have_js_property("error", None)


async def test_a_film_plays_for_customer_and_agent(windows: Windows) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer(viewport=PHONE)
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    film = FilePayload(name="表底.mp4", mimeType="video/mp4", buffer=FILM.read_bytes())
    await customer.page.locator("#attachment").set_input_files(film)
    own = customer.messages.filter(has_text="表底.mp4")
    await expect(own).to_contain_text("已送达")
    for_customer, for_agent = statuses(customer.page, "/files/"), statuses(agent.page, "/attachment")

    await own.get_by_role("button", name="播放").click()
    await plays_and_seeks(own.get_by_label("视频：表底.mp4"))
    assert set(for_customer) == {206}
    assert await violations(customer.page) == []

    shown = agent.messages.get_by_label("视频")
    await expect(shown).to_be_visible()
    assert for_agent == [], "nothing is loaded unasked"
    await shown.evaluate("player => player.play()")
    await plays_and_seeks(shown)
    assert set(for_agent) == {206}
    assert await violations(agent.page) == []


async def test_a_film_goes_on_when_its_address_has_run_out(windows: Windows) -> None:
    customer = await windows.customer()
    customer.watch.expect("404|ERR_")
    film = FilePayload(name="表底.mp4", mimeType="video/mp4", buffer=FILM.read_bytes())
    await customer.page.locator("#attachment").set_input_files(film)
    own = customer.messages.filter(has_text="表底.mp4")
    await expect(own).to_contain_text("已送达")
    await own.get_by_role("button", name="播放").click()
    player = own.get_by_label("视频：表底.mp4")
    await expect(player).not_to_have_js_property("currentTime", 0)
    before = await player.evaluate("player => player.currentSrc")
    await player.evaluate("player => { player.src = '/files/run-out'; player.load(); }")
    await expect(player).to_have_js_property("error", None)
    await plays_and_seeks(player)
    assert await player.evaluate("player => player.currentSrc") != before
