"""What a failed call to Telegram means for the message: did it arrive, can it, and when to try again."""

from datetime import timedelta

import httpx
from telegram import error

from bot.channel import UNCERTAIN, ChannelDown, Outcome, gone

#: A key that Telegram refuses is not put right within seconds.
KEY_REFUSED = timedelta(minutes=1)
#: Nothing had been sent when these happened.
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


def outcome_of(problem: error.TelegramError) -> Outcome:
    """What became of the message. Raises ChannelDown when it did not arrive and can be tried again."""
    match problem:
        case error.RetryAfter():
            raise ChannelDown("Telegram asks to slow down", _pause(problem)) from problem
        case error.Forbidden():
            return gone("用户已停用机器人或注销了账号")
        case error.InvalidToken():
            raise ChannelDown("Telegram refuses the key (GASDESK_TELEGRAM__TOKEN)", KEY_REFUSED) from problem
        case error.BadRequest():
            return gone(f"Telegram 不接受这条消息（{problem.message}）")
        case error.NetworkError() if _surely_not_sent(problem):
            raise ChannelDown(f"Telegram cannot be reached: {problem.message}") from problem
        case _:
            return UNCERTAIN


def _surely_not_sent(problem: error.NetworkError) -> bool:
    """No connection came about, or Telegram itself said that it failed (5xx)."""
    cause = problem.__cause__
    return cause is None or isinstance(cause, (*_BEFORE_SENDING, error.TelegramError))


def _pause(problem: error.RetryAfter) -> timedelta:
    asked = problem.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)
