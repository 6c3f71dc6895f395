"""What an agent or lead does with a conversation: take, reply, transfer, close. Each may raise NotAllowed."""

from dataclasses import replace

from bot.clock import Clock
from bot.desk.draft_guard import NO_LEAVE, Leave, Review, settle
from bot.desk.goodbye import say_goodbye
from bot.desk.handover import Handover
from bot.desk.holding import come_back
from bot.desk.permission import NotAllowed, must_own, refuse_if
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Attachment, Conversation, Draft, Kind, Message, Owner, Speaker
from bot.domain.desk_log import Did
from bot.domain.events import QueueChanged
from bot.domain.staff import Role, Staff
from bot.domain.text import clean
from bot.domain.transitions import back_to_assistant, closed, queued, replied
from bot.ports import Conversations, StaffDirectory, Work


class AgentActs:
    def __init__(
        self,
        *,
        conversations: Conversations,
        staff: StaffDirectory,
        handover: Handover,
        company: CompanyProfile,
        review: Review,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._staff = staff
        self._handover = handover
        self._review = review
        self._company = company
        self._clock = clock
        self._groups = company.staffing.group_names

    async def take(self, conversation_id: str, who: Staff) -> Conversation:
        """Take a waiting conversation, one the assistant has, or an alarm; a lead may take an agent's."""
        async with self._conversations.open(conversation_id) as work:
            c = work.conversation
            refuse_if(c.closed, "会话已结束，不能接入。")
            if _alarming(c):
                self._handover.accept_emergency(work, who.staff_id)
            elif c.owner is Owner.AGENT and c.staff_id == who.staff_id:
                pass  # a second click
            else:
                others = c.owner is Owner.AGENT and who.role is not Role.LEAD
                refuse_if(others, f"会话已由工号 {c.staff_id} 接入。")
                if c.owner is Owner.AGENT:
                    work.log(
                        Did.TAKE_OVER, f"工号 {who.staff_id} 接管工号 {c.staff_id} 的会话", who.staff_id, c.staff_id
                    )
                self._handover.give(work, who.staff_id)
            work.emit(QueueChanged())
            taken = work.conversation
        await self._staff.mark_assigned(who.staff_id, self._clock.now())
        return taken

    async def reply(
        self, conversation_id: str, who: Staff, message_id: str, raw: object, leave: Leave = NO_LEAVE
    ) -> Message:
        """Say something to the customer. The same id twice is one message. Raises BadText, DraftStopped, ToConfirm."""
        text = clean(raw)
        findings = await self._review(conversation_id, text)
        async with self._conversations.open(conversation_id) as work:
            known = await work.message(message_id)
            if known:
                return known
            must_own(work.conversation, who)
            settle(work, who, findings, leave)
            draft = Draft(Speaker.AGENT, Kind.ANSWER, text, staff_id=who.staff_id, id=message_id)
            return self._answer(work, who, draft)

    async def send(self, conversation_id: str, who: Staff, message_id: str, attachment: Attachment) -> Message:
        """Answer with a picture or a file. The same id twice is one message."""
        async with self._conversations.open(conversation_id) as work:
            known = await work.message(message_id)
            if known:
                return known
            must_own(work.conversation, who)
            draft = Draft(Speaker.AGENT, Kind.ANSWER, attachment.label, staff_id=who.staff_id, id=message_id)
            return self._answer(work, who, replace(draft, attachment=attachment))

    def _answer(self, work: Work, who: Staff, draft: Draft) -> Message:
        """The wait ends with it, whatever it holds."""
        if _alarming(work.conversation):
            self._handover.accept_emergency(work, who.staff_id)
        come_back(work, who, self._company)
        work.conversation = replied(work.conversation, self._clock.now())
        work.emit(QueueChanged())
        return work.post(draft)

    async def transfer(self, conversation_id: str, who: Staff, to: str, note: str) -> Conversation:
        """Pass on to a colleague's number, a skill group, "queue" or "assistant"; a lead also what others have."""
        colleague = None if to in ("queue", "assistant", *self._groups) else await self._colleague(to)
        async with self._conversations.open(conversation_id) as work:
            if who.role is not Role.LEAD or work.conversation.closed:
                must_own(work.conversation, who)
            said = f"，备注：{note}" if note else ""
            text = f"工号 {who.staff_id} 转给 {self._called(to)}{said}"
            work.note("transfer", text, who.staff_id)
            holder = next(iter(_holder(work.conversation)), None)
            if holder != who.staff_id:
                work.log(Did.REASSIGN, text, who.staff_id, holder)
            if colleague:
                self._handover.give(work, colleague.staff_id)
            elif to == "queue" or to in self._groups:
                now = self._clock.now()
                passed = replace(work.conversation, lapsed=(*work.conversation.lapsed, *_holder(work.conversation)))
                work.conversation = queued(passed, now, note or "客服转回队列")
                group = to if to in self._groups else ""
                work.change(waiting_since=work.conversation.waiting_since or now, skill_group=group)
            else:
                refuse_if(_open_emergency(work.conversation), "险情未处理完，不能交回智能助手。")
                work.conversation = back_to_assistant(work.conversation)
                text = self._company.fill(self._company.queue_scripts.back_to_assistant)
                work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text))
            work.emit(QueueChanged())
            return work.conversation

    async def close(self, conversation_id: str, who: Staff, summary: str, category: str) -> Conversation:
        """End the conversation with the closing script of its type, and ask how it was (S0 工作标准 2)."""
        async with self._conversations.open(conversation_id) as work:
            if work.conversation.closed:
                return work.conversation
            must_own(work.conversation, who)
            refuse_if(_open_emergency(work.conversation), "险情还没有派单或判定为误报，不能结束会话。")
            await say_goodbye(work, who, self._company, category, self._clock.now())
            work.note(
                "closed", "；".join(filter(None, (f"工号 {who.staff_id} 结束会话", category, summary))), who.staff_id
            )
            work.conversation = closed(work.conversation, self._clock.now())
            work.emit(QueueChanged())
            return work.conversation

    def _called(self, to: str) -> str:
        return f"技能组 {to}" if to in self._groups else _NAMES.get(to, f"工号 {to}")

    async def _colleague(self, staff_id: str) -> Staff:
        found = await self._staff.get(staff_id)
        if found is None or not found.serves:
            raise NotAllowed(f"没有工号为 {staff_id} 的客服，请从列表中选择。")
        if not found.on_duty:
            raise NotAllowed(f"工号 {staff_id} 现在不在线，请转给其他客服或转回队列。")
        return found


_NAMES = {"queue": "队列", "assistant": "智能助手"}


def _holder(c: Conversation) -> tuple[str, ...]:
    """Who has it, and is not to get it again at once."""
    return (c.staff_id,) if c.owner is Owner.AGENT and c.staff_id else ()


def _alarming(c: Conversation) -> bool:
    return c.emergency is not None and c.emergency.alarming


def _open_emergency(c: Conversation) -> bool:
    return c.emergency is not None and c.emergency.open
