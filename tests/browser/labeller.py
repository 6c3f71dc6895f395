"""An administrator who labels and releases by keyboard, on /admin."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Locator, expect

from bot.domain import intents
from tests.browser.keyboard import tab_to
from tests.browser.people import Desk
from tests.gasdesk_process import until

type Json = dict[str, Any]

#: Comparing thousands of sentences, or starting a Rasa, on a busy machine.
PATIENCE_MS = 120_000


class Labeller:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.page = desk.page

    async def get(self, path: str) -> Json:
        """From the API, in this administrator's name."""
        answer = await self.page.request.get(f"{self.desk.url}/api/{path}")
        assert answer.ok, f"{path}: {answer.status}"
        told: Json = await answer.json()
        return told

    async def goes_to(self, name: str) -> None:
        await tab_to(self.page, link := self.page.get_by_role("link", name=re.compile(name)))
        await self.desk.press("Enter")
        await expect(link).to_have_attribute("aria-current", "page")

    async def presses(self, button: str, within: Locator | None = None) -> None:
        """Of the page, or of a dialog."""
        found = (within or self.page).get_by_role("button", name=button, exact=True)
        await expect(found).to_be_enabled(timeout=PATIENCE_MS)
        await tab_to(self.page, found)
        await self.desk.press("Enter")

    async def waiting(self) -> set[str]:
        """The messages of the inbox."""
        items = (await self.get("training/review"))["items"]
        return {one["text"] for item in items for one in (item, *item["others"])}

    async def labels_one(self, meant: Mapping[str, str]) -> str:
        """The message that is open; by its number if the right intent is suggested. Its text."""
        detail = self.page.get_by_label("当前消息")
        text = await detail.locator(".review-text").inner_text()
        label = intents.label(meant[text])
        suggested = await detail.locator(".review-choices > button").all_inner_texts()
        places = [place for place, words in enumerate(suggested, 1) if words[1:].startswith(f"{label}\u3000")]
        await tab_to(self.page, self.page.get_by_role("listbox", name="待标注的消息"))
        if places:
            await self.desk.press(str(places[0]))
        else:
            await self.desk.press("e")
            await self.page.keyboard.type(label)
            await self.desk.press("Enter")
        await self.desk.sees(f"已标注为“{label}”：{text}")
        return text

    async def labels_a_batch(self, meant: Mapping[str, str]) -> list[str]:
        """The first one's commonest matter; the rest of it is left for later. The texts."""
        batch = self.page.get_by_role("region", name=re.compile("第 1 批"))
        texts = [text.strip() for text in await batch.get_by_role("listitem").all_inner_texts()]
        ((intent, _),) = Counter(meant[text] for text in texts).most_common(1)
        for text in texts:
            if meant[text] != intent:
                await tab_to(self.page, box := batch.get_by_role("checkbox", name=text, exact=True))
                await self.desk.press("Space")
                await expect(box).not_to_be_checked()
        await tab_to(self.page, batch.get_by_label("选中的都是"))
        await self.page.keyboard.type(intents.label(intent))
        await self.desk.press("Enter")
        taken = [text for text in texts if meant[text] == intent]
        await expect(self.page.get_by_role("checkbox", name=taken[0], exact=True)).to_have_count(0)
        await expect(self.page.get_by_label("成批处理").get_by_text("正在载入…")).to_have_count(0)
        await self.desk.sees(f"已把 {len(taken)} 句标注为“{intents.label(intent)}”。")
        return taken

    async def confirms(self, title: str | re.Pattern[str], button: str, reason: str, **choice: str) -> None:
        """In the dialog; `choice`: options by the name of their field."""
        dialog = self.page.get_by_role("dialog", name=title)
        for field, option in choice.items():
            await tab_to(self.page, select := dialog.get_by_label(field))
            await select.select_option(option)
        await tab_to(self.page, dialog.get_by_label(re.compile("理由|说明")))
        await self.page.keyboard.type(reason)
        await self.presses(button, dialog)
        await expect(dialog).to_have_count(0)

    async def waits_for_run(self, seconds: float) -> Json:
        """The newest training, when it has ended. Raises TimeoutError."""

        async def ended() -> bool:
            return bool((await self.get("training/runs"))["runs"][0]["state"] != "running")

        await until(ended, seconds)
        run: Json = (await self.get("training/runs"))["runs"][0]
        return run

    async def waits_for_release(self, state: str, seconds: float, *, rollback: bool = False) -> Json:
        """The newest release, when it is `state`, or the newest roll back. Raises TimeoutError."""

        async def so() -> bool:
            shown = await self.get("training/releases")
            newest = shown["releases"][0] if shown["releases"] else {"state": "", "rollback": False}
            assert newest["state"] != "failed", newest["problem"]
            there = newest["state"] == state and newest["rollback"] is rollback
            return there and (state != "canary" or bool(shown["canary"]["answers"]))

        await until(so, seconds)
        release: Json = (await self.get("training/releases"))["releases"][0]
        return release
