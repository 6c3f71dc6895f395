"""Short sentences that a dialogue answers by patterns, whatever the model takes them for. Pure.

What a customer tells of what he was just advised on ("没穿工作服", "那我不开门了"), and what he asks that names a part
of the matter in hand ("那改装要钱不" in a start-up).
"""

import re
from collections.abc import Mapping

from actions.understanding import is_question, normal

_LONGEST = 24
_CLAUSE = re.compile("[,。!?; ]+(?=.)")


def afterthought(text: str, known: Mapping[str, str]) -> str | None:
    """The response to the first of the `known` patterns that a short statement fits."""
    return None if is_question(text) else _known(text, known)


def own_question(text: str, known: Mapping[str, str]) -> str | None:
    """The response to the first of the `known` patterns that a short question fits."""
    return _known(text, known) if is_question(text) else None


def last_clause(text: str) -> str:
    """Of a message that is too long to be a short question, the last clause may be one."""
    words = normal(text)
    return _CLAUSE.split(words)[-1] if len(words) > _LONGEST else text


def _known(text: str, known: Mapping[str, str]) -> str | None:
    words = normal(text)
    if len(words) > _LONGEST:
        return None
    return next((response for pattern, response in known.items() if re.search(pattern, words)), None)
