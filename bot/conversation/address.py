"""Finds the address in what a frightened customer writes, and understands yes, no and "不对，是502"."""

import re
from enum import Enum

_NUMBER = r"[0-9零一二三四五六七八九十百两]+"
_UNIT = r"(?:号楼|号院|栋|幢|座|单元|门栋|室|户|号|楼|层|#)"
_PLACE = (
    r"(?:小区|花园|家园|公寓|新村|新城|社区|大院|家属院|宿舍|别墅|嘉园|名苑|苑|府|庄|村|镇|大道|路口|路|街|巷|弄|胡同|"
    r"广场|大厦|商场|超市|市场|学校|小学|中学|幼儿园|医院|酒店|饭店|餐厅|银行|公园|工地|桥|加油站|车站|地铁站|门口)"
)
_NEAR = r"(?:对面|旁边|附近|后面|前面|东侧|西侧|南侧|北侧|交叉口)"

_NUMBERED = re.compile(rf"(?:{_NUMBER}|[A-Za-z])\s*{_UNIT}|[0-9]+\s*[-－—]\s*[0-9]+(?:\s*[-－—]\s*[0-9]+)?")
_PLACED = re.compile(rf"[一-鿿A-Za-z0-9]{{1,12}}?{_PLACE}{_NEAR}?|[一-鿿]{{2,10}}{_NEAR}")
#: Between two parts of one address.
_JOINT = re.compile(r"[\s,，、。.]{0,3}(?:的|就是|是)?[A-Za-z]?(?:[0-9]{1,5})?")
_AT_THE_END = re.compile(rf"(?:[\s,，、-]{{0,2}}[0-9]{{2,4}}(?![0-9元块分点])|路口|口|[东南西北]门|门口|{_NEAR})?")
#: A name without a mark, right before a number: "平安里12号楼".
_NAME_BEFORE = re.compile(r"[一-鿿]{2,12}$")
_LEAD_IN = re.compile(
    r"^.*?(?:地址是|地址在|地址[:：]|位置是|位置在|就在|住在|我们?是|我家在|我们家在|家在|在|我家住|我家|我住|我们|这里是|这边是|这是|师傅|你好|您好|喂|漏气|有味)+[,，:：\s]*"
)
_NOT_AN_ADDRESS = re.compile(r"[?？!！]|怎么|快|救命|害怕|多久|什么|谁|为什么|不知道|说不清|来人|谢谢|好的|没有|漏|味")
_TAIL = re.compile(r"[，,。.！!；;\s]+$")


class Confirmation(Enum):
    YES = "yes"
    NO = "no"


_YES = re.compile(r"^(?:嗯+|恩+|对+|是|是的|没错|正确|确认|确定|可以|好|好的|行|ok|yes|y|1|👌|就是|没问题)", re.IGNORECASE)
_NO = re.compile(r"不对|不是|错了|写错|不正确|有误|^no\b|^n$|^不$", re.IGNORECASE)


def confirmation(text: str) -> Confirmation | None:
    """Whether the customer says yes or no to a read-back; None if neither."""
    said = text.strip()
    if _NO.search(said):
        return Confirmation.NO
    return Confirmation.YES if _YES.match(said) else None


def address_in(text: str) -> str | None:
    """The address a message holds, without what stands around it; None if it holds none."""
    parts = sorted(
        (match.span() for pattern in (_PLACED, _NUMBERED) for match in pattern.finditer(text)), key=lambda span: span[0]
    )
    if not parts:
        return None
    start, end = parts[0]
    for next_start, next_end in parts[1:]:
        if next_start <= end or _JOINT.fullmatch(text, end, next_start):
            end = max(end, next_end)
    name = _NAME_BEFORE.search(text, 0, start)
    start = name.start() if name else start
    rest = _AT_THE_END.match(text, end)
    end = rest.end() if rest else end
    found = _LEAD_IN.sub("", text[start:end])
    return _TAIL.sub("", found) or None


def is_exact(address: str) -> bool:
    """Names a house or a flat, not only a compound or a street."""
    return _NUMBERED.search(address) is not None or re.search(r"[0-9]{2,}", address) is not None


def free_address(text: str) -> str | None:
    """What may be an address although it has no mark of one ("锦绣江南南门"): short, and no cry or question."""
    said = _TAIL.sub("", _LEAD_IN.sub("", text.strip()))
    return said if 2 <= len(said) <= 40 and not _NOT_AN_ADDRESS.search(text) else None


def completed(address: str, addition: str) -> str:
    """A further part ("3号楼501") joined to the compound named before; a whole new address replaces it."""
    return addition if not address or _PLACED.search(addition) else address + addition


def corrected(address: str, text: str) -> str | None:
    """The address after a correction: "不对，是502", "不是3号楼是4号楼", or a whole new address; None if there is none."""
    said = re.split(r"(?:应该)?(?:是|在)", text)[-1]
    whole = address_in(said)
    if whole and _PLACED.search(whole):
        return whole
    result = address
    for match in re.finditer(rf"({_NUMBER})\s*({_UNIT})", said):
        pattern = re.compile(rf"{_NUMBER}\s*{re.escape(match[2])}")
        result = pattern.sub(match[0], result, count=1) if pattern.search(result) else result + match[0]
    if result != address:
        return result
    bare = re.search(r"[0-9]{1,5}", said)
    if bare is None:
        return None
    numbers = list(re.finditer(r"[0-9]+", address))
    if not numbers:
        return address + bare[0]
    last = numbers[-1]
    return address[: last.start()] + bare[0] + address[last.end() :]
