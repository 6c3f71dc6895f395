"""`gasdesk staff`: accounts made and shown, with what the company's profile says where nothing is said."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands import staff
from bot.domain.staff import MOST_CHATS, Role
from bot.settings import ROOT


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = (ROOT / "company.yml").read_text("utf-8")
    assert "agent_capacity: 10" in profile
    (tmp_path / "company.yml").write_text(profile.replace("agent_capacity: 10", "agent_capacity: 7"), "utf-8")
    monkeypatch.setenv("GASDESK_COMPANY", str(tmp_path / "company.yml"))
    monkeypatch.setenv("GASDESK_DATA", str(tmp_path))
    monkeypatch.delenv("GASDESK_DATABASE_URL", raising=False)


@pytest.mark.parametrize(("said", "capacity"), [(None, "7"), (3, "3")])
@pytest.mark.usefixtures("office")
def test_a_new_agent_takes_as_many_conversations_as_the_company_says(
    said: int | None, capacity: str, capsys: pytest.CaptureFixture[str]
) -> None:
    staff.add("104", "周强", Role.AGENT, said, "a-long-passphrase-104", [])
    staff.show_all()
    assert capsys.readouterr().out.split()[:5] == ["104", "周强", "agent", "offline", capacity]


@pytest.mark.usefixtures("office")
def test_a_new_agent_may_have_as_many_chats_as_the_lead_may_give_him(capsys: pytest.CaptureFixture[str]) -> None:
    """One limit, whoever sets it: here, `staff seat`, the lead's page."""

    def add(staff_id: str, chats: int) -> int:
        told = ["--name", "周强", "--capacity", str(chats), "--password", "a-long-passphrase-104"]
        return CliRunner().invoke(app, ["staff", "add", staff_id, *told]).exit_code

    assert add("104", MOST_CHATS) == 0
    assert add("105", MOST_CHATS + 1) == 2
    staff.show_all()
    assert capsys.readouterr().out.split()[4] == str(MOST_CHATS)
