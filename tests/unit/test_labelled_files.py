"""Files of labelled sentences: both shapes are read, and a wrong one is named."""

from pathlib import Path

import pytest

from bot.adapters.labelled_files import BadLabels, read_alarms, read_labelled
from bot.training.judged import Labelled
from bot.training.report import AlarmTrial


def written(folder: Path, text: str) -> Path:
    path = folder / "sentences"
    path.write_text(text, encoding="utf-8")
    return path


def test_rasas_training_format(tmp_path: Path) -> None:
    path = written(tmp_path, "nlu:\n  - intent: greet\n    examples: |\n      - 你好\n\n      - 在吗 - 急\n")
    assert read_labelled(path, "test") == [Labelled("test", "greet", "你好"), Labelled("test", "greet", "在吗 - 急")]


def test_sentences_by_intent(tmp_path: Path) -> None:
    path = written(tmp_path, 'greet:\n- "你好"\ndeny:\n- "不用"\n- 12345\n')
    assert [(one.intent, one.text) for one in read_labelled(path, "b")] == [
        ("greet", "你好"),
        ("deny", "不用"),
        ("deny", "12345"),
    ]


@pytest.mark.parametrize("text", ["- 一\n- 二\n", "nlu:\n  - examples: 3\n", "greet: [", "greet: 3\n", ""])
def test_another_shape_is_refused_with_the_files_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadLabels, match="sentences"):
        read_labelled(written(tmp_path, text), "test")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match=r"none\.yml"):
        read_labelled(tmp_path / "none.yml", "test")
    with pytest.raises(BadLabels, match=r"none\.csv"):
        read_alarms(tmp_path / "none.csv", "blind", emergency=True)


def test_alarms_are_divided_by_their_set(tmp_path: Path) -> None:
    path = written(tmp_path, "text,kind,set\n漏了,indoor,open\n响了,co,sealed\n")
    assert read_alarms(path, "blind", emergency=True) == [
        AlarmTrial("blind open", "漏了", True),
        AlarmTrial("blind sealed", "响了", True),
    ]


def test_alarms_without_sets(tmp_path: Path) -> None:
    path = written(tmp_path, "topic,text\nother,水管漏水\n")
    assert read_alarms(path, "known", emergency=False) == [AlarmTrial("known", "水管漏水", False)]


def test_a_line_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match="without a text"):
        read_alarms(written(tmp_path, "topic,text\nother,\n"), "known", emergency=False)
