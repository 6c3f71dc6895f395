"""What is taken apart, with an understanding that is written down here."""

import pytest

from assistant.clauses import JSON, parts_of

KNOWN = {
    "开户要什么材料": "open_account",
    "几点下班": "ask_service_hours",
    "你们几点下班": "ask_service_hours",
    "怎么交费": "pay_bill",
    "卡丢了怎么补": "report_ic_card_lost",
    "没气了怎么办": "report_no_gas",
    "是不是停气了": "ask_outage",
    "我要投诉你们吗": "make_complaint",
    "谢谢": "thank",
    "家里有煤气味": "report_leak",
    "你好": "greet",
}


async def understand(text: str) -> JSON:
    name = KNOWN.get(text.strip("？?！! "), "nlu_fallback")
    confidence = 0.3 if name == "nlu_fallback" else 0.95
    return {"intent": {"name": name, "confidence": confidence}, "intent_ranking": []}


async def parts(text: str, *, dialogue: bool = False) -> list[tuple[str, str]]:
    return [(part.text, part.parsed["intent"]["name"]) for part in await parts_of(text, understand, dialogue=dialogue)]


async def test_two_questions() -> None:
    assert await parts("开户要什么材料，还有你们几点下班？") == [
        ("开户要什么材料", "open_account"),
        ("还有你们几点下班？", "ask_service_hours"),
    ]


async def test_what_surrounds_a_question_stays_with_it() -> None:
    assert [text for text, _ in await parts("我是租房的，开户要什么材料，还有你们几点下班")] == [
        "我是租房的，开户要什么材料，还有你们几点下班"  # the first group is not understood surely, so nothing is split
    ]


@pytest.mark.parametrize(
    "text",
    [
        "没气了怎么办，是不是停气了",  # one matter
        "开户要什么材料，要多少钱",  # the second leans on the first
        "开户要什么材料，隔壁老王说要很多",  # the second asks nothing
        "几点下班，我要投诉你们吗",  # a complaint is whole
        "你们几点下班" + "，啊" * 20,  # a story
    ],
)
async def test_not_split(text: str) -> None:
    assert len(await parts(text)) == 1


async def test_an_answer_before_a_question_only_within_a_dialogue() -> None:
    text = "1235，你们几点下班"
    assert [part for part, _ in await parts(text, dialogue=True)] == ["1235", "你们几点下班"]
    assert len(await parts(text)) == 1


async def test_the_one_clause_that_says_something() -> None:
    assert await parts("等了半天了！你们几点下班！") == [("等了半天了！你们几点下班！", "ask_service_hours")]


async def test_messages_that_waited_together() -> None:
    assert await parts("你好\n怎么交费\n卡丢了怎么补") == [
        ("你好，怎么交费", "pay_bill"),
        ("卡丢了怎么补", "report_ic_card_lost"),
    ]


async def test_a_leak_among_them_comes_alone_with_all_that_was_said() -> None:
    text = "怎么交费\n家里有煤气味\n卡丢了怎么补"
    assert await parts(text) == [(text, "report_leak")]
