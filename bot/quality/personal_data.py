"""Finds personal data in a reply: the customer states his data and staff confirm (S0 通话要求 2, 信息安全).

What the customer has written in this conversation himself may be repeated, and so may what is public: the company's
own addresses and telephones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.drafts import Concern, Finding
from bot.domain.gas import Account
from bot.domain.places import dwelling, fits, plain

WHY = "可能是用户的{what}：应由用户自己说出，我们只核对，不主动告知（在线客服信息安全要求）"

_FINDS = (
    ("身份证号", re.compile(r"(?<![\dA-Za-z])[1-9]\d{5}\s?(?:19|20)\d{6}\s?\d{3}[\dXx](?![\dA-Za-z])")),
    ("手机号", re.compile(r"(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")),
    ("电话号码", re.compile(r"(?<!\d)0\d{2,3}[\s-]?\d{7,8}(?!\d)")),
)
_FIGURE = "[0-9零一二三四五六七八九十百]{1,5}"
#: A building or unit with what follows, or a room by itself.
_DWELLING = re.compile(
    rf"{_FIGURE}\s?(?:号楼|栋|幢|单元)(?:[\s，,]?{_FIGURE}\s?(?:单元|楼|层))*(?:[\s，,]?{_FIGURE}\s?(?:室|户|号)?)?"
    rf"|{_FIGURE}\s?室(?!内|外|温)"
)
_DIGITS = re.compile(r"\D")
_TITLES = ("先生", "女士", "小姐", "大爷", "大妈", "阿姨")


@dataclass(frozen=True)
class Known:
    """What may be said of this customer, and what may not."""

    #: What the customer has written in this conversation.
    stated: Sequence[str] = ()
    #: What is public of the company: addresses and telephones.
    public: str = ""
    account: Account | None = None


def find_personal_data(text: str, known: Known) -> list[Finding]:
    """Pieces of `text` that look like a customer's data and were not stated by him, in the order of the text."""
    found: dict[tuple[int, int], str] = {}
    for what, (start, end) in (*_of_account(text, known), *_by_shape(text, known)):
        if not any(start < other_end and other_start < end for other_start, other_end in found):
            found[start, end] = what
    return [_finding(text, span, what) for span, what in sorted(found.items())]


def _finding(text: str, span: tuple[int, int], what: str) -> Finding:
    start, end = span
    why = WHY.format(what=what)
    return Finding(concern=Concern.PERSONAL_DATA, found=text[start:end], start=start, end=end, why=why)


def _by_shape(text: str, known: Known) -> Iterator[tuple[str, tuple[int, int]]]:
    said = [_DIGITS.sub("", each) for each in (*known.stated, known.public)]
    for what, shape in _FINDS:
        for match in shape.finditer(text):
            if not any(_DIGITS.sub("", match[0])[-11:] in digits for digits in said):
                yield what, match.span()
    public = plain(known.public)
    for match in _DWELLING.finditer(text):
        if plain(match[0]) not in public and not _stated_dwelling(match[0], known.stated):
            yield "地址", match.span()


def _stated_dwelling(piece: str, stated: Sequence[str]) -> bool:
    """The customer wrote the dwelling himself, in whatever spelling ("3-2-501" for 3号楼2单元501)."""
    told = dwelling(piece)
    return any(plain(piece) in plain(each) or fits(told, dwelling(each)) for each in stated)


def _of_account(text: str, known: Known) -> Iterator[tuple[str, tuple[int, int]]]:
    """The holder's name, also as 王先生, and the account's number."""
    account = known.account
    if account is None:
        return
    said = "\n".join(known.stated)
    names = (account.holder, *(account.holder[:1] + title for title in _TITLES))
    for what, words in (("姓名", names), ("户号", (account.number,))):
        for word in words:
            if word and word not in said:
                yield from ((what, match.span()) for match in re.finditer(re.escape(word), text))
