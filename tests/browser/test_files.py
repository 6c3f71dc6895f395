"""Pictures and files between customer and agent, in a real browser."""

import random
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, Route, expect

from bot.domain.file_types import attachment_of
from bot.domain.files import Upload
from tests import sample_files as samples
from tests.browser.axe import violations
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import WANTS_PERSON, Service
from tests.browser.windows import PHONE, Windows

pytestmark = BROWSER_TEST


def photo(side: int = 64) -> bytes:
    """A picture of this many pixels each way; of noise, which does not shrink by itself."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)

    noise = random.Random(1)
    rows = b"".join(b"\0" + noise.randbytes(side * 3) for _ in range(side))
    head = side.to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _upload(content: bytes, name: str) -> Upload:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return Upload(name, chunks())


async def choose(page: Page, name: str, mime: str, content: bytes) -> None:
    await page.locator("#attachment").set_input_files({"name": name, "mimeType": mime, "buffer": content})


async def is_drawn(picture: Locator) -> None:
    """The browser has made a picture of the bytes."""
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("complete", True)
    await expect(picture).not_to_have_js_property("naturalWidth", 0)


async def test_a_customer_sends_a_photo_and_sees_it_again(windows: Windows, service: Service) -> None:
    customer = await windows.customer(viewport=PHONE)
    await choose(customer.page, "表底.png", "image/png", photo())
    await customer.hears("看不懂图片")
    own = customer.messages.filter(has=customer.page.locator(".picture"))
    await expect(own).to_contain_text("已送达")
    await is_drawn(own.locator("img"))
    assert await violations(customer.page) == []

    await customer.page.reload()
    await is_drawn(customer.page.locator(".picture img"))
    await customer.page.get_by_role("button", name="查看图片：表底.png").click()
    large = customer.page.get_by_role("dialog", name="图片：表底.png")
    await is_drawn(large.locator("img"))
    assert await violations(customer.page) == []
    await customer.press("Escape")
    await expect(large).to_have_count(0)
    message, _ = await service.messages()
    assert message.attachment is not None
    assert message.attachment.file is not None
    assert message.attachment.file.name == "表底.png"


async def test_a_large_photo_travels_small(windows: Windows, service: Service) -> None:
    customer = await windows.customer()
    await choose(customer.page, "大图.png", "image/png", photo(700))
    await customer.hears("看不懂图片")
    message, _ = await service.messages()
    assert message.attachment is not None
    file = message.attachment.file
    assert file is not None
    assert (file.content_type, file.name) == ("image/jpeg", "大图.jpg")


async def test_what_is_no_file_for_us_is_told_and_can_be_given_up(windows: Windows) -> None:
    customer = await windows.customer()
    customer.watch.expect("422")
    await choose(customer.page, "a.png", "image/png", samples.HTML)
    own = customer.messages.filter(has_text="未能发送")
    await expect(own).to_contain_text("这种文件不能发送")
    await own.get_by_role("button", name="删除").click()
    await expect(customer.messages.filter(has_text="未能发送")).to_have_count(0)
    await choose(customer.page, "a.pdf", "application/pdf", b"%PDF-1.4" + b"\0" * (20 * 1024 * 1024))
    await expect(customer.page.locator("#hint")).to_have_text("文件太大，请控制在 20 MB 以内。")


async def test_a_lost_connection_keeps_the_upload_and_doubles_nothing(windows: Windows, service: Service) -> None:
    customer = await windows.customer()
    customer.watch.expect("ERR_")
    calls: list[str] = []

    async def breaks(route: Route) -> None:
        """The first attempt breaks before it arrives, the second after: its answer is lost."""
        calls.append(route.request.url)
        if len(calls) == 2:
            await route.fetch()
        await (route.continue_() if len(calls) > 2 else route.abort("connectionreset"))

    await customer.page.route("**/api/chat/files?*", breaks)
    await choose(customer.page, "表底.png", "image/png", photo())
    own = customer.messages.filter(has=customer.page.locator(".picture"))
    await expect(own).to_contain_text("已送达", timeout=30_000)
    await customer.hears("看不懂图片")
    await expect(own).to_have_count(1)
    assert [m.speaker.value for m in await service.messages()] == ["customer", "bot"]


async def test_a_reload_in_the_middle_loses_nothing(windows: Windows, service: Service) -> None:
    customer = await windows.customer()
    customer.watch.expect("ERR_")
    await customer.page.route("**/api/chat/files?*", lambda route: route.abort("connectionreset"))
    await choose(customer.page, "表底.png", "image/png", photo())
    await expect(customer.messages.locator(".picture")).to_be_visible()
    await customer.page.unroute("**/api/chat/files?*")
    await customer.page.reload()
    await customer.hears("看不懂图片")
    await expect(customer.messages.filter(has=customer.page.locator(".picture"))).to_contain_text("已送达")
    assert len(await service.messages()) == 2


async def test_pasted_and_dropped_files_are_sent(windows: Windows) -> None:
    customer = await windows.customer()
    for event, target in (("paste", "#message"), ("drop", "#transcript")):
        await customer.page.evaluate(
            """([event, target, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], `${event}.png`, { type: "image/png" }));
                const given = event === "paste" ? { clipboardData: data } : { dataTransfer: data };
                const kind = event === "paste" ? ClipboardEvent : DragEvent;
                const made = new kind(event, { bubbles: true, cancelable: true, ...given });
                document.querySelector(target).dispatchEvent(made);
            }""",
            [event, target, list(samples.PNG)],
        )
        await expect(customer.page.get_by_role("button", name=f"查看图片：{event}.png")).to_be_visible()


async def test_an_agents_file_is_saved_by_the_customer(windows: Windows, service: Service, tmp_path: Path) -> None:
    await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    conversation = await service.conversation()
    member = await service.gasdesk.stores.staff.get("101")
    assert member is not None
    file = await service.gasdesk.files.take(_upload(samples.PDF, "须知.pdf"), contact_id=conversation.contact_id)
    await service.gasdesk.core.acts.send(conversation.id, member, "f1", attachment_of(file))
    card = customer.page.get_by_role("button", name="须知.pdf")
    async with customer.page.expect_download() as download:
        await card.click()
    saved = await download.value
    await saved.save_as(tmp_path / "saved")
    assert (saved.suggested_filename, (tmp_path / "saved").read_bytes()) == ("须知.pdf", samples.PDF)


async def test_an_agent_sends_what_he_pasted_and_not_what_he_took_out(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    await choose(customer.page, "表底.png", "image/png", photo())
    await is_drawn(agent.messages.locator(".opener img"))
    chooser = agent.thread.locator("input[type=file]")
    await chooser.set_input_files(
        [
            FilePayload(name="别人的.png", mimeType="image/png", buffer=photo()),
            FilePayload(name="示意图.png", mimeType="image/png", buffer=photo()),
        ]
    )
    await agent.page.get_by_role("button", name="移除 别人的.png").click()
    assert await violations(agent.page) == []
    await agent.reply("请看示意图")
    await is_drawn(customer.page.get_by_role("button", name="查看图片：示意图.png").locator("img"))
    await customer.hears("请看示意图")
    await expect(agent.messages.locator(".opener img")).to_have_count(2)
    await expect(agent.thread.locator(".tray")).to_be_hidden()
    sent = [m.text for m in await service.messages() if m.staff_id == "101" and m.kind.value == "answer"]
    assert sent == ["［图片］", "请看示意图"]


async def test_what_was_chosen_for_one_customer_is_not_sent_to_another(windows: Windows) -> None:
    agent = await windows.staff("101")
    for _ in range(2):
        customer = await windows.customer()
        await customer.say(WANTS_PERSON)
        await customer.hears("101号")
    await agent.rows("mine").first.click()
    await agent.thread.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": photo()}
    )
    await expect(agent.thread.locator(".tray li")).to_have_count(1)
    await agent.rows("mine").last.click()
    await expect(agent.thread.locator(".tray li")).to_have_count(0)


async def test_an_agents_upload_that_breaks_goes_again_and_is_one_message(windows: Windows, service: Service) -> None:
    agent = await windows.staff("101")
    customer = await windows.customer()
    await customer.say(WANTS_PERSON)
    await customer.hears("101号")
    agent.watch.expect("ERR_")
    calls: list[str] = []

    async def answer_is_lost(route: Route) -> None:
        calls.append(route.request.url)
        if len(calls) == 1:
            await route.fetch()
        await (route.continue_() if len(calls) > 1 else route.abort("connectionreset"))

    await agent.page.route("**/files?*", answer_is_lost)
    await agent.thread.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": photo()}
    )
    await agent.field.press("Enter")
    await customer.page.get_by_role("button", name="查看图片：a.png").is_visible()
    await expect(agent.messages.locator(".opener img")).to_have_count(1)
    await expect(agent.messages.filter(has_text="没有发到服务器")).to_have_count(0)
    assert [m.text for m in await service.messages()].count("［图片］") == 1
