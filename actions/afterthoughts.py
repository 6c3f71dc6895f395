"""What a customer tells of what he was just advised on ("没穿工作服", "那我不开门了"): answered by patterns. Pure."""

import re
from collections.abc import Mapping

from actions.understanding import is_question, normal

_LONGEST = 24


def afterthought(text: str, known: Mapping[str, str]) -> str | None:
    """The response to the first of the `known` patterns that a short statement fits."""
    words = normal(text)
    if is_question(words) or len(words) > _LONGEST:
        return None
    return next((response for pattern, response in known.items() if re.search(pattern, words)), None)
