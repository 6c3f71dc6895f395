"""Two gasdesks on one database send to the same customers; one of them dies or sleeps in the middle."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.adapters.sql.leases import LIFE
from bot.channel import SENT, Capabilities, ChannelDown, Outcome
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Delivery, Draft, Kind, Message, Speaker
from bot.gasdesk import Gasdesk
from bot.ports import Contact
from bot.settings import Settings
from bot.testing import ManualClock, ScriptedAssistant
from bot.wiring import build
from tests.flows.live import eventually

ANN = Contact("phone:ann", "phone")


class Phones:
    """What the customers' phones show, whoever sent it."""

    def __init__(self) -> None:
        self.shown: defaultdict[str, list[str]] = defaultdict(list)
        #: Of whoever is sending at this moment.
        self.busy: defaultdict[str, int] = defaultdict(int)
        self.most_at_once = 0


class PhoneChannel:
    """One replica's way to the phones."""

    name = "phone"
    capabilities = Capabilities(text_limit=1000, merges=False)

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self.down = False
        #: Stops it before, and after the phone has shown the message.
        self.before: asyncio.Event | None = None
        self.after: asyncio.Event | None = None
        self.stopped = asyncio.Event()

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        if self.down:
            raise ChannelDown("scripted to be down")
        self._phones.busy[contact_id] += 1
        self._phones.most_at_once = max(self._phones.most_at_once, self._phones.busy[contact_id])
        try:
            await self._stop_at(self.before)
            self._phones.shown[contact_id].append(messages[0].text)
            await self._stop_at(self.after)
        finally:
            self._phones.busy[contact_id] -= 1
        return [SENT]

    async def _stop_at(self, gate: asyncio.Event | None) -> None:
        if gate:
            self.stopped.set()
            await gate.wait()

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None: ...


class Replica:
    def __init__(self, gasdesk: Gasdesk, channel: PhoneChannel) -> None:
        self.gasdesk, self.channel = gasdesk, channel
        self.outbox = gasdesk.core.outbox

    async def say(self, text: str, kind: Kind = Kind.ANSWER) -> None:
        """Post a message to Ann here; it is on its way when this returns."""
        async with self.gasdesk.stores.conversations.open_for(ANN) as work:
            work.post(Draft(Speaker.BOT, kind, text))
        await self.gasdesk.reactions.settle()

    async def die(self) -> None:
        """As a power cut does it: nothing is written any more, nothing is given back."""
        for task in self.outbox._sending.values():
            task.cancel()
        await asyncio.gather(*self.outbox._sending.values(), return_exceptions=True)

    async def look(self) -> None:
        """What its watch does every five seconds."""
        await self.gasdesk.core.replicas.look()

    async def deliveries(self) -> list[tuple[str, Delivery]]:
        await self.outbox.marks.flush()
        history = await self.gasdesk.stores.transcripts.history(ANN.id, 0)
        return [(message.text, message.delivery) for message in history]


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
async def replicas(
    database_url: str, tmp_path: Path, company: CompanyProfile, clock: ManualClock, phones: Phones
) -> AsyncIterator[tuple[Replica, Replica]]:
    settings = Settings(data=tmp_path, database_url=database_url)
    made: list[Replica] = []
    async with AsyncExitStack() as stack:
        for _ in range(2):
            channel = PhoneChannel(phones)
            gasdesk = build(settings, company, assistant=ScriptedAssistant(), clock=clock, more_channels=[channel])
            stack.push_async_callback(gasdesk.close)
            made.append(Replica(gasdesk, channel))
        for replica in made:
            await replica.gasdesk.core.replicas.look()
        yield made[0], made[1]


async def cannot_send(replica: Replica) -> None:
    """It has a message, and its way to the phones is cut."""
    replica.channel.down = True
    await replica.say("一")
    await eventually(lambda: replica.outbox.idle)


async def is_sending(replica: Replica) -> None:
    """The phone shows the message; the replica does not know yet."""
    replica.channel.after = asyncio.Event()
    await replica.say("一")
    await replica.channel.stopped.wait()


async def finished(clock: ManualClock, *replicas: Replica) -> None:
    """Everything that can be sent is sent, however long it takes."""
    while any(replica.outbox._lines for replica in replicas):
        await eventually(lambda: all(replica.outbox.idle for replica in replicas))
        clock.advance(1)
        await asyncio.to_thread(lambda: None)


async def taken_over(clock: ManualClock, by: Replica) -> None:
    """The other has not been heard of for as long as a lease lives."""
    clock.advance(LIFE.total_seconds())
    await by.look()
    await finished(clock, by)


async def test_only_one_sends_to_a_customer_at_a_time(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    ours, theirs = replicas
    ours.channel.before = asyncio.Event()
    await ours.say("一")
    await ours.channel.stopped.wait()
    await theirs.say("二")
    await eventually(lambda: theirs.outbox.idle)
    assert phones.shown[ANN.id] == [], "the first of them waits for the phone, and the second for the first"
    ours.channel.before.set()
    await finished(clock, ours, theirs)
    assert phones.shown[ANN.id] == ["一", "二"]
    assert phones.most_at_once == 1


async def test_what_waits_for_a_channel_is_not_sent_by_the_other_as_well(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    """A customer who writes has what waits for him tried again, on whichever replica he comes in."""
    ours, theirs = replicas
    await cannot_send(ours)
    await theirs.outbox.deliver_left_over()
    await eventually(lambda: theirs.outbox.idle)
    assert phones.shown[ANN.id] == []
    ours.channel.down = False
    await finished(clock, ours, theirs)
    assert phones.shown[ANN.id] == ["一"]


async def test_a_replica_killed_in_the_middle(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    """What it had handed over is uncertain and not repeated; what it had not is sent by the other, in order."""
    ours, theirs = replicas
    await is_sending(ours)
    await ours.say("二")
    await ours.die()
    await taken_over(clock, theirs)
    assert phones.shown[ANN.id] == ["一", "二"]
    assert await theirs.deliveries() == [("一", Delivery.UNCERTAIN), ("二", Delivery.SENT)]


async def test_what_a_dead_one_had_not_begun_is_not_uncertain(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    ours, theirs = replicas
    await cannot_send(ours)
    await ours.die()
    await taken_over(clock, theirs)
    assert await theirs.deliveries() == [("一", Delivery.SENT)]
    assert phones.shown[ANN.id] == ["一"]


async def test_a_safety_instruction_of_a_dead_one_is_sent_again(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    ours, theirs = replicas
    ours.channel.before = asyncio.Event()
    await ours.say("请立即关闭阀门", Kind.SAFETY)
    await ours.channel.stopped.wait()
    await ours.die()
    await taken_over(clock, theirs)
    assert phones.shown[ANN.id] == ["请立即关闭阀门"]
    assert await theirs.deliveries() == [("请立即关闭阀门", Delivery.SENT)]


async def test_who_slept_sends_nothing_that_the_other_took_over(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    ours, theirs = replicas
    ours.channel.before = asyncio.Event()
    await ours.say("一")
    await ours.channel.stopped.wait()
    await ours.say("二")
    await taken_over(clock, theirs)
    assert phones.shown[ANN.id] == ["二"]
    ours.channel.before.set()  # it wakes in the middle of the call
    await finished(clock, ours, theirs)
    assert phones.shown[ANN.id] == ["二", "一"], "each once; the one that came late was called uncertain"
    assert dict(await theirs.deliveries())["一"] is not Delivery.PENDING


async def test_who_leaves_lets_the_others_have_its_customers_at_once(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    ours, theirs = replicas
    await cannot_send(ours)
    await ours.outbox.close()
    await theirs.outbox.deliver_left_over()
    await eventually(lambda: not theirs.outbox._lines)
    assert phones.shown[ANN.id] == ["一"]


async def test_who_leaves_in_the_middle_of_a_call_says_that_it_is_uncertain(
    replicas: tuple[Replica, Replica], clock: ManualClock, phones: Phones
) -> None:
    ours, theirs = replicas
    await is_sending(ours)
    await ours.outbox.close()
    clock.advance(LIFE.total_seconds())
    await theirs.outbox.deliver_left_over()
    await finished(clock, theirs)
    assert phones.shown[ANN.id] == ["一"]
    assert await theirs.deliveries() == [("一", Delivery.UNCERTAIN)]
