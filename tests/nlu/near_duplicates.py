"""Counts sentences that say the same in nearly the same characters: `python -m tests.nlu.near_duplicates`."""

from collections.abc import Sequence

from bot.training.likeness import near_pairs
from tests.nlu.utterances import TEST_SETS, Utterance, examples, to_try

Pair = tuple[Utterance, Utterance]


def near_duplicates_within(utterances: Sequence[Utterance]) -> list[Pair]:
    """In the order of the utterances."""
    return [(utterances[i], utterances[j]) for i, j in near_pairs([text for _, text in utterances])]


def near_duplicates_between(some: Sequence[Utterance], others: Sequence[Utterance]) -> list[Pair]:
    """Test sentences that the training examples give away."""
    both = [*some, *others]
    pairs = near_pairs([text for _, text in both])
    return [(both[i], both[j]) for i, j in pairs if i < len(some) <= j]


def main() -> None:
    trained = examples()
    twins = near_duplicates_within(trained)
    crossing = [(one, other) for one, other in twins if one.intent != other.intent]
    print(f"{len(trained)} examples, {len(twins)} near duplicates among them, {len(crossing)} of these across intents:")
    _show(crossing)
    for name in TEST_SETS:
        tried = to_try(name)
        leaks = near_duplicates_between(tried, trained)
        print(f"{len(tried)} sentences of the {name} set, {len(leaks)} of them nearly in the examples:")
        _show(leaks)


def _show(pairs: Sequence[Pair]) -> None:
    for one, other in pairs:
        print(f"  {one.intent}: {one.text} = {other.intent}: {other.text}")


if __name__ == "__main__":
    main()
