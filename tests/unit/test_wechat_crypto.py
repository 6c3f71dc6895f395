"""Safe mode against the examples of WeChat's own documentation (消息推送), which nobody here wrote."""

import json

import pytest

from bot.channels.wechat.crypto import (
    AesKey,
    BadSignature,
    CannotDecrypt,
    check_signature,
    decrypt_with_any,
    signature,
)

TOKEN, APP_ID = "AAAAA", "wxba5fad812f8e6fb9"
KEY = AesKey.of("A" * 43)
OTHER_KEY = AesKey.of("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
ENCRYPTED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR"
    "8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km3"
    "2IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
REPLY = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="


@pytest.mark.parametrize(
    ("wanted", "parts"),
    [
        ("f464b24fc39322e44b38aa78f5edd27bd1441696", ("1714036504", "1514711492")),
        ("899cf89e464efb63f54ddac96b0a0a235f53aa78", ("1714037059", "486452656")),
        ("046e02f8204d34f8ba5fa3b1db94908f3df2e9b3", ("1714112445", "415670741", ENCRYPTED)),
        ("1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1", ("1713424427", "415670741", REPLY)),
    ],
)
def test_signatures_are_those_of_the_documentation(wanted: str, parts: tuple[str, ...]) -> None:
    assert signature(TOKEN, *parts) == wanted
    check_signature(wanted, TOKEN, *parts)
    for forged in (wanted[:-1] + "x", "", "签名"):
        with pytest.raises(BadSignature):
            check_signature(forged, TOKEN, *parts)


def test_the_documented_push_is_decrypted() -> None:
    message = json.loads(KEY.decrypt(ENCRYPTED, APP_ID))
    assert message["FromUserName"] == "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
    assert message["debug_str"] == "hello world"


def test_the_documented_reply_is_encrypted() -> None:
    assert KEY.encrypt(b'{"demo_resp":"good luck"}', APP_ID, random=b"707722b803182950") == REPLY


@pytest.mark.parametrize("length", range(0, 70))
def test_every_length_of_padding_comes_back(length: int) -> None:
    message = ("气" * length).encode()
    assert KEY.decrypt(KEY.encrypt(message, APP_ID), APP_ID) == message


def test_the_same_message_never_looks_the_same() -> None:
    assert KEY.encrypt(b"1", APP_ID) != KEY.encrypt(b"1", APP_ID)


@pytest.mark.parametrize("bad", ["", "AAAA", "!!!!", "A" * 22 + "==", ENCRYPTED[:-4], ENCRYPTED[4:]])
def test_what_is_no_message_is_refused(bad: str) -> None:
    with pytest.raises(CannotDecrypt):
        KEY.decrypt(bad, APP_ID)


def test_a_message_for_another_account_is_refused() -> None:
    with pytest.raises(CannotDecrypt):
        KEY.decrypt(ENCRYPTED, "wx0000000000000000")


def test_the_previous_key_still_opens_and_is_the_one_to_answer_with() -> None:
    for keys in ([OTHER_KEY, KEY], [KEY, OTHER_KEY]):
        message, used = decrypt_with_any(keys, ENCRYPTED, APP_ID)
        assert (b"hello world" in message, used) == (True, KEY)
    for without in ([OTHER_KEY], []):
        with pytest.raises(CannotDecrypt):
            decrypt_with_any(without, ENCRYPTED, APP_ID)


@pytest.mark.parametrize("bad", ["", "A" * 42, "A" * 44, "é" * 43, "*" * 43])
def test_a_key_of_another_shape_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="43"):
        AesKey.of(bad)
