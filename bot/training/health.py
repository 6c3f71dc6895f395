"""How healthy all the examples are: doubles across intents, imbalance, sentences of the test sets among them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import median

from bot.domain import intents
from bot.training.change_set import CROWDED
from bot.training.judged import Labelled
from bot.training.likeness import near_pairs, shape

#: An intent with fewer than this part (0 to 1) of the usual number of examples is often missed.
SCARCE = 0.5


@dataclass(frozen=True)
class Double:
    """Two examples that say nearly the same and mean different things."""

    one: Labelled
    other: Labelled
    #: Not only nearly.
    same: bool


@dataclass(frozen=True)
class Leak:
    example: Labelled
    #: The test set.
    name: str
    sentence: str


@dataclass(frozen=True)
class Health:
    examples: int
    usual: float
    doubles: tuple[Double, ...]
    #: Intents with far more, or far fewer, examples than usual: name and number.
    crowded: tuple[tuple[str, int], ...]
    scarce: tuple[tuple[str, int], ...]
    leaks: tuple[Leak, ...]
    #: Of the sets that are never quoted: an example that is nearly one of their sentences would give it away.
    unquoted_leaks: int


def examine(known: Sequence[Labelled], tried: Sequence[Labelled], sealed: Collection[str]) -> Health:
    """`tried`: the sentences of all test sets; `sealed`: the names of those that are never quoted."""
    counts = Counter(one.intent for one in known)
    usual = median(counts.values()) if counts else 0.0
    # All at once: whatever is near to whatever is found in one pass.
    everything = [*known, *tried]
    pairs = [(everything[i], everything[j], i, j) for i, j in near_pairs([one.text for one in everything])]
    border = len(known)
    doubles = [
        Double(one, other, shape(one.text) == shape(other.text))
        for one, other, _, j in pairs
        if j < border and one.intent != other.intent
    ]
    given_away = [Leak(one, other.name, other.text) for one, other, i, j in pairs if i < border <= j]
    leaks = [leak for leak in given_away if leak.name not in sealed]
    return Health(
        examples=len(known),
        usual=usual,
        doubles=tuple(doubles),
        crowded=tuple((name, number) for name, number in counts.most_common() if number > CROWDED * usual),
        scarce=tuple((name, number) for name, number in reversed(counts.most_common()) if number < SCARCE * usual),
        leaks=tuple(leaks),
        unquoted_leaks=len(given_away) - len(leaks),
    )


def health_lines(found: Health) -> list[str]:
    """For people (Chinese)."""
    lines = [f"共 {found.examples} 条例句，一般的意图约 {found.usual:.0f} 条。"]
    lines += [f"例句偏多：{intents.label(name)} {number} 条" for name, number in found.crowded]
    lines += [f"例句偏少：{intents.label(name)} {number} 条" for name, number in found.scarce]
    for each in found.doubles:
        how = "相同" if each.same else "几乎相同"
        one, other = each.one, each.other
        lines.append(
            f"{how}：“{one.text}”（{intents.label(one.intent)}）和“{other.text}”（{intents.label(other.intent)}）"
        )
    for leak in found.leaks:
        example = f"“{leak.example.text}”（{intents.label(leak.example.intent)}）"
        lines.append(f"和测试句几乎相同：{example}，{leak.name} “{leak.sentence}”")
    if found.unquoted_leaks:
        lines.append(f"另有 {found.unquoted_leaks} 处和不公开的测试句几乎相同（不列出，以免泄露）。")
    return lines
