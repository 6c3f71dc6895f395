"""An address in the customer's own words: with a community the records know, or somewhere else."""

import re
from dataclasses import dataclass

from actions.contacts import without_phone
from actions.places import FEWEST_PARTS, LONGEST_PLACE, corrected_dwelling, find_places, which_community
from actions.turns import Say, Slots, say
from actions.understanding import is_question, normal
from bot.domain.places import dwelling, is_only_dwelling, plain
from bot.ports import BackOffice

#: A place without a community: its marks, and how many make an address.
_PLACE = re.compile("[路街巷道村镇乡组院区苑园庭楼厦号弄旁边对面]")
_ENOUGH = 2
#: A number so long is a room, and needs its building: "12号" may be a villa, "501" may not.
_ROOM_DIGITS = 3
#: What is said behind the last number of a dwelling is no part of it.
_HOUSE = re.compile(r"^(.*\d(?:号楼|[号栋幢座室户层楼门]|单元)?).*$")
_LEAD_IN = re.compile(
    "^(不对|不是|[说写打报搞弄记填]?错了?|应该是|改[成为]|更正|等(一?下|等|会儿?)|哎呀?|[哦噢啊呃]|那个|刚[才刚]"
    "|我[说报写]的|房[间号]|我家|我们?|家|地址|住|就|是|在|的|[,，:：。 ])*"
)
#: "3号楼2单元501 不是502哈".
_DENIED = re.compile(
    r"(?:(?<=[ ,，。;；])|^)(?:后面|前面)?(?:那个)?不(?:是|要)(?![的啊呀哦])[^ ,，。;；]*?\d[^ ,，。;；]*"
)
#: "把刚登记的那个单子地址改成501".
_CHANGED_TO = re.compile("^.*[改换](成|为|到)")
_CLAUSE = re.compile("[ ,，。;；!！]+")


@dataclass(frozen=True)
class StatedAddress:
    """An address as far as the customer's words make one up."""

    address: str | None = None
    #: Id of the community, if they name one that is known, and the dwelling in it.
    community: str | None = None
    dwelling: str | None = None
    #: What to say when the address is not whole.
    missing: Say | None = None

    def memory(self) -> Slots:
        """What other dialogues need not ask again."""
        if self.community is None:
            return {}
        return {"community": self.community} | ({"address": self.dwelling} if self.dwelling else {})


async def address_in(
    text: str, back_office: BackOffice, community_before: str | None = None, *, asked_again: bool = False
) -> StatedAddress | None:
    """The address a customer states; None when there is none in `text`.

    A dwelling without a community is taken to lie in the one named before. Somewhere the records do not know is
    accepted as it is said: the technician finds it.
    """
    words = _DENIED.sub(" ", normal(without_phone(text))).strip(" ,。")
    places = await find_places(words, back_office) if len(words) <= LONGEST_PLACE else []
    if len(places) > 1:
        return StatedAddress(missing=which_community(places))
    if places:
        return await _in_community(places[0].community.id, places[0].rest, back_office, asked_again)
    elsewhere = _LEAD_IN.sub("", words)
    if "一会" in elsewhere:  # "火一会大一会小" holds no house number
        return None
    if re.match(r"[a-z]?\d|底商|商铺|门面|店面", plain(elsewhere)) and dwelling(elsewhere):
        if community_before is None:
            return StatedAddress(missing=say("utter_visit_which_community"))
        return await _in_community(community_before, elsewhere, back_office, asked_again)
    marks = len(dwelling(elsewhere)) + (_PLACE.search(elsewhere) is not None) + asked_again
    return StatedAddress(address=elsewhere) if marks >= _ENOUGH and not is_question(elsewhere) else None


async def _in_community(
    community_id: str, rest: str, back_office: BackOffice, asked_again: bool
) -> StatedAddress | None:
    community = await back_office.community(community_id)
    if community is None:
        return None
    house = _HOUSE.sub(r"\1", plain(_LEAD_IN.sub("", rest)))
    address, parts = f"{community.name}{house}", dwelling(house)
    number = len(parts) == 1 and parts[0].kind is None and len(parts[0].value) < _ROOM_DIGITS
    villa = number and is_only_dwelling(house)  # "来修一下" holds no house number
    if len(parts) >= FEWEST_PARTS or villa or (parts and asked_again):
        return StatedAddress(address, community_id, house)
    return StatedAddress(None, community_id, missing=say("utter_visit_which_house", community=community.name))


async def part_corrected(before: str, text: str, back_office: BackOffice) -> StatedAddress | None:
    """ "是5号楼": the address with the part that is named replaced; None when that is not what is said."""
    places = await find_places(before, back_office)
    part = _dwelling_alone(text)
    if len(places) != 1 or not part:
        return None
    house = corrected_dwelling(places[0].rest, part)
    if house == part and len(dwelling(part)) < FEWEST_PARTS:
        return None
    community = places[0].community
    return StatedAddress(f"{community.name}{house}", community.id, house)


def _dwelling_alone(text: str) -> str:
    """The clauses that name a dwelling and nothing else, what is denied left out: "3号楼2单元501 不是502哈"."""
    words = _DENIED.sub(" ", normal(without_phone(text)))
    clauses = [_LEAD_IN.sub("", _CHANGED_TO.sub("", clause)) for clause in _CLAUSE.split(words.strip(" ,。"))]
    return "".join(plain(clause) for clause in clauses if dwelling(clause) and is_only_dwelling(clause))
