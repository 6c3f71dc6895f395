"""What takes a sign back: a negation, the past, a condition, a way of speaking.

Each veto looks at one sighting only, so a veto in one clause never silences a clear report in another.
"""

import re

from bot.conversation import emergency_lookalikes as words
from bot.conversation.emergency_scenes import BURNS_INDOORS
from bot.conversation.emergency_sighting import Sighting, Veto
from bot.conversation.emergency_sorts import Sort
from bot.conversation.emergency_words import BURNER_OR_CLOSED_ROOM, SEVERAL_PEOPLE, UNWELL

_AGAIN, _STILL = re.compile(words.AGAIN), re.compile(words.STILL)
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
_SEVERAL_PEOPLE, _UNWELL = re.compile(SEVERAL_PEOPLE), re.compile(UNWELL)
_BURNER, _UNWELL_OF_SPEECH = re.compile(BURNER_OR_CLOSED_ROOM), re.compile(words.UNWELL_OF_SPEECH)
_BURNS_INDOORS = re.compile(BURNS_INDOORS)
_LIT = frozenset(("着火", "着起来", "大火"))
_BANG, _OTHER_BANGS = re.compile("[嘭砰轰咣哐咚噗响]"), re.compile(words.OTHER_BANGS)
_OVERDONE, _MAY_BURN = re.compile(words.OVERDONE), re.compile(words.MAY_BURN)
_FOND = re.compile(words.FOND)
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
        case Sort.POISONING:
            return _FOND.search(seen.clause) is not None
        case Sort.FRAIL:
            return not _BURNS_INDOORS.search(seen.around) or bool(_UNWELL_OF_SPEECH.search(seen.clause))
        case Sort.COLLAPSE | Sort.UNWELL:
            if _UNWELL_OF_SPEECH.search(seen.clause):
                return True
            return seen.sign.sort is Sort.UNWELL and not _points_to_gas(seen)
        case _:
            return False


#: Say that the sign is no emergency of now; `something_else` (emergency_explained.py) and `figure_of_speech` that it is
#: no sign of one.
TAKE_BACK: tuple[Veto, ...] = (negated, long_ago, repaired, supposed, averted, general, told_by_others)
