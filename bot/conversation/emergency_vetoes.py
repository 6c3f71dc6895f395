"""What takes a sign back: a negation, the past, a condition, a look-alike.

Each veto looks at one sighting only, so a veto in one clause never silences a clear report in another.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.conversation import emergency_words as words
from bot.conversation.emergency_signs import Sign, Sort
from bot.conversation.emergency_text import Message

#: How far a veto looks to either side, in characters: keeps the work per sighting bounded.
REACH = 60


@dataclass(frozen=True)
class Sighting:
    sign: Sign
    start: int
    end: int
    message: Message

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        left, right = self.message.clause_around(self.start, self.end)
        return max(left, self.start - REACH), min(right, self.end + REACH)

    @cached_property
    def found(self) -> str:
        return self.message.text[self.start : self.end]

    @cached_property
    def before(self) -> str:
        """What stands before the sign in its own clause."""
        return self.message.text[self._bounds[0] : self.start]

    @cached_property
    def after(self) -> str:
        """What stands after the sign in its own clause."""
        return self.message.text[self.end : self._bounds[1]]

    @cached_property
    def clause(self) -> str:
        return self.message.text[self._bounds[0] : self._bounds[1]]

    @cached_property
    def clause_before(self) -> str:
        start, end = self.message.clause_before(self._bounds[0])
        return self.message.text[max(start, end - REACH) : end]

    @cached_property
    def clause_after(self) -> str:
        start, end = self.message.clause_after(self._bounds[1])
        return self.message.text[start : min(end, start + REACH)]

    @cached_property
    def later(self) -> str:
        """What follows the sign, in its own clause and the next ones."""
        return self.message.text[self.end : self.end + 3 * REACH]

    @cached_property
    def around(self) -> str:
        """Several clauses to either side: what the talk is about."""
        return self.message.text[max(0, self.start - REACH) : self.end + REACH]

    @cached_property
    def happens_now(self) -> bool:
        return _NOW.search(self.clause) is not None


_NOW, _LONG_AGO = re.compile(words.NOW), re.compile(words.LONG_AGO)
_ENDED = re.compile("过|[那这]次|[那这]回|那年|的那次")
_AGAIN = re.compile("又[来开犯出是有漏]|再次|还是这样")
_ONE_CASE = re.compile(".{0,8}的(?:事|问题|单)")
_DENIED = re.compile(f"{words.NOT}{words.NOT_FILLER}{{0,5}}$|{words.TAKEN_FOR}.{{0,2}}$")
_DENIED_IN_ENGLISH = re.compile(r"\b(?:no|not|without|never|isn t|don t|doesn t|didn t)(?: \w+){0,2} ?$")
_GONE = re.compile(f"{words.GONE}|.{{0,2}}不响")
_REPAIRED, _NOT_YET = re.compile(words.REPAIRED), re.compile(f"{words.NOT_YET}.{{0,3}}$")
_IF, _ASKING = re.compile(words.IF), re.compile(words.ASKING)
_AVERTED = re.compile(f"{words.AVERTED}{words.AVERTED_FILLER}{{0,3}}$")
_FEARED = re.compile("怕(?!是)|担心(?!是)|等着|要不然|会不会|不然|否则")
_TOPIC, _GENERAL = re.compile(words.TOPIC), re.compile(words.GENERAL_QUESTION)
_MEDIA, _OWN_PLACE = re.compile(words.MEDIA), re.compile(words.OWN_PLACE)
#: Gas as such: 燃气热水器 only says what kind of heater it is.
_NAMED = re.compile(f"{words.GAS}(?!热水器|壁挂炉|公司|费)|{words.ODORANT}")
_NOT_OF_GAS = re.compile(f"{words.OTHER_THINGS}|{words.SECRETS}|{words.PAPERWORK}")
_OTHER_THINGS, _ON_PAPER = re.compile(words.OTHER_THINGS), re.compile(f"{words.SECRETS}|{words.PAPERWORK}")
_EXPLAINED = re.compile("^(?:就|原来|其实)?是[^不像]{1,8}的$")
_LEFT_OUT = re.compile(f"{words.LEFT_OUT_BEFORE}$")
_OTHER_SMELLS, _NEAR_GAS = re.compile(words.OTHER_SMELLS), re.compile(words.NEAR_GAS)
_ALARM_AS_GOODS, _FLAT_BATTERY = re.compile(words.ALARM_AS_GOODS), re.compile("没电|电池|误报")
_BURNER, _UNWELL_OF_SPEECH = re.compile(words.BURNER_OR_CLOSED_ROOM), re.compile(words.UNWELL_OF_SPEECH)
_FIRE_OF_SPEECH, _IGNITION = re.compile(words.FIRE_OF_SPEECH), re.compile(words.IGNITION)


def negated(seen: Sighting) -> bool:
    """没有漏气; 煤气味没有了; 以为是漏气."""
    if _DENIED.search(seen.before) or _DENIED_IN_ENGLISH.search(seen.before):
        return True
    return _GONE.match(seen.after) is not None


def long_ago(seen: Sighting) -> bool:
    """去年漏过, unless it is so again."""
    if seen.happens_now:
        return bool(_LONG_AGO.search(seen.before) and _ONE_CASE.match(seen.after))
    if _AGAIN.search(seen.clause_after):
        return False
    return bool(_LONG_AGO.search(seen.before) or seen.found.startswith("漏过") or _ENDED.match(seen.after))


def repaired(seen: Sighting) -> bool:
    """漏气修好了, also when the repair is told clauses later; 没修好 and 什么时候能修好 are none."""
    if seen.happens_now:
        return False
    if _REPAIRED.search(seen.before[-4:]):
        return True
    later = seen.later
    if again := _LONG_AGO.search(later):
        later = later[: again.start()]
    return any(
        not _NOT_YET.search(later[max(0, done.start() - 8) : done.start()]) for done in _REPAIRED.finditer(later)
    )


def supposed(seen: Sighting) -> bool:
    """如果漏气了怎么办: a condition in the clause, or in the one before when the clause asks."""
    if _IF.search(seen.before):
        return True
    return not seen.happens_now and bool(_IF.search(seen.clause_before) and _ASKING.search(seen.clause))


def averted(seen: Sighting) -> bool:
    """预防煤气泄漏, 怕漏气, 会不会漏气."""
    feared = seen.sign.sort in (Sort.FIRE, Sort.POISONING) and _FEARED.search(seen.before)
    return bool(feared or _AVERTED.search(seen.before))


def general(seen: Sighting) -> bool:
    """Knowledge asked or told: 漏气的原因, 怎么判断漏气, 闻到燃气味时应…"""
    if _TOPIC.match(seen.after):
        return True
    if seen.happens_now:
        return False
    return bool(_GENERAL.search(seen.clause) or (_GENERAL.search(seen.clause_before) and _ASKING.search(seen.clause)))


def told_by_others(seen: Sighting) -> bool:
    """News, advertisements, notices: until the customer speaks of the own place or of now."""
    if _OWN_PLACE.search(seen.clause):
        return False
    if _MEDIA.search(seen.clause):
        return True
    # A plain report beside a clause about the news is the customer's own.
    asks = _ASKING.search(seen.clause) and not seen.happens_now
    return bool(asks and _MEDIA.search(f"{seen.clause_before}，{seen.clause_after}"))


def something_else(seen: Sighting) -> bool:
    """Water, a tyre, an omitted bill, a drain: explains the sign where nobody names gas."""
    match seen.sign.sort:
        case Sort.LEAK:
            return bool(_OTHER_THINGS.search(seen.clause)) and not _NAMED.search(seen.clause)
        case Sort.BARE_LEAK if _NAMED.search(seen.clause):
            return _ON_PAPER.search(seen.clause) is not None
        case Sort.BARE_LEAK:
            return bool(_LEFT_OUT.search(seen.before) or _NOT_OF_GAS.search(seen.around))
        case Sort.VAGUE_SMELL:
            if _EXPLAINED.search(seen.before) and not _NAMED.search(seen.clause):
                return True
            talk = seen.clause if _NEAR_GAS.search(seen.clause) else seen.around
            return bool(_OTHER_SMELLS.search(talk)) and not _NAMED.search(talk)
        case Sort.ALARM:
            return bool(_ALARM_AS_GOODS.search(seen.clause) or _FLAT_BATTERY.search(seen.around))
        case _:
            return False


def figure_of_speech(seen: Sighting) -> bool:
    """气炸了; 看得我头晕; unwell without any burner near; a stove that will not stay lit."""
    match seen.sign.sort:
        case Sort.FIRE:
            lit = seen.found in ("着火", "着起来") and _IGNITION.search(seen.clause)
            return bool(lit or _FIRE_OF_SPEECH.search(seen.clause))
        case Sort.COLLAPSE | Sort.UNWELL:
            return bool(_UNWELL_OF_SPEECH.search(seen.clause)) or not _BURNER.search(seen.around)
        case _:
            return False


VETOES: tuple[Callable[[Sighting], bool], ...] = (
    negated,
    long_ago,
    repaired,
    supposed,
    averted,
    general,
    told_by_others,
    something_else,
    figure_of_speech,
)
