"""Messages that speak of the same thing come together; those that only share common words do not."""

from collections import Counter

from bot.adapters.labelled_files import read_labelled
from bot.adapters.nlu_report import project_sets
from bot.settings import ROOT
from bot.training.clusters import FEWEST, Rarity, clusters

BOOKLET = ["煤气本子丢哪儿补", "燃气本丢了", "本子找不到了能补办本子吗", "供气本子掉了怎么补"]
OTHERS = ["怎么缴费", "怎么开户", "燃气怎么用", "你们几点下班", "气费怎么这么贵"]


def shipped() -> Rarity:
    files = sorted((ROOT / "data" / "nlu").glob("*.yml"))
    return Rarity.learnt_from([one.text for file in files for one in read_labelled(file, "")])


def test_a_matter_nobody_taught_comes_together_and_common_words_do_not() -> None:
    found = clusters([*OTHERS, *BOOKLET], shipped())
    assert len(found) == 1
    assert set(found[0]) <= set(range(len(OTHERS), len(OTHERS) + len(BOOKLET)))


def test_fewer_than_three_are_looked_at_one_by_one() -> None:
    assert FEWEST == 3
    assert clusters(["煤气本子丢哪儿补", "煤气本子哪儿补", "你们几点下班"], Rarity.learnt_from(OTHERS)) == []
    assert clusters([], Rarity.learnt_from([])) == []


def test_clusters_of_real_looking_messages_are_mostly_of_one_intent() -> None:
    """Measured 82 % on the open test sentences, which avoid saying the same twice (docs/retraining.md)."""
    tried = project_sets(ROOT / "tests" / "nlu", sealed=False).labelled
    found = clusters([one.text for one in tried], shipped())
    right = sum(Counter(tried[place].intent for place in places).most_common(1)[0][1] for places in found)
    together = sum(map(len, found))
    print(f"\n{len(found)} clusters, {together} of {len(tried)} messages, {right / together:.0%} of them of one intent")
    assert len(found) >= 30
    assert right / together >= 0.75
