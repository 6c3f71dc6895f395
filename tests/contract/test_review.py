"""SqlReview on SQLite and PostgreSQL: one item a shape, nobody decides over another's head, everything taken back."""

import asyncio
import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.adapters.sql.database import Database
from bot.adapters.sql.review import SqlReview
from bot.adapters.sql.tables_training import review_decisions, review_items
from bot.training.examples import Entity, Example
from bot.training.flags import Flag
from bot.training.labelling import AlreadyInExamples, DecidedMeanwhile, Decision, HeldByOther, NoSuchItem
from bot.training.review import Find, Item, Reason, State
from tests.contract.people import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def review(database: Database) -> SqlReview:
    numbers = itertools.count(1)
    return SqlReview(database, lambda: f"item-{next(numbers)}")


def find(text: str, reason: Reason = Reason.FALLBACK) -> Find:
    return Find(text, frozenset({reason}), (("pay_bill", 0.3),), "c1")


async def one_of(review: SqlReview, text: str, state: State = State.OPEN) -> Item:
    (found,) = [item for item in await review.items(state, 10) if item.text == text]
    return found


async def decide(
    review: SqlReview,
    seen: dict[str, int],
    head: str,
    state: State,
    intent: str | None,
    staff_id: str,
    note: str = "",
    examples: tuple[Example, ...] = (),
) -> Item:
    (item,) = await review.decide([Decision(head, seen, state, intent, examples)], staff_id, note, NOW)
    return item


async def test_the_same_in_other_punctuation_is_one_item_more_often(review: SqlReview) -> None:
    await review.add(find("表不走字了"), NOW)
    await review.add(find("表不走字了！", Reason.UNHELPFUL), LATER)
    (item,) = await review.items(State.OPEN, 10)
    assert (item.text, item.count, item.first_at, item.last_at) == ("表不走字了", 2, NOW, LATER)
    assert item.reasons == {Reason.FALLBACK, Reason.UNHELPFUL}
    assert item.guesses == (("pay_bill", 0.3),)


async def test_two_at_the_same_moment_are_one_item(review: SqlReview) -> None:
    await asyncio.gather(*(review.add(find("表不走字了"), NOW) for _ in range(5)))
    assert (await one_of(review, "表不走字了")).count == 5


async def test_what_is_decided_stays_decided_when_it_is_written_again(review: SqlReview) -> None:
    await review.add(find("表不走字了"), NOW)
    item = await one_of(review, "表不走字了")
    await decide(review, {item.id: 1}, item.id, State.REJECTED, None, "901", "乱写的")
    await review.add(find("表不走字了"), LATER)
    assert await review.items(State.OPEN, 10) == []
    again = await one_of(review, "表不走字了", State.REJECTED)
    assert (again.count, again.note, again.decided_by, again.decided_at) == (2, "乱写的", "901", NOW)


async def test_of_two_who_decide_the_same_item_one_is_told(review: SqlReview) -> None:
    await review.add(find("表不走字了"), NOW)
    item = await one_of(review, "表不走字了")
    answers = await asyncio.gather(
        *(
            decide(review, {item.id: item.version}, item.id, State.ACCEPTED, intent, staff_id, "")
            for staff_id, intent in (("901", "report_meter_fault"), ("902", "pay_bill"))
        ),
        return_exceptions=True,
    )
    (done,) = [answer for answer in answers if isinstance(answer, Item)]
    (told,) = [answer for answer in answers if isinstance(answer, DecidedMeanwhile)]
    assert (told.item.decided_by, told.item.intent) == (done.decided_by, done.intent)
    assert (await one_of(review, "表不走字了", State.ACCEPTED)).intent == done.intent


async def test_what_is_folded_is_decided_together_or_not_at_all(review: SqlReview, database: Database) -> None:
    for text in ("表不走字", "表不走字呀"):
        await review.add(find(text), NOW)
    head, other = [await one_of(review, text) for text in ("表不走字", "表不走字呀")]
    with pytest.raises(DecidedMeanwhile):
        await decide(review, {head.id: 1, other.id: 7}, head.id, State.ACCEPTED, "pay_bill", "901", "")
    with pytest.raises(NoSuchItem):
        await decide(review, {head.id: 1, "item-9": 1}, head.id, State.ACCEPTED, "pay_bill", "901", "")
    assert len(await review.items(State.OPEN, 10)) == 2
    await decide(review, {head.id: 1, other.id: 1}, head.id, State.ACCEPTED, "report_meter_fault", "901", "")
    assert (await one_of(review, "表不走字呀", State.ACCEPTED)).folded_into == head.id
    assert await review.counts() == {State.OPEN: 0, State.ACCEPTED: 2, State.REJECTED: 0}

    (reopened,) = await review.reopen({head.id: 2}, "902", LATER)
    assert (reopened.state, reopened.intent, reopened.version) == (State.OPEN, None, 3)
    assert len(await review.items(State.OPEN, 10)) == 2
    async with database.reader.connect() as connection:
        said = await connection.execute(select(review_decisions).where(review_decisions.c.item_id == head.id))
        lines = [(row.staff_id, row.state, row.intent, row.at) for row in said]
    assert lines == [("901", "accepted", "report_meter_fault", NOW), ("902", "open", None, LATER)]


async def test_what_is_in_the_examples_is_not_taken_back_here(review: SqlReview, database: Database) -> None:
    await review.add(find("表不走字"), NOW)
    item = await one_of(review, "表不走字")
    await decide(review, {item.id: 1}, item.id, State.ACCEPTED, "report_meter_fault", "901", "")
    async with database.writer.begin() as connection:
        await connection.execute(update(review_items).values(change_id="change-1"))
    with pytest.raises(AlreadyInExamples, match="变更"):
        await review.reopen({item.id: 2}, "901", NOW)


async def test_what_one_has_open_another_neither_opens_nor_decides_until_it_expires(review: SqlReview) -> None:
    for text in ("表不走字", "卡插不进去"):
        await review.add(find(text), NOW)
    item, other = [await one_of(review, text) for text in ("表不走字", "卡插不进去")]
    await review.claim([item.id], "901", NOW, LATER)
    with pytest.raises(HeldByOther) as held:
        await review.claim([item.id, other.id], "902", NOW, LATER)
    assert held.value.item.claimed_by == "901"
    with pytest.raises(HeldByOther):
        await decide(review, {item.id: 1}, item.id, State.REJECTED, None, "902")
    await review.claim([other.id], "902", NOW, LATER)
    # Who opens another one lets go of the first; what is not renewed is free when its time is over.
    with pytest.raises(HeldByOther):
        await review.claim([other.id], "901", NOW, LATER)
    await review.claim([item.id], "902", NOW, LATER)
    await review.claim([item.id], "901", LATER, LATER + timedelta(hours=1))
    decided = await decide(review, {item.id: 1}, item.id, State.ACCEPTED, "report_meter_fault", "901")
    assert (decided.claimed_by, decided.claimed_until) == (None, None)
    with pytest.raises(NoSuchItem):
        await review.claim(["nobody"], "901", NOW, LATER)


async def test_of_two_who_open_the_same_item_one_has_it(review: SqlReview) -> None:
    await review.add(find("表不走字"), NOW)
    item = await one_of(review, "表不走字")
    answers = await asyncio.gather(
        *(review.claim([item.id], staff_id, NOW, LATER) for staff_id in ("901", "902", "903")), return_exceptions=True
    )
    assert [type(answer) for answer in answers if answer] == [HeldByOther] * 2
    assert answers.count(None) == 1


async def test_a_message_may_teach_several_examples(review: SqlReview) -> None:
    await review.add(find("幸福小区没气了，怎么缴费"), NOW)
    item = await one_of(review, "幸福小区没气了，怎么缴费")
    parts = (
        Example("幸福小区没气了", "report_no_gas", (Entity(0, 4, "community"),)),
        Example("怎么缴费", "pay_bill"),
    )
    decided = await decide(review, {item.id: 1}, item.id, State.ACCEPTED, "report_no_gas", "901", "", parts)
    assert decided.taught == decided.examples == parts
    (again,) = await review.reopen({item.id: 2}, "901", NOW)
    assert again.taught == ()


async def test_who_flagged_a_message_and_why_is_kept_once_a_person(review: SqlReview) -> None:
    first = Flag("101", NOW, "")
    await review.add(Find("表不走字", frozenset({Reason.FLAGGED}), (), "c1", first), NOW)
    told = Flag("101", LATER, "其实是要报修")
    assert await review.add(Find("表不走字", frozenset({Reason.FLAGGED}), (), "c1", told), LATER) is State.OPEN
    other = Flag("102", LATER, "同上", by_note=True)
    await review.add(Find("表不走字", frozenset({Reason.NOTED}), (), "c2", other), LATER)
    item = await one_of(review, "表不走字")
    assert (set(item.flags), item.count) == ({told, other}, 1)


async def test_several_are_decided_all_or_none_and_taken_back_all_or_none(review: SqlReview) -> None:
    texts = ("表不走字", "卡插不进去", "气费太贵")
    for text in texts:
        await review.add(find(text), NOW)
    items = [await one_of(review, text) for text in texts]
    decisions = [Decision(item.id, {item.id: 1}, State.ACCEPTED, "pay_bill") for item in items]
    stale = Decision(items[2].id, {items[2].id: 9}, State.ACCEPTED, "pay_bill")
    with pytest.raises(DecidedMeanwhile):
        await review.decide([*decisions[:2], stale], "901", "", NOW)
    assert len(await review.items(State.OPEN, 10)) == 3
    done = await review.decide(decisions, "901", "一批", NOW)
    assert [item.intent for item in done] == ["pay_bill"] * 3
    with pytest.raises(DecidedMeanwhile):
        await review.reopen({items[0].id: 2, items[1].id: 9}, "901", NOW)
    assert await review.items(State.OPEN, 10) == []
    await review.reopen({item.id: 2 for item in items}, "901", NOW)
    assert len(await review.items(State.OPEN, 10)) == 3
