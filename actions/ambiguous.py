"""A community's name that fits several ("阳光花园"): which one is asked, and remembered until it is said."""

from collections.abc import Sequence

from actions.places import Place, find_places, which_community
from actions.turns import Slots, Step
from bot.domain.gas import Community
from bot.domain.places import own_part, plain
from bot.ports import BackOffice

#: The slot with the ids of the communities that the customer's words fitted.
NAMED = "communities_named"


def ask_which(places: Sequence[Place], ask: str) -> Step:
    """The question for slot `ask`, with the names as buttons."""
    named = [each.community.id for each in places]
    return Step(ask=ask, learnt={NAMED: named}, says=(which_community([*places]),), question_said=True)


async def find_named(text: str, slots: Slots, back_office: BackOffice) -> list[Place]:
    """As `find_places`; of several the one that was among those asked about ("一期")."""
    places = await find_places(text, back_office)
    among = [each for each in places if each.community.id in (slots.get(NAMED) or ())]
    if not places and (named := _by_its_own_part(text, await still_open(slots, back_office))):
        return await find_places(f"{named.name}{plain(text).removeprefix(own_part(named.name))}", back_office)
    return among if len(among) == 1 else places


def _by_its_own_part(text: str, places: Sequence[Place]) -> Community | None:
    """The one whose part is all that is said before the dwelling: "二期 7号楼2单元202"."""
    fitting = [
        each.community for each in places if (part := own_part(each.community.name)) and plain(text).startswith(part)
    ]
    return fitting[0] if len(fitting) == 1 else None


async def only_a_name(text: str, back_office: BackOffice) -> list[Place]:
    """The communities whose name, or a part of it, is all that `text` says."""
    places = await find_places(text, back_office)
    names = ((each.community.name, *each.community.aliases) for each in places)
    return places if all(any(plain(text) in plain(name) for name in of_one) for of_one in names) else []


async def still_open(slots: Slots, back_office: BackOffice) -> list[Place]:
    """The communities among which the customer has yet to choose."""
    found = [await back_office.community(each) for each in slots.get(NAMED) or ()]
    return [Place(each) for each in found if each]


def by_name(text: str, community: Community) -> str:
    """`text` with the community's whole name, so that nobody has to ask again."""
    return text if community.name in text else f"{community.name}{text}"
