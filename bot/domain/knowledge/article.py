"""One article: a question customers ask, other ways of asking it, and the answer."""

import re
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain.company.base import Settings, Text

#: A longer question does not fit on a button.
LONGEST_QUESTION = 40


class Category(StrEnum):
    SAFETY = "安全用气"
    APPLIANCES = "灶具和热水器"
    METERS = "燃气表和读数"
    BILLS = "缴费和账单"
    ACCOUNTS = "开户和过户"
    REFITS = "装修和改造"
    SUPPLY = "供气和维修"
    BOTTLES = "瓶装液化气"
    SERVICE = "服务"


def _no_format(text: str) -> str:
    """{names} only: the facts of the company are filled in as they are."""
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text)]
    except ValueError:
        raise ValueError("花括号不成对；占位符应写成 {hotline} 这样") from None
    for name, spec, conversion in fields:
        if name is not None and (spec or conversion or not re.fullmatch(r"[a-z][a-z0-9_]*", name)):
            raise ValueError(f"占位符 {{{name}}} 里只能写小写英文名字")
    return text


class Article(Settings):
    """As it stands in data/knowledge/*.yml; the order of the keys there is the order here."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    question: Annotated[Text, Field(max_length=LONGEST_QUESTION)]
    wordings: tuple[Text, ...] = ()
    #: A blank line begins a new bubble. {names} are facts of the company (actions/facts.py).
    answer: Annotated[Text, AfterValidator(_no_format)]
    keywords: tuple[Text, ...] = ()
    category: Category
    #: Intents whose general answer this one replaces when it is sure to be what was asked.
    refines: tuple[Text, ...] = ()
    #: Intents behind whose answer, or in whose dialogue, `follow_ups` ask for this article.
    follows: tuple[Text, ...] = ()
    #: Ways of asking that name no subject ("我交了马上能开不"): they count behind the intents of `follows` only.
    follow_ups: tuple[Text, ...] = ()
    #: First and last day on which it holds, in the company's time zone; none means always.
    valid_from: date | None = None
    valid_to: date | None = None
    #: Where the answer comes from, for whoever has to check it.
    source: Text

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to 不能早于 valid_from")
        return self

    @model_validator(mode="after")
    def _follows_something(self) -> Self:
        if bool(self.follows) != bool(self.follow_ups):
            raise ValueError("follows 和 follow_ups 要么都写，要么都不写")
        return self

    def holds_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

    @property
    def names(self) -> frozenset[str]:
        """The facts that the answer names in braces."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.answer) if name is not None)

    @property
    def stands_alone(self) -> bool:
        """Whether it may be asked for out of the blue, and not only behind a subject."""
        return bool(self.wordings) or not self.follows

    @property
    def ways_to_ask(self) -> tuple[str, ...]:
        return (self.question, *self.wordings)
