"""A burner out of order: a yellow flame soots, one that strikes back bangs. Nothing burns that should not.

It is a matter for a repair. A yellow flame can make carbon monoxide: who feels unwell beside it reports that.
"""

import re

_SMOKES = re.compile("冒?[^，]{0,2}烟|回火")
_YELLOW = re.compile("火[苗焰头]?[是都有还也的]{0,2}[发偏带]?[黄红]|[黄红]火|回火")
_BURNS_ELSEWHERE = re.compile(
    "着火|起火|失火|着了|烧[到着起了穿没上]|浓烟|大烟|炸|满屋|屋里都|呛|火大|[窗门楼]里?[^，]{0,3}冒|扑|救|跑|漏|味"
)
#: So much behind a sign belongs to it: "冒" and the smoke.
_NEXT = 3


def is_burner_at_fault(found: str, after: str, around: str) -> bool:
    """Whether a sign (`found`, the clause `after` it, what stands `around` it) is only that of a bad flame."""
    smokes = _SMOKES.search(found + after[:_NEXT])
    return smokes is not None and _YELLOW.search(around) is not None and _BURNS_ELSEWHERE.search(around) is None
