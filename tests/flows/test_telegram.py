"""A customer on Telegram: commands, buttons, pictures, places; webhook and polling."""

import pytest

from bot.commands.channels import findings
from bot.domain.conversations import Attachment, AttachmentKind, Button, Kind, Owner
from bot.ports import AssistantAnswer, Bubble
from bot.settings import Settings
from tests.flows.channel_contract import said
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.telegram_peer import CHAT, TelegramPeer
from tests.flows.telegram_server import SECRET, Fault, TelegramServer, edited, membership, written

#: What is tried here does not depend on the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHOTO = [{"file_id": size, "file_unique_id": size, "width": 9, "height": 9} for size in ("small", "large")]
VOICE = {"file_id": "v1", "file_unique_id": "v1", "duration": 12}


@pytest.fixture
def telegram_settings() -> dict[str, object]:
    return {}


@pytest.fixture
def settings(settings: Settings, telegram: TelegramServer, telegram_settings: dict[str, object]) -> Settings:
    on_telegram = telegram.settings(settings, **telegram_settings)
    return on_telegram.model_copy(update={"public_url": "https://gas.example"})


@pytest.fixture
def peer(desk: Desk, url: str, telegram: TelegramServer) -> TelegramPeer:
    return TelegramPeer(desk, url, telegram)


async def bring(peer: TelegramPeer, number: int = 1, **content: object) -> None:
    assert await peer.server.bring(peer.url, written(peer.chat, number, **content)) == 200


async def carried(desk: Desk, peer: TelegramPeer) -> list[tuple[str, Attachment | None]]:
    return [(message.text, message.attachment) for message in await said(desk, peer)]


# --- the webhook -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["", "guessed", f"{SECRET}x"])
async def test_only_telegram_may_bring_updates(desk: Desk, peer: TelegramPeer, secret: str) -> None:
    assert await peer.server.bring(peer.url, written(CHAT, 1, text="你好"), secret) == 403
    assert await said(desk, peer) == []


async def test_the_webhook_is_registered_at_the_start(peer: TelegramPeer) -> None:
    await eventually(lambda: bool(peer.server.webhook))
    assert peer.server.webhook == {"url": "https://gas.example/channels/telegram", "secret_token": SECRET}


async def test_an_update_that_makes_no_sense_is_not_brought_for_ever(desk: Desk, peer: TelegramPeer) -> None:
    assert await peer.server.bring(peer.url, {"update_id": 1, "message": {"nonsense": True}}) == 200
    assert await peer.server.bring(peer.url, {}) == 200
    assert await peer.write("你好", 2), "those behind it are taken"


async def test_groups_and_channels_are_none_of_our_business(desk: Desk, peer: TelegramPeer) -> None:
    update = written(CHAT, 1, text="我家漏气了")
    update["message"]["chat"] = {"id": -100, "type": "group", "title": "业主群"}
    assert await peer.server.bring(peer.url, update) == 200
    assert peer.server.chats == {}


# --- what customers do -----------------------------------------------------------------------------------------------


async def test_start_and_help_are_answered_and_ask_nobody_anything(desk: Desk, peer: TelegramPeer) -> None:
    for _ in range(2):
        await bring(peer, 1, text="/start from-the-bill")
    await bring(peer, 2, text="/help@gas_test_bot")
    say = desk.company.channel_scripts
    await eventually(lambda: len(peer.heard()) == 2)
    assert peer.heard() == [desk.company.fill(say.welcome), desk.company.fill(say.help)]
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation is not None
    assert (conversation.waiting_since, conversation.assistant_owes) == (None, False)
    assert not desk.assistant.asked


async def test_human_asks_for_a_person(desk: Desk, peer: TelegramPeer) -> None:
    desk.assistant.answers["转人工客服"] = AssistantAnswer(handoff="用户要求人工", bubbles=(Bubble("好的。"),))
    await desk.staff("101")
    await bring(peer, 1, text="/human")
    await eventually(lambda: len(peer.heard()) >= 2)
    await desk.gasdesk.settle()
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation is not None
    assert (conversation.owner, conversation.staff_id) == (Owner.AGENT, "101")


async def test_a_tap_says_the_buttons_payload(desk: Desk, peer: TelegramPeer) -> None:
    long = "我想预约" + "很" * 30 + "早的安检"
    buttons = (Button("报装", "我要报装"), Button("安检", long))
    desk.assistant.answers["你好"] = AssistantAnswer(bubbles=(Bubble("请选择", buttons),), asks=True)
    await peer.write("你好", 1)
    await eventually(lambda: CHAT in peer.server.keyboards)
    ((first, data), (second, reference)) = peer.server.keyboards[CHAT][0]
    assert (first, data, second) == ("报装", "我要报装", "安检")
    await peer.tap(reference, 2)
    await peer.tap(data, 3)
    assert [message.text for message in await said(desk, peer)] == ["你好", long, "我要报装"]
    await eventually(lambda: ("answercallbackquery", 0) in peer.server.calls)


@pytest.mark.parametrize("data", ["#99.0", "#1.7", "#.", "#-1.0"])
async def test_a_button_that_is_not_there_any_more_is_answered_politely(
    desk: Desk, peer: TelegramPeer, data: str
) -> None:
    await peer.tap(data, 1)
    await eventually(lambda: len(peer.heard()) == 1)
    assert peer.heard() == [desk.company.fill(desk.company.channel_scripts.unreadable)]


async def test_pictures_voice_and_places_are_kept(desk: Desk, peer: TelegramPeer) -> None:
    place = {"latitude": 31.2304, "longitude": 121.4737}
    await bring(peer, 1, photo=PHOTO, caption="这个阀门怎么关")
    await bring(peer, 2, voice=VOICE)
    await bring(peer, 3, location=place)
    await bring(peer, 4, location=place, venue={"location": place, "title": "幸福小区", "address": "人民路1号"})
    await bring(peer, 5, contact={"phone_number": "13800001234", "first_name": "安"})
    await bring(
        peer, 6, sticker={**PHOTO[0], "type": "regular", "is_animated": False, "is_video": False, "emoji": "🙂"}
    )
    kept = await carried(desk, peer)
    assert [text for text, _ in kept] == [
        "这个阀门怎么关",
        "［语音 12秒］",
        "［定位 北纬31.23040 东经121.47370］",
        "人民路1号 幸福小区",
        "13800001234",
        "［表情 🙂］",
    ]
    kinds = [attachment and attachment.kind for _, attachment in kept]
    image, voice, location = AttachmentKind.IMAGE, AttachmentKind.VOICE, AttachmentKind.LOCATION
    assert kinds == [image, voice, location, location, None, AttachmentKind.OTHER]
    assert [attachment.reference for _, attachment in kept[:2] if attachment] == ["large", "v1"]


async def test_a_shared_place_is_the_address_of_a_leak(desk: Desk, peer: TelegramPeer) -> None:
    await peer.write("我家漏气了", 1)
    place = {"latitude": 31.2304, "longitude": 121.4737}
    await bring(peer, 2, location=place)
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation is not None
    assert conversation.emergency is not None
    assert conversation.emergency.address == "［定位 北纬31.23040 东经121.47370］"


async def test_a_changed_message_is_heard_and_a_moving_place_is_not(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, text="我要报装")
    moved = {"latitude": 31.2, "longitude": 121.4, "live_period": 600}
    for update in (edited(CHAT, 2, text="我家漏气了"), edited(CHAT, 3, location=moved)):
        assert await peer.server.bring(peer.url, update) == 200
    assert [message.text for message in await said(desk, peer)] == ["我要报装", "我家漏气了"]
    messages = await desk.gasdesk.stores.transcripts.history(peer.contact_id, 0)
    assert Kind.SAFETY in [message.kind for message in messages]


async def test_the_customer_sees_that_the_assistant_is_at_work(peer: TelegramPeer) -> None:
    await peer.write("你好", 1)
    await eventually(lambda: ("sendchataction", CHAT) in peer.server.calls)


async def test_who_blocks_the_bot_and_takes_it_back_is_noted(desk: Desk, peer: TelegramPeer) -> None:
    await peer.write("你好", 1)
    for number, status in enumerate(("kicked", "member"), start=2):
        assert await peer.server.bring(peer.url, membership(CHAT, number, status)) == 200
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation is not None
    facts = await desk.gasdesk.stores.transcripts.facts(conversation.id)
    assert [fact.what for fact in facts] == ["unreachable", "reachable"]


# --- polling ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("telegram_settings", [{"mode": "polling", "secret": "", "long_poll_seconds": 5}])
class TestPolling:
    async def test_updates_are_fetched_in_order_and_acknowledged(self, desk: Desk, peer: TelegramPeer) -> None:
        peer.server.offer(*(written(CHAT, number, text=f"第{number}问") for number in (7, 8, 9)))
        await eventually(lambda: not peer.server.pending)
        assert [message.text for message in await said(desk, peer)] == ["第7问", "第8问", "第9问"]

    async def test_what_could_not_be_stored_is_fetched_again(
        self, desk: Desk, peer: TelegramPeer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failed = []

        async def lost(*_: object) -> None:
            failed.append(1)
            raise ConnectionError("the database is gone")

        with monkeypatch.context() as trouble:
            trouble.setattr("bot.adapters.sql.work_store.WorkStore.store", lost)
            peer.server.offer(written(CHAT, 7, text="你好"), written(CHAT, 8, text="在吗"))
            await eventually(lambda: bool(failed))
        assert len(peer.server.pending) == 2
        await self._until_taken(desk, peer)
        assert [message.text for message in await said(desk, peer)] == ["你好", "在吗"]

    async def test_an_outage_is_ridden_over(self, desk: Desk, peer: TelegramPeer) -> None:
        failed = []

        def down(method: str, chat: int) -> Fault:
            failed.append(method)
            return Fault.BAD_GATEWAY

        peer.server.fault = down
        peer.server.offer(written(CHAT, 7, text="你好"))
        await self._until(desk, lambda: len(failed) >= 2)
        peer.server.fault = lambda method, chat: None
        await self._until_taken(desk, peer)
        assert [message.text for message in await said(desk, peer)] == ["你好"]

    async def _until_taken(self, desk: Desk, peer: TelegramPeer) -> None:
        await self._until(desk, lambda: not peer.server.pending)

    async def _until(self, desk: Desk, condition: object) -> None:
        """Let time pass until it is so: the loop rests longer after each failure."""
        assert callable(condition)

        def later() -> bool:
            desk.clock.advance(1)
            return bool(condition())

        await eventually(later)


# --- gasdesk channels check ------------------------------------------------------------------------------------------


async def advice(settings: Settings) -> list[str]:
    found = await findings(settings)
    return [line.advice or line.text for line in found["Telegram"]]


async def test_the_check_tells_what_to_put_right(settings: Settings, telegram: TelegramServer) -> None:
    assert (await advice(settings))[1] == "启动 gasdesk 时会自动登记"
    nowhere = settings.model_copy(update={"public_url": None})
    assert "GASDESK_PUBLIC_URL" in (await advice(nowhere))[1]
    telegram.webhook = {"url": "https://old.example/hook"}
    assert "应为 https://gas.example/channels/telegram" in (await advice(settings))[1]
    telegram.webhook = {"url": "https://gas.example/channels/telegram"}
    assert await advice(settings) == [
        "密钥有效，机器人是 @gas_test_bot",
        "推送到 https://gas.example/channels/telegram",
    ]
    telegram.webhook["trouble"] = {"last_error_date": 1_767_578_400, "last_error_message": "SSL error"}
    assert "证书" in (await advice(settings))[2]


async def test_the_check_tells_of_a_wrong_key_and_never_shows_it(settings: Settings, telegram: TelegramServer) -> None:
    wrong = telegram.settings(settings, token="999:wrong-key-of-a-bot")
    (finding,) = (await findings(wrong))["Telegram"]
    assert "BotFather" in finding.advice
    nobody = telegram.settings(settings, api_base_url="http://127.0.0.1:9")
    (unreachable,) = (await findings(nobody))["Telegram"]
    assert "API_BASE_URL" in unreachable.advice
    assert "wrong-key" not in f"{finding}{unreachable}"
