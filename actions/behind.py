"""Articles behind a subject: they answer words that name none ("我交了马上能开不"), as docs/knowledge.md tells.

The model reads each message by itself; what was talked about last says which articles such words can ask for.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from actions.subjects import EMERGENCIES, FIRST_OF_ALL, STEERING, SURE, VERY_SURE
from actions.turns import Heard
from actions.understanding import is_question, sounds_dangerous
from bot.domain.intents import LABELS
from bot.domain.knowledge import ASKED_BEHIND, SURE_BEHIND, TOLD_BEHIND, Article, KnowledgeBase

#: "什么代办 我不是说了我自己去吗" asks for nothing.
_PROTESTS = re.compile("不是(都|已经|刚|早就)*(说|讲|告诉)|(都|刚|早就|已经)(说|讲)(过|了)|什么代办")
_NAMED = {name: intent for intent, name in LABELS.items()}


def intents_of(topic: str, form: str | None, forms: Mapping[str, frozenset[str]], knowledge: KnowledgeBase) -> set[str]:
    """The intents that a subject stands for: a dialogue's, a single answer's, or those of an article."""
    if form:
        return set(forms.get(form, ()))
    if topic in _NAMED:
        return {_NAMED[topic]}
    article = knowledge.titled(topic)
    return {*article.refines, *article.follows} if article else set()


def article_behind(
    intents: Collection[str], heard: Heard, knowledge: KnowledgeBase, now: datetime, *, led_away: bool = True
) -> Article | None:
    """The article that `heard` asks for behind `intents`; `led_away` False: it is no other subject, whatever it seems.

    The surer the model is of something else, the nearer the words have to be to those of the article.
    """
    if heard.intent in EMERGENCIES | FIRST_OF_ALL or sounds_dangerous(heard.text) or _PROTESTS.search(heard.text):
        return None
    least = _least(heard, own=not led_away or heard.intent in STEERING | {*intents})
    hits = knowledge.search_behind(intents, heard.text, now) if least is not None else ()
    return hits[0].article if least is not None and hits and hits[0].score >= least else None


def _least(heard: Heard, *, own: bool) -> float | None:
    """The score from which on an article is believed; None where none is."""
    asks = is_question(heard.text)
    if heard.intent in STEERING or heard.confidence < SURE:
        return ASKED_BEHIND if asks else TOLD_BEHIND
    if own:
        return TOLD_BEHIND if asks else None
    return SURE_BEHIND if heard.confidence < VERY_SURE else None
