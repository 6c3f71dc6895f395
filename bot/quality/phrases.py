"""Finds forbidden expressions (服务忌语) in a reply: pure; the rules are data (wording.yml)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.drafts import Concern, Finding
from bot.domain.wording import ForbiddenRule
from bot.quality.folded import CLAUSE_ENDS, CLAUSE_ENDS_AND_SPACE, SENTENCE_ENDS, Folded, fold, stretches
from bot.quality.sounds import is_chinese, sounds, spelt

#: Two syllables have too many innocent homophones: 不行 sounds like 步行.
_SYLLABLES = 3
_PARTICLES = "啊呀哦喔嘛吗吧呢的了啦哈哟呗"

Span = tuple[int, int]


@dataclass(frozen=True)
class _Phrase:
    folded: str
    #: One set of readings for each character; none where only the spelling counts.
    syllables: tuple[frozenset[str], ...]
    in_letters: str


class _Rule:
    def __init__(self, rule: ForbiddenRule, better: str) -> None:
        self.better = better
        self.source = rule.source
        self._phrases = [_phrase(fold(each), rule.homophones) for each in rule.phrases]
        self._alone = {_bare(fold(each)) for each in rule.alone}
        self._allowed = [fold(each) for each in rule.allowed]

    def find(self, text: str) -> Iterator[Span]:
        """Places in `text`, from the first character to behind the last."""
        for sentence in stretches(text, SENTENCE_ENDS):
            harmless = [span for each in self._allowed for span in _spelt_so(each, sentence.text)]
            heard = [sounds(char) for char in sentence.text]
            for phrase in self._phrases:
                for span in _occurrences(phrase, sentence.text, heard):
                    if not any(_within(span, other) for other in harmless):
                        yield _in_text(span, sentence)
        for ends in (CLAUSE_ENDS, CLAUSE_ENDS_AND_SPACE):
            for clause in stretches(text, ends):
                if _bare(clause.text) in self._alone:
                    yield _in_text((0, len(clause.text)), clause)


class PhraseRules:
    """All rules, made ready to search."""

    def __init__(self, rules: Iterable[tuple[ForbiddenRule, str]]) -> None:
        """`rules`: each with its better wording, completed with the company's facts."""
        self._rules = [_Rule(rule, better) for rule, better in rules]

    def find(self, text: str) -> list[Finding]:
        """What a customer must not read, in the order of the text; of what overlaps the longest."""
        found = [(span, rule) for rule in self._rules for span in rule.find(text)]
        chosen: list[tuple[Span, _Rule]] = []
        for span, rule in sorted(found, key=lambda item: (item[0][0] - item[0][1], item[0])):
            if not any(span[0] < other[1] and other[0] < span[1] for other, _ in chosen):
                chosen.append((span, rule))
        return [_finding(text, span, rule) for span, rule in sorted(chosen, key=lambda item: item[0])]


def _finding(text: str, span: Span, rule: _Rule) -> Finding:
    start, end = span
    return Finding(
        concern=Concern.FORBIDDEN_PHRASE,
        found=text[start:end],
        start=start,
        end=end,
        why=f"是服务忌语（{rule.source}）",
        better=rule.better,
    )


def _phrase(folded: str, homophones: bool) -> _Phrase:
    heard = homophones and len(folded) >= _SYLLABLES and is_chinese(folded)
    syllables = tuple(sounds(char) for char in folded) if heard else ()
    return _Phrase(folded, syllables, spelt(folded) if heard else "")


def _occurrences(phrase: _Phrase, text: str, heard: Sequence[frozenset[str]]) -> Iterator[Span]:
    yield from _spelt_so(phrase.folded, text)
    if phrase.syllables:
        yield from _spelt_so(phrase.in_letters, text)
        yield from _sounding_so(phrase.syllables, heard)


def _spelt_so(wanted: str, text: str) -> Iterator[Span]:
    start = text.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = text.find(wanted, start + 1)


def _sounding_so(syllables: Sequence[frozenset[str]], heard: Sequence[frozenset[str]]) -> Iterator[Span]:
    for start in range(len(heard) - len(syllables) + 1):
        if all(not wanted.isdisjoint(heard[start + step]) for step, wanted in enumerate(syllables)):
            yield start, start + len(syllables)


def _bare(clause: str) -> str:
    """Without the particles at the end: "不行啊" is "不行"."""
    return clause.rstrip(_PARTICLES) or clause


def _within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _in_text(span: Span, piece: Folded) -> Span:
    return piece.places[span[0]], piece.places[span[1] - 1] + 1
