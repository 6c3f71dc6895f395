"""Hands a conversation from the assistant to people."""

from datetime import datetime

from bot.conversation import queue_words
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Button, Draft, Kind, Priority, Speaker
from bot.domain.events import QueueChanged
from bot.domain.transitions import back_to_assistant, queued
from bot.ports import Work


class Handoff:
    def __init__(self, company: CompanyProfile) -> None:
        self._company = company

    def to_people(
        self,
        work: Work,
        reason: str,
        now: datetime,
        *,
        ahead: int,
        on_duty: bool,
        priority: Priority = Priority.NORMAL,
        for_lead: bool = False,
    ) -> None:
        """Queue the conversation and tell the customer his place. With nobody on duty the desk takes a message.

        Args:
            ahead: how many wait already.
            for_lead: the team lead serves it, if one is there.
        """
        work.conversation = queued(work.conversation, now, reason, priority)
        work.change(for_lead=for_lead)
        work.note("handoff", f"转人工：{reason}")
        if on_duty:
            self._tell_place(work, ahead)
        work.emit(QueueChanged())

    def hear_in_queue(self, work: Work, text: str) -> bool:
        """The customer writes while he waits: he may want the assistant again; a left message is added to.

        True if he asks the assistant something: it owes him an answer.
        """
        scripts = self._company.queue_scripts
        leaves = text in (scripts.leave_queue, scripts.ask_assistant) or queue_words.leaves(text)
        if work.conversation.emergency is None and not leaves and queue_words.leaves_for(text):
            work.conversation = back_to_assistant(work.conversation)
            work.note("left_queue", "用户取消排队")
            return True
        if leaves and work.conversation.emergency is None:
            told = scripts.left_desk if work.conversation.offline else scripts.left_queue
            work.conversation = back_to_assistant(work.conversation)
            self._notice(work, told)
            work.note("left_queue", "用户取消排队")
        elif work.conversation.offline:
            self._note_message(work, text)
        return False

    def _note_message(self, work: Work, text: str) -> None:
        """Every addition is confirmed, except an answer to the assistant's question, which hears it as well."""
        scripts, c = self._company.queue_scripts, work.conversation
        if c.unfinished or (c.assistant_notice and queue_words.is_courtesy(text)):
            return
        if queue_words.phone_in(text):
            noted = scripts.phone_noted
            work.change(answered_seq=c.customer_seq, turn_until=None)
        else:
            noted = scripts.message_added if c.assistant_notice else scripts.message_noted
        work.change(assistant_notice=True)
        button = Button(scripts.ask_assistant, scripts.ask_assistant)
        self._notice(work, noted, () if c.emergency or noted == scripts.message_added else (button,))

    def _tell_place(self, work: Work, ahead: int) -> None:
        scripts = self._company.queue_scripts
        text = self._company.fill(scripts.handed_over, ahead=ahead) if ahead else scripts.handed_over_next
        leave = Button(scripts.leave_queue, scripts.leave_queue)
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, self._company.fill(text), (leave,)))

    def _notice(self, work: Work, text: str, buttons: tuple[Button, ...] = ()) -> None:
        work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, self._company.fill(text), buttons))
