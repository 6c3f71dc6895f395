"""Fetches what happened, account by account: the cursor moves when it was dealt with, past what has to wait."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.channel import ChannelDown
from bot.channels.wechat_kf.ahead import AskedAhead, Page
from bot.channels.wechat_kf.items import sent_at, whose
from bot.clock import Clock
from bot.ports import Exclusive

log = structlog.get_logger()

#: On the first use of an account 企业微信 tells the last three days: what is older than this was dealt with elsewhere.
BEFORE_OUR_TIME = timedelta(minutes=10)

#: Where customers write without a pause the cursor is written after so many messages: what may have to be known again.
MOST_AGAIN = 50

#: Customers of a page who are dealt with side by side: while one is written to the disk the next is read.
AT_ONCE = 8

type Json = Mapping[str, Any]
#: What is kept of an account.
type State = dict[str, Any]


class KeptState(Protocol):
    async def get(self, name: str) -> State | None: ...

    async def change(self, name: str, change: Callable[[State | None], State]) -> State: ...


class NotTakenIn(Exception):
    """Something that was fetched waits to be dealt with again."""


class Intake:
    """`pages` gives what is after a cursor, given a notice's token or ""; `deal_with` acts on one item.

    `rescue` tells whoever reports danger what to do, though nothing can be stored of it; it never raises.
    """

    def __init__(
        self,
        *,
        pages: AskedAhead,
        deal_with: Callable[[Json], Awaitable[None]],
        rescue: Callable[[Json], Awaitable[None]],
        kept: KeptState,
        exclusive: Exclusive,
        clock: Clock,
    ) -> None:
        self._pages = pages
        self._deal_with = deal_with
        self._rescue = rescue
        #: How far each account was read, for when that cannot be looked up.
        self._cursors: dict[str, str] = {}
        self._kept = kept
        self._exclusive = exclusive
        self._clock = clock

    async def fetch(self, open_kfid: str, token: str) -> None:
        """Fetch and deal with all there is. Raises ChannelDown, NotTakenIn and others: to be called again later."""
        try:
            await self._fetch(open_kfid, token)
        except (ChannelDown, NotTakenIn):
            raise
        except Exception:
            await self._look_for_danger(open_kfid, token)
            raise

    async def _fetch(self, open_kfid: str, token: str) -> None:
        name = state_name(open_kfid)
        async with self._exclusive(name):
            written = await self._kept.get(name) or await self._move(name, {}, self._begun())
            # What could not be stored the last time needs nothing from the platform.
            state = {**written, "waiting": await self._deal_with_all(written["waiting"])}
            more, unwritten = True, 0
            while more:
                page = await self._pages(open_kfid, state["cursor"], token)
                if page.more and page.cursor == state["cursor"]:
                    raise ChannelDown("the cursor stands still")
                state = await self._take_in(state, page)
                self._cursors[open_kfid] = page.cursor
                asked, unwritten = self._pages.has_asked(open_kfid), unwritten + len(page.messages)
                more = page.more or asked
                if state != written and (page.more or not asked or unwritten >= MOST_AGAIN):
                    written, unwritten = await self._move(name, written, state), 0
            if state["waiting"]:
                raise NotTakenIn(f"{len(state['waiting'])} items")

    async def _look_for_danger(self, open_kfid: str, token: str) -> None:
        """The database is out of reach: what was written since the last fetch is looked at, and left where it is."""
        if open_kfid not in self._cursors:
            return
        with suppress(ChannelDown):
            for raw in (await self._pages(open_kfid, self._cursors[open_kfid], token)).messages:
                await self._rescue(raw)

    def _begun(self) -> State:
        """`since` is kept until the days before are behind us."""
        return {"cursor": "", "waiting": [], "since": (self._clock.now() - BEFORE_OUR_TIME).isoformat()}

    async def _take_in(self, state: State, page: Page) -> State:
        """Deal with a page, past which the cursor may move then: if this is cut short, the page comes again."""
        left = await self._deal_with_all(_fresh(page, state, self._clock.now()), state["waiting"])
        kept = {key: value for key, value in state.items() if key != "since" or page.more}
        return {**kept, "cursor": page.cursor, "waiting": [*state["waiting"], *left]}

    async def _deal_with_all(self, items: Iterable[Json], waiting: Iterable[Json] = ()) -> list[Json]:
        """Deal with them, each customer's in order; returns what has to wait, as what comes after `waiting` of his has.

        Who cannot be served now holds up nobody but himself.
        """
        stuck, seats = {whose(raw) for raw in waiting}, asyncio.Semaphore(AT_ONCE)
        lines: dict[str, list[Json]] = {}
        for raw in items:
            lines.setdefault(whose(raw), []).append(raw)
        left = await asyncio.gather(*(self._deal_with_line(line, seats, who in stuck) for who, line in lines.items()))
        return [raw for line in left for raw in line]

    async def _deal_with_line(self, line: Sequence[Json], seats: asyncio.Semaphore, stuck: bool) -> Sequence[Json]:
        """Of one customer; returns what has to wait, each of which was looked at for danger."""
        dealt_with = 0
        async with seats:
            while not stuck and dealt_with < len(line):
                try:
                    await self._deal_with(line[dealt_with])
                    dealt_with += 1
                except Exception:
                    log.exception("an item could not be stored", action="receive_failed", channel="wechat_kf")
                    stuck = True
        for raw in (left := line[dealt_with:]):
            await self._rescue(raw)
        return left

    async def _move(self, name: str, before: State, after: State) -> State:
        """Raises ChannelDown: another replica went on while this one slept, and the cursor never goes back."""

        def moved(known: State | None) -> State:
            if (known or {}).get("cursor") != before.get("cursor"):
                raise ChannelDown("another replica has gone on from there")
            return after

        return await self._kept.change(name, moved)


def state_name(open_kfid: str) -> str:
    return f"wechat_kf.stream:{open_kfid}"


def _fresh(page: Page, state: State, now: datetime) -> list[Json]:
    """What is new on it, and ours."""
    known = {_id(raw) for raw in state["waiting"]}
    fresh = [raw for raw in page.messages if _id(raw) not in known and _is_ours(raw, state, now)]
    if skipped := len(page.messages) - len(fresh):
        log.info("items known, or of before our time", action="kf_skipped", number=skipped)
    return fresh


def _is_ours(raw: Json, state: State, now: datetime) -> bool:
    return "since" not in state or sent_at(raw, now) >= datetime.fromisoformat(state["since"])


def _id(raw: Json) -> str:
    return str(raw.get("msgid", ""))
