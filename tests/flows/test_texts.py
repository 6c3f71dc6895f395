"""Responses, articles and new intents are changed on the administration page: seen first, written, taken back."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.facts import company_facts
from bot.adapters.knowledge_files import load_knowledge
from bot.domain import intents
from bot.domain.company import CompanyProfile
from bot.domain.knowledge import KnowledgeBase
from bot.settings import ROOT, Settings
from bot.training.change import ChangeState
from bot.training.edits import Kind
from tests.flows.office import Office, refused
from tests.flows.test_change_sets import label, preview

FILES = ("domain.yml", "data/nlu", "data/rules", "data/knowledge")


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    for name in FILES:
        source, target = ROOT / name, tmp_path / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    return settings


@pytest.fixture
def knowledge(company: CompanyProfile) -> KnowledgeBase:
    facts = company_facts(company)
    return KnowledgeBase(load_knowledge(ROOT / "data" / "knowledge", facts), facts)


@pytest.fixture
def project(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "project"
    intents.use_own_labels({})


def snapshot(project: Path) -> dict[str, str]:
    return {str(file): file.read_text(encoding="utf-8") for file in sorted(project.rglob("*.yml"))}


async def check(office: Office, kind: str, key: str, value: dict[str, Any] | None) -> dict[str, Any]:
    answer = await office.call("901", "POST", "training/texts/check", kind=kind, key=key, **{kind: value})
    assert answer.status_code == 200, answer.text
    looked: dict[str, Any] = answer.json()
    return looked


async def save(office: Office, kind: str, key: str, value: dict[str, Any] | None, token: str, reason: str = "") -> Any:
    body = {"kind": kind, "key": key, "token": token, "reason": reason, kind: value}
    return await office.call("901", "POST", "training/texts", **body)


async def test_a_response_is_seen_as_the_customer_does_written_and_taken_back(office: Office, project: Path) -> None:
    before = snapshot(project)
    value = {"texts": ["不用谢！\n\n{anything_else}"]}
    looked = await check(office, "response", "utter_thank", value)
    (shown,) = looked["shown"]
    assert shown["bubbles"][0] == "不用谢！"
    assert "{" not in shown["bubbles"][1]
    assert '+    - text: "不用谢！\\n\\n{anything_else}"' in looked["diff"]
    assert (looked["findings"], looked["at_once"]) == ([], False)
    assert snapshot(project) == before
    change = (await save(office, "response", "utter_thank", value, looked["token"])).json()["change"]
    assert change["edits"][0]["words"] == "修改话术“utter_thank”"
    patch = await office.clients["901"].get(f"/api/training/changes/{change['id']}/patch")
    assert patch.text.startswith("--- a/domain.yml\n+++ b/domain.yml\n")
    texts = await office.get("901", "training/texts")
    assert next(one for one in texts["responses"] if one["name"] == "utter_thank")["texts"] == value["texts"]
    await office.call("901", "POST", f"training/changes/{change['id']}/revert")
    assert snapshot(project) == before


async def test_what_speaks_against_a_response_stops_it(office: Office, project: Path) -> None:
    before = snapshot(project)
    value = {"texts": ["余额您自己看"]}
    looked = await check(office, "response", "utter_balance", value)
    assert looked["stopped"]
    refused(await save(office, "response", "utter_balance", value, looked["token"]), 409, "refused")
    refused(await save(office, "response", "utter_nothing", value, "x"), 422, "bad_edit")
    broken = {"texts": ["{"]}
    answer = await office.call(
        "901", "POST", "training/texts/check", kind="response", key="utter_thank", response=broken
    )
    assert "花括号" in refused(answer, 422, "bad_edit")
    assert snapshot(project) == before


async def test_an_article_takes_effect_at_once_and_goes_back_at_once(office: Office, project: Path) -> None:
    before = snapshot(project)
    value = {
        "question": "燃气本丢了怎么补？",
        "wordings": ["煤气本子丢哪儿补", " "],
        "answer": "请带身份证到营业厅补办。\n\n咨询电话{hotline}。",
        "category": "服务",
        "source": "营业厅规定",
    }
    looked = await check(office, "article", "booklet-lost", value)
    assert (looked["stopped"], looked["at_once"], len(looked["shown"][0]["bubbles"])) == (False, True, 2)
    change = (await save(office, "article", "booklet-lost", value, looked["token"])).json()["change"]
    found = (await office.get("901", "knowledge", q="煤气本子丢哪儿补"))["articles"]
    assert found[0]["id"] == "booklet-lost"
    assert "{" not in found[0]["answer"]
    await office.call("901", "POST", f"training/changes/{change['id']}/revert")
    found = (await office.get("901", "knowledge", q="煤气本子丢哪儿补"))["articles"]
    assert "booklet-lost" not in [one["id"] for one in found]
    assert snapshot(project) == before


async def test_an_article_that_its_reader_would_refuse_is_not_written(office: Office, project: Path) -> None:
    article = next(a for a in (await office.get("901", "training/texts"))["articles"] if a["id"] == "hose-life")
    value = {**article, "answer": "{nonsense}", "valid_from": "2026-05-01", "valid_to": "2026-01-01"}
    value.pop("id")
    looked = await check(office, "article", "hose-life", value)
    assert looked["stopped"]
    assert "valid_to" in looked["findings"][0]["words"]
    alarm = {**value, "answer": "请马上报警", "valid_from": "", "valid_to": "", "question": "我家漏气了"}
    looked = await check(office, "article", "hose-life", alarm)
    assert any("险情" in one["words"] for one in looked["findings"])


BOOKLET = {
    "label": "燃气本补办",
    "description": "燃气本丢了或坏了，问怎么补",
    "texts": ["请带身份证到营业厅补办燃气本。"],
    "examples": ["煤气本子丢哪儿补", "燃气本丢了咋整", "本子坏了换一本", "供气证掉了", "小本本找不着了"],
}


async def test_a_new_intent_is_guided_written_labelled_and_taken_back(office: Office, project: Path) -> None:
    before = snapshot(project)
    name = (await office.get("901", "training/texts/intent-name", purpose="ask", label="燃气本补办"))["name"]
    looked = await check(office, "intent", name, BOOKLET)
    assert [one["level"] for one in looked["findings"]] == ["notice"], looked["findings"]
    change = (await save(office, "intent", name, BOOKLET, looked["token"])).json()["change"]
    assert change["edits"][0]["words"] == "新增意图“燃气本补办”"
    known = (await office.get("901", "training/intents"))["intents"]
    assert {"name": name, "label": "燃气本补办"} in known

    # From now on messages are labelled as it, and go where its first examples are.
    await label(office, {"绿皮小册子没了怎么弄": name})
    seen = await preview(office)
    written = (await office.call("901", "POST", "training/change", token=seen["token"])).json()["change"]
    own = (project / "data" / "nlu" / "own.yml").read_text(encoding="utf-8")
    assert "      - 绿皮小册子没了怎么弄\n" in own
    message = refused(await office.call("901", "POST", f"training/changes/{change['id']}/revert"), 409, "refused")
    assert "先撤回后来的变更" in message
    await office.call("901", "POST", f"training/changes/{written['id']}/revert")
    assert (await office.call("901", "POST", f"training/changes/{change['id']}/revert")).status_code == 200
    assert snapshot(project) == before


async def test_a_new_intent_with_poison_or_test_sentences_is_stopped(office: Office, project: Path) -> None:
    value = {**BOOKLET, "examples": [*BOOKLET["examples"], "我家漏气了快来人"]}
    looked = await check(office, "intent", "ask_booklet", value)
    assert looked["stopped"]
    assert any(one["text"] == "我家漏气了快来人" for one in looked["findings"])


async def test_who_comes_second_is_told(office: Office, project: Path) -> None:
    mine, other = {"texts": ["不用谢！{anything_else}"]}, {"texts": ["别客气！{anything_else}"]}
    looked = await check(office, "response", "utter_thank", mine)
    theirs = await check(office, "response", "utter_thank", other)
    await save(office, "response", "utter_thank", other, theirs["token"])
    message = refused(await save(office, "response", "utter_thank", mine, looked["token"]), 409, "refused")
    assert "重新检查" in message


async def test_a_crash_in_the_middle_is_finished_at_the_next_start(
    office: Office, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = office.desk.gasdesk.training
    looked = await check(office, "intent", "ask_booklet", BOOKLET)

    async def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(training.changes._texts, "write", crash)
        with pytest.raises(KeyboardInterrupt):
            await training.changes.apply_edit(
                (await training.editing.look(Kind.INTENT, "ask_booklet", BOOKLET)).edit, looked["diff"], "901", ""
            )
    (left,) = await training.changes.all(10)
    assert left.state is ChangeState.APPLYING
    await training.changes.recover()
    assert (await training.changes.get(left.id)).state is ChangeState.APPLIED
    assert "  - ask_booklet\n" in (project / "domain.yml").read_text(encoding="utf-8")


async def test_only_administrators(office: Office, project: Path) -> None:
    refused(await office.clients["201"].get("/api/training/texts"), 403, "not_allowed")
    refused(await office.call("201", "POST", "training/texts", kind="response", key="x", token="x"), 403, "not_allowed")
