"""Several messages as few of WeChat's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.packing import LONGEST_BYTES, as_message, chosen, divided, pack, with_links
from bot.domain.conversations import Button, Kind, Message, Speaker
from bot.testing import START


def message(seq: int, text: str, *titles: str) -> Message:
    return Message(
        id=f"m{seq}",
        conversation_id="c",
        seq=seq,
        at=START,
        speaker=Speaker.BOT,
        kind=Kind.ANSWER,
        text=text,
        buttons=tuple(Button(title, f"我要{title}") for title in titles),
    )


def test_short_messages_are_merged() -> None:
    package = pack([message(1, "一"), message(2, "二"), message(3, "三")])
    assert (package.count, package.parts, package.choices) == (3, ("一\n\n二\n\n三",), ())


def test_no_more_is_merged_than_fits() -> None:
    package = pack([message(1, "气" * 400), message(2, "电" * 282), message(3, "水")])
    assert (package.count, len(package.parts)) == (2, 1)
    assert len(package.parts[0].encode()) == LONGEST_BYTES
    assert pack([message(1, "气" * 400), message(2, "电" * 283)]).count == 1


def test_a_menu_ends_a_message() -> None:
    package = pack([message(1, "一"), message(2, "选一个", "报数", "余额"), message(3, "三")])
    assert package.count == 2
    assert as_message(package.parts[0], package.choices) == {
        "msgtype": "msgmenu",
        "msgmenu": {
            "head_content": "一\n\n选一个",
            "list": [{"id": "2-0", "content": "报数"}, {"id": "2-1", "content": "余额"}],
            "tail_content": "",
        },
    }
    assert with_links(package.parts[0], package.choices).splitlines()[-1] == (
        '<a href="weixin://bizmsgmenu?msgmenucontent=%E4%BD%99%E9%A2%9D&msgmenuid=2-1">余额</a>'
    )


def test_without_buttons_it_is_a_text() -> None:
    assert as_message("您好") == {"msgtype": "text", "text": {"content": "您好"}}


def test_a_long_message_goes_alone_and_its_menu_with_the_last_part() -> None:
    package = pack([message(1, "一二三四五六七八九。" * 100, "好"), message(2, "二")])
    assert (package.count, len(package.parts)) == (1, 2)
    assert all(part.endswith("。") for part in package.parts)
    assert len(with_links(package.parts[-1], package.choices).encode()) <= LONGEST_BYTES


@given(st.text(min_size=1, max_size=3000).filter(str.strip), st.integers(40, 400))
def test_dividing_loses_nothing_but_space_between_the_parts(text: str, longest: int) -> None:
    parts = divided(text, longest)
    assert all(len(part.encode()) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_parts_end_where_a_reader_would_pause() -> None:
    assert divided("第一段。\n\n第二段。", 20) == ("第一段。", "第二段。")
    assert divided("好的，请关阀。快出门。", 24) == ("好的，请关阀。", "快出门。")


@pytest.mark.parametrize(
    ("number", "found"),
    [("12-0", (12, 0)), ("12", None), ("", None), ("a-b", None), ("-1", None), ("1-", None), ("9" * 30 + "-1", None)],
)
def test_a_number_leads_back_to_its_button(number: str, found: tuple[int, int] | None) -> None:
    assert chosen(number) == found
