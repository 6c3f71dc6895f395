"""Reads the places customers name: communities by their many spellings, dwellings by building, unit and room."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cn2an

from bot.domain.gas import Community

_NUMERALS = re.compile("[零〇一二两三四五六七八九十百幺]{1,12}")
_NOISE = re.compile(r"[\s,，。.、;；:：·'\"“”()（）\[\]【】]+")
#: What people leave out of a community's name, or put there out of habit.
_COMMON = "住宅小区|居民小区|生活小区|小区|社区|住宅区|花园|家园|花苑|公寓|大院"
_SUFFIX = re.compile(f"(?<=..)({_COMMON})$")
_NO_NAME = re.compile(f"({_COMMON}|新村|家属院)*")
_OWN_PART = re.compile("[\\d东西南北]+[期区苑]$")
#: Shorter words would be held by too many names.
_SHORTEST = 2
_SHORTEST_COMMON = 3


def plain(text: str) -> str:
    """One spelling for all: half-width, no blanks and punctuation, numbers in figures ("三号楼" → "3号楼")."""
    figures = _NUMERALS.sub(_in_figures, unicodedata.normalize("NFKC", text))
    return _NOISE.sub("", figures.casefold())


def _in_figures(numeral: re.Match[str]) -> str:
    spoken = numeral[0].replace("幺", "一")
    try:
        return str(cn2an.cn2an(spoken, "smart"))
    except (ValueError, KeyError):  # 百 in 百合花园 is no number; cn2an fails on 十十一 with a KeyError
        return numeral[0]


# --- communities -----------------------------------------------------------------------------------------------------


def match_communities(words: str, communities: Iterable[Community]) -> list[Community]:
    """The communities that `words` mean, all equally likely ones: the caller asks which when there are several.

    A name said in full comes before one said without its 小区 or 花园, and that before a name said in part; a dwelling
    beside the name ("3号楼2单元501") is passed over. A name within a longer name that was said too does not count.
    """
    known, said = list(communities), plain(words)
    if named := _match(said, known):
        return named
    found = _match(re.sub("[-—~#]", "", _PART.sub("", said)), known)
    of_this_part = [each for each in found if (part := own_part(each.name)) and part in said]
    return of_this_part if len(of_this_part) == 1 else found


def own_part(name: str) -> str:
    """What tells a name from others that begin as it does: 二期 of 锦绣家园二期; "" if it has none."""
    found = _OWN_PART.search(plain(name))
    return found[0] if found else ""


def _match(said: str, communities: Sequence[Community]) -> list[Community]:
    ranked = [(_rank(said, each), each) for each in communities]
    best = min((rank for rank, _ in ranked if rank is not None), default=None)
    found = [each for rank, each in ranked if rank == best and best is not None]
    return _without_inner_names(said, found) if best == _HOLDS_NAME else found


_IS_NAME, _IS_STEM, _HOLDS_NAME, _HOLDS_STEM, _IS_PART, _HOLDS_COMMON = range(6)


@lru_cache(maxsize=5_000)
def _names_and_stems(community: Community) -> tuple[list[str], list[str]]:
    names = _names(community)
    return names, [stem for name in names if len(stem := _SUFFIX.sub("", name)) >= _SHORTEST]


def _rank(said: str, community: Community) -> int | None:
    names, stems = _names_and_stems(community)
    if said in names:
        return _IS_NAME
    if _SUFFIX.sub("", said) in stems:
        return _IS_STEM
    if any(name in said for name in names):
        return _HOLDS_NAME
    if any(stem in said for stem in stems):
        return _HOLDS_STEM
    if len(said) >= _SHORTEST and not _NO_NAME.fullmatch(said) and any(said in name for name in names):
        return _IS_PART
    if any(len(common) >= _SHORTEST_COMMON and common in said for common in map(_without_own_part, names)):
        return _HOLDS_COMMON
    return None


def _without_own_part(name: str) -> str:
    """What "锦绣家园一期" shares with 二期; "" if nothing tells them apart."""
    return _OWN_PART.sub("", name) if _OWN_PART.search(name) else ""


def _names(community: Community) -> list[str]:
    return [_plain_name(name) for name in (community.name, *community.aliases)]


@lru_cache(maxsize=20_000)
def _plain_name(name: str) -> str:
    return plain(name)


def _without_inner_names(said: str, found: Sequence[Community]) -> list[Community]:
    heard = {each.id: [name for name in _names(each) if name in said] for each in found}
    everything = [name for names in heard.values() for name in names]
    return [
        each
        for each in found
        if any(not any(name != other and name in other for other in everything) for name in heard[each.id])
    ]


def after_name(words: str, community: Community) -> str:
    """`words` in plain spelling without the community's name: what follows it, or else what precedes it."""
    said = plain(words)
    names = _names(community)
    spellings = sorted({*names, *(_SUFFIX.sub("", name) for name in names)}, key=len, reverse=True)
    for name in spellings:
        if len(name) >= _SHORTEST and name in said:
            before, _, after = said.rpartition(name)
            return after if dwelling(after) else before + after
    return said


# --- dwellings -------------------------------------------------------------------------------------------------------

#: What a number is, by the word after it; other words ("号") leave it open.
_KINDS = {
    **dict.fromkeys(("号楼", "栋", "幢", "座", "#楼", "#", "号院"), "building"),
    **dict.fromkeys(("单元", "门"), "unit"),
    **dict.fromkeys(("室", "户", "房"), "room"),
    **dict.fromkeys(("期", "区"), "part"),
    **dict.fromkeys(("楼", "层"), "floor"),
}
_WORDS = "|".join(sorted(_KINDS, key=len, reverse=True))
_PART = re.compile(
    "(?P<shop>商铺|底商|门面|店面|车库)"
    rf"|(?P<value>[a-z]?\d+|[a-z]|[东南西北中甲乙丙丁](?=区|座|栋|幢))(?P<word>{_WORDS}|号)?"
)
_FILLER = re.compile(
    "[-—~#嗯哦噢]|我|俺|咱|的|家|住|在|是|地址|位于|[这那](?:里|边|儿|块|个)|就|呢|啊|吧|呀|哦|房号|号|门牌|房间|没有?单元"
)


@dataclass(frozen=True)
class Part:
    """One number or letter of an address; `kind` is None when the address does not say what it is."""

    value: str
    kind: str | None = None


def dwelling(address: str) -> tuple[Part, ...]:
    """The parts of an address within its community: "三号楼二单元501室" → 3 building, 2 unit, 501 room.

    Floors are left out where a room follows: the room's number says them. A shop is said once ("底商9号 门面房").
    """
    parts = [_part(found) for found in _PART.finditer(plain(address))]
    parts = [part for place, part in enumerate(parts) if part.kind != "shop" or part not in parts[:place]]
    return tuple(
        part for place, part in enumerate(parts) if part.kind != "floor" or place == 0 or place == len(parts) - 1
    )


def _part(found: re.Match[str]) -> Part:
    if found["shop"]:
        return Part("shop", "shop")
    value = found["value"]
    number = value.lstrip("0") or "0"
    return Part(number if value.isdigit() else value, _KINDS.get(found["word"] or ""))


#: "3-1-501 我一个人住": behind a flat's number a small one counts something else.
_COUNT, _FLAT = re.compile(r"\d{1,2}"), re.compile(r"\d{3}")


def dwelling_words(words: str) -> str:
    """The words of the dwelling alone: "3号楼2单元" of "是3号楼2单元的想开通燃气"; "" if there are none."""
    said, runs = plain(words), list[tuple[int, int]]()
    for found in _PART.finditer(said):
        joined = runs and not _FILLER.sub("", said[runs[-1][1] : found.start()])
        joined = joined and not (_COUNT.fullmatch(found[0]) and _FLAT.search(said[slice(*runs[-1])]))
        runs[-1:] = [(runs[-1][0], found.end())] if joined else [*runs[-1:], found.span()]
    first, last = max(runs, key=lambda run: len(dwelling(said[run[0] : run[1]])), default=(0, 0))
    return said[first:last]


def dwelling_key(address: str) -> str:
    """One spelling of a dwelling, to look it up by: "3-2-501"."""
    return "-".join(part.value for part in dwelling(address))


def room_key(address: str) -> str:
    """The last part, which every way to state the dwelling names: "501"."""
    parts = dwelling(address)
    return parts[-1].value if parts else ""


def is_only_dwelling(words: str) -> bool:
    """Whether nothing is said but a dwelling: no name of a community, known or not."""
    return _FILLER.sub("", _PART.sub("", plain(words))) == ""


def fits(stated: Sequence[Part], known: Sequence[Part]) -> bool:
    """Whether the stated dwelling may be the known one: the same room, and nothing stated that the known lacks."""
    if not stated or not known or not _same(stated[-1], known[-1]):
        return False
    rest = iter(known)
    return all(any(_same(part, other) for other in rest) for part in stated)


def _same(stated: Part, known: Part) -> bool:
    kinds = {stated.kind, known.kind}
    return stated.value == known.value and (len(kinds - {None, "floor"}) <= 1)


def best_fits[T](stated: Sequence[Part], known: Iterable[tuple[Sequence[Part], T]]) -> list[T]:
    """Those that the stated dwelling names in full; if there are none, those it may mean."""
    possible = [(len(parts), each) for parts, each in known if fits(stated, parts)]
    in_full = [each for length, each in possible if length == len(stated)]
    return in_full or [each for _, each in possible]
