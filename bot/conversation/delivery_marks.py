"""How far delivery has come: noted at once, written in bundles."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from bot.clock import Clock, pause
from bot.domain.conversations import Delivery
from bot.ports import Mark, Transcripts

log = structlog.get_logger()

#: Delivery states are written in bundles: a bundle lost in a crash means a message shown as not yet sent.
BUNDLE = timedelta(milliseconds=300)
#: How long to wait after they could not be written.
AGAIN = timedelta(seconds=1)


class DeliveryMarks:
    def __init__(self, transcripts: Transcripts, clock: Clock) -> None:
        self._transcripts = transcripts
        self._clock = clock
        #: Called after delivery states were written.
        self.marked: Callable[[Sequence[Mark]], None] = lambda _: None
        self._marks: dict[str, list[Mark]] = {}
        self._new = asyncio.Event()
        self._writing = asyncio.Lock()

    def __call__(self, contact_id: str, seq: int, delivery: Delivery) -> None:
        """Note that messages up to number `seq` have come so far; written soon, in this order."""
        marks = self._marks.setdefault(contact_id, [])
        if marks and marks[-1].delivery is delivery and not marks[-1].after_all:
            marks[-1] = Mark(contact_id, max(seq, marks[-1].seq), delivery)
        else:
            marks.append(Mark(contact_id, seq, delivery))
        self._new.set()

    def failed_after_all(self, contact_id: str, seq: int) -> None:
        """Note that this message, which the platform had taken, was not delivered."""
        self._marks.setdefault(contact_id, []).append(Mark(contact_id, seq, Delivery.FAILED, after_all=True))
        self._new.set()

    async def run(self) -> None:
        """Write bundle by bundle."""
        while True:
            await self._new.wait()
            await pause(self._clock, self._clock.now() + BUNDLE)
            if not await self.flush():
                await pause(self._clock, self._clock.now() + AGAIN)

    async def flush(self) -> bool:
        """Write the states noted so far. False if they could not be written; they are kept."""
        async with self._writing:
            self._new.clear()
            taken, self._marks = self._marks, {}
            marks = [mark for of_contact in taken.values() for mark in of_contact]
            try:
                if marks:
                    await self._transcripts.mark_delivery(marks)
            except Exception:
                log.exception("delivery states were not written", action="marks_failed")
                self._put_back(taken)
                return False
        if marks:
            self.marked(marks)
        return True

    def _put_back(self, taken: dict[str, list[Mark]]) -> None:
        newer, self._marks = self._marks, taken
        for contact_id, marks in newer.items():
            self._marks.setdefault(contact_id, []).extend(marks)
        self._new.set()
