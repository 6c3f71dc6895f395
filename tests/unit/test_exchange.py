"""Examples in files: what is read, each bad row by line and column, and what a spreadsheet must not run."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters import example_sheets
from bot.adapters.example_sheets import read_sheet, write_sheet
from bot.training.exchange import MOST_ROWS, Column, Examiner, Row, UnreadableSheet, from_neutral, neutral
from bot.training.judged import Labelled

KNOWN = [Labelled("f", "pay_bill", "手机上怎么交费"), Labelled("f", "greet", "您好呀")]
TRIED = [Labelled("blind", "pay_bill", "支付宝里点哪儿缴燃气")]
EXAMINER = Examiner(KNOWN, TRIED, ["pay_bill", "greet", "report_meter_fault"])


def problems(*rows: tuple[str, str]) -> list[tuple[int, Column, str]]:
    reading = EXAMINER.examine([Row(line, text, intent) for line, (text, intent) in enumerate(rows, 2)])
    return [(one.line, one.column, one.words) for one in reading.problems]


def book(*rows: tuple[str | float | None, ...]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_names_and_labels_of_intents_are_both_understood() -> None:
    reading = EXAMINER.examine([Row(2, "表 黑屏了", "表具故障"), Row(3, "能刷卡缴吗", "PAY_BILL")])
    assert [(one.text, one.intent) for one in reading.examples] == [
        ("表 黑屏了", "report_meter_fault"),
        ("能刷卡缴吗", "pay_bill"),
    ]
    assert reading.problems == reading.notices == ()


@pytest.mark.parametrize(
    ("text", "intent", "column", "words"),
    [
        ("", "pay_bill", Column.TEXT, "太短"),
        ("长" * 121, "pay_bill", Column.TEXT, "拆成几句"),
        ("能刷卡缴吗", "缴费方法", Column.INTENT, "是不是“缴费方式”？"),
        ("能刷卡缴吗", "", Column.INTENT, "没有写意图"),
        ("支付宝里点哪儿缴燃气呢", "pay_bill", Column.TEXT, "测试集"),
        ("手机上怎么交费？", "greet", Column.INTENT, "意图是“缴费方式”"),
        ("我的钥匙gds_4fJx-0Zk_q9s1LmN8vTtYhQw2bXcR7uEoPiAsDfGhJk", "greet", Column.TEXT, "密钥"),
    ],
)
def test_a_bad_row_is_named_with_line_column_and_what_to_do(text: str, intent: str, column: Column, words: str) -> None:
    ((line, where, said),) = problems(("表黑屏了呀", "表具故障"), (text, intent))
    assert (line, where) == (3, column)
    assert words in said


def test_contradictions_within_the_file_name_both_lines() -> None:
    ((line, column, words),) = problems(("能刷卡缴吗", "pay_bill"), ("能刷卡缴吗？", "greet"))
    assert (line, column) == (3, Column.INTENT)
    assert "第 2 行" in words


def test_doubles_are_told_and_taken_once_and_personal_data_is_replaced() -> None:
    rows = ["手机上怎么交费", "能刷卡缴吗", "能刷卡缴吗！", "我叫王小明，[幸福小区](community)怎么缴"]
    reading = EXAMINER.examine([Row(line, text, "pay_bill") for line, text in enumerate(rows, 2)])
    assert [one.text for one in reading.examples] == ["能刷卡缴吗", "我叫某某，幸福小区怎么缴"]
    assert [(one.line, one.words) for one in reading.notices] == [
        (5, "个人信息已换成代替内容。"),
        (2, "训练数据里已经有了，不再导入。"),
        (4, "和第 3 行重复，只取一次。"),
    ]


def test_an_empty_or_endless_file_is_refused() -> None:
    with pytest.raises(UnreadableSheet, match="没有句子"):
        EXAMINER.examine([])
    with pytest.raises(UnreadableSheet, match="分成几个文件"):
        EXAMINER.examine([Row(1, "好", "greet")] * (MOST_ROWS + 1))


# --- files ---

TABLE = '意图,句子\r\n缴费方式,能刷卡缴吗\r\n\r\n表具故障,"表黑屏了，\r\n怎么办"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_as_excel_writes_it(encoding: str) -> None:
    assert read_sheet("表.CSV", TABLE.encode(encoding)) == [
        Row(2, "能刷卡缴吗", "缴费方式"),
        Row(5, "表黑屏了，\r\n怎么办", "表具故障"),
    ]


def test_excel_files() -> None:
    content = book(("序号", "例句", "意图"), (1, "能刷卡缴吗", "缴费方式"), (), (2, 1235.0, "报表数"))
    assert read_sheet("a.xlsx", content) == [Row(2, "能刷卡缴吗", "缴费方式"), Row(4, "1235", "报表数")]


def test_rasas_own_files() -> None:
    lines = [
        'version: "3.1"',
        "",
        "nlu:",
        "  - intent: pay_bill",
        "    examples: |",
        "      - 能刷卡缴吗",
        "",
        "      - 去[明天](time)缴",
    ]
    content = "\n".join(lines)
    assert read_sheet("nlu.yml", content.encode()) == [
        Row(6, "能刷卡缴吗", "pay_bill"),
        Row(8, "去[明天](time)缴", "pay_bill"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", b"\xd0\xcf", "另存为 .xlsx"),
        ("a", b"", "不认识"),
        ("a.xlsx", b"PK\x03\x04broken", "打不开"),
        ("a.xlsx", "句子,意图".encode(), "打不开"),
        ("a.csv", "内容,意图\n好,问候".encode(), "没有“句子”这一列"),
        ("a.csv", b"\xff\xfe\x00", "编码"),
        ("a.yml", b"nlu: [", "YAML 格式有错"),
        ("a.yml", b"- 1", "最外层应有“nlu:”"),
        ("a.yml", b"nlu:\n  - intent: greet\n", "第 2 行"),
        ("a.csv", b"x" * 5_000_001, "文件太大"),
    ],
)
def test_what_is_no_table_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableSheet, match=words):
        read_sheet(name, content)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(example_sheets, "_MOST_UNPACKED", 1_000)
    with pytest.raises(UnreadableSheet, match="展开后太大"):
        read_sheet("a.xlsx", book(("句子", "意图"), *[("好" * 100, "问候")] * 100))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "yml"])
def test_what_goes_out_comes_back(kind: str) -> None:
    rows = [("greet", "您好呀"), ("pay_bill", "=1+1怎么缴"), ("pay_bill", "去[明天](time)缴"), ("greet", "'=引号")]
    back = read_sheet(f"a.{kind}", write_sheet(kind, rows))
    labels = {"greet": "greet" if kind == "yml" else "问候", "pay_bill": "pay_bill" if kind == "yml" else "缴费方式"}
    assert [(one.intent, one.text) for one in back] == [(labels[intent], text) for intent, text in rows]


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "|x"])
def test_no_cell_is_a_formula(formula: str) -> None:
    rows = list(csv.reader(io.StringIO(write_sheet("csv", [("greet", formula)]).decode("utf-8-sig"))))
    assert rows[1][0] == f"'{formula}"
    sheet = openpyxl.load_workbook(io.BytesIO(write_sheet("xlsx", [("greet", formula)]))).worksheets[0]
    assert sheet["A2"].data_type == "s"


@given(st.text(max_size=20))
def test_neutralised_text_is_the_same_afterwards(text: str) -> None:
    assert neutral(text)[:1] not in {*"=+-@|\t\r\n"}
    assert from_neutral(neutral(text)) == text
