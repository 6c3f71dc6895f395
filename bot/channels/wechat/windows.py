"""How often we may still write to each customer, kept for all replicas."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from bot.clock import Clock
from bot.domain.reply_windows import CLOSED, Grant, Occasion, ReplyWindow
from bot.ports import Beside

type Json = dict[str, Any]
#: A message by its number, and how many of its parts have left.
type Begun = tuple[int, int]


class KeptState(Protocol):
    async def get(self, name: str) -> Json | None: ...

    async def change(self, name: str, change: Callable[[Json | None], Json]) -> Json: ...


class ReplyWindows:
    def __init__(self, kept: KeptState, clock: Clock) -> None:
        self._kept = kept
        self._clock = clock

    async def of(self, contact_id: str) -> ReplyWindow:
        return _read(await self._kept.get(_name(contact_id)))

    async def opened(self, contact_id: str, occasion: Occasion, *, by_theirs: int) -> None:
        """The customer did something that lets us write.

        `by_theirs`: when, by the platform's clock, which need not be right by ours.
        """
        now = self._clock.now()
        # Most messages are answered in the request and cost nothing: then there is nothing to write down either.
        if _is_news(await self.of(contact_id), occasion, now):
            await self._change(contact_id, lambda window: window.opened(occasion, now), by_theirs=by_theirs)

    @staticmethod
    def opened_beside(contact_id: str, at: datetime) -> Beside:
        """He wrote, now or at an earlier moment; the last he wrote counts. Kept with what he wrote."""

        def change(found: Json | None) -> Json | None:
            window = _read(found)
            if not _is_news(window, Occasion.WROTE, at):
                return None
            return {**(found or {}), **_written(window.opened(Occasion.WROTE, at))}

        return Beside(_name(contact_id), change)

    async def spent(self, contact_id: str, begun: Begun) -> ReplyWindow:
        """One message was sent; what is left."""
        return await self._change(contact_id, lambda window: window.spent(self._clock.now()), begun=begun)

    async def begun(self, contact_id: str) -> Begun:
        """The message of which something was sent last, and how much."""
        seq, parts = (await self._kept.get(_name(contact_id)) or {}).get("begun", (0, 0))
        return seq, parts

    async def used_up(self, contact_id: str) -> None:
        """WeChat says that no more may be sent now, whatever was counted here."""
        await self._change(contact_id, lambda window: window.used_up(self._clock.now()))

    async def is_older(self, contact_id: str, by_theirs: int) -> bool:
        """Whether the customer has done something since that opened the window, by the platform's clock."""
        kept = await self._kept.get(_name(contact_id)) or {}
        return by_theirs < int(kept.get("by_theirs", 0))

    async def closed(self, contact_id: str) -> None:
        """The customer has gone, or WeChat says that the time is over."""
        await self._change(contact_id, lambda _: CLOSED)

    async def _change(
        self, contact_id: str, change: Callable[[ReplyWindow], ReplyWindow], **beside: Begun | int
    ) -> ReplyWindow:
        """`beside`: what is kept with it from now on."""

        def changed(found: Json | None) -> Json:
            known = {name: value for name, value in beside.items() if value}
            return {**(found or {}), **known, **_written(change(_read(found)))}

        return _read(await self._kept.change(_name(contact_id), changed))


def _is_news(window: ReplyWindow, occasion: Occasion, at: datetime) -> bool:
    return not (window.is_fresh(occasion, at) or window.is_overtaken(occasion, at))


def _name(contact_id: str) -> str:
    return f"window:{contact_id}"


def _read(found: Json | None) -> ReplyWindow:
    return ReplyWindow(
        tuple(
            Grant(Occasion(kept["occasion"]), kept["left"], datetime.fromisoformat(kept["until"]))
            for kept in (found or {}).get("grants", ())
        )
    )


def _written(window: ReplyWindow) -> Json:
    return {
        "grants": [
            {"occasion": grant.occasion.value, "left": grant.left, "until": grant.until.isoformat()}
            for grant in window.grants
        ]
    }
