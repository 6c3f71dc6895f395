"""What a sign of an emergency is: a sort and a pattern. The signs are in `emergency_signs` and `emergency_scenes`."""

import re
from dataclasses import dataclass
from enum import Enum


class Sort(Enum):
    #: Gas, its odorant or a part of a gas installation is named: water that leaks nearby does not explain it.
    LEAK = "leak"
    #: 漏 without a word of what leaks.
    BARE_LEAK = "bare leak"
    #: A pipe that hisses or is broken, without a word of what is in it.
    PIPE = "pipe"
    #: A smell nobody names.
    VAGUE_SMELL = "vague smell"
    ALARM = "alarm"
    POISONING = "poisoning"
    COLLAPSE = "collapse"
    UNWELL = "unwell"
    #: Unwell in words that say nothing unless something burns in a closed room.
    FRAIL = "frail"
    FIRE = "fire"


@dataclass(frozen=True)
class Sign:
    sort: Sort
    pattern: re.Pattern[str]


def sign(sort: Sort, *patterns: str) -> Sign:
    return Sign(sort, re.compile("|".join(patterns)))
