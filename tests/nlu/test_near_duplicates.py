import pytest

from tests.nlu.near_duplicates import near_duplicates_between, near_duplicates_within
from tests.nlu.utterances import Utterance


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("我家漏气了！", "我家漏气了"),
        ("表上是1235", "表上是 9807"),
        ("OK", "ok"),
        ("请问营业厅几点上班", "营业厅几点上班"),
    ],
)
def test_the_same_sentence_in_other_punctuation_digits_or_case_is_a_near_duplicate(one: str, other: str) -> None:
    assert near_duplicates_within([Utterance("a", one), Utterance("a", other)])


@pytest.mark.parametrize(
    ("one", "other"),
    [("我家漏气了", "我家没气了"), ("怎么交费", "在哪交费"), ("👍", "🙏"), ("好", "不好"), ("13812345678", "1235")],
)
def test_other_words_are_none(one: str, other: str) -> None:
    assert not near_duplicates_within([Utterance("a", one), Utterance("a", other)])


def test_only_pairs_across_the_two_sets_count_as_leaks() -> None:
    tried = [Utterance("a", "水管坏了"), Utterance("a", "水管坏了。")]
    trained = [Utterance("b", "水管坏了!"), Utterance("b", "气表不走字")]
    assert near_duplicates_between(tried, trained) == [(tried[0], trained[0]), (tried[1], trained[0])]
