"""A suggestion (S0 在线客服 5): heard in full, filed for the company, thanked for with the script."""

import re
from typing import ClassVar

from actions.dialogue import Dialogue
from actions.turns import Heard, Signal, Slots, Step, record, say
from actions.understanding import is_bare_answer, normal
from bot.domain.work_orders import Handling, OrderState, OrderType, Record

TEXT = "suggestion_text"
_LONGEST = 500
_SUBJECT = 100
#: What customers send to say that they have a suggestion, without saying which.
_ANNOUNCES_ONLY = re.compile(
    "你好|您好|我要|我想|想要|想|要|给|对|向|你们|公司|提|个|一个|一些|几个|点|条|建议|意见|反馈|一下|可以"
    "|在哪|哪里|怎么|吗|有|继续|[我 ,.!?~、。，！？]"
)


def suggestion_in(text: str) -> str | None:
    """The suggestion itself; None when it is only announced."""
    words = normal(text)
    return None if not _ANNOUNCES_ONLY.sub("", words) or is_bare_answer(words) else text.strip()[:_LONGEST]


def filed_suggestion(text: str) -> Signal:
    """Filed, so that the promise to pass it on is kept (S0 在线客服 5)."""
    return record(
        Record(
            type=OrderType.SUGGESTION,
            handling=Handling.BY_DESK,
            state=OrderState.OPEN,
            summary=f"用户建议：{text}",
            subject=f"suggestion:{text[:_SUBJECT]}",
        )
    )


class Suggestion(Dialogue):
    form = "suggestion_form"
    questions = (TEXT,)
    topic = "提建议"
    go_on = "我想提个建议"
    visit_wish: ClassVar[str | None] = None
    intents: ClassVar[frozenset[str]] = frozenset({"make_suggestion"})
    kindred = intents

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        text = suggestion_in(heard.text)
        if text is None:
            return None if asked else Step(ask=TEXT)
        if asked and self.is_other_subject(heard):
            return None
        return Step(ask=None, says=(say("utter_make_suggestion"),), signals=(filed_suggestion(text),), closing=True)
