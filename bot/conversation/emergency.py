"""The emergency flow: safety instruction first, then address, read-back, dispatch (S0 泄漏报修).

It belongs to the core and not to the assistant's model, so that it works with the model down, in the middle of
any dialogue, and whoever has the conversation. It speaks until a person has accepted the emergency; what the
customer says after that still counts: a confirmed address is dispatched in any case.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import address as addresses
from bot.conversation.address_answer import Confirmation, confirmation
from bot.conversation.emergency_screen import look
from bot.conversation.emergency_taken_back import denies, is_other_talk, is_outdoors_after_all, takes_back
from bot.conversation.emergency_voice import EmergencyVoice
from bot.conversation.queue_words import phone_in
from bot.conversation.wordless import polite_answer
from bot.domain.company import CompanyProfile
from bot.domain.conversations import (
    AttachmentKind,
    Conversation,
    Emergency,
    EmergencyStep,
    Kind,
    Message,
    Owner,
    Priority,
)
from bot.domain.emergencies import EmergencyKind
from bot.domain.emergency_orders import LABELS, order_for, unit_for
from bot.domain.events import EmergencyRaised, EmergencyUndispatched, QueueChanged
from bot.domain.transitions import queued
from bot.domain.work_orders import OrderNote
from bot.ports import Work

#: The same report within this time does not repeat the instruction.
SAME_REPORT = timedelta(minutes=10)
#: A report within this time after the crew was sent is about what it was sent for.
SAME_EMERGENCY = timedelta(hours=2)

_GRAVITY = {EmergencyKind.CARBON_MONOXIDE: 1, EmergencyKind.FIRE: 2}


class EmergencyFlow:
    def __init__(self, company: CompanyProfile) -> None:
        self._company = company
        self._say = company.emergency_scripts
        self._voice = EmergencyVoice(company)

    def handles(self, c: Conversation, text: str) -> bool:
        """What the customer writes now is for this flow: it is not dispatched yet, or he corrects the address."""
        if c.emergency is None:
            return False
        return c.emergency.open or self._corrects(c.emergency, text)

    def accompanies(self, c: Conversation) -> bool:
        """The crew is on its way, and the customer still waits for a person."""
        return c.owner is Owner.QUEUE and c.emergency is not None and c.emergency.step is EmergencyStep.DISPATCHED

    def is_news(self, c: Conversation, kind: EmergencyKind, now: datetime) -> bool:
        """The customer has to be told what to do: a first report, a graver kind, or again after a while."""
        known = c.emergency
        if known is None or known.step is EmergencyStep.DISMISSED or _is_graver(kind, known.kind):
            return True
        return now - (known.instructed_at or known.raised_at) > SAME_REPORT

    async def raise_(self, work: Work, kind: EmergencyKind, text: str, now: datetime) -> None:
        """Tell the customer what to do, alarm everybody, ask where."""
        self._voice.speak(work, Kind.SAFETY, self._company.safety_instruction(kind))
        emergency = self._with_phone(work, _raised(work.conversation.emergency, kind, now), text)
        work.note("emergency", f"险情：{LABELS[emergency.kind]}")
        if work.conversation.owner is not Owner.AGENT:
            work.conversation = queued(work.conversation, now, f"紧急：{LABELS[emergency.kind]}", Priority.EMERGENCY)
        work.change(emergency=emergency, priority=Priority.EMERGENCY, offline=False)
        if emergency.open:
            await self._locate(work, emergency, text, now)
        if emergency.alarming:
            work.emit(EmergencyRaised(work.conversation))
        work.emit(QueueChanged())

    async def hear(self, work: Work, text: str, now: datetime) -> None:
        """Take what the customer wrote as part of the dialogue."""
        text = addresses.without_doubtful(text)
        emergency = work.conversation.emergency
        assert emergency is not None
        emergency = self._in_or_out(work, self._with_phone(work, emergency, text), text, now)
        if self._answers_question(work, emergency, text):
            return
        if denies(text) if emergency.address else takes_back(text):
            # The place is kept; nobody is sent there of ourselves, and no later "好的" confirms it.
            still = replace(emergency, taken_back=True, step=EmergencyStep.ADDRESS, located_at=None)
            work.change(emergency=still)
            self._voice.ask(work, emergency, self._company.fill(self._say.taken_back))
            return
        if emergency.taken_back and is_other_talk(text):
            self._voice.ask(work, emergency, self._company.fill(self._say.noted_after_all))
            return
        if emergency.taken_back and emergency.address and look(text).kind:
            emergency = replace(emergency, taken_back=False)
            self._ask_where(work, emergency, addresses.addition_in(emergency.address, text) or emergency.address, now)
            return
        if emergency.step is not EmergencyStep.ADDRESS:
            await self._hear_confirmation(work, emergency, text, now)
            return
        whole = addresses.addition_in(emergency.address, text)
        if whole is None:
            free = addresses.free_address(text, asked_again=emergency.asked > 1)
            whole = addresses.completed(emergency.address, free) if free else None
        if whole is None and emergency.kind is EmergencyKind.OUTDOOR_LEAK and not emergency.address:
            landmark = addresses.landmark_in(text)
            if landmark and emergency.accepted_by is None:
                self._ask_which(work, emergency, landmark)
                return
        self._ask_where(work, emergency, whole, now)

    async def accompany(self, work: Work, text: str) -> None:
        """What is said after the dispatch, before a person has come: a question is answered, a number noted."""
        emergency = work.conversation.emergency
        assert emergency is not None
        with_phone = self._with_phone(work, emergency, text)
        if with_phone is not emergency and emergency.order_number:
            await work.note_order(OrderNote(emergency.order_number, f"联系电话：{with_phone.phone}"))
            self._voice.speak(work, Kind.NOTICE, self._company.fill(self._say.phone_noted))
            return
        told = await self._told_on(work, emergency, text)
        if not self._voice.answer(work, emergency, text) and not told:
            self._voice.accompany(work, emergency, news=addresses.tells_more(text))

    async def _told_on(self, work: Work, emergency: Emergency, text: str) -> bool:
        """Put what is told after the dispatch on the order. True if it was a more exact address, and that is said."""
        if not emergency.order_number or not addresses.tells_more(text):
            return False
        whole = addresses.addition_in(emergency.address, text)
        elsewhere = addresses.is_in_doubt(text) or addresses.tells_of_waiting(text)
        if elsewhere or not whole or not addresses.adds_number(emergency.address, whole):
            await work.note_order(OrderNote(emergency.order_number, f"用户补充：{text.strip()}"))
            return False
        await work.note_order(OrderNote(emergency.order_number, f"地址补充：{text.strip()}", address=whole))
        work.change(emergency=replace(emergency, address=whole))
        self._voice.speak(work, Kind.NOTICE, self._company.fill(self._say.address_added, address=whole))
        return True

    def see(self, work: Work, message: Message, now: datetime) -> None:
        """Something without words came in the dialogue: a place on the map counts; for the rest words are asked for."""
        emergency, attachment = work.conversation.emergency, message.attachment
        assert emergency is not None
        assert attachment is not None
        if attachment.kind is not AttachmentKind.LOCATION:
            if emergency.accepted_by is None:
                self._voice.speak(work, Kind.NOTICE, polite_answer(self._company, message))
        elif emergency.step is EmergencyStep.ADDRESS and not addresses.names_place(emergency.address):
            self._ask_where(work, emergency, addresses.completed(attachment.label, emergency.address), now)
        else:
            work.note("location", f"用户发来定位：{attachment.label}")

    async def dispatch(self, work: Work, *, confirmed: bool) -> None:
        """File the order of the right type, already on its way to the field unit, and tell the customer."""
        emergency = work.conversation.emergency
        assert emergency is not None
        emergency, before = replace(emergency, confirmed=confirmed), emergency.order_number
        order = await work.file(order_for(work.conversation, emergency))
        work.change(emergency=replace(emergency, step=EmergencyStep.DISPATCHED, order_number=order.number))
        sentence = self._say.dispatched if confirmed else self._say.dispatched_unconfirmed
        if before:
            await work.note_order(OrderNote(before, f"已另派 {order.number}：{emergency.address}"))
            sentence = self._say.redispatched
        unit = unit_for(emergency.kind, self._company.units)
        values = {"address": emergency.address, "number": order.number, "unit": unit.name}
        self._voice.speak(work, Kind.NOTICE, self._company.fill(sentence, **values))
        certainty = "地址已确认" if confirmed else "地址未经用户确认"
        work.note("dispatched", f"已派单 {order.number} → {unit.name}（{certainty}）")
        work.emit(QueueChanged())

    async def dispatch_anyway(self, work: Work) -> None:
        """The customer stopped answering: send the crew to the address we have."""
        await self.dispatch(work, confirmed=False)
        work.emit(EmergencyUndispatched(work.conversation))

    async def sound_overdue(self, work: Work, now: datetime, every: timedelta) -> None:
        """Not dispatched in time: the alarm names it, now and again."""
        emergency = work.conversation.emergency
        assert emergency is not None
        missed = int((now - emergency.raised_at) / every)
        work.change(emergency=replace(emergency, overdue_alarms=max(missed, emergency.overdue_alarms + 1)))
        work.note("undispatched", f"险情已 {int((now - emergency.raised_at).total_seconds())} 秒未派单")
        work.emit(EmergencyUndispatched(work.conversation))

    async def _locate(self, work: Work, emergency: Emergency, text: str, now: datetime) -> None:
        """Go on with the address that is in the report, or known already."""
        said = addresses.address_in(text)
        if said is None and emergency.confirmed:
            await self.dispatch(work, confirmed=True)
            return
        self._ask_where(work, emergency, addresses.completed(emergency.address, said or "") or None, now)

    async def _hear_confirmation(self, work: Work, emergency: Emergency, text: str, now: datetime) -> None:
        answer = confirmation(text)
        read = addresses.corrected if answer is Confirmation.NO else addresses.extended
        other = read(emergency.address, text)
        if other is None and answer is None and addresses.address_in(emergency.address) is None:
            other = addresses.free_address(text, asked_again=False)  # a name, after what may be none
        if other == emergency.address:
            other = None
        if other and answer is Confirmation.YES and addresses.adds_to(emergency.address, other):
            work.change(emergency=replace(emergency, address=other))
            await self.dispatch(work, confirmed=True)
            return
        if other and (answer is Confirmation.NO or not addresses.tells_of_waiting(text)):
            self._ask_where(work, emergency, other, now)
        elif answer is Confirmation.YES or addresses.says_it_again(emergency.address, text):
            await self.dispatch(work, confirmed=True)
            await self._told_on(work, replace(emergency, order_number=_order_of(work)), text)
        elif answer is Confirmation.NO and addresses.names_part_of(emergency.address, text):
            self._voice.read_back(work, emergency, self._say.read_back_again)  # denied, and then said as it stands
        elif answer is Confirmation.NO:
            unknown = replace(emergency, step=EmergencyStep.ADDRESS, address="", located_at=None)
            work.change(emergency=unknown)
            self._voice.ask(work, unknown, self._say.ask_right_address)
        else:
            self._voice.read_back(work, emergency, self._say.read_back_again)

    def _in_or_out(self, work: Work, emergency: Emergency, text: str, now: datetime) -> Emergency:
        """ "阳光花园A座有煤气味", and then "1203"; "在马路边上啊 不是家里": other orders hold, and other people go."""
        if emergency.kind is EmergencyKind.OUTDOOR_LEAK and addresses.names_flat(emergency.address, text):
            kind = EmergencyKind.INDOOR_LEAK
        elif emergency.kind is EmergencyKind.INDOOR_LEAK and is_outdoors_after_all(text):
            kind = EmergencyKind.OUTDOOR_LEAK
        else:
            return emergency
        emergency = replace(emergency, kind=kind, instructed_at=now)
        work.change(emergency=emergency)
        self._voice.speak(work, Kind.SAFETY, self._company.safety_instruction(emergency.kind))
        return emergency

    def _corrects(self, emergency: Emergency, text: str) -> bool:
        """After the dispatch: "地址不对", or another address, until an agent has taken it over."""
        if emergency.step is not EmergencyStep.DISPATCHED or emergency.accepted_by:
            return False
        if confirmation(text) is not Confirmation.NO:
            return addresses.is_another(emergency.address, text)
        return not emergency.confirmed or addresses.corrected(emergency.address, text) is not None

    def _ask_where(self, work: Work, emergency: Emergency, address: str | None, now: datetime) -> None:
        if emergency.accepted_by:  # the agent asks; what was said is kept for the order
            work.change(emergency=replace(emergency, address=address or emergency.address))
            return
        address = address or (emergency.address if emergency.asked > 1 else None) or None
        if address is None or self._is_vague(emergency, address):
            self._ask_for_more(work, emergency, address, now)
            return
        emergency = replace(emergency, step=EmergencyStep.CONFIRM, address=address, located_at=now)
        work.change(emergency=emergency)
        self._voice.read_back(work, emergency, self._say.read_back)

    def _is_vague(self, emergency: Emergency, address: str) -> bool:
        """Outdoors a street or a landmark is enough; a dwelling needs a number. Who cannot name one is not asked on."""
        if emergency.kind is EmergencyKind.OUTDOOR_LEAK:
            return not addresses.names_place(address)
        return emergency.asked < 2 and not addresses.is_exact(address)

    def _ask_for_more(self, work: Work, emergency: Emergency, address: str | None, now: datetime) -> None:
        place = address is not None and addresses.names_place(address)
        asked = replace(
            emergency,
            step=EmergencyStep.ADDRESS,
            address=address or emergency.address,
            asked=emergency.asked + 1,
            located_at=now if place else emergency.located_at,
        )
        work.change(emergency=asked)
        self._voice.ask(work, asked, self._say.ask_house if place else self._voice.question(emergency))

    def _ask_which(self, work: Work, emergency: Emergency, landmark: str) -> None:
        """ "就菜市场那边": there are many; it is kept, and the street belongs to it."""
        asked = replace(emergency, address=landmark, asked=emergency.asked + 1)
        work.change(emergency=asked)
        self._voice.ask(work, asked, self._company.fill(self._say.ask_which_place, place=landmark))

    def _answers_question(self, work: Work, emergency: Emergency, text: str) -> bool:
        """Answer what is asked about the safety orders. True if that was all the message said."""
        if emergency.accepted_by or not self._voice.answer(work, emergency, text):
            return False
        only_asks = addresses.address_in(text) is None and confirmation(text) is None
        if only_asks:
            self._voice.ask_on(work, emergency)
        return only_asks

    def _with_phone(self, work: Work, emergency: Emergency, text: str) -> Emergency:
        phone = phone_in(text)
        if not phone or phone == emergency.phone:
            return emergency
        emergency = replace(emergency, phone=phone)
        work.change(emergency=emergency)
        return emergency


def _order_of(work: Work) -> str:
    return (work.conversation.emergency and work.conversation.emergency.order_number) or ""


def _raised(known: Emergency | None, kind: EmergencyKind, now: datetime) -> Emergency:
    """The emergency after a report. What is known of the place is kept; what is worse than before is new."""
    fresh = Emergency(kind=kind, raised_at=now, instructed_at=now)
    if known is None or known.step is EmergencyStep.DISMISSED:
        return fresh
    graver = _is_graver(kind, known.kind)
    if known.open or (not graver and now - known.raised_at <= SAME_EMERGENCY):
        return replace(known, kind=kind if graver else known.kind, instructed_at=now)
    return replace(fresh, address=known.address, confirmed=known.confirmed and graver, order_number=known.order_number)


def _is_graver(kind: EmergencyKind, known: EmergencyKind) -> bool:
    return _GRAVITY.get(kind, 0) > _GRAVITY.get(known, 0)
