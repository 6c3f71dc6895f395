"""What Telegram may bring that nobody thinks of: nothing a customer says is lost, and nobody's trouble is another's."""

import io
import json

import aiohttp
import pytest

from bot.channel import Incoming
from bot.conversation.take_in import TakeIn
from bot.domain.conversations import AttachmentKind, Kind, Message
from bot.domain.transitions import closed
from bot.settings import Settings
from tests.flows.channel_contract import said
from tests.flows.desk import Desk
from tests.flows.live import eventually
from tests.flows.telegram_peer import CHAT, TelegramPeer
from tests.flows.telegram_server import SECRET, TelegramServer, edited, written

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PHOTO = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]


@pytest.fixture
def telegram_settings() -> dict[str, object]:
    return {}


@pytest.fixture
def settings(settings: Settings, telegram: TelegramServer, telegram_settings: dict[str, object]) -> Settings:
    return telegram.settings(settings, **telegram_settings)


@pytest.fixture
def peer(desk: Desk, url: str, telegram: TelegramServer) -> TelegramPeer:
    return TelegramPeer(desk, url, telegram)


async def bring(peer: TelegramPeer, number: int = 1, **content: object) -> None:
    assert await peer.server.bring(peer.url, written(peer.chat, number, **content)) == 200


async def texts(desk: Desk, peer: TelegramPeer) -> list[str]:
    await desk.gasdesk.settle()
    return [message.text for message in await said(desk, peer)]


async def post(peer: TelegramPeer, body: bytes, secret: str = SECRET) -> int:
    async with aiohttp.ClientSession() as session:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
        async with session.post(f"{peer.url}/channels/telegram", data=io.BytesIO(body), headers=headers) as answer:
            return answer.status


# --- bodies ----------------------------------------------------------------------------------------------------------


async def test_a_huge_body_is_not_read_and_a_strangers_not_at_all(peer: TelegramPeer) -> None:
    huge = b'{"update_id": 1, "x": "' + b"a" * 3_000_000
    assert await post(peer, huge, "guessed") == 403
    assert await post(peer, huge) == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_refused_and_breaks_nothing(desk: Desk, peer: TelegramPeer, body: bytes) -> None:
    assert await post(peer, body) == 400
    assert await peer.write("你好", 2)


# --- commands --------------------------------------------------------------------------------------------------------


async def test_words_behind_a_command_are_heard(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, text="/human 我家厨房漏气了")
    messages = await desk.gasdesk.stores.transcripts.history(peer.contact_id, 0)
    assert Kind.SAFETY in [message.kind for message in messages]
    assert await texts(desk, peer) == ["我家厨房漏气了", "转人工客服"]


async def test_help_with_a_question_is_the_question(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, text="/help 怎么交气费")
    assert await texts(desk, peer) == ["怎么交气费"]


@pytest.mark.parametrize("text", ["/start", "/start qr_hall-3", "/START@gas_test_bot x"])
async def test_a_link_with_a_code_only_welcomes(desk: Desk, peer: TelegramPeer, text: str) -> None:
    await bring(peer, 1, text=text)
    assert await texts(desk, peer) == []
    assert "欢迎" in peer.heard()[0]


async def test_start_with_words_is_heard(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, text="/start 我家漏气了")
    assert await texts(desk, peer) == ["我家漏气了"]


async def test_a_picture_that_is_called_like_a_command_is_kept(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, photo=PHOTO, caption="/human")
    await desk.gasdesk.settle()
    (message, *_) = await said(desk, peer)
    assert message.attachment
    assert message.attachment.kind is AttachmentKind.IMAGE
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation


# --- changed messages ------------------------------------------------------------------------------------------------


async def test_a_change_that_changes_no_words_says_nothing(desk: Desk, peer: TelegramPeer) -> None:
    """Telegram reports changes of what bots do not see, a preview of a link for one."""
    await bring(peer, 1, text="看 https://example.cn")
    assert await peer.server.bring(peer.url, edited(CHAT, 2, text="看 https://example.cn")) == 200
    assert await texts(desk, peer) == ["看 https://example.cn"]
    for number, words in ((3, "看这里"), (4, "看 https://example.cn"), (5, "看 https://example.cn")):
        assert await peer.server.bring(peer.url, edited(CHAT, number, text=words)) == 200
    assert (await texts(desk, peer))[1:] == ["看这里", "看 https://example.cn"], "changed back is changed"


async def test_a_message_changed_after_its_conversation_is_over_is_answered(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, text="谢谢")
    await desk.gasdesk.settle()
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation
    await close(desk, conversation.id)
    assert await peer.server.bring(peer.url, edited(CHAT, 2, text="谢谢")) == 200
    assert await peer.server.bring(peer.url, edited(CHAT, 3, text="谢谢，怎么过户")) == 200
    assert await texts(desk, peer) == ["谢谢", "谢谢，怎么过户"]
    latest = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert latest
    assert latest.id != conversation.id


async def close(desk: Desk, conversation_id: str) -> None:
    async with desk.gasdesk.stores.conversations.open(conversation_id) as work:
        work.conversation = closed(work.conversation, desk.clock.now())


# --- odd updates -----------------------------------------------------------------------------------------------------


async def test_an_album_is_answered_once(desk: Desk, peer: TelegramPeer) -> None:
    for number in range(1, 5):
        await bring(peer, number, photo=PHOTO, media_group_id="g1")
    await desk.gasdesk.settle()
    await eventually(lambda: len(peer.heard()) >= 1)
    await desk.gasdesk.settle()
    assert len(await said(desk, peer)) == 4
    assert len(peer.heard()) == 1


async def test_what_the_library_cannot_read_is_heard_all_the_same(desk: Desk, peer: TelegramPeer) -> None:
    """A kind of message that is newer than the library, or a field of another type."""
    update = written(CHAT, 1, text="我家漏气了", paid_media={"star_count": "many"}, entities=[{"nonsense": 1}])
    assert await peer.server.bring(peer.url, update) == 200
    assert await texts(desk, peer) == ["我家漏气了"]
    wordless = written(CHAT, 2, entities="nonsense", hologram={"depth": 3})
    assert await peer.server.bring(peer.url, wordless) == 200
    (_, kept) = await said(desk, peer)
    assert kept.attachment
    assert kept.attachment.kind is AttachmentKind.OTHER


async def test_characters_that_no_database_holds_do_no_harm(desk: Desk, peer: TelegramPeer) -> None:
    document = {"file_id": "d", "file_unique_id": "d", "file_name": "合同\u0000\ud800.pdf"}
    body = json.dumps(written(CHAT, 1, document=document)).encode()
    assert await post(peer, body) == 200
    assert await post(peer, json.dumps(written(CHAT, 2, text="漏\u0000气\ud83d了")).encode()) == 200
    assert await texts(desk, peer) == ["［文件 合同.pdf］", "漏气了"]


async def test_a_place_that_is_none_is_kept_as_something(desk: Desk, peer: TelegramPeer) -> None:
    body = json.dumps(written(CHAT, 1, location={"latitude": float("nan"), "longitude": 121.4})).encode()
    assert await post(peer, body) in (200, 400)
    assert await peer.write("你好", 2)


async def test_an_old_button_of_a_conversation_that_is_over_is_taken(desk: Desk, peer: TelegramPeer) -> None:
    await bring(peer, 1, text="你好")
    await desk.gasdesk.settle()
    conversation = await desk.gasdesk.stores.transcripts.of_contact(peer.contact_id)
    assert conversation
    await close(desk, conversation.id)
    await peer.tap("我要报数", 2)
    await peer.tap("#1.0", 3)
    assert (await texts(desk, peer))[1:] == ["我要报数", "［无法显示的消息］"]
    assert all(call in peer.server.calls for call in [("answercallbackquery", 0)])


# --- polling ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("telegram_settings", [{"mode": "polling", "secret": "", "long_poll_seconds": 5}])
class TestPolling:
    async def test_a_chat_that_cannot_be_stored_holds_up_no_other(
        self, desk: Desk, peer: TelegramPeer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        take_in = TakeIn.__call__

        async def but_not_bob(self: TakeIn, incoming: Incoming) -> Message:
            if incoming.contact.id.endswith(str(CHAT + 1)):
                raise ConnectionError("not this one")
            return await take_in(self, incoming)

        bob = TelegramPeer(desk, peer.url, peer.server, CHAT + 1)
        with monkeypatch.context() as trouble:
            trouble.setattr(TakeIn, "__call__", but_not_bob)
            peer.server.offer(
                written(bob.chat, 7, text="第一句"),
                written(CHAT, 8, text="我家漏气了"),
                written(bob.chat, 9, text="第二句"),
            )
            await eventually(lambda: bool(peer.server.chats[CHAT]))
            assert await said(desk, bob) == []

        def later() -> bool:
            desk.clock.advance(1)
            return not peer.server.pending

        await eventually(later)
        assert await texts(desk, bob) == ["第一句", "第二句"]
        assert await texts(desk, peer) == ["我家漏气了"]

    async def test_numbers_that_begin_anew_after_a_quiet_week_are_fetched(self, desk: Desk, peer: TelegramPeer) -> None:
        """Then Telegram chooses the next number at random; one that is asked for from a higher one on is lost."""
        peer.server.offer(written(CHAT, 900_000_000, text="第一周"))
        await eventually(lambda: not peer.server.pending)
        peer.server.offer(written(CHAT, 5, text="第三周"))
        await eventually(lambda: not peer.server.pending)
        assert await texts(desk, peer) == ["第一周", "第三周"]
