"""Tables of examples as files: CSV, Excel (XLSX) and Rasa's YAML, read and written."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.domain import intents
from bot.training.exchange import MOST_BYTES, MOST_ROWS, Column, Row, UnreadableSheet, from_neutral, neutral

#: What a small file may unpack to: an honest table of MOST_ROWS is far below.
_MOST_UNPACKED = 60_000_000
_HEADS = {
    "句子": Column.TEXT, "例句": Column.TEXT, "消息": Column.TEXT, "text": Column.TEXT, "example": Column.TEXT,
    "意图": Column.INTENT, "意图编号": Column.INTENT, "intent": Column.INTENT,
}  # fmt: skip
_HEAD_ROW = ("句子", "意图", "意图编号")
_ADVICE = "第一行应有“句子”和“意图”两列，可以先“导出”一份表照着填。"

_BROKEN = (zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, SyntaxError, EOFError)

Numbered = tuple[int, Sequence[str]]


def read_sheet(name: str, content: bytes) -> list[Row]:
    """By the name's ending. Raises UnreadableSheet."""
    if len(content) > MOST_BYTES:
        raise UnreadableSheet(f"文件太大，最多 {MOST_BYTES // 1_000_000} MB，请分成几个文件。")
    kind = name.lower().rpartition(".")[2]
    reader = _READERS.get(kind)
    if reader is None:
        raise UnreadableSheet(
            f"不认识“{name}”这种文件，请用 .xlsx、.csv 或 .yml。旧的 .xls 请在 Excel 里另存为 .xlsx。"
        )
    return reader(content)


def write_sheet(kind: str, examples: Iterable[tuple[str, str]]) -> bytes:
    """`examples`: intent and line, as Rasa writes it. `kind`: csv, xlsx, yml."""
    rows = list(examples)
    return _WRITERS[kind](rows)


def _read_csv(content: bytes) -> list[Row]:
    text = _decoded(content)
    try:
        dialect = csv.Sniffer().sniff(text.partition("\n")[0], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    lines = csv.reader(io.StringIO(text, newline=""), dialect)
    try:
        return _rows((lines.line_num, row) for row in lines)
    except csv.Error as problem:
        raise UnreadableSheet(f"第 {lines.line_num} 行读不出来，请检查引号是否成对（{problem}）。") from problem


def _decoded(content: bytes) -> str:
    """Excel in China writes CSV in GBK unless told otherwise."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSheet("文件的编码读不出来，请在 Excel 里另存为“CSV UTF-8”或 .xlsx。")


def _read_xlsx(content: bytes) -> list[Row]:
    # Loaded with the first Excel file: few ever need it.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
                raise UnreadableSheet("文件展开后太大，请只留句子和意图两列，或分成几个文件。")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        cells = book.worksheets[0].iter_rows(values_only=True, max_col=20)
        return _rows((line, [_cell(cell) for cell in row]) for line, row in enumerate(cells, 1))
    except UnreadableSheet:
        raise
    # What is inside a broken archive is anybody's guess: openpyxl lets out whatever its parts raise.
    except (InvalidFileException, *_BROKEN) as problem:
        raise UnreadableSheet("Excel 文件打不开，可能已损坏或有密码，请在 Excel 里另存为新的 .xlsx。") from problem


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # 1235.0 was typed as 1235.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rows(numbered: Iterable[Numbered]) -> list[Row]:
    rows: list[Row] = []
    places: dict[Column, int] = {}
    for line, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        if not places:
            places = _places(cells)
            continue
        values = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
        rows.append(Row(line, from_neutral(values[Column.TEXT].strip()), from_neutral(values[Column.INTENT].strip())))
        if len(rows) > MOST_ROWS:
            raise UnreadableSheet(f"文件超过 {MOST_ROWS} 行，请分成几个文件。")
    return rows


def _places(cells: Sequence[str]) -> dict[Column, int]:
    """Where the columns are; of two that say the intent, the first."""
    places: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        if column := _HEADS.get(cell.strip().lower()):
            places.setdefault(column, place)
    if missing := [column.value for column in Column if column not in places]:
        raise UnreadableSheet(f"第一行没有“{'”“'.join(missing)}”这一列。{_ADVICE}")
    return places


def _read_yaml(content: bytes) -> list[Row]:
    try:
        root = YAML(typ="safe", pure=True).compose(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise UnreadableSheet("YAML 文件应保存为 UTF-8 编码。") from problem
    except YAMLError as problem:
        mark = problem.problem_mark if isinstance(problem, MarkedYAMLError) else None
        where = f"第 {mark.line + 1} 行附近：" if mark else ""
        raise UnreadableSheet(f"{where}YAML 格式有错，请检查缩进（只用空格）和冒号后的空格。") from problem
    blocks = _value(root, "nlu")
    if not isinstance(blocks, SequenceNode):
        raise UnreadableSheet("不是 Rasa 的训练数据：最外层应有“nlu:”，下面每个意图有 intent 和 examples。")
    return [row for block in blocks.value for row in _block_rows(block)]


def _block_rows(block: Node) -> list[Row]:
    intent, examples = _value(block, "intent"), _value(block, "examples")
    line = block.start_mark.line + 1
    if not isinstance(intent, ScalarNode) or not isinstance(examples, ScalarNode):
        raise UnreadableSheet(f"第 {line} 行：这一段缺少 intent 或 examples。")
    first = examples.start_mark.line + 2
    lines = [(first + number, each.strip()) for number, each in enumerate(examples.value.splitlines())]
    return [Row(number, each.removeprefix("-").strip(), intent.value) for number, each in lines if each]


def _value(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _write_csv(rows: Sequence[tuple[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEAD_ROW)
    writer.writerows(_cells(*row) for row in rows)
    # With the mark that Excel knows UTF-8 by.
    return out.getvalue().encode("utf-8-sig")


def _write_xlsx(rows: Sequence[tuple[str, str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "例句"
    for row in (_HEAD_ROW, *(_cells(*each) for each in rows)):
        sheet.append(row)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 60, 20
    sheet.column_dimensions["C"].width = 28
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(intent: str, line: str) -> tuple[str, str, str]:
    return neutral(line), neutral(intents.label(intent)), intent


def _write_yaml(rows: Sequence[tuple[str, str]]) -> bytes:
    parts = ['version: "3.1"\n\nnlu:']
    last = None
    for intent, line in rows:
        if intent != last:
            parts.append(f"\n  - intent: {intent}\n    examples: |")
            last = intent
        parts.append(f"      - {line}")
    return ("\n".join(parts) + "\n").encode()


_READERS: dict[str, Callable[[bytes], list[Row]]] = {
    "csv": _read_csv, "xlsx": _read_xlsx, "yml": _read_yaml, "yaml": _read_yaml,
}  # fmt: skip
_WRITERS: dict[str, Callable[[Sequence[tuple[str, str]]], bytes]] = {
    "csv": _write_csv, "xlsx": _write_xlsx, "yml": _write_yaml,
}  # fmt: skip
