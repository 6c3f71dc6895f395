"""Answers from the knowledge base: when no intent is sure, and what the customer says to the answer.

The slot `consulted` holds what was shown or offered last. It counts for the very next message only, so it never stands
in the way of another question; and only words that can mean nothing else count (a verdict, a question from a button).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.additions import Additions
from actions.afterwards import Afterwards
from actions.amendments import Amendments
from actions.capability import (
    LISTEN,
    PERSON_OFFERED,
    REQUESTED_SLOT,
    Capability,
    Domain,
    Event,
    Office,
    Voice,
    about,
    back_to_dialogue,
    end_dialogue,
    fresh_start,
    remember,
)
from actions.details import tells_detail
from actions.records import consultation
from actions.subjects import EMERGENCIES
from actions.turns import PERSON, Json, Say, article_used, handled_already, heard_in, interrupted_form, say
from actions.understanding import normal, sounds_dangerous
from actions.which_matter import ask_which_matter
from bot.domain.knowledge import Article, ArticleUse, KnowledgeBase, Verdict, choose, next_best, refinement

HELPFUL, UNHELPFUL, NONE_OF_THEM = "有帮助", "没帮助", "都不是"

_END = "[的了啊呀呢哦吧哈嘛~!。,. ]*(谢谢|多谢|感谢|谢了)?[您你啊了~!。 ]*"
_LIKES = re.compile(
    f"(嗯+|是|对|好)?的?[,。 ]?(有|有帮助|很?有用|管用|解决|明白|懂|清楚|知道|可以|是|对|好){_END}|嗯+{_END}"
)
_DISLIKES = re.compile(
    "(都|这)?(没|没有|不|不是|不对|都不是|没帮助|没有帮助|没啥用|没什么用|没用|没有用|不管用|没解决|答非所问|看不懂|没看懂|不明白"
    f"|(不是|不对)[,。 ]?我?要?问?的?(不是)?这个|不是我(要|想)问的|不是这个意思){_END}"
)
#: An emergency among the likeliest intents with at least this confidence, in dangerous words: no article is tried.
SUSPICION = 0.2


class Librarian:
    """Speaks from the knowledge base. Where a method returns None it has said nothing."""

    def __init__(self, office: Office) -> None:
        self._knowledge: KnowledgeBase = office.knowledge
        self._clock = office.clock

    def answer(self, voice: Voice, tracker: Tracker, words: str) -> list[Event] | None:
        """Answer with the best article, or ask which of two is meant. Inside a dialogue its question follows."""
        if _may_report_emergency(tracker.latest_message, words):
            voice.say(say("utter_ask_leak_safety"))
            return [*fresh_start(), *back_to_dialogue(tracker)]
        choice = choose(self._knowledge.search(words, self._clock.now()))
        if choice.answer:
            return self._show(voice, tracker, choice.answer, words, ())
        # A second time in a row it is not the choice of a question that helps.
        if choice.offer and not _more_follows(tracker) and not tracker.slots.get("failures"):
            return self._offer(voice, tracker, choice.offer, words, ()) + remember(failures=1)
        return None

    def refine(self, voice: Voice, tracker: Tracker, action: str) -> list[Event] | None:
        """Answer with an article that says more exactly what was asked than what `action` would say or ask."""
        if not _is_first_answer(tracker, action):
            return None
        heard = heard_in(tracker.latest_message)
        hits = () if tells_detail(heard.text) else self._knowledge.search(heard.text, self._clock.now())
        article = refinement(hits, heard.intent)
        return self._show(voice, tracker, article, heard.text, ()) if article else None

    def follow_up(self, voice: Voice, tracker: Tracker) -> list[Event] | None:
        """What the customer's words mean after an article: a verdict on it, or the choice of another."""
        last = tracker.slots.get("consulted")
        if not last or last["after"] != _written_at(tracker, before=1):
            return None
        words = normal(tracker.latest_message.get("text") or "")
        for article_id in last["offered"]:
            article = self._knowledge.article(article_id, self._clock.now())
            if article and normal(article.question) == words:
                return self._show(voice, tracker, article, last["query"], last["seen"])
        if words == NONE_OF_THEM or (last["shown"] and _DISLIKES.fullmatch(words)):
            return self._unhelpful(voice, tracker, last)
        if last["shown"] and _LIKES.fullmatch(words):
            voice.signal(*self._verdict(last["shown"], Verdict.HELPFUL))
            voice.say(say("utter_article_helpful"))
            return [*fresh_start(), *remember(consulted=None)]
        return None

    def _show(self, voice: Voice, tracker: Tracker, article: Article, query: str, seen: Sequence[str]) -> list[Event]:
        voice.say(say("utter_article", article=self._knowledge.answer(article)))
        voice.signal(
            article_used(ArticleUse(article.id, article.question, Verdict.SHOWN)),
            consultation(f"article {article.id}", f"咨询：{article.question}"),
        )
        if _more_follows(tracker):
            return [*fresh_start(), *back_to_dialogue(tracker)]
        voice.say(Say("utter_article_helpful_question", buttons=(HELPFUL, UNHELPFUL)))
        noted = self._note(tracker, query, seen=(*seen, article.id), shown=article.id)
        return [*fresh_start(), *about(None, article.question), *noted]

    def _offer(
        self,
        voice: Voice,
        tracker: Tracker,
        articles: tuple[Article, ...],
        query: str,
        seen: Sequence[str],
    ) -> list[Event]:
        titles = tuple(article.question for article in articles)
        voice.say(Say("utter_article_which", buttons=(*titles, NONE_OF_THEM)))
        ids = tuple(article.id for article in articles)
        return [*fresh_start(), *self._note(tracker, query, seen=(*seen, *ids), offered=ids)]

    def _unhelpful(self, voice: Voice, tracker: Tracker, last: Mapping[str, Json]) -> list[Event]:
        """The next best article as a button, and a person; the person alone when no other article comes near."""
        voice.signal(*self._verdict(last["shown"], Verdict.UNHELPFUL))
        hits = self._knowledge.search(last["query"], self._clock.now())
        following = next_best(hits, last["seen"])
        titles = (following.question,) if following else ()
        voice.say(Say("utter_article_unhelpful", buttons=(*titles, PERSON)))
        offered = (following.id,) if following else ()
        noted = self._note(tracker, last["query"], seen=(*last["seen"], *offered), offered=offered)
        return [*fresh_start(offer=None if following else PERSON_OFFERED), *noted]

    def _verdict(self, article_id: str | None, verdict: Verdict) -> list[dict[str, Json]]:
        article = self._knowledge.article(article_id, self._clock.now()) if article_id else None
        return [article_used(ArticleUse(article.id, article.question, verdict))] if article else []

    def _note(
        self,
        tracker: Tracker,
        query: str,
        *,
        seen: tuple[str, ...],
        shown: str | None = None,
        offered: tuple[str, ...] = (),
    ) -> list[Event]:
        noted = {
            "after": _written_at(tracker),
            "query": query,
            "seen": list(seen),
            "shown": shown,
            "offered": list(offered),
        }
        return remember(consulted=noted)


class AfterArticle(Action):  # type: ignore[misc]  # rasa-sdk ships no types
    """Any other action, after the knowledge base.

    What the customer says to an article comes first, whatever the model takes it for; so does an article that answers
    a question more exactly than a general answer, or than a dialogue that would begin.
    """

    def __init__(self, capability: Capability, office: Office) -> None:
        self._capability = capability
        self._facts = capability.facts
        self._librarian = Librarian(office)
        self._additions = Additions(office)
        self._amendments = Amendments(office)
        self._afterwards = Afterwards(office)

    def name(self) -> str:
        return str(self._capability.name())

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> list[Event]:
        voice = Voice(self._facts, dispatcher)
        events = self._librarian.follow_up(voice, tracker)
        if events is None:
            events = await self._amendments.answer(voice, tracker, self.name(), _dialogue_before(tracker))
        if events is None:
            events = await self._additions.answer(voice, tracker, self.name(), _dialogue_before(tracker))
        if events is None:
            events = self._afterwards.answer(voice, tracker, self.name(), _dialogue_before(tracker))
        if events is None:
            events = self._librarian.refine(voice, tracker, self.name())
        if events is None:
            events = self._which_matter(voice, tracker)
        if events is None:
            return await self._capability.run(dispatcher, tracker, domain)
        if self.name() == "action_answer" or any(event["event"] == "followup" for event in events):
            return events
        # A form may have been begun by these words: it is none of its business.
        return [*events, *end_dialogue(), LISTEN]

    def _which_matter(self, voice: Voice, tracker: Tracker) -> list[Event] | None:
        """Asked where the action would answer or begin what the model is in two minds about."""
        asks = not _dialogue_before(tracker) and _is_first_answer(tracker, self.name())
        return ask_which_matter(voice, tracker) if asks else None


def _is_first_answer(tracker: Tracker, action: str) -> bool:
    """Whether `action` is a general answer, or begins a dialogue with the customer's last message and no other."""
    if action == "action_answer":
        return True
    form = action.removeprefix("validate_")
    if form == action or tracker.slots.get(REQUESTED_SLOT):
        return False
    return not handled_already(tracker.events, form) and interrupted_form(tracker.events, form) is None


def _more_follows(tracker: Tracker) -> bool:
    """A dialogue's question, or the rest of the customer's message: nothing is asked in between."""
    return bool(_dialogue_before(tracker) or tracker.latest_message.get("more"))


def _dialogue_before(tracker: Tracker) -> str | None:
    """The dialogue that was going on when the customer wrote; one that his words have just begun does not count."""
    form = None
    before = None
    for event in tracker.events:
        if event.get("event") == "active_loop":
            form = event.get("name")
        elif event.get("event") == "user":
            before = form
    return before


def _written_at(tracker: Tracker, before: int = 0) -> float | None:
    """When the customer wrote the last message, or so many before it; an action is told of the last two."""
    times = [event.get("timestamp") for event in tracker.events if event.get("event") == "user"]
    return times[-1 - before] if len(times) > before else None


def _may_report_emergency(message: Mapping[str, Any], words: str) -> bool:
    suspected = (
        each.get("name") in EMERGENCIES and (each.get("confidence") or 0.0) >= SUSPICION
        for each in message.get("intent_ranking") or ()
    )
    return any(suspected) and sounds_dangerous(words)
