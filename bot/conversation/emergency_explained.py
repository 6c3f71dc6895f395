"""What else explains a sign where nobody names gas: water, a tyre, a drain, a car's alarm, a drunk's headache."""

import re

from bot.conversation import emergency_lookalikes as words
from bot.conversation.emergency_burners import is_burner_at_fault
from bot.conversation.emergency_sighting import Sighting, Veto
from bot.conversation.emergency_sorts import Sort
from bot.conversation.emergency_words import BURNER_OR_CLOSED_ROOM, FELT, GAS, LIKENED_TO_AIR, ODORANT, SEVERAL_PEOPLE

_OWN_PLACE = re.compile(words.OWN_PLACE)
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
#: What is likened to a leaking ball, where none of these is named, is no gas: a cat's hiccup.
_CAN_LEAK = re.compile("[管灶表阀罐炉柜墙井沟味响声臭]|厨房|屋|接[口头]|热水器|箱")
_FELT, _DRAUGHT = re.compile(FELT), re.compile(words.DRAUGHT)
_OTHER_ALARMS = re.compile(words.OTHER_ALARMS)
_ALARM_AS_GOODS, _FLAT_BATTERY = re.compile(words.ALARM_AS_GOODS), re.compile(words.FLAT_BATTERY)
_BURNER, _SEVERAL_PEOPLE = re.compile(BURNER_OR_CLOSED_ROOM), re.compile(SEVERAL_PEOPLE)
_OTHER_ILLNESS = re.compile(words.OTHER_ILLNESS)


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
        return _HOLDS_AIR.search(seen.before) is not None or not _CAN_LEAK.search(seen.message.text)
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
