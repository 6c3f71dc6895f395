"""The emergency screen: every customer message passes here before the assistant, whoever owns the conversation.

A false alarm costs little; a missed leak may kill (S0 在线客服, leak reports). How it decides, and how well:
docs/emergency-screen.md.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.conversation.emergency_denials import says_all_is_well
from bot.conversation.emergency_explained import names_another_source, something_else
from bot.conversation.emergency_finding import Finding, Grade
from bot.conversation.emergency_manner import leaning
from bot.conversation.emergency_places import leak_at
from bot.conversation.emergency_sighting import Sighting
from bot.conversation.emergency_signs import ANY_SIGN, CRY_FOR_HELP, SIGNS, SMELL_OF_GAS, VAGUE_SMELL
from bot.conversation.emergency_sorts import Sign, Sort
from bot.conversation.emergency_talk import (
    is_bare_report,
    is_here_and_now,
    keeps_ringing,
    only_talks,
    says_nothing,
    sets_right,
    tells_a_tale,
)
from bot.conversation.emergency_text import CLAUSE_MARK, Message, read
from bot.conversation.emergency_vetoes import TAKE_BACK, figure_of_speech
from bot.domain.emergencies import EmergencyKind

#: Longest piece looked at in one go, in characters, and how much two pieces share.
WINDOW, OVERLAP = 8_000, 200
#: A word torn apart by a clause mark is looked for this far to either side of it.
TORN = 7

#: So many sightings are weighed in a piece. A forwarded safety leaflet has some dozens; a flood of denials must not
#: hold up everybody else's messages.
PATIENCE = 400

#: The most urgent first; a message that reports several is treated as the first of them.
_URGENCY = (
    EmergencyKind.FIRE,
    EmergencyKind.CARBON_MONOXIDE,
    EmergencyKind.OUTDOOR_LEAK,
    EmergencyKind.CORRIDOR_LEAK,
    EmergencyKind.INDOOR_LEAK,
)
#: Smells have other sources, and 着火, 炸 and 漏 other senses.
_UNMISTAKABLE = frozenset((Sort.LEAK, Sort.POISONING, Sort.COLLAPSE))
_SMELLS = frozenset((SMELL_OF_GAS, VAGUE_SMELL))
_CO_ALARM = re.compile("一氧化碳|(?<![a-z])co(?![a-z])|carbon")
_FIRE_ALARM = re.compile("火灾|烟雾|烟感|消防")


def screen(text: str) -> EmergencyKind | None:
    """The emergency this message reports, or may report, as happening now or just now; None for all other talk."""
    return look(text).kind


def reports(text: str) -> bool:
    return screen(text) is not None


def look(text: str) -> Finding:
    """The same, and how plainly it is told: of a long text, by the piece that tells it most plainly."""
    found = [_look_at_piece(piece) for piece in _windows(text)]
    standing = [each for each in found if each.kind]
    if not standing and says_nothing(text):
        return Finding(Grade.DENIED)
    told = leaning(text[:WINDOW])
    if not standing:
        return Finding(min(each.grade for each in found), leaning=told)
    kinds = {each.kind for each in standing}
    kind = next(kind for kind in _URGENCY if kind in kinds)
    # Where the manner speaks against it, it is not plain: the assistant is heard.
    most = Grade.SUSPECTED if told < 0 else Grade.PLAIN
    return Finding(min(most, max(each.grade for each in standing)), kind, told)


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


def _look_at_piece(text: str) -> Finding:
    message = read(text)
    standing: dict[Sign, Sighting] = {}
    dismissed: list[tuple[Sighting, Grade]] = []
    for seen in islice(_sightings(message), PATIENCE):
        if seen.sign in standing:
            continue
        grade = _against(seen)
        if grade is None:
            standing[seen.sign] = seen
        else:
            dismissed.append((seen, grade))
    against = {grade for seen, grade in dismissed if not _is_the_same(seen, standing.values())}
    if standing:
        return Finding(_how_plain(message, standing, against), _kind(list(standing.values()), message))
    if CRY_FOR_HELP.fullmatch(message.text):
        return Finding(Grade.PLAIN, EmergencyKind.INDOOR_LEAK)
    if says_all_is_well(text):
        return Finding(Grade.DENIED)
    if any(grade is Grade.NOTHING and seen.sign.sort is Sort.FIRE for seen, grade in dismissed):
        against.add(Grade.EXPLAINED)  # "气炸了", "他火了": a temper, a success
    return Finding(min(against, default=Grade.NOTHING))


def _is_the_same(seen: Sighting, standing: Iterable[Sighting]) -> bool:
    """Whether what is taken for something else is, in the same words, named as gas: "把气管碰断" beside a sink."""
    return any(
        other.sign.sort in _UNMISTAKABLE and seen.start < other.end and other.start < seen.end for other in standing
    )


def _against(seen: Sighting) -> Grade | None:
    """What a sighting that does not stand says about the message; None: it stands."""
    if any(veto(seen) for veto in TAKE_BACK):
        return Grade.TAKEN_BACK
    if something_else(seen):
        return Grade.EXPLAINED
    # A way of speaking says nothing either way: who is unwell may just have left out the heater.
    return Grade.NOTHING if figure_of_speech(seen) else None


def _how_plain(message: Message, standing: dict[Sign, Sighting], against: set[Grade]) -> Grade:
    clauses = "，".join(message.text[left:right] for left, right in message.clauses())
    if sets_right(clauses):
        return Grade.PLAIN
    if only_talks(message.text) or tells_a_tale(clauses) or against - {Grade.NOTHING}:
        return Grade.TALK
    named = any(sign.sort in _UNMISTAKABLE for sign in standing) and is_here_and_now(message.text)
    if named and all(sign in _SMELLS for sign in standing) and names_another_source(message.text):
        return Grade.SUSPECTED
    goes_on = any(sign.sort is Sort.ALARM for sign in standing) and keeps_ringing(message.text)
    return Grade.PLAIN if named or goes_on or is_bare_report(message.text) else Grade.SUSPECTED


def _sightings(message: Message) -> Iterator[Sighting]:
    """Every place of a sign within a clause, and short ones that a stray full stop tore apart ("煤。气味好大")."""
    for left, right in message.clauses():
        yield from _sightings_between(left, right, message)
    for cut in message.cuts[1:-1]:
        torn = _sightings_between(max(cut - TORN, 0), min(cut + TORN, len(message.text)), message)
        yield from (seen for seen in torn if seen.start < cut < seen.end)


def _sightings_between(left: int, right: int, message: Message) -> Iterator[Sighting]:
    """They may overlap: one that is taken back must not swallow its neighbour."""
    stretch = message.text[left:right]
    if not ANY_SIGN.search(stretch):
        return
    for sign in SIGNS:
        match = sign.pattern.search(stretch)
        while match:
            yield Sighting(sign, left + match.start(), left + match.end(), message)
            match = sign.pattern.search(stretch, match.start() + 1)


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
    return Sort.COLLAPSE in sorts or (bool(sorts & {Sort.UNWELL, Sort.FRAIL}) and Sort.LEAK not in sorts)
