"""Canned replies, private notes and surveys, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest_asyncio
from sqlalchemy import insert, update

from bot.adapters.sql import rows
from bot.adapters.sql.composer import SqlCannedReplies, SqlNotes
from bot.adapters.sql.database import Database
from bot.adapters.sql.staff import Account, SqlStaff
from bot.adapters.sql.surveys import SqlSurveys, answer_within, ask_within
from bot.adapters.sql.tables_chat import conversations
from bot.desk.accounts import NewStaff
from bot.domain.canned import CannedReply, Scope
from bot.domain.conversations import Conversation
from bot.domain.notes import Note
from bot.domain.staff import Role
from bot.domain.survey_report import Judged
from bot.domain.surveys import Survey, SurveyAnswer
from bot.testing import START

MINE = CannedReply(id="a", scope=Scope.PERSONAL, staff_id="101", title="问候", text="您好", changed_at=START)
NOTE = Note(id="n1", conversation_id="c1", at=START, staff_id="101", text="用户很急")
SURVEY = Survey(conversation_id="c1", contact_id="web:ann", staff_id="101", asked_at=START)


@pytest_asyncio.fixture(autouse=True)
async def people(database: Database) -> None:
    """Two agents, a lead, and two conversations of Ann's."""
    new = [NewStaff(staff_id=number, name=f"员工{number}", role=Role.AGENT) for number in ("101", "102", "201")]
    await SqlStaff(database).create([Account(each, "-") for each in new], START)
    begun = [
        Conversation(id=c, contact_id="web:ann", channel="web", opened_at=START, last_at=START, closed_at=closed)
        for c, closed in (("c1", START), ("c2", None))
    ]
    async with database.writer.begin() as connection:
        for conversation in begun:
            await connection.execute(insert(conversations), rows.changed_columns(None, conversation))


async def test_everybody_has_his_own_canned_replies_and_the_teams(database: Database) -> None:
    store = SqlCannedReplies(database)
    theirs = replace(MINE, id="b", staff_id="102", title="别人的")
    team = replace(MINE, id="c", scope=Scope.TEAM, staff_id="201", title="班组")
    for reply in (MINE, theirs, team):
        await store.put(reply)
    assert sorted(reply.id for reply in await store.of("101")) == ["a", "c"]
    assert sorted(reply.id for reply in await store.of("102")) == ["b", "c"]
    assert await store.get("a") == MINE


async def test_a_canned_reply_is_changed_and_removed(database: Database) -> None:
    store = SqlCannedReplies(database)
    changed = replace(MINE, title="新", text="您好，请讲", changed_at=START + timedelta(days=1))
    await store.put(MINE)
    await store.put(changed)
    assert await store.of("101") == [changed]
    await store.remove("a")
    assert await store.get("a") is None
    await store.remove("a")


async def test_a_note_sent_twice_is_one_note(database: Database) -> None:
    store = SqlNotes(database)
    assert await store.add(NOTE) == NOTE
    assert await store.add(replace(NOTE, text="又一次", at=START + timedelta(seconds=5))) == NOTE
    later = await store.add(replace(NOTE, id="n0", at=START + timedelta(seconds=1), text="已联系维修"))
    await store.add(replace(NOTE, conversation_id="c2"))
    assert await store.of("c1") == [NOTE, later]


async def answered(database: Database, answer: SurveyAnswer, who: str = "web:ann") -> Survey | None:
    async with database.writer.begin() as connection:
        return await answer_within(connection, who, answer, START + timedelta(minutes=1))


async def asked(database: Database, survey: Survey) -> None:
    async with database.writer.begin() as connection:
        await ask_within(connection, survey)


async def test_an_answer_belongs_to_the_survey_sent_last(database: Database) -> None:
    last = replace(SURVEY, conversation_id="c2", asked_at=START + timedelta(seconds=30))
    await asked(database, SURVEY)
    await asked(database, last)
    found = await answered(database, SurveyAnswer(score=2))
    assert found == replace(last, score=2, answered_at=START + timedelta(minutes=1))
    await answered(database, SurveyAnswer(reason="等得太久"))
    newest, older = await SqlSurveys(database).since(START, 10)
    assert (newest.conversation_id, newest.score, newest.reason) == ("c2", 2, "等得太久")
    assert older == SURVEY
    assert [survey.conversation_id for survey in await SqlSurveys(database).since(last.asked_at, 10)] == ["c2"]
    assert [survey.conversation_id for survey in await SqlSurveys(database).since(START, 1)] == ["c2"]


async def test_a_bare_number_counts_once_and_a_button_again(database: Database) -> None:
    await asked(database, SURVEY)
    assert await answered(database, SurveyAnswer(score=5, bare=True), who="web:bob") is None
    assert await answered(database, SurveyAnswer(score=5, bare=True)) is not None
    assert await answered(database, SurveyAnswer(score=1, bare=True)) is None
    changed = await answered(database, SurveyAnswer(score=4))
    assert changed is not None
    assert changed.score == 4


async def test_surveys_of_a_span_with_the_type_of_their_case(database: Database) -> None:
    last = replace(SURVEY, conversation_id="c2", asked_at=START + timedelta(days=1))
    await asked(database, SURVEY)
    await asked(database, last)
    async with database.writer.begin() as connection:
        await connection.execute(update(conversations).where(conversations.c.id == "c1").values(category="投诉"))
    store = SqlSurveys(database)
    assert await store.between(START, START + timedelta(days=2), 10) == [Judged(last, ""), Judged(SURVEY, "投诉")]
    assert await store.between(START, last.asked_at, 10) == [Judged(SURVEY, "投诉")]
    assert await store.between(START, START + timedelta(days=2), 1) == [Judged(last, "")]
