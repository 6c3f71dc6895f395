"""The limits of the service clock as spans of time."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.company import Sla

#: The assistant is asked again if it has not answered by then (a replica may have died while it asked).
TURN = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Limits:
    #: Silence before a waiting prompt, and between prompts (S0 在线客服 8).
    waiting_prompt: timedelta
    #: An agent's time for a reply (S0 回复要求 3).
    reply: timedelta
    #: When in that time the agent is warned.
    warning: timedelta
    #: A confirmed leak is dispatched within (S0 泄漏报修 3).
    dispatch: timedelta
    #: A conversation with the assistant in which nothing was said for so long is closed.
    idle: timedelta
    turn: timedelta = TURN

    @classmethod
    def of(cls, sla: Sla) -> "Limits":
        return cls(
            waiting_prompt=timedelta(seconds=sla.waiting_prompt_seconds),
            reply=timedelta(seconds=sla.reply_limit_seconds),
            warning=timedelta(seconds=sla.agent_warning_seconds),
            dispatch=timedelta(seconds=sla.dispatch_limit_seconds),
            idle=timedelta(minutes=sla.idle_close_minutes),
        )
