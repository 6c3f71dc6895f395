"""The address in what a frightened customer writes, put together from several answers and corrections."""

import re

from bot.conversation import address_words as words
from bot.conversation.address_parts import IN_STREET, SHOP, Address, Part, PartKind, find, has_place, plain, render

#: Parts that tell a house from its neighbours; a floor or a zone does not.
_EXACT = (PartKind.HOUSE, PartKind.BUILDING, PartKind.UNIT, PartKind.ROOM)

_LEAD_IN = re.compile(
    r"^(?:.*?(?:地址|位置|地点|坐标|定位)(?:是|在|就是|[::])?|.*?(?:住在|就在|家在|我在|人在)|(?:[我你他她]们?|闺女|女儿|儿子|老[人妈爸]|爸妈|父母|[我他她]?[爸妈]){1,2}家?(?:就|是)?住|(?:我们?家?|就?是|在|那就写|写)+)[,,、:\s]*"
)
_NOT_AN_ADDRESS = re.compile(
    r"[?!]|怎么|快|救命|害怕|多久|什么|谁|为什么|不知道|不清楚|说不清|来人|谢|好的|没有|漏|味|关了|开了|出来|等|急|晕|着火|电话|阀门|窗|吗|呢|吧$|了$|为啥|干[嘛啥]|咋|想|老地方|老样子|外地|出差|上次|上回|[这那]一?家[的啊呀]?$|让你们|别来"
    # "我凭啥告诉你", "不想说": who will not tell
    "|凭[啥什]|告[诉知]|别管|管我|不管|不(?:愿|肯|方便|说|给)|隐私|派人|少废话|问这么多|要你管"
    # "在我妈家": whose home it is, not where
    "|^[就是在]*(?:[我俺咱他她]们?)?(?:爸妈?|妈妈?|爷爷?|奶奶?|姥[姥爷]|外[婆公]|公公|婆婆|岳[父母]|闺女|女儿|儿子|哥哥?|姐姐?|弟弟?|妹妹?|姑姑?"
    "|舅舅?|叔叔?|亲戚|朋友|同[事学]|邻居|老人)?们?(?:家里?|屋里)$"
)
_TALK = re.compile(words.NOISE)
#: A name may hold one word of talk or of a thing ("那个土坡"); with two it is a sentence.
_MOST_TALK = 1
#: Ends the name of a compound that has no plainer mark ("星河湾", "未来城").
_NAME_LIKE = re.compile("[一-鿿A-Za-z0-9]{1,9}(?:[湾城府苑园庭轩阁郡墅邸都港里坊寓馆厦寨堡]|天地|世纪|国际|江南|半岛)$")
#: "我在5号楼门口等": where the customer is now, not where the gas leaks.
_WAITING = re.compile("等|站在|跑到|躲|走到|[在到](?:了)?(?:小区)?(?:外面|楼下|室外|门口|马路|大门)")
#: "就菜市场那边", "学校后门": a landmark, of which every town has several.
_COMMON_PLACE = re.compile(
    f".{{0,2}}?((?!小区|社区){words.ENDS_A_NAME}(?<![路街道巷]){words.SPOT}?)[那这]?(?:边|里|儿|块|头|一带)?"
)
#: "西门" for "东门口": the same place from another side.
_SIDE = re.compile("(?:[东西][南北]|[东南西北正后前侧大])门口?|[0-9A-D一二三四]号门|[A-D]口|[东南西北][侧边头]")
#: "501": fewer digits may count anything.
_SHORTEST_FLAT = 3
_NOTHING_TOLD = re.compile(
    r"谢谢|多谢|感谢|麻烦|辛苦|好的?|嗯+|对|是的?|行|可以|知道|明白|收到|快点?|赶紧|赶快|马上|来人?|过来|你们?|您|我|等|着|了|吧|啊|呀|呢|哈|的|[\s\W]"
)
_FEWEST_TOLD = 3
_EITHER = re.compile(r"[0-9]{1,4}(?:室|号楼?|单元|楼|栋)?(?:还是|或者?)[0-9]{1,4}(?=室|号|单元|楼|栋|[^0-9]|$)")
_DOUBTED = re.compile("还是|搞不清|弄不清|不清楚|不确定|记不清|记不得|不知道|或者|可能|好像")
_CLAUSES = re.compile(r"[,.!;。!;\s]+")
#: "院里" is no name.
_SHORTEST_NAME = 3
_TAIL = re.compile(r"的?[,.!;、。~\s]*$")

#: "不是3号楼" is what it is not; "楼号错了" names what was wrong.
_DENIED = re.compile(
    r"不是(?!的) ?[^,.;!? 是]{0,40}"
    r"|[^,.;!?\s是]{0,12}?(?<!没)(?<!没有)(?:写|打|搞|弄|说)?错[了啦]?"
    r"|[^,.;!?\s是]{0,12}?(?:不对|有误|不正确)"
    # "5号楼是我姐家"
    r"|(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})(?:号楼|栋|幢|座|单元)是(?:[我他她]|人家|别人|邻居|亲戚|朋友)[^,.;!?\s]{0,4}"
)

_NOT_THIS_STREET = re.compile("不是([^,.;!? 是]{1,8}?(?:路|街|道|巷))")


def address_in(text: str) -> str | None:
    """The address a message holds, without what stands around it; None if it holds none."""
    return render(find(text)) or None


def is_exact(address: str) -> bool:
    """Names a house or a flat at a named place: enough to send somebody."""
    parts = find(address)
    numbered = has_place(parts) and any(part.kind in _EXACT for part in parts)
    return numbered or _names_shop([part.text for part in parts if part.kind is PartKind.PLACE])


def _names_shop(places: list[str]) -> bool:
    """ "和顺东街麻辣烫店": a shop in a street."""
    return len(places) > 1 and any(IN_STREET.search(each) for each in places) and any(map(SHOP.search, places))


def names_place(address: str) -> bool:
    """Names a compound, a street or a landmark: somebody can at least go there."""
    return has_place(_parts(address)) if address else False


def free_address(text: str, *, asked_again: bool) -> str | None:
    """What may be an address although it has no mark of one: short, and no cry or question.

    At the first time of asking only what ends like a name ("星河湾"), later anything ("老槐树底下"). Of several clauses
    ("我在门口站着呢 阳光城") only such a name counts.
    """
    said = plain(text.strip())
    whole = _free(said, asked_again=asked_again)
    clauses = _CLAUSES.split(said) if whole is None else []
    names = (_free(each, asked_again=False) for each in reversed(clauses))
    return whole or next((name for name in names if name and len(name) >= _SHORTEST_NAME), None)


def _free(said: str, *, asked_again: bool) -> str | None:
    if _NOT_AN_ADDRESS.search(said):
        return None
    name = _TAIL.sub("", _LEAD_IN.sub("", said))
    if not asked_again and not _NAME_LIKE.fullmatch(name):
        return None
    if len(_TALK.findall(name)) > _MOST_TALK:
        return None
    return name if 2 <= len(name) <= 40 else None


def names_part_of(address: str, text: str) -> bool:
    """Whether what is left of the text without its denials is all part of `address`: "不对不对 我家3号楼"."""
    new = find(_DENIED.sub(",", plain(text)), numbers_alone=True)
    return bool(new) and set(new) <= set(_parts(address))


def adds_to(address: str, whole: str) -> bool:
    """Whether `whole` is `address` with more of it, and nothing of it changed."""
    return set(_parts(address)) <= set(_parts(whole))


def adds_number(address: str, whole: str) -> bool:
    """Whether `whole` is `address` with a building, unit or room more, and nothing else: "我妈送医院了" names none."""
    more = set(_parts(whole)) - set(_parts(address))
    return adds_to(address, whole) and all(part.kind in _EXACT for part in more)


def is_in_doubt(text: str) -> bool:
    """ "402还是302 我搞不清": no number to go by."""
    return _DOUBTED.search(text) is not None


def without_doubtful(text: str) -> str:
    """ "402还是302 我搞不清 就是三楼": neither number, only the floor."""
    return _EITHER.sub(" ", text)


def names_flat(address: str, text: str) -> bool:
    """Whether the text only adds the flat to the building of `address`."""
    new = find(text, numbers_alone=True)
    kinds = {part.kind for part in _parts(address)}
    is_flat = not has_place(new) and any(part.kind is PartKind.ROOM for part in new)
    return is_flat and PartKind.BUILDING in kinds and PartKind.ROOM not in kinds


def landmark_in(text: str) -> str | None:
    """A landmark without a name ("菜市场", "学校后门"): worth keeping, not enough to go there."""
    said = _TAIL.sub("", plain(text.strip()))
    found = _COMMON_PLACE.fullmatch(_LEAD_IN.sub("", said)) if not _NOT_AN_ADDRESS.search(said) else None
    return found[1] if found else None


def completed(address: str, addition: str) -> str:
    """What was said before and what is said now as one address: "3号楼501" joins the compound named before."""
    known, new = _parts(address), find(addition, numbers_alone=True)
    if not new:
        return address or addition
    if not known:
        return render(new)  # as it was said: "和平路菜市场对面 幸福小区门口"
    if not has_place(new):
        return render(_merged(known, new))
    if has_place(known):
        return render(new if _is_whole(new) else _with_places(known, _places(known, new)))
    return render(_with_places(_merged(known, new), new))


def addition_in(address: str, text: str) -> str | None:
    """`address` with what an answer to "which house?" adds to it ("501", "三单元"); None if that is nothing."""
    new = find(text, numbers_alone=True)
    if not new:
        return None
    whole = completed(address, text)
    return whole if whole != address else None


def corrected(address: str, text: str) -> str | None:
    """The address after "不对，是502", "不是3号楼是4号楼" or a whole new one; None if the message changes nothing."""
    said = _DENIED.sub(",", plain(text))
    new = find(said, numbers_alone=True)
    if not new:
        return _from_another_side(address, said)
    if len(new) == 1 and re.fullmatch("[0-9]{1,2}", new[0].text):
        return None  # "是4": which of the numbers?
    if street := _other_street(address, text, new):
        return street
    known = _parts(address)
    moved = new if _is_whole(new) else _with_places(known, new)
    whole = moved if has_place(new) else _merged(known, new)
    return render(whole) if whole != known else None


def _other_street(address: str, text: str, new: Address) -> str | None:
    """ "不是中山路 是中原路" of 中山路菜市场门口: what stands there stays."""
    denied = _NOT_THIS_STREET.search(plain(text))
    only_a_street = len(new) == 1 and not _is_within_street(new[0])
    return address.replace(denied[1], new[0].text) if denied and denied[1] in address and only_a_street else None


def says_it_again(address: str, text: str) -> bool:
    """Whether the text is the address itself, or denies another side of it ("是西门不是东门" of 阳光花园西门)."""
    if _TAIL.sub("", _LEAD_IN.sub("", plain(text.strip()))) == plain(address):
        return True
    said = _DENIED.sub(",", plain(text))
    known, named = _SIDE.search(address), _SIDE.search(said)
    same = known is not None and named is not None and named[0].rstrip("口") == known[0].rstrip("口")
    return same and said != plain(text)


def _from_another_side(address: str, said: str) -> str | None:
    known, named = _SIDE.search(address), _SIDE.search(said)
    if known is None or named is None or named[0].rstrip("口") == known[0].rstrip("口"):
        return None
    return address[: known.start()] + named[0] + address[known.end() :]


def is_another(address: str, text: str) -> bool:
    """Whether a message is only another address ("阳光花园西门" where 东门 was told), or the flat that was missing."""
    said = _TAIL.sub("", _LEAD_IN.sub("", plain(text.strip())))
    parts = find(said, numbers_alone=True)
    flat = len(said) >= _SHORTEST_FLAT and not any(part.kind is PartKind.ROOM for part in find(address))
    whole = render(parts) == said and (has_place(parts) or flat)
    return whole and said not in address and corrected(address, said) is not None


def extended(address: str, text: str) -> str | None:
    """The address after what is told besides, without a denial: "和顺东街上" to "二小对面" is 和顺东街二小对面."""
    known, new = _parts(address), find(text)
    before, named = ([part for part in parts if part.kind is PartKind.PLACE] for parts in (known, new))
    if before and named and before[0].text in named[0].text:  # "中山路", then "中山路菜市场门口"
        before = []
    places = [*before, *named]
    streets = [part for part in places if not _is_within_street(part)]
    one_each = (len(before), len(named), len(streets)) == (1, 1, 1)
    if not one_each or _is_whole(known) or _is_whole(new):
        return corrected(address, text)
    spots = [part for part in (*known, *new) if part.kind is PartKind.SPOT]
    return render((*sorted(places, key=_is_within_street), *spots[:1]))


def tells_more(text: str) -> bool:
    """Whether anything is told besides a yes, a thank you and a call to hurry."""
    return len(_NOTHING_TOLD.sub("", plain(text))) >= _FEWEST_TOLD


def tells_of_waiting(text: str) -> bool:
    """A place in it may be where the customer waits for the crew."""
    return _WAITING.search(text) is not None


def _parts(address: str) -> Address:
    """The address taken apart; one without marks is a name as a whole."""
    found = find(address, numbers_alone=True)
    return found if render(found) == plain(address) else (Part(PartKind.PLACE, address),) if address else ()


def _is_whole(address: Address) -> bool:
    return has_place(address) and any(part.kind in _EXACT for part in address)


def _places(known: Address, new: Address) -> Address:
    """Where both name a place, a street and what stands in it are one ("人民路" and "幸福小区"): the street first."""
    said = "".join(part.text for part in new)
    before = [part for part in known if part.kind is PartKind.PLACE and part.text not in said]
    places = sorted((*before, *(part for part in new if part.kind is PartKind.PLACE)), key=_is_within_street)
    return (*places, *(part for part in new if part.kind is PartKind.SPOT))


def _is_within_street(part: Part) -> bool:
    return re.search(words.ROAD, part.text) is None


def _with_places(address: Address, new: Address) -> Address:
    """The address at the places of `new`: its numbers stay, what was near the old place goes."""
    kept = [part for part in address if part.kind not in (PartKind.PLACE, PartKind.SPOT)]
    places = sorted((part for part in new if part.kind is PartKind.PLACE), key=_is_within_street)
    return (*places, *kept, *(part for part in new if part.kind is PartKind.SPOT))


def _merged(known: Address, new: Address) -> Address:
    """Each new part in place of the old one of its kind, or where its kind belongs."""
    parts = list(known)
    for part in new:
        if part.kind is PartKind.PLACE:
            continue
        same = next((place for place, old in enumerate(parts) if old.kind is part.kind), None)
        if same is not None:
            parts[same] = _worded(parts[same], part)
        else:
            before = [place for place, old in enumerate(parts) if old.kind < part.kind]
            parts.insert(before[-1] + 1 if before else 0, part)
    return tuple(parts)


def _worded(old: Part, new: Part) -> Part:
    """ "502" in place of "501室" is "502室"."""
    word = re.search(r"[^0-9A-Za-z零〇一二两三四五六七八九十百幺]+$", old.text)
    bare = re.fullmatch(r"[0-9A-Za-z零〇一二两三四五六七八九十百幺]+", new.text)
    return Part(new.kind, new.text + word[0]) if word and bare else new
