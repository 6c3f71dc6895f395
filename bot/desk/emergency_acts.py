"""What an agent or lead does with an emergency: accept, dispatch, dismiss. Each may raise NotAllowed."""

from dataclasses import replace

from bot.desk.handover import Handover
from bot.desk.permission import must_own, refuse_if
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Conversation, Draft, Emergency, EmergencyStep, Kind, Priority, Speaker
from bot.domain.emergencies import EmergencyKind
from bot.domain.emergency_orders import LABELS, order_for, unit_for
from bot.domain.events import QueueChanged
from bot.domain.staff import Staff
from bot.domain.text import clean
from bot.domain.work_orders import WorkOrder
from bot.ports import Conversations, Work


class EmergencyActs:
    def __init__(self, *, conversations: Conversations, handover: Handover, company: CompanyProfile) -> None:
        self._conversations = conversations
        self._handover = handover
        self._company = company

    async def accept(self, conversation_id: str, who: Staff) -> Conversation:
        """Stop the alarm. The first to accept gets the conversation; later ones learn who has it."""
        async with self._conversations.open(conversation_id) as work:
            emergency = _emergency(work)
            refuse_if(work.conversation.closed, "会话已结束。")
            if emergency.accepted_by != who.staff_id:
                refuse_if(not emergency.alarming, f"险情已由工号 {emergency.accepted_by} 受理。")
                self._handover.accept_emergency(work, who.staff_id)
                work.emit(QueueChanged())
            return work.conversation

    async def dispatch(self, conversation_id: str, who: Staff, address: str, kind: EmergencyKind | None) -> WorkOrder:
        """Send the field unit to an address the agent vouches for; also after one that was not. Raises BadText."""
        stated = clean(address)
        async with self._conversations.open(conversation_id) as work:
            emergency = self._mine(work, who)
            sent = replace(emergency, kind=kind or emergency.kind, address=stated, confirmed=True)
            refuse_if(emergency.step is EmergencyStep.DISMISSED, "险情已判定为误报，不能派单。")
            refuse_if(
                not emergency.open and sent == emergency, f"险情已按这个地址派单，工单号 {emergency.order_number}。"
            )
            order = await work.file(order_for(work.conversation, sent))
            work.change(emergency=replace(sent, step=EmergencyStep.DISPATCHED, order_number=order.number))
            self._tell_dispatched(work, order, sent.kind, who.staff_id)
            return order

    async def dismiss(self, conversation_id: str, who: Staff, reason: str) -> Conversation:
        """A false alarm, judged by a person. Raises BadText."""
        said = clean(reason)
        async with self._conversations.open(conversation_id) as work:
            emergency = self._mine(work, who)
            work.change(emergency=replace(emergency, step=EmergencyStep.DISMISSED), priority=Priority.NORMAL)
            work.note("dismissed", f"判定为误报：{said}", who.staff_id)
            return work.conversation

    def _mine(self, work: Work, who: Staff) -> Emergency:
        """The emergency, accepted by this person now if nobody has."""
        if _emergency(work).alarming:
            self._handover.accept_emergency(work, who.staff_id)
        must_own(work.conversation, who)
        return _emergency(work)

    def _tell_dispatched(self, work: Work, order: WorkOrder, kind: EmergencyKind, staff_id: str) -> None:
        unit = unit_for(kind, self._company.units)
        sentence = self._company.emergency_scripts.dispatched
        text = self._company.fill(sentence, address=order.address, number=order.number, unit=unit.name)
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text))
        work.note("dispatched", f"工号 {staff_id} 派单 {order.number} → {unit.name}（{LABELS[kind]}）", staff_id)


def _emergency(work: Work) -> Emergency:
    emergency = work.conversation.emergency
    refuse_if(emergency is None, "这个会话没有险情。")
    assert emergency is not None
    return emergency
