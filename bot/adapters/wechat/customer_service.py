"""Customer-service messages (客服消息) in the words of our own rules: what WeChat's codes mean for a message."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.adapters.wechat.api import MayHaveArrived, WeChatApi
from bot.adapters.wechat.media import PassesFiles
from bot.adapters.wechat.problems import (
    LATER,
    OUTSIDE_WINDOW,
    QUOTA_USED_UP,
    STALE_TOKEN,
    UNREACHABLE,
    WeChatError,
)
from bot.channel import ChannelDown
from bot.domain.reply_windows import Answer, Verdict

log = structlog.get_logger()

#: The day's calls are used up; asking again soon is no use. Per minute: the next minute.
_RETRY_AFTER = {45009: timedelta(minutes=10), 45011: timedelta(minutes=1)}
_MEANINGS = {
    OUTSIDE_WINDOW: Answer(Verdict.TOO_LATE, "用户超过48小时没有来消息，或已取消关注，微信不再允许发送"),
    QUOTA_USED_UP: Answer(Verdict.USED_UP, "微信允许的条数已用完，用户下次来消息时自动发送"),
}
_GONE = Answer(Verdict.UNREACHABLE, "用户已取消关注或拉黑公众号")


class CustomerService(PassesFiles):
    def __init__(self, api: WeChatApi) -> None:
        super().__init__(api, LATER)
        self._api = api

    async def send(self, open_id: str, message: Mapping[str, Any]) -> Answer:
        """Raises ChannelDown: nothing arrived, and it may be tried again."""
        try:
            await self._api.send(open_id, message)
        except MayHaveArrived as problem:
            log.warning("no answer from WeChat", action="wechat_uncertain", reason=str(problem))
            return Answer(Verdict.UNCERTAIN)
        except WeChatError as problem:
            return _meaning(problem)
        return Answer(Verdict.SENT)

    async def typing(self, open_id: str, on: bool) -> None:
        """Best effort: it is refused when the customer has been quiet for 30 seconds, and nothing depends on it."""
        try:
            await self._api.typing(open_id, on)
        except (ChannelDown, MayHaveArrived, WeChatError) as problem:
            log.debug("typing was not shown", action="wechat_typing_refused", reason=str(problem))


def _meaning(problem: WeChatError) -> Answer:
    if problem.code in _MEANINGS:
        return _MEANINGS[problem.code]
    if problem.code in UNREACHABLE:
        return _GONE
    if problem.code in LATER:
        raise ChannelDown(str(problem), _RETRY_AFTER.get(problem.code))
    log.error("WeChat refuses a message", action="wechat_refused", code=problem.code, advice=problem.advice)
    if problem.code in STALE_TOKEN:  # also with a fresh token
        raise ChannelDown(str(problem))
    return Answer(Verdict.REFUSED, problem.advice)
