"""Takes a message apart and keeps what names a place: "我家漏气了在幸福小区3号楼501快来" → 幸福小区, 3号楼, 501."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from bot.conversation import address_words as words


class PartKind(IntEnum):
    """From the large to the small, as an address is written."""

    PLACE = 0
    ZONE = 1
    HOUSE = 2  # a number in a street: 12号
    BUILDING = 3
    UNIT = 4
    FLOOR = 5
    ROOM = 6
    SPOT = 7  # 门口, 对面


@dataclass(frozen=True)
class Part:
    kind: PartKind
    text: str


Address = tuple[Part, ...]

#: Names longer than this are no names.
LONGEST_NAME = 14
_NUMBERED = (PartKind.HOUSE, PartKind.BUILDING, PartKind.UNIT, PartKind.FLOOR, PartKind.ROOM)

_TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in {
            "route": r"[GSXYgsxy]?[0-9]{1,3}(?:国道|省道|县道|高速)",
            "amount": words.AMOUNT,
            "BUILDING": words.BUILDING,
            "UNIT": words.UNIT,
            "ROOM": words.ROOM,
            "ZONE": words.ZONE,
            "FLOOR": words.FLOOR,
            "HOUSE": words.HOUSE,
            "bare": words.BARE,
            "SPOT": words.SPOT,
            "noise": words.NOISE,
            "joint": r"(?:[\s,、.~/的\-—–－]|就是|(?<=[区园寓院厦场])里面?|(?<=[路街道口])[和与跟同]"
            "|(?:租客|房客)?住的?(?=[0-9])|(?:门牌|房)号?是?(?=[0-9]))+",
            "stop": r"[^\w\s]",
            "letter": r"[A-Za-z]+|.",
        }.items()
    ),
    re.IGNORECASE,
)
_NAME = re.compile(rf"^(.*?)({words.ENDS_A_NAME})", re.DOTALL)
_NO_NAME = re.compile(f"{words.NO_NAME}*")
_NO_NAME_EITHER = re.compile(f"(?:{words.NO_NAME}|{words.ENDS_A_NAME})*")
_ROAD = re.compile(words.ROAD)
IN_STREET = re.compile("(?:路|街|道|巷|胡同|弄|村|庄|屯|组)$")
#: "和顺东街那个麻辣烫店": as good as a house number.
SHOP = re.compile("(?:店|馆|铺|面馆|拉面|小吃|超市|药房|网吧|饭庄|排档|火锅|烧烤|早餐|包子|理发|洗浴|宾馆|酒店)$")
_ROAD_ONLY = re.compile(f"(?:{words.ROAD[:-1]})*")
_ENDING_ONLY = re.compile(words.ENDS_A_NAME)
_OUTER, _INNER = re.compile(words.OUTER_SPOT), re.compile(words.INNER_SPOT)
_LIKE_A_HOUSE, _LIKE_A_THING = re.compile(words.LIKE_A_HOUSE), re.compile(words.LIKE_A_THING)
#: What comes before the name of a place where one is told.
_LEADS_TO_A_PLACE = re.compile("(?:家?(?:住在?|在)|位于|位置|地点|地址|坐标|定位|就是|是|到|从)$")
_GATE = re.compile(f"{words.SIDE}门|[0-9]+|.*(?:{words.ENDS_A_NAME})", re.DOTALL)
_DASHED = re.compile(r"[0-9]+\s*[-—–~/]\s*[0-9]")
_HAN = re.compile("[一-鿿A-Za-z]{2,}")


@dataclass(frozen=True)
class _Token:
    sort: str
    text: str


#: "滨江路那个中石化加油站": the place in the street; "6号楼那边 2单元"; "17 18层": one of them.
_BETWEEN = re.compile(
    "(?<=[路街道巷])(?:上|[, ]*就(?:是|在)?)?[那这][个家](?=[\u4e00-\u9fff])"
    "|(?<=[楼栋幢座元])[那这](?:边|里|儿|块)(?=[, ]*[0-9一-十])"
    "|(?<![0-9])[0-9]{1,2}[, 、和到至-]+(?=[0-9]{1,2}层)"
)

#: "我住五楼 好像是二楼那家": where the speaker lives, when another floor is named behind it.
_OWN_FLOOR = re.compile(
    f"我们?家?(?:就?[住是在])*{words.FLOOR}(?=[^0-9一-十]{{1,10}}(?:{words.FLOOR})(?:那|的|家|人|有|漏|味|邻居))"
)


def plain(text: str) -> str:
    """Half-width, as everything here is compared."""
    return unicodedata.normalize("NFKC", text)


def find(text: str, *, numbers_alone: bool = False) -> Address:
    """The parts of the address a message holds, in the customer's words and order; empty if it holds none.

    Args:
        text: the message.
        numbers_alone: it answers a question for a house or a flat, so "501" or "3楼" is a part without any other.
    """
    said = _OWN_FLOOR.sub("", _BETWEEN.sub("", plain(text)))
    found = [_sorted_out(run, numbers_alone) for run in _runs(_tokens(said))]
    groups = [group for group in found if group]
    if not groups:
        return ()
    best = max(groups, key=_weight)
    other = max((group for group in groups if _completes(group, best)), key=_weight, default=())
    return (*best, *other) if has_place(best) else (*other, *best)


def _weight(address: Address) -> tuple[int, int]:
    return has_place(address) + is_numbered(address), len(address)


def _completes(other: Address, address: Address) -> bool:
    """One is the place, the other the number: "幸福小区漏气了,3号楼501"."""
    both = has_place(other) != has_place(address) and is_numbered(other) != is_numbered(address)
    return both and other is not address


def has_place(address: Address) -> bool:
    return any(part.kind is PartKind.PLACE for part in address)


def is_numbered(address: Address) -> bool:
    return any(part.kind in _NUMBERED for part in address)


def render(address: Address) -> str:
    """Written together; figures are kept apart by a dash."""
    text = ""
    for part in address:
        apart = text[-1:].isdigit() and part.text[:1].isdigit()
        text += f"-{part.text}" if apart else part.text
    return text


# --- reading ---------------------------------------------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    """The text cut up; letters that belong to nothing known are put together again to what may be a name."""
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        sort = str(match.lastgroup)
        if sort == "letter" and tokens and tokens[-1].sort == "letter":
            tokens[-1] = _Token("letter", tokens[-1].text + match[0])
        else:
            tokens.append(_Token(sort, match[0]))
    return tokens


def _runs(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Stretches in which one part follows another; names are cut out of the letters on the way."""
    run: list[_Token] = []
    for place, token in enumerate(tokens):
        pieces = _names(token, run, tokens, place) if token.sort == "letter" else [token]
        for piece in pieces:
            if piece.sort in ("noise", "stop", "amount", "letter"):
                if run:
                    yield run
                run = []
            else:
                run.append(replace(piece, sort="PLACE") if piece.sort == "route" else piece)
    if run:
        yield run


def _names(letters: _Token, before: list[_Token], tokens: Sequence[_Token], place: int) -> list[_Token]:
    """ "和平路幸福小区里有" → 和平路, 幸福小区, and the rest, which is a name only if a number follows."""
    pieces: list[str] = []
    rest = letters.text
    while match := _NAME.match(rest):
        rest = rest[match.end() :]
        torn = not match[1] or (len(match[1]) == 1 and pieces and not _is_name(pieces[-1]))  # 铁路 + 局宿舍
        if torn and pieces:
            pieces[-1] += match[0]
        else:
            pieces.append(match[0])
    if pieces and before and _ENDING_ONLY.fullmatch(pieces[0]) and _GATE.fullmatch(before[-1].text):
        pieces[0] = before.pop().text + pieces[0]  # 东门 + 小区, 107 + 医院, 107国道 + 加油站
    opposite = not rest and _leads_to_a_street(tokens[place + 1 :])
    named = [_Token("PLACE" if opposite or _is_name(piece) else "letter", piece) for piece in pieces]
    if rest:
        known = _HAN.search(rest) and not _NO_NAME_EITHER.fullmatch(rest)
        alone = tokens[:place] if rest == letters.text else ()
        in_street = bool(pieces) and _is_name(pieces[-1]) and IN_STREET.search(pieces[-1]) and SHOP.search(rest)
        without_ending = known and (
            in_street or _is_numbered_next(tokens[place + 1 :]) or _is_at_a_spot(rest, tokens[place + 1 :], alone)
        )
        named.append(_Token("PLACE" if without_ending else "letter", rest))
    return [replace(token, text=token.text[-LONGEST_NAME:]) for token in named]


def _is_name(text: str) -> bool:
    """Whether something stands before the ending that tells this place from others."""
    if _NO_NAME_EITHER.fullmatch(text) is None:
        return True
    called_after = _ROAD.sub("", text)
    return called_after != text and not _ROAD_ONLY.fullmatch(called_after) and not _NO_NAME.fullmatch(called_after)


def _leads_to_a_street(after: Sequence[_Token]) -> bool:
    """ "菜市场对面的和平路": a landmark of which there are many, beside a street that has a name."""
    spot, *later = [token for token in after[:3] if token.sort != "joint"] or [_Token("stop", "")]
    street = _NAME.match(later[0].text) if later and spot.sort == "SPOT" and _OUTER.fullmatch(spot.text) else None
    return street is not None and IN_STREET.search(street[0]) is not None and _is_name(street[0])


def _is_numbered_next(after: Sequence[_Token]) -> bool:
    """By a number of a house: then a name needs no ending ("锦绣江南3栋", "平安里3-2-501")."""
    later = [token for token in after[:4] if token.sort != "joint" or "-" in token.text]
    if not later:
        return False
    if later[0].sort in ("BUILDING", "UNIT", "ROOM", "HOUSE", "ZONE"):
        return True
    return _DASHED.match("".join(token.text for token in later)) is not None


def _is_at_a_spot(name: str, after: Sequence[_Token], before: Sequence[_Token]) -> bool:
    """By "对面" or "旁边": a name without an ending, if it may be one at all ("沃尔玛对面", no "鱼缸旁边").

    Letters are cut out of a story here ("自己出气旁边"). What ends like a house is a name; of the rest what stands
    before a spot at the street, at the beginning of a clause or where a place is told.
    """
    spot = next((token for token in after[:2] if token.sort != "joint"), None)
    if spot is None or spot.sort != "SPOT":
        return False
    if _LIKE_A_HOUSE.search(name):
        return True
    if _LIKE_A_THING.search(name) or _INNER.fullmatch(spot.text):
        return False
    told = bool(before) and _LEADS_TO_A_PLACE.search(before[-1].text) is not None
    all_that_is_said = not before and after[-1] is spot
    return told or all_that_is_said or (bool(_OUTER.fullmatch(spot.text)) and (not before or before[-1].sort == "stop"))


def _sorted_out(run: Sequence[_Token], numbers_alone: bool) -> Address:
    """The parts of a run with their kinds; empty if it is no address, only a floor or "门口"."""
    parts: list[Part] = []
    bare: list[str] = []
    for token in run:
        if token.sort == "bare":
            bare.append(token.text)
        elif token.sort != "joint":
            parts += _bare_parts(bare, parts)
            bare = []
            parts.append(Part(PartKind[token.sort], token.text))
    dashed = len(bare) > 1 and len(bare[-1]) >= 3 and any("-" in token.text for token in run)
    if parts or numbers_alone or dashed:
        parts += _bare_parts(bare, parts)
    found = tuple(_house_is_building(parts))
    kinds = {part.kind for part in found}
    weak = kinds <= {PartKind.SPOT, PartKind.FLOOR, PartKind.HOUSE, PartKind.ZONE}
    return () if weak and not (numbers_alone and kinds - {PartKind.SPOT}) else found


def _bare_parts(numbers: Sequence[str], before: Sequence[Part]) -> list[Part]:
    """ "3-2-501" is building, unit and room; after a building, unit and room; a long one alone is the room."""
    known = max((part.kind for part in before if part.kind in _NUMBERED), default=PartKind.PLACE)
    order = [kind for kind in (PartKind.BUILDING, PartKind.UNIT, PartKind.ROOM) if kind > known]
    *others, last = numbers or [""]
    if not last or len(numbers) > len(order):
        return []
    kinds = order[: len(others)]
    end = PartKind.ROOM if len(last) >= 3 or len(order) == len(numbers) else order[len(others)]
    return [Part(kind, text) for kind, text in zip((*kinds, end), numbers, strict=True)]


def _house_is_building(parts: Sequence[Part]) -> Iterator[Part]:
    """In a street "3号" is the house, in a compound it is the building."""
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else None
        after = parts[place + 1] if place + 1 < len(parts) else None
        in_compound = before and not IN_STREET.search(before.text)
        if (
            part.kind is PartKind.HOUSE
            and part.text.endswith("号")
            and (in_compound or (after and after.kind is PartKind.UNIT))
        ):
            yield replace(part, kind=PartKind.BUILDING)
        else:
            yield part
