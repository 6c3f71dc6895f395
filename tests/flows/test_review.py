"""Messages come into the review inbox as customers write, and an administrator says what they mean."""

from typing import Any

import pytest

from bot.adapters.sql.staff import Account
from bot.desk.accounts import NewStaff
from bot.domain.conversations import SeenIntent
from bot.domain.knowledge import ArticleUse, Verdict
from bot.domain.staff import Role
from bot.ports import AssistantAnswer, AssistantDown, Bubble
from bot.training.judged import Parsed
from bot.training.labelling import CLAIM
from tests.contract.people import PASSWORD, quick_passwords
from tests.flows.desk import Desk
from tests.flows.office import Office, client, refused


def answer(text: str, *guesses: tuple[str, float], intent: str = "", **more: Any) -> AssistantAnswer:
    name = intent or guesses[0][0]
    bubbles = more.pop("bubbles", (Bubble("好的。"),))
    return AssistantAnswer(
        bubbles=bubbles, intent=SeenIntent(name, guesses[0][1] if guesses else 1.0, text), guesses=guesses, **more
    )


UNSURE = (("report_meter_fault", 0.42), ("ask_meter_battery", 0.31), ("pay_bill", 0.05))


async def inbox(office: Office) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await office.get("901", "training/review"))["items"]
    return items


async def write(desk: Desk, said: AssistantAnswer, who: str = "ann") -> None:
    assert said.intent
    desk.assistant.answers[said.intent.text] = said
    await desk.write(said.intent.text, who)


async def test_what_the_assistant_is_unsure_of_comes_in_without_personal_data(office: Office) -> None:
    await write(office.desk, answer("我叫王小明，13812345678，表黑屏了", *UNSURE))
    (item,) = await inbox(office)
    assert item["text"] == "我叫某某，13800000000，表黑屏了"
    assert [reason["words"] for reason in item["reasons"]] == ["两种意思难分", "把握不大"]
    assert item["guesses"][0] == {"intent": "report_meter_fault", "label": "表具故障", "confidence": 0.42}


async def test_what_it_is_sure_of_and_what_answers_a_question_does_not(office: Office) -> None:
    await write(office.desk, answer("怎么缴费", ("pay_bill", 0.95), ("query_balance", 0.02)))
    await write(office.desk, answer("我要报数", ("report_meter_reading", 0.97), asks=True))
    await write(office.desk, answer("在厨房柜子里面", *UNSURE))
    assert await inbox(office) == []


async def test_what_it_did_not_understand_comes_in_once_however_often(office: Office) -> None:
    for who, text in (("ann", "煤气本子丢哪儿补"), ("bob", "煤气本子丢哪儿补？"), ("cid", "请问煤气本子丢哪儿补")):
        await write(office.desk, answer(text, ("ask_ic_card_use", 0.2), intent="nlu_fallback"), who)
    (item,) = await inbox(office)
    assert item["count"] == 3
    assert len(item["others"]) == 1, "the same in other punctuation is the same item"


async def test_the_question_before_no_help_or_a_person_comes_in(office: Office) -> None:
    parsed = {"热水器老熄火": Parsed((("report_no_gas", 0.5), ("request_repair", 0.4)), True, 1.0)}
    office.desk.parse.answers = parsed
    await write(office.desk, answer("热水器老熄火", ("report_no_gas", 0.9)))
    await write(
        office.desk,
        answer("没帮助", ("deny", 0.9), articles=(ArticleUse("a1", "热水器", Verdict.UNHELPFUL),)),
    )
    await write(office.desk, answer("怎么验收管道", ("ask_pipe_modification", 0.9)), "bob")
    await write(office.desk, answer("转人工", ("request_human", 0.99), handoff="用户要求人工"), "bob")
    await write(office.desk, answer("人工", ("request_human", 0.99), handoff="用户要求人工"), "cid")
    found = [(item["text"], [reason["code"] for reason in item["reasons"]]) for item in await inbox(office)]
    assert found == [("热水器老熄火", ["unhelpful"]), ("怎么验收管道", ["handed_over"])]
    assert (await inbox(office))[0]["guesses"][0]["intent"] == "report_no_gas"


async def test_an_emergency_that_only_one_recognised_comes_first(office: Office) -> None:
    await write(office.desk, answer("煤气本子丢哪儿补", ("ask_ic_card_use", 0.2), intent="nlu_fallback"))
    office.desk.parse.answers = {
        "我家漏气了": Parsed((("report_leak", 0.99),), True, 1.0),
        "厨房闻到燃气味": Parsed((("ask_leak_safety", 0.8), ("report_leak", 0.1)), True, 1.0),
    }
    await office.desk.write("我家漏气了", "bob")
    await office.desk.write("厨房闻到燃气味", "cid")
    items = await inbox(office)
    assert [(item["text"], item["reasons"][0]["code"]) for item in items] == [
        ("厨房闻到燃气味", "screen_only"),
        ("煤气本子丢哪儿补", "fallback"),
    ]


async def test_without_a_model_to_ask_the_emergency_goes_on(office: Office) -> None:
    office.desk.parse.problem = AssistantDown("starting")
    await office.desk.write("我家漏气了")
    assert (await office.desk.conversation()).emergency
    assert await inbox(office) == []


# --- labelling ---


@pytest.fixture
async def waiting(office: Office) -> dict[str, Any]:
    """An item with one folded into it."""
    for who, text in (("ann", "煤气本子丢哪儿补"), ("bob", "请问煤气本子丢哪儿补")):
        await write(office.desk, answer(text, ("ask_ic_card_use", 0.2), intent="nlu_fallback"), who)
    (item,) = await inbox(office)
    return item


def seen(item: dict[str, Any]) -> dict[str, int]:
    return {each["id"]: each["version"] for each in (item, *item["others"])}


async def accept(office: Office, item: dict[str, Any], intent: str = "ask_ic_card_use") -> Any:
    path = f"training/review/{item['id']}/accept"
    return await office.call("901", "POST", path, seen=seen(item), intent=intent)


async def test_an_accepted_item_leaves_with_those_folded_and_comes_back_with_them(
    office: Office, waiting: dict[str, Any]
) -> None:
    accepted = (await accept(office, waiting)).json()["item"]
    assert (accepted["label"], accepted["decided_by"]) == ("IC卡使用", "901")
    answer = await office.get("901", "training/review")
    assert (answer["items"], answer["counts"]) == ([], {"open": 0, "accepted": 2, "rejected": 0})
    undone = await office.call("901", "POST", f"training/review/{waiting['id']}/undo", version=accepted["version"])
    assert undone.json()["item"]["state"] == "open"
    (again,) = await inbox(office)
    assert len(again["others"]) == 1


async def test_a_rejected_item_is_listed_with_who_and_why(office: Office, waiting: dict[str, Any]) -> None:
    path = f"training/review/{waiting['id']}/reject"
    await office.call("901", "POST", path, seen=seen(waiting), note="看不懂")
    decided = (await office.get("901", "training/review/decided", state="rejected"))["items"]
    (head,) = [item for item in decided if item["folded_into"] is None]
    assert (head["text"], head["note"], head["decided_by"]) == (waiting["text"], "看不懂", "901")


async def test_who_comes_second_is_told_who_was_first(office: Office, waiting: dict[str, Any]) -> None:
    await accept(office, waiting)
    message = refused(await accept(office, waiting, "pay_bill"), 409, "decided_meanwhile")
    assert message == "工号 901 刚刚已把这条标注为“IC卡使用”，列表已更新。"


async def test_bad_labels_are_refused_and_change_nothing(office: Office, waiting: dict[str, Any]) -> None:
    refused(await accept(office, waiting, "make_coffee"), 422, "unknown_intent")
    refused(await accept(office, waiting, "nlu_fallback"), 422, "unknown_intent")
    refused(await accept(office, {**waiting, "id": "nobody", "version": 1, "others": []}), 404, "not_found")
    path = f"training/review/{waiting['id']}/accept"
    refused(await office.call("901", "POST", path, seen={"other": 1}, intent="pay_bill"), 422, "invalid")
    assert len(await inbox(office)) == 1


async def test_only_administrators_see_what_customers_wrote(office: Office) -> None:
    for staff_id in ("101", "201", "301"):
        refused(await office.clients[staff_id].get("/api/training/review"), 403, "not_allowed")
    refused(await client(office.desk).get("/api/training/review"), 401, "not_signed_in")


# --- one at a time, and many at once ---


@pytest.fixture
async def colleague(office: Office) -> str:
    """A second administrator."""
    hashed, stores = await quick_passwords().hash(PASSWORD), office.desk.gasdesk.stores
    new = NewStaff(staff_id="902", name="员工902", role=Role.ADMIN)
    await stores.staff.create([Account(new, hashed)], office.desk.clock.now())
    token = await stores.sessions.open("902", office.desk.clock.now())
    office.clients["902"] = client(office.desk, Authorization=f"Bearer {token}")
    return "902"


async def test_what_one_has_open_the_other_is_told_of_until_the_time_is_over(
    office: Office, waiting: dict[str, Any], colleague: str
) -> None:
    ids = list(seen(waiting))
    assert (await office.call("901", "POST", "training/review/claim", ids=ids)).status_code == 200
    told = refused(await office.call(colleague, "POST", "training/review/claim", ids=ids), 409, "held")
    assert told.startswith("工号 901 正在处理这条")
    (item,) = (await office.get(colleague, "training/review"))["items"]
    assert item["held_by"] == "901"
    assert (await inbox(office))[0]["held_by"] is None
    path = f"training/review/{waiting['id']}/accept"
    refused(await office.call(colleague, "POST", path, seen=seen(waiting), intent="pay_bill"), 409, "held")
    office.desk.clock.advance(CLAIM.total_seconds() + 1)
    (item,) = (await office.get(colleague, "training/review"))["items"]
    assert item["held_by"] is None
    assert (await office.call(colleague, "POST", path, seen=seen(waiting), intent="pay_bill")).status_code == 200


async def test_messages_that_speak_of_the_same_thing_are_labelled_at_once(office: Office) -> None:
    said = ["煤气本子丢哪儿补", "供气本子掉了怎么补", "本子丢了怎么补办", "你们几点下班"]
    for who, text in zip(("ann", "bob", "cid", "dan"), said, strict=True):
        await write(office.desk, answer(text, ("pay_bill", 0.2), intent="nlu_fallback"), who)
    (batch,) = (await office.get("901", "training/review/batches"))["batches"]
    assert {item["text"] for item in batch["items"]} == set(said[:3])
    items = {item["id"]: seen(item) for item in batch["items"]}
    done = await office.call("901", "POST", "training/review/accept", items=items, intent="ask_gas_coupon", note="一批")
    labelled = done.json()["items"]
    assert [item["label"] for item in labelled] == ["燃气票"] * 3
    assert [item["text"] for item in await inbox(office)] == ["你们几点下班"]
    assert (await office.get("901", "training/review/batches"))["batches"] == []
    back = await office.call("901", "POST", "training/review/undo", seen={i["id"]: i["version"] for i in labelled})
    assert back.status_code == 200
    assert len(await inbox(office)) == 4
    stale = {key: {key: 1} for key in items}
    refused(
        await office.call("901", "POST", "training/review/accept", items=stale, intent="pay_bill"),
        409,
        "decided_meanwhile",
    )
    assert len(await inbox(office)) == 4
