"""The community and the account a customer means, found by the customer's own words; nothing is told, only matched."""

import re
from dataclasses import dataclass, replace

from actions.contacts import without_phone
from actions.details import only_asks, tells_detail
from actions.turns import Say, Signal, account_not_matched, collected, say
from actions.understanding import digit_runs, names_a_dwelling, normal
from bot.domain.gas import Account, Community
from bot.domain.places import after_name, dwelling, dwelling_words, is_only_dwelling, plain
from bot.ports import BackOffice

#: No account number is shorter; a meter has fewer digits than this.
SHORTEST_ACCOUNT_NUMBER = 7
LONGEST_PLACE = 40
LONGEST_STORY = 120
PARTS_OF_A_DWELLING = 3
#: A room number alone proves nothing, even where it is the only one: a building or unit belongs to it.
FEWEST_PARTS = 2
SHORTEST_PART_OF_A_NAME = 2
#: "18号" is a whole address where a house stands by itself.
_BY_ITSELF = re.compile("[一1]户[一1]栋|独门独院|没有?单元")
_VILLA = re.compile(r"\d号(?!楼|院)")
#: What people ask around a community's name: "阳光花园现在停气了吗" names a part of it.
_AROUND_A_NAME = re.compile(
    "请问|你好|您好|我们|我家|住在|这边|现在|今天|明天|是不是|有没有|什么时候|天然气|燃气|煤气|(停|通|供|来)气|停|恢复|开通"
    "|点火|办理|可以|需要|怎么|咋|想|办|能|通|没气|没有气|气|我|在|的|了|吗|呢|么|没|[?？,，。!！ ]"
)

#: "翡翠城小区" is a name, "我们小区" and "哪些小区" are none.
_COMMUNITY_NAME = re.compile("[一-鿿]{2,8}?(小区|花园|家园|公寓|新村|社区|家属院|名邸|雅苑|嘉园)")
_ANY_COMMUNITY = re.compile(
    ".*([我咱你他她]们?|那|这|哪|本|贵|整|各|几|个|些|有的|的|什么|老|全|周边|附近|隔壁|别的|其他|其它|所有)(小区|社区|公寓|花园)"
)

_ESTATE = re.compile(
    "[一-鿿]{1,8}(小区|社区|花园|家园|公寓|新村|家属院|名邸|[苑园里城庭府湾院邸])([一二三四五六七八九]期)?(?=\\d)"
)
#: What a name is not made of, once what stands around it is taken away.
_TALKS = re.compile(
    "登记|预约|不(方便|用|要|想|办|行|好|会|能|对|是|说)|问|想|需要|上班|出差|外地|谢|烦|麻烦|着急|急|怎么|咋|等|说|看|先|算了|搬|租|房东|听|为什么|为啥|干[嘛啥]|刚|因为|老公|老婆|孩子"
)

_AT_HOME = re.compile("^[那嗯哦]*(我自己|我们|我|自己)?(家|这边|这里|那边|那里)?(呢|的)?(的?地址)?(住在|在|住|是)?")


@dataclass(frozen=True)
class Place:
    """A community that the customer may mean."""

    community: Community
    #: What else is said, and the dwelling in it ("" if none).
    rest: str = ""
    dwelling: str = ""


async def find_places(text: str, back_office: BackOffice) -> list[Place]:
    """The communities that `text` may mean, all equally likely; each with the dwelling named beside it."""
    if not text or len(text) > LONGEST_STORY:
        return []
    found = await back_office.find_communities(text)
    if len(text) > LONGEST_PLACE:  # in so many words only a name in full is one
        named = [each for each in found if any(plain(name) in plain(text) for name in (each.name, *each.aliases))]
        return [Place(each) for each in named]
    if not found and len(name := _AROUND_A_NAME.sub("", text)) >= SHORTEST_PART_OF_A_NAME:
        found = await back_office.find_communities(name)
    return [Place(each, after_name(text, each), dwelling_in(text, each)) for each in found]


def dwelling_in(text: str, community: Community) -> str:
    """What is said besides the community's name, if it names a dwelling: "3号楼2单元501"."""
    rest = dwelling_words(after_name(text, community))
    return rest if names_a_dwelling(rest) else ""


def whole_dwelling(place: Place) -> str:
    """The dwelling, if what is said of it is enough to find it; "" otherwise: "3号楼" is no address."""
    return place.dwelling if len(dwelling(place.dwelling)) >= FEWEST_PARTS else ""


async def is_name(text: str, back_office: BackOffice) -> bool:
    """Whether `text` is a community's name and nothing else."""
    found = await find_places(text, back_office)
    said = _AT_HOME.sub("", plain(text)).removesuffix("的")
    return any(said in map(plain, (each.community.name, *each.community.aliases)) for each in found)


async def only_a_place(text: str, back_office: BackOffice) -> Place | None:
    """The place, if `text` is nothing but an address: a community the records know, and a dwelling in it."""
    if not names_a_dwelling(text):
        return None  # most messages: the records need not be asked
    said = plain(text)
    for place in await find_places(text, back_office):
        names = (place.community.name, *place.community.aliases)
        head = _AT_HOME.sub("", said.removesuffix(place.rest))
        if place.dwelling and is_only_dwelling(place.rest) and head in map(plain, names):
            return place
    return None


def looks_like_an_address(text: str) -> bool:
    """An estate's name, known to the records or not, and a dwelling behind it, and nothing else."""
    name = _ESTATE.match(plain(text)) if names_a_dwelling(text) else None
    return name is not None and is_only_dwelling(plain(text)[name.end() :])


def names_a_community(text: str) -> bool:
    """Whether the words name a community, known to the records or not: what is remembered is then not meant."""
    words = _AROUND_A_NAME.sub("，", text)
    return any(not _ANY_COMMUNITY.fullmatch(found.group()) for found in _COMMUNITY_NAME.finditer(words))


def is_no_name(text: str) -> bool:
    """Whether the words tell something ("我在外地上班不方便", "没有 我就问问"): no community is called so."""
    said = _AROUND_A_NAME.sub("", normal(text))
    return not names_a_community(text) and (only_asks(text) or tells_detail(text) or _TALKS.search(said) is not None)


def which_community(places: list[Place]) -> Say:
    names = tuple(place.community.name for place in places)
    return replace(say("utter_which_community", communities="、".join(names)), buttons=names)


async def find_account(text: str, back_office: BackOffice) -> tuple[str, Account | None]:
    """The account whose number stands in `text`, and the number as stated; ("", None) if there is no number."""
    stated = digit_runs(text, SHORTEST_ACCOUNT_NUMBER)
    for number in stated:
        if account := await back_office.account(number):
            return number, account
    stated = digit_runs(without_phone(text), SHORTEST_ACCOUNT_NUMBER)
    return (stated[0], None) if stated else ("", None)


@dataclass(frozen=True)
class Match:
    """What a customer named, and the one account it leads to, if any."""

    #: "户号" or "地址".
    what: str
    stated: str
    account: Account | None = None
    #: The address fits several accounts, or does not say all of community, building, unit and room.
    unclear: bool = False
    #: Id of the community that the address names, or that was named before.
    community: str | None = None
    #: The dwelling in it, where one account was found by it.
    dwelling: str = ""


def remembered(match: Match) -> dict[str, str | None]:
    """The matched address, for other dialogues and for corrections of a part of it."""
    return {"community": match.community, "address": match.dwelling} if match.dwelling else {}


def not_matched(match: Match) -> Signal:
    """What the agent gets to know of a number or address that led to no account."""
    return account_not_matched(match.stated) if match.what == "户号" else collected({"地址（未核对上）": match.stated})


async def match_account(text: str, back_office: BackOffice, community_before: str | None = None) -> Match | None:
    """The account that a number or an address in `text` leads to; None when `text` holds neither.

    An address without a community is looked for in the one that was named before.
    """
    number, account = await find_account(text, back_office)
    # "2号楼1单元101 1180" is a room and a reading, and no number in two pieces.
    in_pieces = account is None and number not in text and names_a_dwelling(text)
    if number and not in_pieces:
        return Match("户号", number, account)
    text = _BY_ITSELF.sub("", text)
    places = await find_places(text, back_office)
    if not names_a_dwelling(text) and not (places and dwelling(places[0].rest)):
        return None
    before = await back_office.community(community_before) if community_before and not places else None
    found = await back_office.find_accounts(f"{before.name}{text}" if before else text)
    community = places[0].community.id if len(places) == 1 else community_before
    parts = len(dwelling(text))
    villa = parts == 1 and _VILLA.search(plain(text)) is not None
    if len(found) == 1 and (parts >= FEWEST_PARTS or villa):
        said = dwelling_in(text, places[0].community) if len(places) == 1 else normal(text)
        return Match("地址", normal(text), found[0], community=community, dwelling=said)
    incomplete = community is None or parts < PARTS_OF_A_DWELLING
    return Match("地址", normal(text), unclear=bool(found) or incomplete, community=community)


async def lives_at(account: Account, stated: str, back_office: BackOffice) -> bool:
    """Whether the stated address, with or without the community's name, is this account's."""
    community = await back_office.community(account.community_id)
    spellings = [stated] if community is None else [stated, f"{community.name}{stated}"]
    found = [await back_office.find_accounts(spelling) for spelling in spellings]
    return any([each.number for each in accounts] == [account.number] for accounts in found)


async def home_of(account: Account, stated: str, back_office: BackOffice) -> dict[str, str | None]:
    """The account's address in the customer's own words, for other dialogues; nothing if `stated` does not hold it."""
    community = await back_office.community(account.community_id)
    said = dwelling_in(normal(stated), community) if community else ""
    told = said and await lives_at(account, stated, back_office)
    return {"community": account.community_id, "address": said} if told else {}


_SHORTEST_ROOM = 3
_PART_WORDS = {"part": "期", "building": "号楼", "unit": "单元", "room": "室", "floor": "层"}


def corrected_dwelling(before: str, stated: str) -> str:
    """The dwelling after a correction that may name a part of it only: "3号楼2单元502" and "是5号楼" are 5-2-502."""
    old = {part.kind or "room": part.value for part in dwelling(before)}
    new = {part.kind or "room": part.value for part in dwelling(stated)}
    vague = any(part.kind is None and len(part.value) < _SHORTEST_ROOM for part in dwelling(stated))
    if not new or vague or not new.keys() < old.keys() or not old.keys() <= _PART_WORDS.keys():
        return stated
    return "".join(f"{value}{_PART_WORDS[kind]}" for kind, value in {**old, **new}.items())
