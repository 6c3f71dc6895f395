"""Examples that come in a file: what each row says, what is wrong with it, and what is taken; pure rules.

Nothing is taken as long as one row is wrong: who sends a table corrects it and sends it again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from bot.domain import intents
from bot.training.anonymous import anonymous, is_hidden
from bot.training.examples import BadExample, Example, checked, read_line
from bot.training.judged import Labelled
from bot.training.likeness import near_between, shape

#: Larger files are a mistake, or a corpus that nobody has read.
MOST_ROWS = 5_000
MOST_BYTES = 5_000_000
#: More complaints than anybody reads at once.
MOST_PROBLEMS = 200


class UnreadableSheet(ValueError):
    """The file is no table of examples; the text (Chinese) says why, where, and what to do."""


class Column(StrEnum):
    TEXT = "句子"
    INTENT = "意图"


@dataclass(frozen=True)
class Row:
    #: In the file, counted from 1 as Excel does.
    line: int
    text: str
    #: A name (`pay_bill`), or what staff call it (缴费方式).
    intent: str


@dataclass(frozen=True)
class Remark:
    """About one row: which column, what is wrong, what to do (Chinese)."""

    line: int
    column: Column
    text: str
    words: str


@dataclass(frozen=True)
class Reading:
    """What would be taken, what stands against it, and what is only told."""

    examples: tuple[Example, ...]
    problems: tuple[Remark, ...]
    notices: tuple[Remark, ...]


@dataclass(frozen=True)
class _Taken:
    row: Row
    example: Example


class Examiner:
    def __init__(
        self,
        known: Sequence[Labelled],
        tried: Sequence[Labelled],
        names: Sequence[str],
        label: Callable[[str], str] = intents.label,
    ) -> None:
        """`known`: the examples; `tried`: the sentences of all test sets; `names`: the intents."""
        self._known = {shape(one.text): one.intent for one in known}
        self._tried = tried
        self._names = _spellings(names, label)
        self._label = label

    def examine(self, rows: Sequence[Row]) -> Reading:
        """What can be taken of the rows, and what is wrong with them. Raises UnreadableSheet: none, or too many."""
        if not rows:
            raise UnreadableSheet("文件里没有句子。第一行写“句子、意图”，从第二行起每行一句。")
        if len(rows) > MOST_ROWS:
            raise UnreadableSheet(f"文件有 {len(rows)} 行，一次最多 {MOST_ROWS} 行，请分成几个文件。")
        self._problems: list[Remark] = []
        self._notices: list[Remark] = []
        taken = [one for row in rows if (one := self._take(row))]
        self._refuse_test_sentences(taken)
        fresh = self._without_doubles(taken)
        problems = sorted(self._problems, key=lambda remark: (remark.line, remark.column))
        return Reading(tuple(one.example for one in fresh), tuple(problems), tuple(self._notices))

    def _take(self, row: Row) -> _Taken | None:
        marked, entities = read_line(" ".join(row.text.split()))
        text = anonymous(marked)
        name = self._names.get(row.intent.strip().lower())
        if not name:
            self._wrong(row, Column.INTENT, self._unknown(row.intent))
        if is_hidden(text):
            self._wrong(row, Column.TEXT, "含有密钥或无法隐去的个人信息，请删掉这部分再导入。")
            return None
        if name and self._known.get(shape(text)) == name:
            return _Taken(row, Example(text, name))  # told of, and left out, below
        if text != marked:
            self._notices.append(Remark(row.line, Column.TEXT, text, "个人信息已换成代替内容。"))
            entities = ()  # their places are others now
        try:
            (example,) = checked(text, [Example(text, name or "", entities)])
        except BadExample as problem:
            self._wrong(row, Column.TEXT, str(problem))
            return None
        return _Taken(row, example) if name else None

    def _unknown(self, intent: str) -> str:
        if not intent.strip():
            return "没有写意图，请填写意图的名称，例如“缴费方式”。"
        close = get_close_matches(intent.strip().lower(), list(self._names), n=1, cutoff=0.4)
        advice = f"是不是“{self._label(self._names[close[0]])}”？" if close else "请从“导出”的表里抄一个名称。"
        return f"没有“{intent.strip()}”这个意图，{advice}"

    def _refuse_test_sentences(self, everything: Sequence[_Taken]) -> None:
        taken = [one for one in everything if shape(one.example.text) not in self._known]
        pairs = near_between([one.example.text for one in taken], [one.text for one in self._tried])
        for place in sorted({place for place, _ in pairs}):
            words = "和测试集里的句子几乎相同，写进去会让测试结果失真，请删掉这一行。"
            self._wrong(taken[place].row, Column.TEXT, words)

    def _without_doubles(self, taken: Sequence[_Taken]) -> list[_Taken]:
        first: dict[str, _Taken] = {}
        for one in taken:
            bare, name = shape(one.example.text), one.example.intent
            before = first.setdefault(bare, one)
            known = self._known.get(bare)
            if before is not one and before.example.intent != name:
                words = (
                    f"和第 {before.row.line} 行是同一句话，那里写的是“{self._label(before.example.intent)}”，请留一个。"
                )
                self._wrong(one.row, Column.INTENT, words)
            elif before is not one:
                self._tell(one, f"和第 {before.row.line} 行重复，只取一次。")
            elif known and known != name:
                words = f"训练数据里已有同一句话，意图是“{self._label(known)}”，请改成一致或删掉这一行。"
                self._wrong(one.row, Column.INTENT, words)
            elif known:
                self._tell(one, "训练数据里已经有了，不再导入。")
        return [one for bare, one in first.items() if bare not in self._known]

    def _tell(self, one: _Taken, words: str) -> None:
        self._notices.append(Remark(one.row.line, Column.TEXT, one.example.text, words))

    def _wrong(self, row: Row, column: Column, words: str) -> None:
        self._problems.append(Remark(row.line, column, row.text[:60], words))


def _spellings(names: Sequence[str], label: Callable[[str], str]) -> Mapping[str, str]:
    return {spelling.lower(): name for name in names for spelling in (name, label(name))}


def neutral(cell: str) -> str:
    """What a spreadsheet would take for a formula begins with an apostrophe, as Excel itself writes text."""
    return f"'{cell}" if cell[:1] in _ESCAPED and cell else cell


def from_neutral(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _ESCAPED and cell[1:2] else cell


#: And the apostrophe itself, so that what goes out comes back.
_ESCAPED = frozenset("=+-@|\t\r\n'")
