"""An administrator sets up channels on the page: at once, for all replicas, and without a secret ever coming out."""

import stat
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text

from bot.commands.channels import findings
from bot.domain.conversations import Draft, Kind, Speaker
from bot.domain.desk_log import Did
from bot.gasdesk import Gasdesk
from bot.settings import Settings
from bot.settings_telegram import TelegramSettings
from bot.testing import ScriptedAssistant
from bot.wiring import build
from tests.flows.desk import Desk
from tests.flows.live import eventually, served
from tests.flows.office import Office, refused
from tests.flows.telegram_server import SECRET, TOKEN, TelegramServer, written

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CHAT = 4_200_001


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": "https://gas.example"})


@pytest.fixture
def values(telegram: TelegramServer) -> dict[str, str | None]:
    return {
        "token": TOKEN,
        "secret": SECRET,
        "api_base_url": telegram.url,
        "timeout_seconds": "2",
        "use_proxy": "false",
    }


async def shown(office: Office, name: str = "telegram") -> dict[str, Any]:
    channels = (await office.get("901", "channels"))["channels"]
    return next(channel for channel in channels if channel["name"] == name)


def field(channel: dict[str, Any], name: str) -> dict[str, Any]:
    return next(entry for entry in channel["fields"] if entry["name"] == name)


async def save(office: Office, values: dict[str, Any], name: str = "telegram") -> Any:
    return await office.call("901", "PUT", f"channels/{name}/settings", values=values)


async def test_every_channel_is_described_by_its_settings(office: Office) -> None:
    told = await office.get("901", "channels")
    assert [(c["name"], c["state"], c["source"]) for c in told["channels"]] == [
        ("telegram", "off", "none"),
        ("wechat", "off", "none"),
        ("wechat_kf", "off", "none"),
    ]
    for channel in told["channels"]:
        for entry in channel["fields"]:
            assert entry["label"] != entry["name"], "a field without a title"
            assert entry["hint"]
            assert (entry["kind"] == "secret") is ("set" in entry)
    assert told["channels"][0]["address"] == "https://gas.example/channels/telegram"


async def test_what_is_saved_holds_at_once(
    desk: Desk, office: Office, telegram: TelegramServer, values: dict[str, Any]
) -> None:
    async with served(desk.gasdesk) as url:
        assert await telegram.bring(url, written(CHAT, 1, text="你好")) == 404
        assert (await save(office, values)).status_code == 200
        await eventually(lambda: bool(telegram.webhook))
        assert telegram.webhook == {"url": "https://gas.example/channels/telegram", "secret_token": SECRET}
        assert await telegram.bring(url, written(CHAT, 1, text="你好")) == 200
        await eventually(lambda: telegram.chats[CHAT] == ["您说的是：你好"])
        channel = await shown(office)
        assert (channel["state"], channel["source"], channel["saved"]["staff_id"]) == ("running", "page", "901")
        assert channel["last_in"] is not None

        assert (await save(office, {"secret": "another", "api_base_url": telegram.url})).status_code == 200
        assert await telegram.bring(url, written(CHAT, 2, text="还在吗")) == 403, "the old secret"
        assert await telegram.bring(url, written(CHAT, 2, text="还在吗"), "another") == 200
        await eventually(lambda: telegram.chats[CHAT][1:] == ["您说的是：还在吗"])

        assert (await office.call("901", "DELETE", "channels/telegram/settings")).status_code == 200
        assert await telegram.bring(url, written(CHAT, 3, text="喂"), "another") == 404
        assert (await shown(office))["state"] == "off"


async def test_what_waited_while_it_was_off_is_sent(
    desk: Desk, office: Office, telegram: TelegramServer, values: dict[str, Any]
) -> None:
    async with served(desk.gasdesk) as url:
        await save(office, values)
        assert await telegram.bring(url, written(CHAT, 1, text="你好")) == 200
        await eventually(lambda: len(telegram.chats[CHAT]) == 1)
        await office.call("901", "DELETE", "channels/telegram/settings")
        conversation = await desk.gasdesk.stores.transcripts.of_contact(f"telegram:{CHAT}")
        assert conversation is not None
        async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
            work.post(Draft(Speaker.BOT, Kind.NOTICE, "稍后见"))
        await desk.gasdesk.reactions.settle()
        assert telegram.chats[CHAT] == ["您说的是：你好"]
        await save(office, values)
        await eventually(lambda: telegram.chats[CHAT][1:] == ["稍后见"])


async def test_a_secret_goes_in_and_never_comes_out(
    desk: Desk, office: Office, values: dict[str, Any], capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    answer = await save(office, values)
    everywhere = [answer.text, str(await office.get("901", "channels"))]
    everywhere += [str(await office.call("901", "POST", "channels/telegram/check", values={}))]
    everywhere += [(await save(office, {**values, "mode": "nonsense"})).text]
    log = await desk.gasdesk.stores.desk_log.since(desk.clock.now(), [Did.CHANNEL])
    everywhere += [str(log), "".join(capsys.readouterr())]
    async with desk.gasdesk.stores.database.reader.connect() as connection:
        everywhere += [str((await connection.execute(text("SELECT * FROM channel_state"))).all())]
    for place in everywhere:
        assert TOKEN not in place
        assert SECRET not in place
    assert field(await shown(office), "token")["set"]
    (entry,) = log
    assert (entry.staff_id, entry.about) == ("901", "telegram")
    assert "机器人密钥" in entry.text
    assert stat.S_IMODE((settings.data_dir / "settings.key").stat().st_mode) == 0o600


async def test_a_secret_that_is_not_filled_in_stays(office: Office, values: dict[str, Any]) -> None:
    await save(office, values)
    assert (await save(office, {**values, "token": "", "secret": "", "mode": "webhook"})).status_code == 200
    assert field(await shown(office), "secret")["set"]
    refusal = await save(office, {**values, "secret": None})
    refused(refusal, 422, "invalid")
    assert "1 到 256 个字母" in refusal.json()["error"]["fields"]["secret"]
    assert (await save(office, {**values, "secret": None, "mode": "polling"})).status_code == 200
    assert not field(await shown(office), "secret")["set"]


async def test_mistakes_are_named_by_field_and_nothing_is_saved(office: Office, values: dict[str, Any]) -> None:
    wrong = {**values, "token": "no-key", "timeout_seconds": "soon", "long_poll_seconds": "99", "api_base_url": "here"}
    answer = await save(office, wrong)
    refused(answer, 422, "invalid")
    assert answer.json()["error"]["fields"] == {
        "token": "应为 BotFather 给的密钥，形如 123456:ABC-DEF…",
        "timeout_seconds": "应为数字",
        "long_poll_seconds": "应不大于 50",
        "api_base_url": "应以 http:// 或 https:// 开头",
    }
    answer = await save(office, {"app_id": "wx1"}, "wechat")
    assert answer.json()["error"]["fields"] == {"app_secret": "请填写这一项", "token": "请填写这一项"}
    answer = await save(office, {"app_id": "wx1", "app_secret": "s", "token": "t", "aes_key": "*" * 43}, "wechat")
    assert answer.json()["error"]["fields"] == {"aes_key": "应为 43 位字母和数字，从后台复制"}
    answer = await save(office, {"app_id": "wx1", "colour": "red"}, "wechat")
    assert answer.json()["error"]["fields"] == {"colour": "没有这一项"}
    assert {c["state"] for c in (await office.get("901", "channels"))["channels"]} == {"off"}


@pytest.mark.parametrize("staff_id", ["101", "201", "301"])
async def test_only_administrators_may_look_and_change(office: Office, staff_id: str) -> None:
    refused(await office.call(staff_id, "GET", "channels"), 403, "not_allowed")
    refused(await office.call(staff_id, "PUT", "channels/telegram/settings", values={}), 403, "not_allowed")
    refused(await office.call(staff_id, "DELETE", "channels/telegram/settings"), 403, "not_allowed")
    refused(await office.call(staff_id, "POST", "channels/telegram/check", values={}), 403, "not_allowed")


async def test_a_check_asks_the_platform_with_what_is_filled_in(
    office: Office, telegram: TelegramServer, values: dict[str, Any]
) -> None:
    found = (await office.call("901", "POST", "channels/telegram/check", values=values)).json()["findings"]
    assert found[0]["good"]
    assert found[0]["text"].startswith("密钥有效")
    wrong = {**values, "token": "1:wrong"}
    (finding,) = (await office.call("901", "POST", "channels/telegram/check", values=wrong)).json()["findings"]
    assert (finding["good"], finding["text"]) == (False, "Telegram 不认识这个密钥")
    assert (await shown(office))["state"] == "off", "trying is not saving"


class TestByEnvironment:
    @pytest.fixture
    def settings(self, settings: Settings, telegram: TelegramServer) -> Settings:
        return telegram.settings(settings)

    async def test_the_environment_goes_first_and_is_shown_as_such(
        self, office: Office, values: dict[str, Any]
    ) -> None:
        channel = await shown(office)
        assert (channel["state"], channel["source"]) == ("running", "environment")
        assert channel["variables"] == "GASDESK_TELEGRAM__"
        told = refused(await save(office, values), 409, "set_by_environment")
        assert "GASDESK_TELEGRAM__" in told
        refused(await office.call("901", "DELETE", "channels/telegram/settings"), 409, "set_by_environment")
        found = (await office.call("901", "POST", "channels/telegram/check", values={})).json()["findings"]
        assert found[0]["good"]


def mode_of(gasdesk: Gasdesk) -> str:
    settings = gasdesk.house.rooms["telegram"].settings
    assert isinstance(settings, TelegramSettings)
    return settings.mode


@pytest.fixture
async def later(desk: Desk, settings: Settings) -> AsyncIterator[Gasdesk]:
    """Another gasdesk on the same database and data folder, or this one started again."""
    again = build(settings, desk.company, assistant=ScriptedAssistant(), clock=desk.clock)
    yield again
    await again.close()


async def test_it_is_taken_up_at_the_next_start_and_by_other_replicas(
    desk: Desk, office: Office, values: dict[str, Any], later: Gasdesk
) -> None:
    await save(office, {**values, "mode": "polling"})
    house = later.house
    await house.start()
    assert mode_of(later) == "polling"
    await save(office, {**values, "mode": "webhook"})
    await house._look()
    assert mode_of(later) == "webhook"
    await office.call("901", "DELETE", "channels/telegram/settings")
    await house._look()
    assert house.rooms["telegram"].joined is None


async def test_with_another_key_it_says_what_to_do(
    desk: Desk, office: Office, values: dict[str, Any], later: Gasdesk, settings: Settings
) -> None:
    await save(office, values)
    (settings.data_dir / "settings.key").write_text("x" * 43)
    house = later.house
    await house.start()
    assert house.rooms["telegram"].joined is None
    assert "settings.key" in house.rooms["telegram"].problem


async def test_the_command_checks_what_the_page_saved(
    desk: Desk, office: Office, values: dict[str, Any], settings: Settings
) -> None:
    await save(office, values)
    found = await findings(settings.model_copy(update={"database_url": str(settings.database)}))
    assert found["Telegram"][0].text.startswith("密钥有效")
