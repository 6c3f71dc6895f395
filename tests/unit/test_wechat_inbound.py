"""What WeChat pushes, as its documentation shows it, in one shape."""

import pytest

from bot.channels.wechat.frames import LARGEST, BadFrame, read_fields, write_fields
from bot.channels.wechat.inbound import Inbound, NotInbound, What, read_inbound

COMMON = (
    "<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oUser]]></FromUserName>"
    "<CreateTime>1348831860</CreateTime>"
)


def push(rest: str) -> Inbound:
    return read_inbound(read_fields(f"<xml>{COMMON}{rest}</xml>".encode()))


def event(name: str, rest: str = "") -> Inbound:
    return push(f"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{name}]]></Event>{rest}")


def test_a_text() -> None:
    seen = push(
        "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[漏气 <b> & ]]></Content><MsgId>1234567890123456</MsgId>"
    )
    assert (seen.what, seen.text, seen.id) == (What.TEXT, "漏气 <b> & ", "1234567890123456")
    assert (seen.account, seen.open_id, seen.tapped) == ("gh_1", "oUser", "")
    assert seen.is_message


def test_a_tapped_menu_item_is_a_text_with_its_number() -> None:
    seen = push("<MsgType>text</MsgType><Content>查余额</Content><MsgId>1</MsgId><bizmsgmenuid>7-2</bizmsgmenuid>")
    assert (seen.what, seen.text, seen.tapped) == (What.TEXT, "查余额", "7-2")


@pytest.mark.parametrize(
    ("kind", "what"),
    [("image", What.IMAGE), ("voice", What.VOICE), ("video", What.VIDEO), ("shortvideo", What.VIDEO)],
)
def test_media(kind: str, what: What) -> None:
    seen = push(
        f"<MsgType>{kind}</MsgType><PicUrl>http://pic</PicUrl><MediaId>m1</MediaId><MsgId>2</MsgId>"
        "<Format>amr</Format><Recognition></Recognition><ThumbMediaId>t</ThumbMediaId>"
    )
    assert (seen.what, seen.media_id, seen.text) == (what, "m1", "")


def test_a_location_has_a_place_and_its_name() -> None:
    seen = push(
        "<MsgType>location</MsgType><Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y>"
        "<Scale>20</Scale><Label><![CDATA[幸福小区3号楼]]></Label><MsgId>3</MsgId>"
    )
    assert (seen.what, seen.text, seen.latitude, seen.longitude) == (
        What.LOCATION,
        "幸福小区3号楼",
        23.134521,
        113.358803,
    )


def test_a_link() -> None:
    seen = push("<MsgType>link</MsgType><Title>标题</Title><Description/><Url>https://a</Url><MsgId>4</MsgId>")
    assert (seen.what, seen.text) == (What.LINK, "标题\nhttps://a")


def test_a_kind_that_is_new_is_a_message_all_the_same() -> None:
    seen = push("<MsgType>hologram</MsgType><MsgId>5</MsgId>")
    assert (seen.what, seen.name, seen.is_message) == (What.OTHER, "hologram", True)


@pytest.mark.parametrize(
    ("name", "key", "what", "seen_key"),
    [
        ("subscribe", "", What.SUBSCRIBE, ""),
        ("subscribe", "qrscene_123", What.SUBSCRIBE, "123"),
        ("unsubscribe", "", What.UNSUBSCRIBE, ""),
        ("SCAN", "123", What.SCAN, "123"),
        ("CLICK", "V1001", What.CLICK, "V1001"),
        ("scancode_push", "6", What.CLICK, "6"),
        ("scancode_waitmsg", "6", What.CLICK, "6"),
        ("VIEW", "https://a", What.QUIET, "https://a"),
        ("LOCATION", "", What.QUIET, ""),
        ("TEMPLATESENDJOBFINISH", "", What.QUIET, ""),
        ("subscribe_msg_popup_event", "", What.QUIET, ""),
        ("something_new", "", What.QUIET, ""),
    ],
)
def test_events(name: str, key: str, what: What, seen_key: str) -> None:
    seen = event(name, f"<EventKey><![CDATA[{key}]]></EventKey><Ticket>t</Ticket>")
    assert (seen.what, seen.key, seen.name, seen.is_message) == (what, seen_key, name, False)


def test_a_repeated_event_is_known_by_its_second_and_another_kind_is_another() -> None:
    assert event("subscribe").id == event("subscribe").id == "1348831860:subscribe"
    assert event("CLICK").id != event("SCAN").id
    first, second = (event("CLICK", f"<EventKey>{key}</EventKey>").id for key in ("查询余额", "我要报数"))
    assert first != second, "two menu items in the same second"
    assert len(event("CLICK", f"<EventKey>{'k' * 128}</EventKey>").id) == 70


def test_json_reads_the_same() -> None:
    body = """{"ToUserName": "gh_1", "FromUserName": "oUser", "CreateTime": 1348831860, "MsgType": "text",
               "Content": "你好", "MsgId": 6054768590064713728, "List": {"Count": 2}}"""
    fields = read_fields(body.encode())
    assert fields["List.Count"] == "2"
    seen = read_inbound(fields)
    assert (seen.text, seen.id, seen.what) == ("你好", "6054768590064713728", What.TEXT)


def test_nested_fields_keep_their_place() -> None:
    fields = read_fields(b"<xml><A>1</A><Info><Type>x</Type><Deep><B>2</B></Deep></Info></xml>")
    assert fields == {"A": "1", "Info.Type": "x", "Info.Deep.B": "2"}


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"hello",
        b"<xml><A></xml>",
        b"{",
        b"[" * 30_000,
        b"<!DOCTYPE xml><xml><A>1</A></xml>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><A>&b;</A></xml>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>',
        b"<xml>" + b" " * LARGEST + b"</xml>",
    ],
)
def test_what_is_no_push_is_refused(bad: bytes) -> None:
    with pytest.raises(BadFrame):
        read_fields(bad)


@pytest.mark.parametrize("missing", ["ToUserName", "FromUserName", "CreateTime", "MsgType"])
def test_every_push_has_these(missing: str) -> None:
    fields = {"ToUserName": "a", "FromUserName": "b", "CreateTime": "1", "MsgType": "text"}
    with pytest.raises(NotInbound, match=missing):
        read_inbound({name: value for name, value in fields.items() if name != missing})


def test_what_is_written_can_be_read_whatever_the_text_holds() -> None:
    reply = {"Content": "a]]>b<xml>&amp;", "CreateTime": 7, "Image": {"MediaId": "m"}}
    wanted = {"Content": "a]]>b<xml>&amp;", "CreateTime": "7", "Image.MediaId": "m"}
    assert read_fields(write_fields(reply, as_json=False)) == wanted
    assert read_fields(write_fields(reply, as_json=True)) == wanted
