"""A question with a few possible answers: which one the customer means, typed or sent by a button."""

import re
from collections.abc import Mapping, Sequence

from actions.understanding import normal

#: Where people are fed for money.
EATERY = "饭[店馆铺]|[面酒菜粉]馆|[饺包]子[馆店铺]|馆子|餐[饮馆厅]|小吃|火锅|烧烤|早餐|奶茶|快餐|麻辣烫|卤味|米线"
#: Patterns by the value that is remembered. A button sends text that exactly one of them fits.
type Choices = Mapping[str, str]


def chosen(text: str, choices: Choices) -> str | None:
    """The one choice whose words are in the text; None if it is none, or more than one."""
    found = [value for value, words in choices.items() if re.search(words, normal(text).lower())]
    return found[0] if len(found) == 1 else None


def any_of(words: Sequence[str]) -> str:
    """A pattern that fits any of these words of the company profile."""
    return "|".join(re.escape(word.lower()) for word in words)
