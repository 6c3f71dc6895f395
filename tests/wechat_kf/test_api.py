"""Our client and wechatpy's against the same 微信客服: tokens, cursors, codes, media."""

import asyncio
from typing import Any

import pytest
import wechatpy
from wechatpy.work import WeChatClient
from wechatpy.work.crypto import WeChatCrypto

from bot.adapters.wechat.problems import TokenUnavailable
from bot.adapters.wechat_kf.api import KfApi
from bot.adapters.wechat_kf.service import KfService
from bot.channel import ChannelDown, MediaGone
from bot.channels.wechat.crypto import AesKey, CannotDecrypt, signature
from bot.domain.files import StoredFile
from bot.domain.reply_windows import Answer, Verdict
from bot.testing import ManualClock
from tests.wechat.fake_platform import PNG
from tests.wechat_kf.conftest import kf_client
from tests.wechat_kf.customer import AES_KEY, NONCE, STAMP, TOKEN
from tests.wechat_kf.fake_kf import CORP_ID, KF, SECRET, FakeKf

ANN = "wmAnn"
PICTURE = StoredFile(id="f", name="表底.png", content_type="image/png", size=len(PNG))
HELLO = {"msgtype": "text", "text": {"content": "您好"}}


@pytest.fixture
def service(api: KfApi) -> KfService:
    return KfService(api)


# --- access tokens ---------------------------------------------------------------------------------------------------


async def test_many_at_once_fetch_one_token(api: KfApi, kf: FakeKf) -> None:
    for number in range(20):
        kf.says(f"wm{number}", "text", {"content": "你好"})
    await asyncio.gather(*[api.send(KF, f"wm{number}", f"m-{number}", HELLO) for number in range(20)])
    assert (len(kf.sent), kf.token_fetches) == (20, 1)


async def test_a_token_is_fetched_anew_when_it_ends_and_not_again_and_again_before(
    api: KfApi, clock: ManualClock, kf: FakeKf
) -> None:
    """In its last minutes 企业微信 still gives the old one: asking would bring nothing."""
    await api.accounts()
    clock.advance(7200 - 60)
    for _ in range(3):
        await api.accounts()
    assert kf.token_fetches == 1
    clock.advance(51)
    kf.forget_tokens()  # it has ended there a moment earlier
    await api.accounts()
    assert kf.token_fetches == 2


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_refused_token_is_asked_for_once_more(api: KfApi, kf: FakeKf, code: int) -> None:
    await api.accounts()
    kf.forget_tokens()
    kf.fail("kf/account/list", code)
    assert [account.open_kfid for account in await api.accounts()] == [KF]


async def test_a_wrong_secret_says_what_to_do(kf: FakeKf, clock: ManualClock) -> None:
    async with kf_client(kf, clock, secret="wrong") as api:
        with pytest.raises(TokenUnavailable) as found:
            await api.check()
    assert "GASDESK_WECHAT_KF__SECRET" in found.value.advice
    assert "wrong" not in f"{found.value} {found.value.advice}"


# --- sending ---------------------------------------------------------------------------------------------------------


async def test_a_lost_answer_is_asked_for_under_the_same_id_and_counts_once(service: KfService, kf: FakeKf) -> None:
    kf.says(ANN, "text", {"content": "你好"})
    kf.fail("kf/send_msg", "lost", "502", "none")
    for _ in range(2):
        with pytest.raises(ChannelDown):
            await service.send(KF, ANN, "7-0-abc", HELLO)
    assert await service.send(KF, ANN, "7-0-abc", HELLO) == Answer(Verdict.SENT)
    assert (kf.texts(ANN), kf.customers[ANN].left) == (["您好"], 4)


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (95001, Verdict.USED_UP),
        (95002, Verdict.TOO_LATE),
        (40096, Verdict.UNREACHABLE),
        (40058, Verdict.REFUSED),
        (95003, Verdict.REFUSED),
    ],
)
async def test_each_refusal_has_its_meaning(service: KfService, kf: FakeKf, code: int, verdict: Verdict) -> None:
    kf.says(ANN, "text", {"content": "你好"})
    kf.fail("kf/send_msg", code)
    answer = await service.send(KF, ANN, "1-0-a", HELLO)
    assert answer.verdict is verdict
    assert answer.reason


@pytest.mark.parametrize("code", [-1, 45009, 48002, 60020, 95017])
async def test_what_can_be_put_right_is_tried_again(service: KfService, kf: FakeKf, code: int) -> None:
    kf.says(ANN, "text", {"content": "你好"})
    kf.fail("kf/send_msg", code)
    with pytest.raises(ChannelDown):
        await service.send(KF, ANN, "1-0-a", HELLO)
    assert (await service.send(KF, ANN, "1-0-a", HELLO)).verdict is Verdict.SENT


async def test_a_session_that_is_nobodys_becomes_ours(service: KfService, kf: FakeKf) -> None:
    kf.says(ANN, "text", {"content": "你好"})
    kf.fail("kf/send_msg", 95018)
    assert (await service.send(KF, ANN, "1-0-a", HELLO)).verdict is Verdict.SENT
    assert kf.customers[ANN].state == 1


@pytest.mark.parametrize(("state", "word"), [(2, "接待池"), (3, "接待人员"), (4, "已结束")])
async def test_a_session_that_is_elsewhere_waits(service: KfService, kf: FakeKf, state: int, word: str) -> None:
    kf.says(ANN, "text", {"content": "你好"})
    kf.customers[ANN].state = state
    answer = await service.send(KF, ANN, "1-0-a", HELLO)
    assert answer.verdict is Verdict.NOT_NOW
    assert word in answer.reason
    assert kf.customers[ANN].state == state, "nobody's session is ended behind his back"


async def test_media_come_and_go(service: KfService, api: KfApi, kf: FakeKf) -> None:
    assert (await service.fetch("pic-1")).content == PNG
    assert kf.media[await api.upload("image", PICTURE, PNG)] == (PNG, "image/png")
    with pytest.raises(MediaGone):
        await service.fetch("long-ago")
    kf.fail("media/get", -1)
    with pytest.raises(ChannelDown):
        await service.fetch("pic-1")


# --- somebody else's client and crypto -------------------------------------------------------------------------------


def wechatpys(url: str) -> Any:
    """Its client, sent to our fake."""
    client = WeChatClient(CORP_ID, SECRET)
    client.API_BASE_URL = f"{url}/cgi-bin/"
    credentials = {"corpid": CORP_ID, "corpsecret": SECRET}
    client.fetch_access_token = lambda: client._fetch_access_token(url=f"{url}/cgi-bin/gettoken", params=credentials)
    return client


async def test_wechatpy_finds_the_same_platform(kf: FakeKf) -> None:
    kf.says(ANN, "text", {"content": "你好"})
    code = kf.enters(ANN)

    def use() -> list[Any]:
        client = wechatpys(kf.url)
        page = client.kf.sync_msg(kf.notice(), limit=1)
        rest = client.kf.sync_msg(kf.notice(), page["next_cursor"])
        moved = client.kf.trans_service_state(KF, ANN, 1)
        state = client.kf.get_service_state(KF, ANN)
        client.kf.send_msg_on_event(code, "text", {"text": {"content": "欢迎"}}, "w-1")
        with pytest.raises(wechatpy.WeChatClientException) as used:
            client.kf.send_msg_on_event(code, "text", {"text": {"content": "欢迎"}}, "w-2")
        return [
            [(m["msgtype"], page["has_more"]) for m in page["msg_list"]],
            [(m["event"]["event_type"], rest["has_more"]) for m in rest["msg_list"]],
            (moved["errcode"], state["service_state"]),
            used.value.errcode,
        ]

    assert await asyncio.to_thread(use) == [[("text", 1)], [("enter_session", 0)], (0, 1), 95007]
    assert kf.texts(ANN) == ["欢迎"]


@pytest.mark.parametrize("text", ["", "a", "漏气了", "气" * 300, "x" * 11, "x" * 12])
def test_sealing_agrees_with_wechatpys_enterprise_crypto(text: str) -> None:
    theirs, ours = WeChatCrypto(TOKEN, AES_KEY, CORP_ID), AesKey.of(AES_KEY)
    sealed = ours.encrypt(text.encode(), CORP_ID)
    signed = signature(TOKEN, STAMP, NONCE, sealed)
    body = f"<xml><ToUserName/><Encrypt>{sealed}</Encrypt></xml>"
    assert theirs.decrypt_message(body, signed, STAMP, NONCE) == text
    for other in (AesKey.of("A" * 43), ours):
        with pytest.raises(CannotDecrypt):
            other.decrypt(sealed, "ww0000000000000000")
