"""What takes a sign back: a negation, the past, a condition, a look-alike.

Each veto looks at one sighting only, so a veto in one clause never silences a clear report in another.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.conversation import emergency_lookalikes as words
from bot.conversation.emergency_burners import is_burner_at_fault
from bot.conversation.emergency_scenes import BURNS_INDOORS
from bot.conversation.emergency_sorts import Sign, Sort
from bot.conversation.emergency_text import Message
from bot.conversation.emergency_words import (
    BURNER_OR_CLOSED_ROOM,
    FELT,
    GAS,
    LIKENED_TO_AIR,
    ODORANT,
    SEVERAL_PEOPLE,
    UNWELL,
)

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


Veto = Callable[[Sighting], bool]

_NOW, _AGAIN, _STILL = re.compile(words.NOW), re.compile(words.AGAIN), re.compile(words.STILL)
_LONG_AGO, _ONE_CASE = re.compile(words.LONG_AGO), re.compile(words.ONE_CASE)
_THAT_MATTER = re.compile(".{0,8}的(?:事|问题|单)")
_DENIED = re.compile(f"{words.NOT}{words.NOT_FILLER}{{0,5}}$|{words.NOT_AT_ONCE}|{words.TAKEN_FOR}")
_DENIED_IN_ENGLISH = re.compile(r"\b(?:no|not|without|never|isn t|don t|doesn t|didn t)(?: \w+){0,2} ?$")
_GONE = re.compile(words.GONE)
_REPAIRABLE = frozenset((Sort.LEAK, Sort.BARE_LEAK, Sort.PIPE, Sort.VAGUE_SMELL, Sort.ALARM))
_REPAIRED, _NOT_YET = re.compile(words.REPAIRED), re.compile(f"{words.NOT_YET}.{{0,3}}$")
_IF, _USUALLY, _ASKING = re.compile(words.IF), re.compile(words.USUALLY), re.compile(words.ASKING)
_AVERTED = re.compile(f"{words.AVERTED}{words.AVERTED_FILLER}{{0,3}}$")
_FEARED = re.compile(words.FEARED)
_TOPIC, _GENERAL = re.compile(f"{words.TOPIC}|{words.RULE}"), re.compile(words.GENERAL_QUESTION)
_WHEN, _INSTRUCTS = re.compile(words.WHEN), re.compile(words.INSTRUCTS)
_MEDIA, _OWN_PLACE = re.compile(words.MEDIA), re.compile(words.OWN_PLACE)
#: Gas as such: 燃气热水器 only says what kind of heater it is.
_NAMED = re.compile(f"{GAS}(?!热水器|壁挂炉|公司|费)|{ODORANT}")
#: "不是煤气", "跟燃气没关系", "还以为是煤气": named, and denied to be the source.
_NOT_THE_GAS = re.compile(
    f"(?<!是)(?:不是|不像是?|并非|不系)(?:{GAS})|(?:跟|和|与|同)(?:{GAS})[^，没]{{0,3}}(?:没有?关系|没关|无关|不相干|不搭)"
    f"|(?:不归|不属于?)(?:{GAS})|(?:以为|当成|当作|非说|硬说)[是有]?(?:{GAS})"
)
_AT_A_PART = re.compile("(?:螺丝|螺母|接头|阀门?|立管|表[旁下底])[^水费抄登填]{0,8}漏")
_OUR_PIPE = re.compile("你们的?(?:一?[个根条])?管")
_HOLDS_AIR = re.compile(words.HOLDS_AIR)
_ON_PAPER = re.compile(f"{words.SECRETS}|{words.PAPERWORK}")
_NOT_OF_GAS = re.compile(f"{words.HOLDS_AIR}|{words.HOLDS_WATER_OR_POWER}")
#: "不是水管", "不是油烟味": what it is not explains nothing.
_DENIED_SOURCE = re.compile(f"(?<!是)不是(?:{words.HOLDS_AIR}|{words.HOLDS_WATER_OR_POWER})")
_DENIED_SMELL = re.compile("(?<!是)(?:不是|不像是?)[^是不]{1,4}味")
_LEFT_OUT, _EXPLAINED = re.compile(words.LEFT_OUT_BEFORE), re.compile(words.EXPLAINED)
_OTHER_SMELLS, _NEAR_GAS = re.compile(words.OTHER_SMELLS), re.compile(words.NEAR_GAS)
_RULED_OUT, _FROM_GAS = re.compile(words.RULED_OUT), re.compile(words.FROM_GAS)
_LIKENED, _OTHER_LAMPS = re.compile(LIKENED_TO_AIR), re.compile(words.OTHER_LAMPS)
_FELT, _DRAUGHT = re.compile(FELT), re.compile(words.DRAUGHT)
_OTHER_ALARMS = re.compile(words.OTHER_ALARMS)
_ALARM_AS_GOODS, _FLAT_BATTERY = re.compile(words.ALARM_AS_GOODS), re.compile(words.FLAT_BATTERY)
_SEVERAL_PEOPLE, _UNWELL = re.compile(SEVERAL_PEOPLE), re.compile(UNWELL)
_BURNER, _UNWELL_OF_SPEECH = re.compile(BURNER_OR_CLOSED_ROOM), re.compile(words.UNWELL_OF_SPEECH)
_OTHER_ILLNESS = re.compile(words.OTHER_ILLNESS)
_BURNS_INDOORS = re.compile(BURNS_INDOORS)
_LIT = frozenset(("着火", "着起来", "大火"))
_BANG, _OTHER_BANGS = re.compile("[嘭砰轰咣哐咚噗响]"), re.compile(words.OTHER_BANGS)
_OVERDONE, _MAY_BURN = re.compile(words.OVERDONE), re.compile(words.MAY_BURN)
_FIRE_OF_SPEECH, _IGNITION = re.compile(words.FIRE_OF_SPEECH), re.compile(words.IGNITION)


def negated(seen: Sighting) -> bool:
    """没有漏气; 煤气味没有了; 以为是漏气."""
    if _DENIED.search(seen.before) or _DENIED_IN_ENGLISH.search(seen.before):
        return True
    return _GONE.match(seen.after) is not None


def long_ago(seen: Sighting) -> bool:
    """去年漏过, unless it is so again."""
    in_the_past = _LONG_AGO.search(seen.before)
    if in_the_past and _THAT_MATTER.match(seen.after):
        return True
    if seen.happens_now or _AGAIN.search(seen.clause_after):
        return False
    return bool(in_the_past or seen.found.startswith("漏过") or _ONE_CASE.match(seen.after))


def repaired(seen: Sighting) -> bool:
    """漏气修好了, also when the repair is told clauses later; 没修好 and 什么时候能修好 are none.

    Fire and harm to people are not mended by a repair.
    """
    if _STILL.search(seen.clause) or seen.sign.sort not in _REPAIRABLE:
        return False
    if _REPAIRED.search(seen.before[-4:]):
        return True
    later = seen.later
    if another_time := _LONG_AGO.search(later):
        later = later[: another_time.start()]
    return any(not _NOT_YET.search(later[: done.start()][-8:]) for done in _REPAIRED.finditer(later))


def supposed(seen: Sighting) -> bool:
    """如果漏气了怎么办: a condition in the clause, or in the one before when the clause asks."""
    if _IF.search(seen.before):
        return True
    if not _ASKING.search(seen.clause):
        return False
    if _USUALLY.search(seen.before):
        return True
    if seen.happens_now:
        return False
    beside = seen.clause_before + ("，" + seen.clause_after if seen.clause_after.endswith("的话") else "")
    return bool(_IF.search(beside) or _USUALLY.search(seen.clause_before))


def averted(seen: Sighting) -> bool:
    """预防煤气泄漏, 怕漏气, 会不会漏气."""
    feared = seen.sign.sort in (Sort.FIRE, Sort.POISONING) and _FEARED.search(seen.before)
    return bool(feared or _AVERTED.search(seen.before))


def general(seen: Sighting) -> bool:
    """Knowledge asked or told: 漏气的原因, 怎么判断漏气, 闻到燃气味时应…"""
    if _TOPIC.match(seen.after):
        return True
    if _WHEN.match(seen.after) and _INSTRUCTS.match(seen.clause_after):
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
    """Water, a tyre, an omitted bill, a drain, a burner that soots: explains the sign where nobody names gas."""
    if seen.sign.sort in (Sort.FIRE, Sort.LEAK) and is_burner_at_fault(seen.found, seen.after, seen.around):
        return True
    explains = _EXPLANATIONS.get(seen.sign.sort)
    return explains is not None and explains(seen)


def _other_air(seen: Sighting) -> bool:
    beside = _HOLDS_AIR.search(seen.clause_before) and not (_OWN_PLACE.search(seen.clause) or seen.happens_now)
    if beside and not _NAMED.search(seen.clause):  # "轮胎扎了，嗤嗤漏气"
        return True
    if _LIKENED.match(seen.found):  # only what stands before it can be what lets the air out
        return _HOLDS_AIR.search(seen.before) is not None
    return bool(_HOLDS_AIR.search(seen.clause)) and not _NAMED.search(seen.clause)


def _other_leak(seen: Sighting) -> bool:
    if _NAMED.search(seen.clause):
        return _ON_PAPER.search(seen.clause) is not None
    if _AT_A_PART.search(seen.clause):
        return _NOT_OF_GAS.search(seen.clause) is not None
    around = _DENIED_SOURCE.sub("", seen.around)
    return any(table.search(around) for table in (_NOT_OF_GAS, _ON_PAPER)) or bool(_LEFT_OUT.search(seen.before))


def _other_pipe(seen: Sighting) -> bool:
    if _FELT.match(seen.found) and _DRAUGHT.search(seen.clause):
        return True
    return bool(_NOT_OF_GAS.search(_DENIED_SOURCE.sub("", seen.around))) and not (
        _NAMED.search(seen.clause) or _OUR_PIPE.search(seen.clause)
    )


def _other_smell(seen: Sighting) -> bool:
    if _EXPLAINED.search(seen.before) and not _NAMED.search(seen.clause):
        return True
    if _RULED_OUT.search(seen.around) and _FROM_GAS.search(seen.after + "，" + seen.clause_after):
        return False
    talk = _DENIED_SMELL.sub("", seen.clause if _NEAR_GAS.search(seen.clause) else seen.around)
    return bool(_OTHER_SMELLS.search(talk)) and not _names_gas(talk)


def _names_gas(talk: str) -> bool:
    return _NAMED.search(_NOT_THE_GAS.sub("", talk)) is not None


def names_another_source(text: str) -> bool:
    """Whether something is named in the message that smells as well, and is not said not to be it."""
    return _OTHER_SMELLS.search(text) is not None and not _RULED_OUT.search(text)


def _other_illness(seen: Sighting) -> bool:
    """Drunk, carsick, feverish: who is unwell tells why, and nothing that burns is near."""
    return bool(_OTHER_ILLNESS.search(seen.around)) and not (
        _BURNER.search(seen.around) or _SEVERAL_PEOPLE.search(seen.around)
    )


def _other_alarm(seen: Sighting) -> bool:
    if seen.found.startswith("红灯") and _OTHER_LAMPS.search(seen.before):
        return True
    if _OTHER_ALARMS.search(seen.clause):
        return True
    return bool(_ALARM_AS_GOODS.search(seen.clause) or _FLAT_BATTERY.search(seen.around))


_EXPLANATIONS: dict[Sort, Veto] = {
    Sort.LEAK: _other_air,
    Sort.BARE_LEAK: _other_leak,
    Sort.PIPE: _other_pipe,
    Sort.VAGUE_SMELL: _other_smell,
    Sort.ALARM: _other_alarm,
    Sort.UNWELL: _other_illness,
}


def _points_to_gas(seen: Sighting) -> bool:
    """Whether a burner is near, several people are unwell, or one in several ways."""
    if _BURNER.search(seen.around) or _SEVERAL_PEOPLE.search(seen.around):
        return True
    return len({match[0] for match in _UNWELL.finditer(seen.around)}) > 1


def figure_of_speech(seen: Sighting) -> bool:
    """气炸了; 看得我头晕; unwell without any burner near; a stove that will not stay lit."""
    match seen.sign.sort:
        case Sort.FIRE:
            lit = seen.found in _LIT and _IGNITION.search(seen.clause)
            bang = _BANG.search(seen.found) and _OTHER_BANGS.search(seen.around)
            overdone = _OVERDONE.search(seen.clause) and not _MAY_BURN.search(seen.clause)
            return bool(lit or bang or overdone or _FIRE_OF_SPEECH.search(seen.clause))
        case Sort.FRAIL:
            return not _BURNS_INDOORS.search(seen.around) or bool(_UNWELL_OF_SPEECH.search(seen.clause))
        case Sort.COLLAPSE | Sort.UNWELL:
            if _UNWELL_OF_SPEECH.search(seen.clause):
                return True
            return seen.sign.sort is Sort.UNWELL and not _points_to_gas(seen)
        case _:
            return False


#: Say that the sign is no emergency of now; `something_else` and `figure_of_speech` that it is no sign of one.
TAKE_BACK: tuple[Veto, ...] = (negated, long_ago, repaired, supposed, averted, general, told_by_others)
