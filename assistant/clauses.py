"""Takes apart a message that asks several things, so that each is answered; a story or an address stays whole.

A message is taken for several only if the model is sure of each of them by itself and they are different matters
(docs/dialogues.md gives the share of single requests that are split wrongly). Where one clause alone says what a long
message wants, and the whole was not understood, that clause counts.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]
Parse = Callable[[str], Awaitable[JSON]]

#: How sure the model must be of every clause for itself.
SURE = 0.75
#: How sure of the only clause that says something, where the whole says nothing.
VERY_SURE = 0.85
#: How sure of a clause that only tells, where nothing asks.
SUREST = 0.95
#: Below this a clause that is beyond doubt says more than the whole.
UNSURE = 0.6
#: From here on a report of an emergency is believed.
BELIEVED = 0.5
#: Longer messages are stories.
LONGEST = 200
_MOST_CLAUSES = 12
_SHORTEST = 4
#: So many clauses before the next matter tell a story, with the point in one of them.
_A_STORY = 3
_SHORTEST_TOLD = 3
_WITH_PREAMBLE = 2

_CONNECTORS = "还有(?!多少|几|余|剩|钱|气|卡|数)|另外|顺便|顺带|再问|再就是|再一个|对了|以及|还想|也想"
_BOUNDARY = re.compile(
    rf"[，,。;；!！…~]+|(?<=[?？])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])|(?=(?:{_CONNECTORS}))"
)
_CONNECTED = re.compile(rf"({_CONNECTORS})(问一?下|请问|想问|一个|个事)?")
_ASKS = re.compile(
    "[?？]|吗|呢$|怎么|怎样|咋|多少|什么|啥|哪|几点|几号|几天|多久|如何|为什么|能不能|可不可以|可以.{0,8}不$|是不是|要不要|有没有|行不行"
    "|(我|俺)?(要|想|需要)(?!求)|(我|俺)是[问办]|帮我|帮忙|给我|麻烦|申请|预约|查一?下|办理|报数|请问"
)
#: "啥时候能来", "要多少钱": asks about what was said before.
_ELLIPSIS = re.compile(
    "(那|这个|大概|一共|总共|请问|你们|到底)*(要|得|需要|是|会)?(多少钱?|多久|几天|几时|多长时间|什么时候|啥时候|怎么[办弄搞收算]|咋[办弄整]|为什么|行不行|能不能)"
    "(能|会|可以|才|要|得|才能)?(来人?|到|好|修好?|弄好?|办好?|完|有|恢复|通|处理|解决)?[的了啊呀呢吗哦吧?？]*"
)
#: "对了 营业厅几点关门" says no yes.
_YES = re.compile(
    "(嗯+|对(?!了)对*|是的?|好的?|行|可以|没错|没问题|正确|确认(登记|无误)?|没有?|有|对的)[的了啊呀哦吧]*"
    "|[嗯哦啊好行对那就]*(帮我|给我|麻烦)?(登记?|提交|确认)(登记|吧|一下|呗)+"
)
_DATA = re.compile(r"[\d零〇一二两三四五六七八九十百千幺.\-— 号楼栋幢单元室户层门弄读数表字方度是我的家在账:：]+")

#: A clause that is an address, with no reading behind it.
_ADDRESS = re.compile(r"^[^表数方]*(\d+-\d+(-\d+)?|\d+(号楼|栋|幢|座|单元)[^表数方]*|[A-Za-z]座?\d{3,4})室?$")

_NOT_A_REQUEST = {None, "nlu_fallback", "out_of_scope", "greet", "goodbye", "thank", "affirm", "deny", "praise"}
_SAYS_NOTHING = {None, "nlu_fallback", "greet", "thank", "deny"}
#: Handled whole: what surrounds them belongs to them.
_WHOLE = {"make_complaint", "make_suggestion", "request_human", "request_leader", "request_callback"}
EMERGENCIES = {"report_leak", "report_co_poisoning", "report_fire"}
#: Different sides of one matter: whoever tells it asks once.
_ONE_MATTER = (
    {"report_no_gas", "ask_outage", "request_repair", "report_meter_fault", "ask_meter_battery", "ask_ic_card_use"},
    {"request_repair", "query_work_order", "report_no_gas", "ask_hose_replacement", "request_safety_inspection"},
    {"dispute_bill", "request_meter_test", "query_balance", "report_meter_fault", "ask_gas_price"},
    {"ask_startup_requirements", "ask_supply_coverage", "open_account", "ask_outage"},
    {"report_meter_reading", "ask_reading_methods", "query_balance"},
    {"pay_bill", "query_balance", "ask_late_fee"},
    {"ask_water_heater_conversion", "ask_pipe_modification", "request_repair"},
    {"ask_ic_card_use", "report_ic_card_lost", "report_meter_fault"},
    {"transfer_ownership", "update_contact_info"},
    EMERGENCIES | {"ask_leak_safety", "request_safety_inspection", "report_no_gas", "request_repair"},
)


@dataclass(frozen=True)
class Part:
    """One of the things a message says, and how it was understood."""

    text: str
    parsed: JSON


@dataclass(frozen=True)
class Clause:
    text: str
    #: The first of a message that waited together with others.
    begins: bool = False


async def parts_of(text: str, parse: Parse, *, dialogue: bool) -> list[Part]:
    """What `text` says, in order; one part unless it surely asks several things.

    Args:
        parse: understands a text, as Rasa does.
        dialogue: a question of a dialogue is open, so that a number or a yes before a question answers it.
    """
    whole = Part(text, await parse(text))
    lines = [line for line in text.splitlines() if line.strip()]
    if 1 < len(lines) <= _MOST_CLAUSES:
        # Messages that waited together: what one of them alone reports is reported.
        for line in lines:
            if reports_emergency(parsed := await parse(line)):
                return [Part(text, parsed)]
    if len(text) > LONGEST or _intent(whole) in _WHOLE | EMERGENCIES:
        return [whole]
    clauses = clauses_of(text)
    if not 1 < len(clauses) <= _MOST_CLAUSES:
        return [whole]
    parts = await _taken_apart(whole, clauses, parse, dialogue=dialogue)
    if dialogue or len(parts) > 1:
        return parts
    return [await _told_in_one(await _beside_an_address(parts[0], clauses, parse), clauses, parse)]


async def _taken_apart(whole: Part, clauses: list[Clause], parse: Parse, *, dialogue: bool) -> list[Part]:
    answer, rest = _leading_answer(clauses, dialogue=dialogue)
    groups = groups_of(rest)
    if answer is None and len(groups) < 2 and len(rest) < _A_STORY:
        return [await _rescued(whole, clauses, parse)]
    parts = [part for group in groups for part in await _wishes_of(group, parse, alone=len(groups) == 1)]
    if any(_intent(part) in _WHOLE for part in parts):
        return [whole]
    found = await _different(parts, parse)
    thanks = len(rest) == 1 and _intent(parts[0]) == "thank" and _confidence(parts[0]) >= SURE
    if answer and thanks:
        return [Part(answer, await parse(answer)), *parts]
    if answer and found and any(_asks(clause.text) for clause in rest):
        return [Part(answer, await parse(answer)), *found]
    if answer and rest and _CONNECTED.match(rest[0].text) and _likely(joined := await _all_of(rest, parse)):
        return [Part(answer, await parse(answer)), joined]
    return found if len(found) > 1 else [await _rescued(whole, clauses, parse)]


async def _all_of(clauses: list[Clause], parse: Parse) -> Part:
    text = "，".join(clause.text for clause in clauses)
    return Part(text, await parse(strip_connector(text)))


def _likely(part: Part) -> bool:
    """ "13700001122 对了五一新村那边今天咋没气": said to be another matter, it need not be sure which."""
    another = _intent(part) not in _NOT_A_REQUEST | EMERGENCIES and _confidence(part) >= UNSURE
    return another and any(_asks(clause.text) for clause in clauses_of(part.text))


def reports_emergency(parsed: JSON) -> bool:
    """As gasdesk believes it (bot/adapters/rasa/answers.py)."""
    ranking = [parsed.get("intent") or {}, *(parsed.get("intent_ranking") or [])]
    return any(each.get("name") in EMERGENCIES and float(each.get("confidence") or 0) >= BELIEVED for each in ranking)


def clauses_of(text: str) -> list[Clause]:
    lines = [[part.strip() for part in _BOUNDARY.split(line) if part and part.strip()] for line in text.splitlines()]
    return [Clause(part, number == 0) for line in lines for number, part in enumerate(line)]


def strip_connector(clause: str) -> str:
    return _CONNECTED.sub("", clause, count=1).strip() or clause


def groups_of(clauses: list[Clause]) -> list[str]:
    """Each clause that asks, with what belongs to it: what is said before the first, and behind each.

    A message of its own is a group of its own: whether it says anything is seen later.
    """
    groups: list[list[str]] = []
    asked = False
    for clause in clauses:
        asks = _asks(clause.text)
        if not groups or clause.begins or (asked and asks) or _CONNECTED.match(clause.text):
            groups.append([clause.text])
            asked = asks
        else:
            groups[-1].append(clause.text)
            asked = asked or asks
    return ["，".join(group) for group in groups]


def _leading_answer(clauses: list[Clause], *, dialogue: bool) -> tuple[str | None, list[Clause]]:
    """A yes, a number or a dwelling in front, which answers the open question, and the other clauses."""
    first = clauses[0].text
    has_digit = re.search(r"[\d零一二三四五六七八九十]", first) is not None
    if dialogue and (_YES.fullmatch(first) or (has_digit and _DATA.fullmatch(first))):
        return first, clauses[1:]
    return None, clauses


async def _wishes_of(group: str, parse: Parse, *, alone: bool) -> list[Part]:
    """What a group asks; of a story that tells several matters beyond doubt, each of them.

    Args:
        alone: the message asks once only, so that more than two matters have to be told.
    """
    clauses = group.split("，")
    if len(clauses) < (_A_STORY if alone else _WITH_PREAMBLE):
        return [await _point_of(group, parse)]
    told: list[Part] = []
    before = ""
    for clause in clauses:
        said = Part(f"{before}{clause}", await parse(strip_connector(clause)))
        matter = len(clause) >= _SHORTEST and _sure(said) and _confidence(said) >= SUREST
        if matter and not any(_same_matter(said, each) for each in told):
            told.append(said)
            before = ""
        elif told:
            told[-1] = Part(f"{told[-1].text}，{clause}", told[-1].parsed)
        else:
            before = f"{before}{clause}，"
    if len(told) >= (_A_STORY if alone else _WITH_PREAMBLE):
        return told
    point = await _point_of(group, parse)
    return told if len(told) == 1 and not alone and not _sure(point) else [point]


async def _point_of(group: str, parse: Parse) -> Part:
    """A group as a whole, or, where that is unsure, as the one clause in it that surely says something."""
    whole = Part(group, await parse(strip_connector(group)))
    clauses = group.split("，")
    if _sure(whole) or len(clauses) < _WITH_PREAMBLE:
        return whole
    said = [Part(group, await parse(strip_connector(clause))) for clause in clauses]
    sure = {_intent(part): part for part in said if _sure(part) and _confidence(part) >= VERY_SURE}
    return next(iter(sure.values())) if len(sure) == 1 else whole


async def _different(parts: list[Part], parse: Parse) -> list[Part]:
    """The parts that surely ask for different matters; one that is unsure belongs to the one before it, or after."""
    kept: list[Part] = []
    for part in parts:
        if kept and (not _sure(part) or not _sure(kept[-1]) or _same_matter(kept[-1], part)):
            kept[-1] = await _together(kept[-1], part, parse)
        else:
            kept.append(part)
    return kept if all(map(_sure, kept)) else []


async def _together(one: Part, other: Part, parse: Parse) -> Part:
    text = f"{one.text}，{other.text}"
    sure = [part for part in (one, other) if _sure(part)]
    joined = Part(text, await parse(text))
    return joined if not sure or _intent(joined) == _intent(sure[0]) else Part(text, sure[0].parsed)


def _same_matter(one: Part, other: Part) -> bool:
    intents = {_intent(one), _intent(other)}
    return len(intents) == 1 or any(intents <= matter for matter in _ONE_MATTER)


async def _rescued(whole: Part, clauses: list[Clause], parse: Parse) -> Part:
    """Where the whole says nothing, or good day, or no ("不对 我是要过户"): the intent of the one clause that asks."""
    if _intent(whole) not in _SAYS_NOTHING:
        return whole
    asking = [Part(each.text, await parse(strip_connector(each.text))) for each in clauses if _asks(each.text)]
    sure = {_intent(part): part for part in asking if _sure(part) and _confidence(part) >= VERY_SURE}
    return Part(whole.text, next(iter(sure.values())).parsed) if len(sure) == 1 else whole


async def _beside_an_address(whole: Part, clauses: list[Clause], parse: Parse) -> Part:
    """ "查欠费 阳光花园3-2-501": an address is most often told with a reading, and says nothing of what is wanted."""
    rest = [each.text for each in clauses if not _ADDRESS.search(each.text)]
    doubtful = _intent(whole) in ("report_meter_reading", "nlu_fallback") or _confidence(whole) < UNSURE
    if not doubtful or not 0 < len(rest) < len(clauses):
        return whole
    point = Part(whole.text, await parse(strip_connector("，".join(rest))))
    return point if _sure(point) and _confidence(point) >= VERY_SURE else whole


async def _told_in_one(whole: Part, clauses: list[Clause], parse: Parse) -> Part:
    """Behind a preamble the last clause that tells a matter ("表是插卡的 卡丢了 咋整"), if the whole is unsure."""
    told = [each.text for each in clauses if len(each.text) >= _SHORTEST_TOLD and not _ELLIPSIS.fullmatch(each.text)]
    if (_intent(whole) != "nlu_fallback" and _confidence(whole) >= UNSURE) or len(told) < _WITH_PREAMBLE:
        return whole
    point = Part(whole.text, await parse(strip_connector(told[-1])))
    return point if _sure(point) and _confidence(point) >= SUREST else whole


def _asks(clause: str) -> bool:
    return len(clause) >= _SHORTEST and _ASKS.search(clause) is not None and not _ELLIPSIS.fullmatch(clause)


def _sure(part: Part) -> bool:
    return _intent(part) not in _NOT_A_REQUEST | EMERGENCIES and _confidence(part) >= SURE


def _intent(part: Part) -> str | None:
    name: str | None = (part.parsed.get("intent") or {}).get("name")
    return name


def _confidence(part: Part) -> float:
    return float((part.parsed.get("intent") or {}).get("confidence") or 0.0)
