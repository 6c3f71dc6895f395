"""Gives a conversation to a person, with the greeting that goes with it (S0 在线客服 2)."""

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Button, Draft, Kind, Owner, Speaker
from bot.domain.events import EmergencyAccepted
from bot.domain.transitions import assigned, left_message, prompts_due
from bot.ports import Work


class Handover:
    def __init__(self, company: CompanyProfile, clock: Clock, waiting_prompt: timedelta) -> None:
        self._company = company
        self._clock = clock
        self._waiting_prompt = waiting_prompt

    def give(self, work: Work, staff_id: str) -> None:
        """Make `staff_id` the owner and greet in his name. An emergency is greeted when it is accepted."""
        c, now = work.conversation, self._clock.now()
        # The night before a left message is answered is not prompted for afterwards.
        prompts = prompts_due(c.silent_since, now, self._waiting_prompt) if c.offline else c.prompts
        work.conversation = assigned(c, staff_id, now, prompts)
        if c.lapsed:
            work.record_move(staff_id)
        work.note("assigned", f"分配给工号 {staff_id}", staff_id)
        if not (c.emergency and c.emergency.alarming):
            self._greet(work, staff_id, self._company.scripts.greeting)

    def accept_emergency(self, work: Work, staff_id: str) -> None:
        """Stop the alarm: this person deals with it."""
        c = work.conversation
        assert c.emergency is not None
        if c.owner is not Owner.AGENT or c.staff_id != staff_id:
            self.give(work, staff_id)
        work.change(emergency=replace(c.emergency, accepted_by=staff_id))
        self._greet(work, staff_id, self._company.emergency_scripts.greeting)
        work.note("accepted", f"工号 {staff_id} 受理险情", staff_id)
        work.emit(EmergencyAccepted(work.conversation))

    def take_message(self, work: Work) -> None:
        """Nobody is on duty: what waits in the queue becomes a left message (S0 系统操作 2)."""
        if work.conversation.owner is not Owner.QUEUE or work.conversation.offline:
            return
        work.conversation = left_message(work.conversation)
        work.note("offline", "无人在线，转为离线留言")
        if work.conversation.emergency is None:  # the crew is on its way, and the customer was told
            text = self._company.fill(self._company.scripts.nobody_online)
            ask = self._company.queue_scripts.ask_assistant
            work.post(Draft(Speaker.SYSTEM, Kind.NOTICE, text, (Button(ask, ask),)))

    def _greet(self, work: Work, staff_id: str, sentence: str) -> None:
        text = self._company.fill(sentence, staff_id=staff_id)
        work.post(Draft(Speaker.AGENT, Kind.GREETING, text, staff_id=staff_id))
