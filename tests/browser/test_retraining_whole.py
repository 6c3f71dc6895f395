"""An afternoon's retraining with the real Rasa: forty messages that were not understood, a new model, and back."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import expect

from assistant import model_files
from bot.adapters.rasa.parser import RasaParser
from bot.adapters.sql.database import Database
from bot.adapters.sql.transcripts import SqlTranscripts
from bot.channels.web_chat import contact_of
from bot.settings import ROOT
from bot.training.canary import chosen
from bot.training.review import doubts
from tests.browser.chats import chats_go_on
from tests.browser.conftest import OpenWindows
from tests.browser.labeller import Labeller
from tests.browser.marks import BROWSER_TEST
from tests.browser.service import passwords_in
from tests.browser.unknown_matters import INTENT_OF, MATTERS, PARAPHRASES
from tests.browser.windows import Windows
from tests.gasdesk_process import GasdeskProcess, gasdesk_process, until
from tests.own_project import own_project
from tests.web_customer import web_customer

pytestmark = [*BROWSER_TEST, pytest.mark.rasa]

CHATS = 5
#: New customers during the trial; that all of them fall to one model at 50 % happens once in 10^12 times.
MOST_ON_TRIAL = 40
SECONDS = {"answer": 60.0, "start": 180.0, "train": 900.0, "release": 180.0}


@dataclass(frozen=True)
class Scene:
    gasdesk: GasdeskProcess
    database: Database
    project: Path
    rasa: RasaParser

    async def asks(self, text: str) -> tuple[str, str]:
        """Somebody new does: the first line of the answer, which tells no times; and his conversation."""
        async with web_customer(self.gasdesk.url) as customer:
            message_id = str(uuid4())
            acknowledged = await customer.say(text, message_id, SECONDS["answer"])
            assert acknowledged["ok"], acknowledged
            # A check for an emergency may come before the answer, or, as a question, in its place.
            answer = await customer.hears(
                lambda heard: (
                    heard.metadata["id"].startswith(f"{message_id}/answer/")
                    or (heard.metadata["id"].startswith(f"{message_id}/") and heard.kind == "question")
                ),
                SECONDS["answer"],
            )
            found = await SqlTranscripts(self.database).of_contact(contact_of(customer.session_id).id)
        assert found is not None
        return answer.text.splitlines()[0], found.id

    async def answers(self) -> dict[str, str]:
        """To the paraphrases."""
        return {text: (await self.asks(text))[0] for text in PARAPHRASES}

    async def right_answers(self) -> dict[str, str]:
        """To the paraphrases, if they were understood: what is said to the same in plain words."""
        plain = {matter: (await self.asks(matter.plain))[0] for matter in MATTERS}
        return {text: plain[matter] for matter in MATTERS for text in matter.paraphrases}


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    model = model_files.current_model(ROOT / "models")
    if model is None or model.name != model_files.model_name(model_files.fingerprint(ROOT)):
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    settings = own_project(tmp_path)
    async with gasdesk_process(tmp_path / "data", **settings) as gasdesk, opened(gasdesk) as database:

        async def ready() -> bool:
            return str((await gasdesk.json("/readyz"))["assistant"]) == "ready"

        await until(ready, SECONDS["start"])
        rasa = RasaParser(f"http://127.0.0.1:{settings['RASA_PORT']}")
        yield Scene(gasdesk, database, Path(settings["PROJECT"]), rasa)


@asynccontextmanager
async def opened(gasdesk: GasdeskProcess) -> AsyncIterator[Database]:
    database = Database.connect(f"sqlite+aiosqlite:///{gasdesk.data / 'gasdesk.db'}")
    yield database
    await database.close()


@pytest.mark.timeout(1500)
async def test_forty_unknown_messages_are_learnt_tried_released_and_taken_back(
    scene: Scene, open_windows: OpenWindows
) -> None:
    passwords = passwords_in(scene.gasdesk.data)
    async with (
        open_windows(scene.gasdesk.url, passwords) as windows,
        chats_go_on(scene.gasdesk.url, scene.database, CHATS) as chats,
    ):
        expected = await forty_are_asked(scene)

        admin = await administrator(windows, passwords["901"])
        await until(lambda: arrived(admin, expected), SECONDS["answer"])
        await label_all(admin)
        await write(admin, scene, expected)
        # Not earlier: they go to the inbox too, and nobody shall teach them.
        before, right = await scene.answers(), await scene.right_answers()
        assert [text for text in PARAPHRASES if before[text] == right[text]] == [], "understood already"
        await train(admin)

        await admin.presses("发布这个模型")
        await admin.confirms(re.compile("^发布模型"), "发布", "新说法，先试一半", 发布方式="50")
        trial = await admin.waits_for_release("canary", SECONDS["release"])
        await half_of_them_are_understood(scene, trial["id"], before, right)

        await admin.presses("刷新")
        await admin.presses("全部切换到新模型")
        await admin.confirms("全部切换到新模型", "全部切换", "听得懂了")
        await admin.waits_for_release("live", SECONDS["release"])
        assert await scene.answers() == right
        await read_on_the_page(windows, right)

        await admin.presses("刷新")
        await admin.presses("回退到上一个模型")
        await admin.confirms("回退到上一个模型", "回退", "试一下")
        await admin.waits_for_release("live", SECONDS["release"], rollback=True)
        assert await scene.answers() == before
        assert all(chat.acknowledged for chat in chats)


async def forty_are_asked(scene: Scene) -> set[str]:
    """Each by a customer of its own; those that the model does not understand, and that shall wait in the inbox."""
    assert len(INTENT_OF) == 40
    doubted = set()
    for text in INTENT_OF:
        await scene.asks(text)
        parsed = await scene.rasa(text)
        if not parsed.understood or doubts("", parsed.ranking):
            doubted.add(text)
    assert len(doubted) >= 36, f"understood already: {sorted(set(INTENT_OF) - doubted)}"
    return doubted


async def administrator(windows: Windows, password: str) -> Labeller:
    admin = await windows.desk()
    await admin.page.goto(f"{admin.url}/admin")
    await admin.sign_in("901", password)
    await expect(admin.page.locator("#who")).to_contain_text("901")
    return Labeller(admin)


async def arrived(admin: Labeller, expected: set[str]) -> bool:
    return expected <= await admin.waiting()


async def label_all(admin: Labeller) -> None:
    """Some one by one, what speaks of one matter at once, the rest one by one."""
    await admin.goes_to("待标注")
    rows = admin.page.get_by_role("listbox", name="待标注的消息").get_by_role("option")
    await expect(rows).not_to_have_count(0)
    for _ in range(3):
        await admin.labels_one(INTENT_OF)

    await admin.presses("成批处理")
    batches = admin.page.locator("section.batch")
    await expect(batches).not_to_have_count(0)
    at_once = 0
    while await batches.count():
        at_once += len(await admin.labels_a_batch(INTENT_OF))
    assert at_once >= 9, "batches spare work"

    await admin.presses("待标注")
    left = (await admin.get("training/review"))["items"]
    await expect(rows).to_have_count(len(left))
    while await rows.count():
        await admin.labels_one(INTENT_OF)
    await admin.desk.sees("没有待标注的消息。助手拿不准的话会自动出现在这里。")


async def write(admin: Labeller, scene: Scene, expected: set[str]) -> None:
    """What was labelled is in the diff that is seen, and then in the examples."""
    await admin.goes_to("训练与发布")
    await admin.desk.sees(re.compile(r"^\d+ 条新标注等待写入："))
    diff = await admin.page.locator("pre.diff").first.text_content() or ""
    added = set(re.findall(r"^\+ +- (.+)$", diff, re.M))
    assert added >= expected
    await admin.presses("写入训练数据")
    await admin.confirms("写入训练数据", "写入", "一线常听到的说法")
    await admin.desk.sees("已写入。下一步：训练新模型。")
    written = "".join(path.read_text(encoding="utf-8") for path in (scene.project / "data" / "nlu").glob("*.yml"))
    assert [text for text in added if f"      - {text}\n" not in written] == []


async def train(admin: Labeller) -> None:
    await admin.presses("开始训练")
    await admin.desk.sees("训练已开始，您可以离开本页，完成后再来查看。")
    run = await admin.waits_for_run(SECONDS["train"])
    assert run["state"] == "ready", run["problem"]
    await admin.presses("刷新")
    await admin.desk.sees(re.compile("^训练完成：模型"))


async def half_of_them_are_understood(
    scene: Scene, release_id: str, before: dict[str, str], right: dict[str, str]
) -> None:
    """New customers, until both models have had some: each answers as it does."""
    had: set[bool] = set()
    for number in range(MOST_ON_TRIAL):
        text = PARAPHRASES[number % len(PARAPHRASES)]
        answer, conversation_id = await scene.asks(text)
        candidate = chosen(release_id, conversation_id, 50)
        assert answer == (right if candidate else before)[text]
        had.add(candidate)
        if len(had) == 2 and number >= len(PARAPHRASES):
            return
    raise AssertionError("all of them fell to one model")


async def read_on_the_page(windows: Windows, right: dict[str, str]) -> None:
    customer = await windows.customer()
    text = PARAPHRASES[0]
    await customer.say(text)
    await customer.hears(right[text])
