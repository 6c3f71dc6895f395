"""A test's hands: what customers, staff and time do."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from bot.adapters.sql.staff import Account
from bot.desk.accounts import NewStaff
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Kind, Message, Owner, Speaker
from bot.domain.staff import Presence, Role, Staff
from bot.gasdesk import Gasdesk
from bot.ports import Contact
from bot.testing import ManualClock, RecordingChannel, ScriptedAssistant, ScriptedParser


@dataclass
class Desk:
    gasdesk: Gasdesk
    clock: ManualClock
    assistant: ScriptedAssistant
    channel: RecordingChannel
    company: CompanyProfile
    #: What the live model takes a sentence for.
    parse: ScriptedParser = field(default_factory=ScriptedParser)

    async def write(self, text: str, who: str = "ann", message_id: str | None = None) -> Message:
        message = await self.gasdesk.core.receive(Contact(f"test:{who}", "test"), message_id, text)
        await self.gasdesk.settle()
        return message

    async def take_from_thinking_assistant(self, staff_id: str, text: str, who: str = "ann") -> None:
        """The customer writes, an agent takes over while the assistant thinks, and then it has its answer."""
        self.assistant.hold = asyncio.Event()
        await self.gasdesk.core.receive(Contact(f"test:{who}", "test"), None, text)
        await self.gasdesk.reactions.settle()
        async with asyncio.timeout(5):
            await self.assistant.thinking.wait()
        conversation = await self.conversation(who)
        await self.gasdesk.core.acts.take(conversation.id, await self.member(staff_id))
        self.assistant.hold.set()
        await self.gasdesk.settle()

    async def wait(self, seconds: float) -> None:
        """Let time pass while gasdesk runs: every timer on the way fires at its moment."""
        until = self.clock.now() + timedelta(seconds=seconds)
        while (due := await self.gasdesk.stores.timers.next_due_at()) and due <= until:
            await self.sleep_through(max(0.0, (due - self.clock.now()).total_seconds()))
        await self.sleep_through((until - self.clock.now()).total_seconds())

    async def sleep_through(self, seconds: float) -> None:
        """Let time pass while gasdesk is down."""
        self.clock.advance(seconds)
        await self.gasdesk.settle()

    async def conversation(self, who: str = "ann") -> Conversation:
        found = await self.gasdesk.stores.transcripts.of_contact(f"test:{who}")
        assert found is not None, f"{who} never wrote"
        return found

    def heard(self, who: str = "ann", kind: Kind | None = None, speaker: Speaker | None = None) -> list[str]:
        """Texts this customer got."""
        return [
            m.text for m in self.channel.sent[f"test:{who}"] if kind in (None, m.kind) and speaker in (None, m.speaker)
        ]

    async def staff(self, staff_id: str, role: Role = Role.AGENT, capacity: int = 10) -> Staff:
        """A member of staff who is online."""
        new = NewStaff(staff_id=staff_id, name=f"员工{staff_id}", role=role, capacity=capacity)
        await self.gasdesk.stores.staff.create([Account(new, "-")], self.clock.now())
        return await self.presence(staff_id, Presence.ONLINE)

    async def presence(self, staff_id: str, presence: Presence) -> Staff:
        await self.gasdesk.core.seats.set_presence(staff_id, presence, "")
        await self.gasdesk.settle()
        return await self.member(staff_id)

    async def member(self, staff_id: str) -> Staff:
        found = await self.gasdesk.stores.staff.get(staff_id)
        assert found is not None
        return found

    async def reply(self, staff_id: str, text: str, who: str = "ann", message_id: str = "") -> Message:
        conversation = await self.conversation(who)
        message = await self.gasdesk.core.acts.reply(
            conversation.id, await self.member(staff_id), message_id or f"r-{text}", text
        )
        await self.gasdesk.settle()
        return message

    async def owner(self, who: str = "ann") -> tuple[Owner, str | None]:
        conversation = await self.conversation(who)
        return conversation.owner, conversation.staff_id
