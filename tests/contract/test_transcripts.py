"""Reading what was said: gapless numbers, nothing twice, delivery states that only go forward."""

import itertools

import pytest

from bot.adapters.sql.database import Database
from bot.adapters.sql.transcripts import HISTORY
from bot.domain.conversations import Delivery, Draft, Kind, Message, Speaker
from bot.domain.transitions import closed
from bot.ports import Mark
from bot.testing import START
from tests.contract.chat import Chat, contact

ANN = contact("ann").id


@pytest.fixture
def chat(database: Database) -> Chat:
    return Chat(database)


async def states(chat: Chat) -> list[str]:
    return [message.delivery.value for message in await chat.transcripts.history(ANN, 0)]


async def talk(chat: Chat, answers: int) -> str:
    """Ann asks once and gets so many answers, numbered from 2."""
    conversation_id = (await chat.write("ann")).conversation_id
    for number in range(answers):
        await chat.say(conversation_id, f"第{number}句")
    return conversation_id


async def mark(chat: Chat, *marks: tuple[int, Delivery]) -> None:
    await chat.transcripts.mark_delivery([Mark(ANN, seq, state) for seq, state in marks])


async def test_numbers_are_gapless_over_conversations(chat: Chat) -> None:
    for _ in range(3):
        conversation_id = await talk(chat, 3)
        async with chat.conversations.open(conversation_id) as work:
            work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, "再见"))
            work.conversation = closed(work.conversation, START)
        chat.clock.advance(1)
    history = await chat.transcripts.history(ANN, 0)
    assert [message.seq for message in history] == list(range(1, 16))
    assert len({message.conversation_id for message in history}) == 3
    assert [m.seq for m in await chat.transcripts.history(ANN, 12)] == [13, 14, 15]
    assert await chat.transcripts.history(ANN, 15) == []


async def test_of_a_long_history_the_latest_is_given(chat: Chat) -> None:
    conversation_id = (await chat.write("ann")).conversation_id
    async with chat.conversations.open(conversation_id) as work:
        for _ in range(HISTORY + 5):
            work.post(Draft(Speaker.BOT, Kind.ANSWER, "您好"))
    seqs = [message.seq for message in await chat.transcripts.history(ANN, 0)]
    assert seqs == list(range(7, HISTORY + 7))


async def test_the_customers_own_messages_are_never_undelivered(chat: Chat) -> None:
    await talk(chat, 2)
    await chat.write("ann")
    assert [message.seq for message in await chat.transcripts.undelivered(ANN)] == [2, 3]
    assert await chat.inbox.undelivered_contacts("web") == [ANN]
    await mark(chat, (3, Delivery.SENT))
    assert await chat.transcripts.undelivered(ANN) == []
    assert await chat.inbox.undelivered_contacts("web") == []
    assert await states(chat) == ["pending", "sent", "sent", "pending"]


DECIDED = [state for state in Delivery if state is not Delivery.PENDING]


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(DECIDED, 2)))
async def test_a_state_never_goes_back(chat: Chat, first: Delivery, second: Delivery) -> None:
    await talk(chat, 1)
    await mark(chat, (2, first))
    await mark(chat, (2, second))
    goes_on = second is Delivery.DELIVERED and first in (Delivery.SENT, Delivery.UNCERTAIN)
    assert (await states(chat))[1] == (second if goes_on else first).value


async def test_a_mark_reaches_back_but_not_ahead_and_not_to_others(chat: Chat) -> None:
    await talk(chat, 3)
    await chat.say((await chat.write("bob")).conversation_id, "您好")
    await mark(chat, (3, Delivery.DELIVERED))
    assert await states(chat) == ["pending", "delivered", "delivered", "pending"]
    assert len(await chat.transcripts.undelivered(contact("bob").id)) == 1


async def test_marks_of_one_bundle_are_written_in_their_order(chat: Chat) -> None:
    await talk(chat, 3)
    await mark(chat, (2, Delivery.SENT), (3, Delivery.UNCERTAIN), (4, Delivery.SENT))
    assert await states(chat) == ["pending", "sent", "uncertain", "sent"]


async def test_a_message_that_comes_back_is_marked_alone_whatever_it_was(chat: Chat) -> None:
    """`mark` speaks for all up to a number, and a state never goes back; here the platform takes its word back."""
    await talk(chat, 4)
    await mark(chat, (5, Delivery.SENT))
    await chat.transcripts.mark_delivery([Mark(ANN, seq, Delivery.FAILED, after_all=True) for seq in (3, 1)])
    assert (await states(chat))[1:] == ["sent", "failed", "sent", "sent"]
    assert (await states(chat))[0] != "failed", "the customer's own"


async def test_last_messages(chat: Chat) -> None:
    ids = [await talk(chat, 2), (await chat.write("bob")).conversation_id]
    await chat.say(ids[0], "我来帮您看看", Speaker.AGENT)
    last: dict[str, Message] = await chat.transcripts.last_messages([*ids, "unknown"])
    assert {id_: message.seq for id_, message in last.items()} == {ids[0]: 4, ids[1]: 1}
    assert await chat.transcripts.last_messages([]) == {}


async def test_prompts_greetings_and_the_assistant_do_not_hide_what_the_customer_wants(chat: Chat) -> None:
    asked = await chat.write("ann", "卡丢了怎么办")
    async with chat.conversations.open(asked.conversation_id) as work:
        work.post(Draft(Speaker.AGENT, Kind.GREETING, "您好", staff_id="101"))
        work.post(Draft(Speaker.SYSTEM, Kind.WAITING_PROMPT, "请您耐心等待"))
        work.post(Draft(Speaker.BOT, Kind.ANSWER, "卡未使用的，请到营业厅补办"))
    last = await chat.transcripts.last_messages([asked.conversation_id])
    assert last[asked.conversation_id].text == "卡丢了怎么办"


async def test_messages_after_a_number(chat: Chat) -> None:
    conversation_id = await talk(chat, 3)
    assert [m.seq for m in await chat.transcripts.messages(conversation_id, after=2)] == [3, 4]
    assert await chat.transcripts.messages("unknown") == []


async def test_who_never_wrote_has_no_conversation(chat: Chat) -> None:
    assert await chat.transcripts.of_contact(ANN) is None
    assert await chat.transcripts.get("unknown") is None
    assert await chat.transcripts.history(ANN, 0) == []


async def test_open_conversations_of_several(chat: Chat) -> None:
    ann, bob = (await chat.write("ann")).conversation_id, (await chat.write("bob")).conversation_id
    async with chat.conversations.open(bob) as work:
        work.conversation = closed(work.conversation, START)
    found = await chat.transcripts.open_of({ANN, contact("bob").id, contact("cleo").id})
    assert [c.id for c in found] == [ann]
    assert await chat.transcripts.open_of(set()) == []


async def test_words_are_searched_as_they_stand(chat: Chat) -> None:
    """A percent sign is no wildcard."""
    await chat.write("ann", "气压只有50%")
    await chat.write("bob", "气压只有50帕")
    found = await chat.inbox.search("open", "50%", "", 10)
    assert [c.contact_id for c in found] == [ANN]
