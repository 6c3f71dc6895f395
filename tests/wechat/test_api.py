"""Our client and wechatpy's against the same WeChat: tokens, errors, media."""

import asyncio
from typing import Any

import pytest
import wechatpy

from bot.adapters.wechat.alone import Alone
from bot.adapters.wechat.api import MayHaveArrived, WeChatApi
from bot.adapters.wechat.customer_service import CustomerService
from bot.adapters.wechat.problems import TokenUnavailable, WeChatError
from bot.channel import ChannelDown
from bot.domain.files import StoredFile
from bot.domain.reply_windows import Answer, Verdict
from bot.testing import ManualClock
from tests.wechat.conftest import KeptInMemory, client
from tests.wechat.fake_wechat import APP_ID, APP_SECRET, PNG, FakeWeChat

ANN = "oAnn"
PICTURE = StoredFile(id="f", name="表底.png", content_type="image/png", size=len(PNG))
HELLO = {"msgtype": "text", "text": {"content": "您好"}}


@pytest.fixture
def service(api: WeChatApi) -> CustomerService:
    return CustomerService(api)


# --- access tokens ---------------------------------------------------------------------------------------------------


async def test_many_at_once_fetch_one_token(api: WeChatApi, wechat: FakeWeChat) -> None:
    for number in range(20):
        wechat.writes(f"o{number}")
    await asyncio.gather(*[api.send(f"o{number}", HELLO) for number in range(20)])
    assert (len(wechat.sent), wechat.token_fetches) == (20, 1)


async def test_another_replica_takes_the_token_that_is_there(
    api: WeChatApi, wechat: FakeWeChat, clock: ManualClock, kept: KeptInMemory, exclusive: Alone
) -> None:
    async with client(wechat, clock, kept, exclusive) as other:
        await asyncio.gather(api.check(), other.check())
    assert wechat.token_fetches == 1


async def test_a_token_is_renewed_before_it_ends(api: WeChatApi, wechat: FakeWeChat, clock: ManualClock) -> None:
    wechat.writes(ANN)
    await api.check()
    clock.advance(7200 - 301)
    await api.send(ANN, HELLO)
    assert wechat.token_fetches == 1
    clock.advance(2)
    await api.send(ANN, HELLO)
    assert wechat.token_fetches == 2


async def test_a_refused_token_is_fetched_anew_once_and_the_message_sent(api: WeChatApi, wechat: FakeWeChat) -> None:
    wechat.writes(ANN)
    await api.check()
    wechat.forget_tokens()
    await asyncio.gather(*[api.send(ANN, HELLO) for _ in range(4)])
    assert (wechat.texts(ANN), wechat.token_fetches) == (["您好"] * 4, 2)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_each_code_of_a_stale_token_is_answered_so(api: WeChatApi, wechat: FakeWeChat, code: int) -> None:
    """WeChat goes on handing out the token it refuses, so a new one has to be forced."""
    wechat.writes(ANN)
    wechat.fail("message/custom/send", code)
    await api.send(ANN, HELLO)
    assert (wechat.texts(ANN), wechat.token_fetches) == (["您好"], 3)


async def test_a_token_is_not_forced_again_and_again(service: CustomerService, wechat: FakeWeChat) -> None:
    """Twenty times a day is all there is."""
    wechat.writes(ANN)
    wechat.fail("message/custom/send", *[40001] * 6)
    for _ in range(3):
        with pytest.raises(ChannelDown):
            await service.send(ANN, HELLO)
    assert wechat.token_fetches == 5, "a first one, a forced one, and no other is forced within the minute"


@pytest.mark.parametrize(
    ("code", "advice"),
    [(40125, "AppSecret"), (40013, "AppID"), (40164, "IP白名单"), (40243, "冻结"), (99999, "99999")],
)
async def test_an_operator_is_told_what_to_mend(api: WeChatApi, wechat: FakeWeChat, code: int, advice: str) -> None:
    wechat.fail("stable_token", code)
    with pytest.raises(TokenUnavailable) as problem:
        await api.check()
    assert advice in problem.value.advice


async def test_a_wrong_secret_is_refused_and_tried_again_later(
    wechat: FakeWeChat, clock: ManualClock, kept: KeptInMemory, exclusive: Alone
) -> None:
    async with client(wechat, clock, kept, exclusive, secret="guess") as stranger:
        with pytest.raises(ChannelDown):
            await stranger.send(ANN, HELLO)
    assert kept.values == {}


# --- what WeChat says to a message -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (45015, Verdict.TOO_LATE),
        (45047, Verdict.USED_UP),
        (43004, Verdict.UNREACHABLE),
        (43019, Verdict.UNREACHABLE),
        (40003, Verdict.UNREACHABLE),
        (48001, Verdict.REFUSED),
        (45002, Verdict.REFUSED),
    ],
)
async def test_each_refusal_is_final_and_says_why(
    service: CustomerService, wechat: FakeWeChat, code: int, verdict: Verdict
) -> None:
    wechat.writes(ANN)
    wechat.fail("message/custom/send", code)
    answer = await service.send(ANN, HELLO)
    assert (answer.verdict, bool(answer.reason)) == (verdict, True)
    assert (wechat.texts(ANN), wechat.calls.count("message/custom/send")) == ([], 1)


@pytest.mark.parametrize(("code", "seconds"), [(-1, None), (45009, 600), (45011, 60)])
async def test_what_is_busy_now_is_asked_later(
    service: CustomerService, wechat: FakeWeChat, code: int, seconds: float | None
) -> None:
    wechat.fail("message/custom/send", code)
    with pytest.raises(ChannelDown) as down:
        await service.send(ANN, HELLO)
    later = down.value.retry_after
    assert (later and later.total_seconds()) == seconds


async def test_windows_and_quotas_are_enforced_by_the_fake(
    service: CustomerService, wechat: FakeWeChat, clock: ManualClock
) -> None:
    wechat.writes(ANN)
    said = [(await service.send(ANN, HELLO)).verdict for _ in range(6)]
    assert said == [Verdict.SENT] * 5 + [Verdict.USED_UP]
    wechat.writes(ANN)
    clock.advance(48 * 3600)
    assert (await service.send(ANN, HELLO)).verdict is Verdict.TOO_LATE
    wechat.taps(ANN)
    assert (await service.send(ANN, HELLO)).verdict is Verdict.SENT
    wechat.unfollows(ANN)
    assert (await service.send(ANN, HELLO)).verdict is Verdict.TOO_LATE


async def test_a_lost_answer_is_uncertain_and_not_repeated(service: CustomerService, wechat: FakeWeChat) -> None:
    wechat.writes(ANN)
    wechat.fail("message/custom/send", "lost")
    assert await service.send(ANN, HELLO) == Answer(Verdict.UNCERTAIN)
    assert wechat.texts(ANN) == ["您好"]
    wechat.fail("message/custom/send", "502")
    assert await service.send(ANN, HELLO) == Answer(Verdict.UNCERTAIN)


async def test_an_answer_that_never_comes_is_uncertain(
    wechat: FakeWeChat, clock: ManualClock, kept: KeptInMemory, exclusive: Alone
) -> None:
    wechat.writes(ANN)
    async with client(wechat, clock, kept, exclusive, patience=0.05) as impatient:
        await impatient.check()
        wechat.fail("message/custom/send", "hang")
        with pytest.raises(MayHaveArrived):
            await impatient.send(ANN, HELLO)


async def test_a_server_that_is_not_there_has_got_nothing(
    wechat: FakeWeChat, clock: ManualClock, kept: KeptInMemory, exclusive: Alone
) -> None:
    wechat.url = "http://127.0.0.1:9"
    async with client(wechat, clock, kept, exclusive) as lost:
        with pytest.raises(ChannelDown):
            await lost.send(ANN, HELLO)


async def test_typing_is_best_effort(service: CustomerService, wechat: FakeWeChat, clock: ManualClock) -> None:
    wechat.writes(ANN)
    await service.typing(ANN, True)
    await service.typing(ANN, False)
    assert wechat.typing == [(ANN, "Typing"), (ANN, "CancelTyping")]
    clock.advance(31)
    await service.typing(ANN, True)
    assert len(wechat.typing) == 2


async def test_media_go_both_ways(api: WeChatApi, wechat: FakeWeChat) -> None:
    voice = await api.download("voice-1")
    assert (voice.content, voice.content_type) == (b"#!AMR\nvoice", "audio/amr")
    wechat.forget_tokens()
    media_id = await api.upload("image", PICTURE, PNG)
    assert wechat.media[media_id] == (PNG, "image/png")
    with pytest.raises(WeChatError, match="40007"):
        await api.download("expired")


# --- the independent client ------------------------------------------------------------------------------------------


class Wechatpy(wechatpy.WeChatClient):  # type: ignore[misc]  # shipped without types
    """wechatpy knows only the older token interface; the rest is its own."""

    def __init__(self, url: str) -> None:
        self.API_BASE_URL = f"{url}/cgi-bin/"
        super().__init__(APP_ID, APP_SECRET)

    def fetch_access_token(self) -> Any:
        answer = self._http.post(
            f"{self.API_BASE_URL}stable_token",
            json={"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET},
        ).json()
        self.session.set(self.access_token_key, answer["access_token"], answer["expires_in"])
        self.expires_at = 2_000_000_000  # its own clock is the real one
        return answer


async def test_wechatpy_gets_along_with_the_fake(wechat: FakeWeChat) -> None:
    """Texts, the stale token, the codes: what it believes of WeChat is what the fake does."""
    wechat.writes(ANN)

    def drive() -> list[int]:
        peer, codes = Wechatpy(wechat.url), []
        peer.message.send_text(ANN, "一")
        wechat.forget_tokens()
        for text in ("二", "三", "四", "五", "六"):
            try:
                peer.message.send_text(ANN, text)
            except wechatpy.exceptions.WeChatClientException as problem:
                codes.append(problem.errcode)
        peer._http.close()
        return codes

    assert await asyncio.to_thread(drive) == [45047]
    assert wechat.texts(ANN) == ["一", "二", "三", "四", "五"]
