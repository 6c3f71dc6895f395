"""The lead's board, live on the desk's namespace: within a second of a change, also of one that only waiting makes."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import socketio
import structlog

from bot.channels import shapes
from bot.channels.desk_rooms import LEADS, NAMESPACE
from bot.clock import Clock, pause
from bot.desk.board import Board, Figures
from bot.domain.company import Sla

Json = dict[str, Any]

log = structlog.get_logger()

#: Not more often than this, however much happens.
REST = timedelta(seconds=1)
#: Another replica's changes are not told here.
REFRESH = timedelta(seconds=4)
#: A limit is kept up to its very moment; after it, it is not.
_PAST = timedelta(milliseconds=1)


class LiveBoard:
    def __init__(
        self, server: socketio.AsyncServer, *, figures: Figures, clock: Clock, zone: ZoneInfo, sla: Sla
    ) -> None:
        self._server = server
        self._figures = figures
        self._clock = clock
        self._zone = zone
        self._sla = sla
        self._wake = asyncio.Event()

    def changed(self, _: object = None) -> None:
        """Something happened that may stand on the board."""
        self._wake.set()

    async def answer(self) -> Json:
        """The board as it is now; today is the company's."""
        return self._frame(*await self._now())

    async def show(self) -> datetime:
        """To the leads whose pages are open at this replica; each serves its own. Returns when to look again."""
        latest = self._clock.now() + REFRESH
        sids = [sid for sid, _ in list(self._server.manager.get_participants(NAMESPACE, LEADS))]
        if not sids:
            return latest
        board, now = await self._now()
        for sid in sids:
            await self._server.emit("board", self._frame(board, now), to=sid, namespace=NAMESPACE)
        return min(latest, board.changes_at + _PAST) if board.changes_at else latest

    async def run(self) -> None:
        """Keep it true, for ever."""
        while True:
            self._wake.clear()
            again = self._clock.now() + REFRESH
            try:
                again = await self.show()
            except Exception:
                log.exception("the board could not be shown", action="board_failed")
            await pause(self._clock, self._clock.now() + REST)
            await self._clock.wait_until(again, self._wake)

    async def _now(self) -> tuple[Board, datetime]:
        now = self._clock.now()
        return await self._figures.board(start_of_day(now, self._zone), now), now

    def _frame(self, board: Board, now: datetime) -> Json:
        return {"board": _shape(board, self._sla), "now": shapes.moment(now)}


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    """Midnight before `now`, by the company's clock."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _shape(b: Board, sla: Sla) -> Json:
    return {
        "queue": {
            "length": b.queue.length,
            "waiting_since": shapes.moment(b.queue.waiting_since),
            "left": b.queue.left,
        },
        "emergencies": b.emergencies,
        "breaches": b.breaches,
        "absences": b.absences,
        "rates": {
            "asked": b.rates.asked,
            "answered": b.rates.answered,
            "quick": b.rates.quick,
            "in_limit": b.rates.in_limit,
            "at_all": b.rates.at_all,
        },
        "targets": {
            "quick_seconds": sla.first_reply_seconds,
            "quick": sla.first_reply_percent / 100,
            "limit_seconds": sla.reply_limit_seconds,
        },
    }
