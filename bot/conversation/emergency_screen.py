"""The emergency screen: every customer message passes here before the assistant, whoever owns the conversation.

A false alarm costs little; a missed leak may kill (S0 在线客服, leak reports). How it decides, and how well:
docs/emergency-screen.md.
"""

import re
from collections.abc import Iterator

from bot.conversation.emergency_places import leak_at
from bot.conversation.emergency_signs import CRY_FOR_HELP, SIGNS, Sign, Sort
from bot.conversation.emergency_text import CLAUSE_MARK, Message, read
from bot.conversation.emergency_vetoes import VETOES, Sighting
from bot.domain.emergencies import EmergencyKind

#: Longest piece looked at in one go, in characters, and how much two pieces share.
WINDOW, OVERLAP = 8_000, 200
#: A word torn apart by a clause mark is looked for this far to either side of it.
TORN = 4

#: The most urgent first; a message that reports several is treated as the first of them.
_URGENCY = (
    EmergencyKind.FIRE,
    EmergencyKind.CARBON_MONOXIDE,
    EmergencyKind.OUTDOOR_LEAK,
    EmergencyKind.CORRIDOR_LEAK,
    EmergencyKind.INDOOR_LEAK,
)
_CO_ALARM = re.compile("一氧化碳|(?<![a-z])co(?![a-z])|carbon")
_FIRE_ALARM = re.compile("火灾|烟雾|烟感|消防")


def screen(text: str) -> EmergencyKind | None:
    """The emergency this message reports, or may report, as happening now or just now; None for all other talk."""
    kinds = {kind for piece in _windows(text) if (kind := _screen_piece(piece))}
    return next((kind for kind in _URGENCY if kind in kinds), None)


def _windows(text: str) -> Iterator[str]:
    """Pieces of bounded length that share a little, and begin after a clause mark where there is one."""
    start = 0
    while len(text) - start > WINDOW:
        end = start + WINDOW
        yield text[start:end]
        start = end - OVERLAP
        if mark := CLAUSE_MARK.search(text, start, end - OVERLAP // 2):
            start = mark.end()
    yield text[start:]


def _screen_piece(text: str) -> EmergencyKind | None:
    message = read(text)
    standing = [seen for sign in SIGNS if (seen := _first_standing(sign, message))]
    if standing:
        return _kind(standing, message)
    return EmergencyKind.INDOOR_LEAK if CRY_FOR_HELP.fullmatch(message.text) else None


def _first_standing(sign: Sign, message: Message) -> Sighting | None:
    return next((seen for seen in _sightings(sign, message) if not _vetoed(seen)), None)


def _sightings(sign: Sign, message: Message) -> Iterator[Sighting]:
    """Every place of a sign within a clause, and short ones that a stray full stop tore apart ("煤。气味好大").

    They may overlap: one that is taken back must not swallow its neighbour.
    """
    for left, right in message.clauses():
        for start, end in _overlapping(sign.pattern, message.text[left:right]):
            yield Sighting(sign, left + start, left + end, message)
    for cut in message.cuts[1:-1]:
        left = max(cut - TORN, 0)
        for start, end in _overlapping(sign.pattern, message.text[left : cut + TORN]):
            if left + start < cut < left + end:
                yield Sighting(sign, left + start, left + end, message)


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    match = pattern.search(text)
    while match:
        yield match.span()
        match = pattern.search(text, match.start() + 1)


def _vetoed(seen: Sighting) -> bool:
    return any(veto(seen) for veto in VETOES)


def _kind(standing: list[Sighting], message: Message) -> EmergencyKind:
    sorts = {seen.sign.sort for seen in standing}
    alarms = "".join(seen.clause for seen in standing if seen.sign.sort is Sort.ALARM)
    if Sort.FIRE in sorts or _FIRE_ALARM.search(alarms):
        return EmergencyKind.FIRE
    if Sort.POISONING in sorts or _CO_ALARM.search(alarms) or _harmed(standing):
        return EmergencyKind.CARBON_MONOXIDE
    return leak_at("，".join(seen.clause for seen in standing), message.text)


def _harmed(standing: list[Sighting]) -> bool:
    """Somebody collapsed, or is unwell where gas burns. Unwell beside a named smell of gas is first of all a leak."""
    sorts = {seen.sign.sort for seen in standing}
    return Sort.COLLAPSE in sorts or (Sort.UNWELL in sorts and Sort.LEAK not in sorts)
