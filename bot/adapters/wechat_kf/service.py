"""Messages of 微信客服 in the words of our own rules: what its codes and its session states mean for a message."""

from collections.abc import Mapping
from datetime import timedelta
from enum import IntEnum
from typing import Any

import structlog

from bot.adapters.wechat.calls import MayHaveArrived
from bot.adapters.wechat.media import PassesFiles
from bot.adapters.wechat.problems import STALE_TOKEN, WeChatError
from bot.adapters.wechat_kf.api import KfApi, Page
from bot.adapters.wechat_kf.problems import (
    LATER,
    NOT_OURS,
    OUTSIDE_WINDOW,
    QUOTA_USED_UP,
    STALE_CODE,
    TOO_MANY,
    UNREACHABLE,
)
from bot.channel import ChannelDown
from bot.domain.reply_windows import Answer, Verdict

log = structlog.get_logger()

#: Their limits are per minute and per hour.
SLOWER = timedelta(minutes=1)


class State(IntEnum):
    """`service_state`."""

    NEW = 0
    OURS = 1
    POOL = 2
    PERSON = 3
    OVER = 4


_MEANINGS = {
    OUTSIDE_WINDOW: Answer(Verdict.TOO_LATE, "用户超过48小时没有来消息，微信不再允许发送"),
    QUOTA_USED_UP: Answer(Verdict.USED_UP, "微信允许的条数已用完，用户下次来消息时自动发送"),
}
_GONE = Answer(Verdict.UNREACHABLE, "微信客服里已没有这位用户")
_ELSEWHERE = Answer(
    Verdict.NOT_NOW,
    "会话在企业微信的接待池或接待人员那里，这里不能发送。请在企业微信里结束会话，用户再来消息后自动发送；"
    "并检查客服账号是否设为由 API 管理",
)
_OVER = Answer(Verdict.NOT_NOW, "微信客服的会话已结束，未发出的消息在用户下次来消息时自动发送")
_STRANGE = Answer(Verdict.NOT_NOW, "微信客服不允许现在发送，未发出的消息在用户下次来消息时自动发送")


class KfService(PassesFiles):
    def __init__(self, api: KfApi) -> None:
        super().__init__(api, LATER)
        self._api = api

    async def send(self, open_kfid: str, customer: str, msgid: str, message: Mapping[str, Any]) -> Answer:
        """Raises ChannelDown: to be tried again with the same `msgid`, which makes it the same message."""
        try:
            await self._send(open_kfid, customer, msgid, message)
        except WeChatError as problem:
            return _meaning(problem)
        except _Elsewhere as found:
            return found.answer
        except MayHaveArrived as problem:
            raise ChannelDown(f"no answer, tried again under the same id: {problem}") from None
        return Answer(Verdict.SENT)

    async def welcome(self, code: str, msgid: str, message: Mapping[str, Any]) -> None:
        """Best effort: the code is good for 20 seconds and one message, and nothing was asked yet."""
        try:
            await self._api.send_on_event(code, msgid, message)
        except (ChannelDown, MayHaveArrived, WeChatError) as problem:
            log.warning("a customer was not welcomed", action="kf_not_welcomed", reason=str(problem))

    async def sync(self, open_kfid: str, cursor: str, token: str) -> Page:
        """Raises ChannelDown; asking again does no harm."""
        try:
            return await self._sync(open_kfid, cursor, token)
        except WeChatError as problem:
            log.error("messages cannot be read", action="kf_sync_refused", code=problem.code, advice=problem.advice)
            raise ChannelDown(str(problem), SLOWER if problem.code in TOO_MANY else None) from None
        except MayHaveArrived as problem:
            raise ChannelDown(str(problem)) from None

    async def _sync(self, open_kfid: str, cursor: str, token: str) -> Page:
        try:
            return await self._api.sync(open_kfid, cursor, token)
        except WeChatError as problem:
            if not token or problem.code != STALE_CODE:
                raise
            return await self._api.sync(open_kfid, cursor, "")  # a notice that came late

    async def accounts(self) -> list[str]:
        """The `open_kfid` of those we may serve. Raises ChannelDown."""
        try:
            return [account.open_kfid for account in await self._api.accounts()]
        except WeChatError as problem:
            log.error("no accounts to serve", action="kf_accounts_refused", code=problem.code, advice=problem.advice)
            raise ChannelDown(str(problem)) from None
        except MayHaveArrived as problem:
            raise ChannelDown(str(problem)) from None

    async def _send(self, open_kfid: str, customer: str, msgid: str, message: Mapping[str, Any]) -> None:
        try:
            await self._api.send(open_kfid, customer, msgid, message)
        except WeChatError as problem:
            if problem.code not in NOT_OURS:
                raise
            await self._claim(open_kfid, customer)
            try:
                await self._api.send(open_kfid, customer, msgid, message)
            except WeChatError as again:
                raise _Elsewhere(_STRANGE) if again.code in NOT_OURS else again from None

    async def _claim(self, open_kfid: str, customer: str) -> None:
        """Make the session ours; raises _Elsewhere: from the pool or from a person it does not come back."""
        state = await self._api.state(open_kfid, customer)
        if state == State.OVER:
            raise _Elsewhere(_OVER)
        if state in (State.POOL, State.PERSON):
            raise _Elsewhere(_ELSEWHERE)
        if state == State.NEW:
            await self._api.move(open_kfid, customer, State.OURS)


class _Elsewhere(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


def _meaning(problem: WeChatError) -> Answer:
    if problem.code in _MEANINGS:
        return _MEANINGS[problem.code]
    if problem.code in UNREACHABLE:
        return _GONE
    log.error("微信客服 refuses a message", action="kf_refused", code=problem.code, advice=problem.advice)
    if problem.code in LATER | STALE_TOKEN:
        raise ChannelDown(str(problem), SLOWER if problem.code in TOO_MANY else None)
    return Answer(Verdict.REFUSED, problem.advice)
