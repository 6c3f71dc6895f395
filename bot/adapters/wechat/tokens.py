"""The access token: fetched once for all replicas, kept until shortly before it ends.

`stable_token` gives every caller the same token until five minutes before its end, so a replica that fetches one
does not break the others', as the older `/cgi-bin/token` would. It is shared through the database all the same:
the platform counts calls, and a start must not wait for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.adapters.wechat.problems import ADVICE, TokenUnavailable, WeChatError
from bot.clock import Clock
from bot.ports import Exclusive

log = structlog.get_logger()

#: In the last five minutes the platform hands out the next token beside this one.
EARLY = timedelta(minutes=5)
#: A token may be forced 20 times a day, and not twice within 30 seconds.
FORCED_AT_MOST_EVERY = timedelta(seconds=90)

type Json = Mapping[str, Any]


class KeptState(Protocol):
    """What a channel remembers for all replicas."""

    async def get(self, name: str) -> dict[str, Any] | None: ...

    async def put(self, name: str, value: Json) -> None: ...


class AccessTokens:
    """`fetch` asks WeChat: given whether to force a new one, it returns the answer. Raises WeChatError, ChannelDown."""

    def __init__(
        self,
        account: str,
        *,
        fetch: Callable[[bool], Awaitable[Json]],
        kept: KeptState,
        exclusive: Exclusive,
        clock: Clock,
        early: timedelta = EARLY,
        advice: Mapping[int, str] = ADVICE,
    ) -> None:
        self._name = f"wechat.token:{account}"
        self._early = early
        self._advice = advice
        self._fetch = fetch
        self._kept = kept
        self._exclusive = exclusive
        self._clock = clock
        self._known: dict[str, Any] | None = None
        self._flight = asyncio.Lock()

    async def current(self, rejected: str | None = None) -> str:
        """A token that is not `rejected`. Raises ChannelDown."""
        if token := self._usable(self._known, rejected):
            return token
        # One call of this process at a time, and one of all replicas; the others find what it brought.
        async with self._flight:
            if token := self._usable(self._known, rejected):
                return token
            async with self._one_replica():
                return await self._renew(rejected)

    def _one_replica(self) -> AbstractAsyncContextManager[None]:
        return self._exclusive(self._name)

    async def _renew(self, rejected: str | None) -> str:
        self._known = await self._kept.get(self._name)
        if token := self._usable(self._known, rejected):
            return token
        found = await self._ask(force=False)
        if found["token"] == rejected:
            found = await self._force()
        await self._kept.put(self._name, found)
        self._known = found
        return str(found["token"])

    async def _force(self) -> dict[str, Any]:
        """WeChat still gives out what it refuses: someone else has forced or fetched another."""
        now, forced_at = self._clock.now(), (self._known or {}).get("forced_at")
        if forced_at and now - datetime.fromisoformat(forced_at) < FORCED_AT_MOST_EVERY:
            raise TokenUnavailable("the forced token is refused too", self._refused.advice)
        found = await self._ask(force=True)
        return {**found, "forced_at": now.isoformat()}

    @property
    def _refused(self) -> WeChatError:
        return WeChatError({"errcode": 40001}, self._advice)

    async def _ask(self, *, force: bool) -> dict[str, Any]:
        try:
            answer = await self._fetch(force)
        except WeChatError as problem:
            log.error("no access token", action="wechat_token_refused", code=problem.code, advice=problem.advice)
            raise TokenUnavailable(str(problem), problem.advice) from None
        until = self._clock.now() + timedelta(seconds=float(answer.get("expires_in", 0)))
        return {"token": str(answer["access_token"]), "until": until.isoformat()}

    def _usable(self, kept: Json | None, rejected: str | None) -> str | None:
        if kept is None or kept["token"] == rejected:
            return None
        ends = datetime.fromisoformat(kept["until"])
        return str(kept["token"]) if self._clock.now() < ends - self._early else None
