"""What is taken apart, with an understanding that is written down here."""

import pytest

from assistant.clauses import JSON, parts_of

KNOWN = {
    "开户要什么材料": "open_account",
    "几点下班": "ask_service_hours",
    "你们几点下班": "ask_service_hours",
    "怎么交费": "pay_bill",
    "卡丢了怎么补": "report_ic_card_lost",
    "卡丢了": "report_ic_card_lost",
    "没气了": "report_no_gas",
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
    assert await parts("我是租房的，开户要什么材料，还有你们几点下班") == [
        ("我是租房的，开户要什么材料", "open_account"),  # by its clause, which is beyond doubt
        ("还有你们几点下班", "ask_service_hours"),
    ]


async def test_three_wishes_in_one_story_are_three() -> None:
    """A matter that is only told beside one that is asked was lost before."""
    assert await parts("怎么交费 我妈那边 卡丢了怎么补 另外你们几点下班") == [
        ("怎么交费，我妈那边", "pay_bill"),
        ("卡丢了怎么补", "report_ic_card_lost"),
        ("另外你们几点下班", "ask_service_hours"),
    ]
    told = "开户要什么材料，没气了怎么办，卡丢了怎么补"
    assert [intent for _, intent in await parts(told)] == ["open_account", "report_no_gas", "report_ic_card_lost"]


async def test_one_matter_with_a_story_around_it_is_one() -> None:
    assert len(await parts("我家住三楼，刚搬来的，没气了怎么办，是不是停气了")) == 1


async def test_a_story_before_the_next_matter_counts_by_the_clause_that_says_what_it_is_about() -> None:
    assert await parts("你好，我住三楼，卡丢了怎么补，另外你们几点下班") == [
        ("你好，我住三楼，卡丢了怎么补", "report_ic_card_lost"),
        ("另外你们几点下班", "ask_service_hours"),
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


async def test_a_consent_in_more_words_than_a_yes_before_a_question_answers_the_dialogue() -> None:
    said = await parts("嗯登记吧 你们几点下班", dialogue=True)
    assert [part for part, _ in said] == ["嗯登记吧", "你们几点下班"]


async def test_the_sure_one_of_two_clauses_says_what_the_group_asks() -> None:
    said = await parts("这都通着的 没气了，还有你们几点下班")
    assert [intent for _, intent in said] == ["report_no_gas", "ask_service_hours"]


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


async def test_behind_a_preamble_the_clause_that_tells_a_matter_counts() -> None:
    text = "我爸妈家的气表是插卡的 卡丢了怎么补 咋整"
    assert await parts(text) == [(text, "report_ic_card_lost")]


async def test_the_point_may_be_told_and_not_asked() -> None:
    text = "我爸妈家的气表是插卡的 卡丢了 咋整"
    assert await parts(text) == [(text, "report_ic_card_lost")]
    assert await parts(text, dialogue=True) == [(text, "nlu_fallback")]  # there it may be an answer


async def test_what_stands_before_the_point_is_no_point() -> None:
    text = "卡丢了 我爸妈家的表是老式的 那种"
    assert [intent for _, intent in await parts(text)] == ["nlu_fallback"]
