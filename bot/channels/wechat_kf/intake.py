"""Fetches what happened, account by account: the cursor moves in the same write that keeps what it moved over."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.channel import ChannelDown
from bot.channels.wechat_kf.items import sent_at, whose
from bot.clock import Clock
from bot.ports import Exclusive

log = structlog.get_logger()

#: On the first use of an account 企业微信 tells the last three days: what is older than this was dealt with elsewhere.
BEFORE_OUR_TIME = timedelta(minutes=10)

type Json = Mapping[str, Any]


class Page(Protocol):
    @property
    def messages(self) -> Sequence[Json]: ...
    @property
    def cursor(self) -> str: ...
    @property
    def more(self) -> bool: ...


class KeptState(Protocol):
    async def get(self, name: str) -> dict[str, Any] | None: ...

    async def change(self, name: str, change: Callable[[dict[str, Any] | None], dict[str, Any]]) -> dict[str, Any]: ...


class NotTakenIn(Exception):
    """Something that was fetched waits to be dealt with again."""


class Intake:
    """`sync` asks for what is after a cursor, given a notice's token or ""; `deal_with` acts on one item.

    `rescue` tells whoever reports danger what to do, though nothing can be stored of it; it never raises.
    """

    def __init__(
        self,
        *,
        sync: Callable[[str, str, str], Awaitable[Page]],
        deal_with: Callable[[Json], Awaitable[None]],
        rescue: Callable[[Json], Awaitable[None]],
        kept: KeptState,
        exclusive: Exclusive,
        clock: Clock,
    ) -> None:
        self._sync = sync
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
            state = await self._kept.get(name) or {}
            if state.get("waiting"):  # an earlier run was cut short, or could not store something
                state = await self._work_off(name, state)
            more = True
            while more:
                page = await self._sync(open_kfid, state.get("cursor", ""), token)
                moved, more = page.cursor != state.get("cursor"), page.more
                if more and not moved:
                    raise ChannelDown("the cursor stands still")
                if moved or page.messages or "since" in state:
                    state = await self._work_off(name, await self._keep(name, page, state.get("cursor", "")))
                self._cursors[open_kfid] = page.cursor
            if state.get("waiting"):
                raise NotTakenIn(f"{len(state['waiting'])} items")

    async def _look_for_danger(self, open_kfid: str, token: str) -> None:
        """The database is out of reach: what was written since the last fetch is looked at, and left where it is."""
        if open_kfid not in self._cursors:
            return
        with suppress(ChannelDown):
            for raw in (await self._sync(open_kfid, self._cursors[open_kfid], token)).messages:
                await self._rescue(raw)

    async def _keep(self, name: str, page: Page, asked_from: str) -> dict[str, Any]:
        """Raises ChannelDown: another replica went on while this one slept, and the cursor never goes back."""
        now = self._clock.now()

        def with_page(known: dict[str, Any] | None) -> dict[str, Any]:
            if (known or {}).get("cursor", "") != asked_from:
                raise ChannelDown("another replica has gone on from there")
            return _with_page(known, page, now)

        return await self._kept.change(name, with_page)

    async def _work_off(self, name: str, state: dict[str, Any]) -> dict[str, Any]:
        """Deal with what waits, in order; who cannot be served now holds up nobody but himself."""
        done, stuck = set(), set()
        for raw in state["waiting"]:
            contact_id = whose(raw)
            if contact_id in stuck:
                continue
            try:
                await self._deal_with(raw)
            except Exception:
                log.exception("an item could not be stored", action="receive_failed", channel="wechat_kf")
                stuck.add(contact_id)
                await self._rescue(raw)
            else:
                done.add(_id(raw))
        return await self._kept.change(name, lambda known: _without(known, done)) if done else state


def state_name(open_kfid: str) -> str:
    return f"wechat_kf.stream:{open_kfid}"


def _with_page(known: dict[str, Any] | None, page: Page, now: datetime) -> dict[str, Any]:
    state = known or {"since": (now - BEFORE_OUR_TIME).isoformat(), "waiting": []}
    ids = {_id(raw) for raw in state["waiting"]}
    fresh = [dict(raw) for raw in page.messages if _id(raw) not in ids and _is_ours(raw, state, now)]
    if skipped := len(page.messages) - len(fresh):
        log.info("items known, or of before our time", action="kf_skipped", number=skipped)
    # With the end of what was there on the first day the days before are behind us.
    kept = {name: value for name, value in state.items() if name != "since" or page.more}
    return {**kept, "cursor": page.cursor, "waiting": [*state["waiting"], *fresh]}


def _is_ours(raw: Json, state: Json, now: datetime) -> bool:
    return "since" not in state or sent_at(raw, now) >= datetime.fromisoformat(state["since"])


def _without(known: dict[str, Any] | None, done: set[str]) -> dict[str, Any]:
    state = known or {}
    return {**state, "waiting": [raw for raw in state.get("waiting", ()) if _id(raw) not in done]}


def _id(raw: Json) -> str:
    return str(raw.get("msgid", ""))
