"""The address in WeChat's console: who may speak to it, and what it says to nonsense."""

import pytest
from wechatpy.crypto import WeChatCrypto

from tests.flows.desk import Desk
from tests.unit.test_wechat_crypto import ENCRYPTED
from tests.wechat.fake_wechat import APP_ID
from tests.wechat.phone import NONCE, STAMP, TOKEN, Phone, plain_signature


async def test_the_console_checks_the_address_with_the_documented_example(ann: Phone) -> None:
    query = {"timestamp": "1714036504", "nonce": "1514711492", "echostr": "4375120948345356249"}
    answer = await ann.get(signature="f464b24fc39322e44b38aa78f5edd27bd1441696", **query)
    assert (answer.status_code, answer.text) == (200, "4375120948345356249")
    forged = await ann.get(signature="f464b24fc39322e44b38aa78f5edd27bd1441697", **query)
    assert (forged.status_code, forged.json()["error"]["code"]) == (403, "bad_signature")
    assert (await ann.get()).status_code == 403


async def test_a_text_is_answered_in_the_same_request(desk: Desk, ann: Phone) -> None:
    desk.assistant.answers["查余额"] = "请发户号。"
    assert await ann.says("查余额") == "请发户号。"
    assert ann.got == [], "and costs nothing"


async def test_the_documented_push_in_json_is_taken(desk: Desk, ann: Phone) -> None:
    """An event of the debugging tool, encrypted with the previous key; there is nothing to answer."""
    response = await ann._http.post(
        "/channels/wechat",
        params={
            "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
            "timestamp": "1714112445",
            "nonce": "415670741",
            "openid": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
            "encrypt_type": "aes",
            "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
        },
        json={"ToUserName": "gh_97417a04a28d", "Encrypt": ENCRYPTED},
    )
    assert (response.status_code, response.content) == (200, b"success")


async def test_the_previous_key_is_answered_with_the_previous_key(desk: Desk, ann: Phone) -> None:
    ann.crypto = WeChatCrypto(TOKEN, "A" * 43, APP_ID)
    assert await ann.says("你好") == "您说的是：你好"


async def test_a_key_we_do_not_have_is_refused(ann: Phone) -> None:
    stranger = WeChatCrypto(TOKEN, "B" * 43, APP_ID)
    response = await ann.post(ann.push({"MsgType": "text", "Content": "x", "MsgId": 1}), stranger)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "bad_push")


async def test_a_push_for_another_account_is_refused(ann: Phone) -> None:
    other = WeChatCrypto(TOKEN, "A" * 43, "wx0000000000000000")
    assert (await ann.post(ann.push({"MsgType": "text", "Content": "x", "MsgId": 1}), other)).status_code == 400


@pytest.mark.parametrize("query", [{"msg_signature": ""}, {"msg_signature": "0" * 40}, {"nonce": "1"}])
async def test_who_does_not_know_the_token_is_refused(desk: Desk, ann: Phone, query: dict[str, str]) -> None:
    response = await ann.post(ann.push({"MsgType": "text", "Content": "x", "MsgId": 1}), **query)
    assert response.status_code == 403
    assert await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id) is None


async def test_the_signature_that_leaves_the_body_out_is_not_enough(desk: Desk, ann: Phone) -> None:
    """Who has seen one request knows a good `signature`; with it he must not be able to speak for a customer."""
    for kind in ("aes", "raw"):
        response = await ann._http.post(
            "/channels/wechat",
            params={
                "timestamp": STAMP,
                "nonce": NONCE,
                "signature": plain_signature(STAMP, NONCE),
                "encrypt_type": kind,
            },
            content=ann.push({"MsgType": "text", "Content": "转人工", "MsgId": 1}).encode(),
        )
        assert response.status_code == 403


@pytest.mark.parametrize(
    "plain", ["", "nonsense", "<xml/>", "<!DOCTYPE xml><xml><A/></xml>", "<xml><MsgType>text</MsgType></xml>", "{"]
)
async def test_nonsense_in_a_good_envelope_is_refused_and_breaks_nothing(ann: Phone, plain: str) -> None:
    assert (await ann.post(plain)).status_code == 400
    assert await ann.says("你好") == "您说的是：你好"


async def test_a_huge_body_is_not_read(ann: Phone) -> None:
    response = await ann._http.post("/channels/wechat", content=b"<xml>" + b"a" * 70_000)
    assert response.status_code == 413


async def test_what_arrived_is_a_conversation_like_any_other(desk: Desk, ann: Phone) -> None:
    await ann.says("你好", 77)
    history = await desk.gasdesk.stores.transcripts.history(ann.contact_id, 0)
    assert (history[0].id, history[0].text) == ("77", "你好")
    conversation = await desk.gasdesk.stores.transcripts.of_contact(ann.contact_id)
    assert conversation is not None
    assert conversation.channel == "wechat"
