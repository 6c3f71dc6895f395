"""The emergency flow: safety instruction first, then address, read-back, dispatch (S0 泄漏报修).

It belongs to the core and not to the assistant's model, so that it works with the model down, in the middle of
any dialogue, and whoever has the conversation. It speaks until a person has accepted the emergency; what the
customer says after that still counts: a confirmed address is dispatched in any case.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import address as addresses
from bot.conversation.address import Confirmation, confirmation
from bot.domain.company import CompanyProfile
from bot.domain.conversations import (
    Button,
    Conversation,
    Draft,
    Emergency,
    EmergencyStep,
    Kind,
    Owner,
    Priority,
    Speaker,
)
from bot.domain.emergencies import EmergencyKind
from bot.domain.emergency_orders import LABELS, order_for, unit_for
from bot.domain.events import EmergencyRaised, EmergencyUndispatched, QueueChanged
from bot.domain.transitions import queued
from bot.ports import Work

#: The same report within this time is part of the same emergency and does not repeat the instruction.
SAME_REPORT = timedelta(minutes=10)


class EmergencyFlow:
    def __init__(self, company: CompanyProfile) -> None:
        self._company = company
        self._say = company.emergency_scripts

    def handles(self, c: Conversation) -> bool:
        """What the customer writes now is part of an emergency that is not dispatched yet."""
        return c.emergency is not None and c.emergency.open

    def is_news(self, c: Conversation, kind: EmergencyKind, now: datetime) -> bool:
        """The customer has to be told what to do: a first report, a worse kind, or again after a while."""
        known = c.emergency
        if known is None or known.step is EmergencyStep.DISMISSED or now - known.raised_at > SAME_REPORT:
            return True
        graver = kind in (EmergencyKind.FIRE, EmergencyKind.CARBON_MONOXIDE)
        return graver and kind is not known.kind

    async def raise_(self, work: Work, kind: EmergencyKind, text: str, now: datetime) -> None:
        """Tell the customer what to do, alarm everybody, ask where."""
        known = work.conversation.emergency if self.handles(work.conversation) else None
        emergency = replace(known, kind=kind) if known else Emergency(kind=kind, raised_at=now)
        self._speak(work, Kind.SAFETY, self._company.safety_instruction(kind))
        if work.conversation.owner is not Owner.AGENT:
            work.conversation = queued(work.conversation, now, f"紧急：{LABELS[kind]}", Priority.EMERGENCY)
        work.change(emergency=emergency, priority=Priority.EMERGENCY, offline=False)
        work.note("emergency", f"险情：{LABELS[kind]}")
        self._ask_where(work, emergency, addresses.address_in(text), now)
        work.emit(EmergencyRaised(work.conversation))
        work.emit(QueueChanged())

    async def hear(self, work: Work, text: str, now: datetime) -> None:
        """Take what the customer wrote as part of the dialogue."""
        emergency = work.conversation.emergency
        assert emergency is not None
        if emergency.step is EmergencyStep.CONFIRM:
            await self._hear_confirmation(work, emergency, text, now)
            return
        said = addresses.address_in(text)
        if said is None and emergency.asked > 1:
            said = addresses.free_address(text)
        whole = addresses.completed(emergency.address, said) if said else None
        self._ask_where(work, emergency, whole, now)

    async def _hear_confirmation(self, work: Work, emergency: Emergency, text: str, now: datetime) -> None:
        answer = confirmation(text)
        if answer is Confirmation.YES:
            await self.dispatch(work, now, confirmed=True)
            return
        denied = answer is Confirmation.NO
        other = addresses.corrected(emergency.address, text) if denied else addresses.address_in(text)
        if other:
            self._ask_where(work, emergency, other, now)
        elif denied:
            work.change(emergency=replace(emergency, step=EmergencyStep.ADDRESS, address=""))
            self._ask(work, emergency, self._say.ask_right_address)
        else:
            self._read_back(work, emergency, self._say.read_back_again)

    async def dispatch(self, work: Work, now: datetime, *, confirmed: bool) -> None:
        """File the order of the right type, already on its way to the field unit, and tell the customer."""
        emergency = work.conversation.emergency
        assert emergency is not None
        emergency = replace(emergency, confirmed=confirmed)
        order = await work.file(order_for(work.conversation, emergency))
        work.change(emergency=replace(emergency, step=EmergencyStep.DISPATCHED, order_number=order.number))
        sentence = self._say.dispatched if confirmed else self._say.dispatched_unconfirmed
        unit = unit_for(emergency.kind, self._company.units)
        self._speak(
            work,
            Kind.NOTICE,
            self._company.fill(sentence, address=emergency.address, number=order.number, unit=unit.name),
        )
        certainty = "地址已确认" if confirmed else "地址未经用户确认"
        work.note("dispatched", f"已派单 {order.number} → {unit.name}（{certainty}）")
        work.emit(QueueChanged())

    async def dispatch_anyway(self, work: Work, now: datetime) -> None:
        """The customer stopped answering after the read-back: send the crew to the address we have."""
        await self.dispatch(work, now, confirmed=False)
        work.emit(EmergencyUndispatched(work.conversation))

    async def sound_overdue(self, work: Work, now: datetime, every: timedelta) -> None:
        """Not dispatched in time: the alarm names it, now and again."""
        emergency = work.conversation.emergency
        assert emergency is not None
        missed = int((now - emergency.raised_at) / every)
        work.change(emergency=replace(emergency, overdue_alarms=max(missed, emergency.overdue_alarms + 1)))
        work.note("undispatched", f"险情已 {int((now - emergency.raised_at).total_seconds())} 秒未派单")
        work.emit(EmergencyUndispatched(work.conversation))

    def _ask_where(self, work: Work, emergency: Emergency, address: str | None, now: datetime) -> None:
        if emergency.accepted_by:  # the agent asks; what was said is kept for the order
            work.change(emergency=replace(emergency, address=address or emergency.address))
            return
        vague = address is not None and emergency.asked < 2 and not self._precise(emergency.kind, address)
        if address is None or vague:
            asked = replace(emergency, address=address or emergency.address, asked=emergency.asked + 1)
            work.change(emergency=replace(asked, step=EmergencyStep.ADDRESS))
            self._ask(work, emergency, self._question(emergency, vague))
            return
        emergency = replace(emergency, step=EmergencyStep.CONFIRM, address=address, read_back_at=now)
        work.change(emergency=emergency)
        self._read_back(work, emergency, self._say.read_back)

    def _precise(self, kind: EmergencyKind, address: str) -> bool:
        """Outdoors a street or a landmark is enough; a dwelling needs a number."""
        return kind is EmergencyKind.OUTDOOR_LEAK or addresses.is_exact(address)

    def _question(self, emergency: Emergency, vague: bool) -> str:
        if vague:
            return self._say.ask_house
        return self._say.ask_address_again if emergency.asked else self._first_question(emergency.kind)

    def _first_question(self, kind: EmergencyKind) -> str:
        if kind is EmergencyKind.OUTDOOR_LEAK:
            return self._say.ask_place
        if kind in (EmergencyKind.CARBON_MONOXIDE, EmergencyKind.FIRE):
            return self._say.ask_place_of_people
        return self._say.ask_address

    def _read_back(self, work: Work, emergency: Emergency, sentence: str) -> None:
        buttons = (Button(self._say.yes, self._say.yes), Button(self._say.no, self._say.no))
        self._ask(work, emergency, self._company.fill(sentence, address=emergency.address), buttons)

    def _ask(self, work: Work, emergency: Emergency, text: str, buttons: tuple[Button, ...] = ()) -> None:
        if emergency.accepted_by is None:
            work.post(Draft(Speaker.SYSTEM, Kind.QUESTION, text, buttons))

    def _speak(self, work: Work, kind: Kind, text: str) -> None:
        work.post(Draft(Speaker.SYSTEM, kind, text))
