"""The address: who may call it, and what it answers. wechatpy seals and signs."""

import pytest
from wechatpy.work.crypto import WeChatCrypto

from bot.channels.wechat.crypto import AesKey, signature
from tests.flows.desk import Desk
from tests.wechat_kf.customer import AES_KEY, NONCE, STAMP, TOKEN, KfCustomer
from tests.wechat_kf.fake_kf import CORP_ID, FakeKf


def sealed_echo(corp_id: str = CORP_ID, key: str = AES_KEY) -> tuple[str, str]:
    echo = AesKey.of(key).encrypt(b"4375120948345356249", corp_id)
    return echo, signature(TOKEN, STAMP, NONCE, echo)


async def test_the_console_gets_its_echo_opened(ann: KfCustomer) -> None:
    echo, signed = sealed_echo()
    assert WeChatCrypto(TOKEN, AES_KEY, CORP_ID).check_signature(signed, STAMP, NONCE, echo) == "4375120948345356249"
    answer = await ann.get(msg_signature=signed, timestamp=STAMP, nonce=NONCE, echostr=echo)
    assert (answer.status_code, answer.text) == (200, "4375120948345356249")


async def test_a_wrong_token_key_or_corp_is_told_apart(ann: KfCustomer) -> None:
    echo, signed = sealed_echo()
    forged = await ann.get(msg_signature=signed[:-1] + "x", timestamp=STAMP, nonce=NONCE, echostr=echo)
    assert (forged.status_code, forged.json()["error"]["code"]) == (403, "bad_signature")
    for other in (sealed_echo(corp_id="ww0"), sealed_echo(key="B" * 42 + "A")):
        answer = await ann.get(msg_signature=other[1], timestamp=STAMP, nonce=NONCE, echostr=other[0])
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_push")


async def test_a_forged_notice_fetches_nothing(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    for query in ({"msg_signature": "0" * 40}, {"timestamp": "1"}, {"nonce": "1"}):
        assert (await ann.notify(ann.notice(), **query)).status_code == 403
    await desk.gasdesk.settle()
    assert not kf.fetches


async def test_the_key_of_before_is_still_read(ann: KfCustomer, kf: FakeKf, desk: Desk) -> None:
    kf.says(ann.name, "text", {"content": "你好"})
    answer = await ann.notify(ann.notice(), WeChatCrypto(TOKEN, "A" * 43, CORP_ID))
    assert answer.status_code == 200
    await desk.gasdesk.settle()
    assert ann.got == ["您说的是：你好"]


@pytest.mark.parametrize(
    "plain",
    [
        "<xml><MsgType>event</MsgType><Event>change_contact</Event></xml>",
        "<xml><MsgType>event</MsgType><Event>kf_msg_or_event</Event><Token>t</Token></xml>",
        "<xml><MsgType>text</MsgType><Content>hi</Content></xml>",
    ],
)
async def test_other_callbacks_of_the_application_are_let_pass(
    ann: KfCustomer, kf: FakeKf, desk: Desk, plain: str
) -> None:
    assert (await ann.notify(plain)).status_code == 200
    await desk.gasdesk.settle()
    assert not kf.fetches


async def test_what_is_no_xml_is_refused(ann: KfCustomer) -> None:
    assert (await ann.notify("no xml")).status_code == 400
    doctype = '<!DOCTYPE x [<!ENTITY a "b">]><xml><Event>&a;</Event></xml>'
    assert (await ann.notify(doctype)).status_code == 400
