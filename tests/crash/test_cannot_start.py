"""What is wrong at the start is said clearly, in Chinese, and leaves nothing half done."""

import socket
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.gasdesk_process import GasdeskProcess
from tests.services import free_port

pytestmark = [pytest.mark.crash, pytest.mark.timeout(120)]


async def refusal(tmp_path: Path, **environment: str) -> str:
    """What gasdesk says before it ends with 1."""
    gasdesk = GasdeskProcess(tmp_path / "data", {f"GASDESK_{name}": value for name, value in environment.items()})
    try:
        gasdesk.spawn()
        assert await gasdesk.ended(60) == 1, gasdesk.log
        assert gasdesk.family() == []
        assert "Traceback" not in gasdesk.log, gasdesk.log
        assert "错误" in gasdesk.log
        return "".join(gasdesk.log.split())
    finally:
        gasdesk.end_family()


async def test_port_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = await refusal(tmp_path, PORT=str(port))
    assert f"端口{port}已被其他程序占用" in said
    assert "GASDESK_PORT" in said


async def test_port_is_no_number(tmp_path: Path) -> None:
    said = await refusal(tmp_path, PORT="http")
    assert "GASDESK_PORT" in said
    assert "http" in said


@pytest.mark.parametrize(
    ("good", "broken", "named"),
    [
        ("reply_limit_seconds: 120", "reply_limit_seconds: 两分钟", "sla.reply_limit_seconds"),
        ("waiting_prompt_seconds: 45", "waiting_promt_seconds: 45", "sla.waiting_promt_seconds"),
        ("reply_limit_seconds: 120", "reply_limit_seconds: [120", "YAML"),
    ],
)
async def test_broken_company_profile_names_key_and_line(tmp_path: Path, good: str, broken: str, named: str) -> None:
    text = (ROOT / "company.yml").read_text(encoding="utf-8")
    assert good in text
    line = text[: text.index(good)].count("\n") + 1
    file = tmp_path / "company.yml"
    file.write_text(text.replace(good, broken), encoding="utf-8")
    said = await refusal(tmp_path, COMPANY=str(file))
    assert named in said
    assert f"第{line}行" in said or named == "YAML"
    assert "company.yml" in said


async def test_no_company_profile(tmp_path: Path) -> None:
    said = await refusal(tmp_path, COMPANY=str(tmp_path / "none.yml"))
    assert "none.yml" in said


async def test_database_server_out_of_reach(tmp_path: Path) -> None:
    said = await refusal(tmp_path, DATABASE_URL=f"postgresql+psycopg://gasdesk@127.0.0.1:{free_port()}/gasdesk")
    assert "数据库打不开" in said


async def test_database_of_another_kind(tmp_path: Path) -> None:
    said = await refusal(tmp_path, DATABASE_URL="mysql://localhost/gasdesk")
    assert "GASDESK_DATABASE_URL" in said


async def test_database_file_that_is_none(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "gasdesk.db").write_bytes(b"this is not a database" * 100)
    said = await refusal(tmp_path)
    assert "数据库打不开" in said
