"""A broken company.yml is answered with the line, the key, what is wrong and what is expected."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.adapters.company_file import CompanyProfileError, load_company

SHIPPED = (Path(__file__).parents[2] / "company.yml").read_text(encoding="utf-8")


def problems(path: Path, text: str, env: Mapping[str, str] | None = None) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CompanyProfileError) as caught:
        load_company(path, env or {})
    return list(caught.value.problems)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "company.yml"


def changed(old: str, new: str) -> str:
    assert SHIPPED.count(old) == 1, old
    return SHIPPED.replace(old, new)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("old", "new", "place", "wrong"),
    [
        (
            "waiting_prompt_seconds: 45 ",
            "waiting_prompt_seconds: 四十五 ",
            "sla.waiting_prompt_seconds",
            '应为大于 0 的数字，现在是 "四十五"',
        ),
        ("clamps: 2", "clamps: 2.5", "start_up.clamps", "应为大于 0 的整数，现在是 2.5"),
        ("agent_capacity: 10", "agent_capacty: 10", "desk.agent_capacty", "没有这一项，是不是想写 agent_capacity？"),
        ("agent_capacity: 10", "zzz: 10", "desk.zzz", "没有这一项；这里可以写：agent_capacity、"),
        ("phone: 0000-8800202", "phone: 88002", "halls[2].phone", "应为文字；电话等数字请加引号，现在是 88002"),
        ("hours: 09:00-17:00", "hours: 9点到5点", "halls[2].hours", '应写成 "08:00-20:00" 这样的时间段'),
        ('["11:10"', '["午饭"', "service.dispatch_cutoffs[1]", '应为 "11:10" 这样的时间，现在是 "午饭"'),
        (
            "protection_required: true",
            "protection_required: 是",
            "start_up.flame_failure_protection_required",
            '应为 true 或 false，现在是 "是"',
        ),
        (
            "residential_daily_rate: 0.003",
            "residential_daily_rate: 3%",
            "late_fees.residential_daily_rate",
            '应为不小于 0 、小于 1 的数字，现在是 "3%"',
        ),
        ("yuan_per_m3: 2.66", "yuan_per_m3:", "prices.residential[1].yuan_per_m3", "应为大于 0 的数字，现在是空的"),
        (
            "客服{staff_id}号，很高兴",
            "客服{staff}号，很高兴",
            "scripts.greeting",
            "不认识占位符 {staff}，这里可用：{staff_id}、",
        ),
        (
            "residential_from_month: 1 ",
            "residential_from_month: 0 ",
            "late_fees.residential_from_month",
            "应为大于 0 的整数",
        ),
        (
            "words: [营业厅, 大厅",
            "words: [120, 大厅",
            "payments.ways[1].words[1]",
            "应为文字；电话等数字请加引号，现在是 120",
        ),
        (
            "fee_unpaid: [本人身份证或驾驶证等有效证件（复印件）]",
            "fee_unpaid: []",
            "papers.fee_unpaid",
            "至少要有一项",
        ),
        (
            "      card_meters: true",
            "      card_meter: true",
            "payments.ways[4].card_meter",
            "没有这一项，是不是想写 card_meters？",
        ),
        ("请示班长, ", "处理工单, ", "desk.presence_reasons", "“处理工单”写了两次"),
        ("请示班长, ", f"{'长' * 21}, ", "desk.presence_reasons[3]", "最多 20 个字"),
        ("time_zone: Asia/Shanghai", "time_zone: 北京", "company.time_zone", "没有这个时区"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(file: Path, old: str, new: str, place: str, wrong: str) -> None:
    text = changed(old, new)
    found = problems(file, text)
    assert len(found) == 1
    assert found[0].startswith(f"company.yml 第 {line_of(text, new)} 行 {place}：{wrong}")


def test_all_mistakes_are_told_at_once(file: Path) -> None:
    text = changed("clamps: 2", "clamps: 二").replace("agent_capacity: 10", "agent_capacity: 十")
    found = problems(file, text)
    assert len(found) == 2
    assert str(CompanyProfileError(found)).startswith("公司资料有 2 处需要改正：\n  company.yml 第 ")


def test_a_missing_setting_is_named_where_it_belongs(file: Path) -> None:
    found = problems(file, changed("    phone: 0000-8800302\n", ""))
    assert found == [f"company.yml 第 {line_of(SHIPPED, '  operations:')} 行 units.operations.phone：缺少这一项"]
    without_units = re.sub(r"(?s)\nunits:.*?\n\n", "\n", SHIPPED)
    assert problems(file, without_units) == ["company.yml units：缺少这一项"]


def test_settings_that_may_be_left_out_take_their_defaults(file: Path) -> None:
    file.write_text(re.sub(r"(?s)\nsla:.*?\n\n", "\n", SHIPPED), encoding="utf-8")
    assert load_company(file, {}).sla.waiting_prompt_seconds == 45


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (changed("  clamps: 2", "\tclamps: 2"), r"^company\.yml 第 \d+ 行附近：YAML 格式有错"),
        (changed("clamps: 2", "clamps 2"), r"^company\.yml 第 \d+ 行附近：YAML 格式有错"),
        (changed("clamps: 2", "clamps: 2\n  clamps: 3"), r"^company\.yml 第 \d+ 行：同一项写了两遍"),
        ("", r"现在是空的$"),
        ("- 1\n", r"现在不是这种形式$"),
        ("just words", r"现在不是这种形式$"),
        ("sla: 5\n", r"^company\.yml 第 1 行 sla：下面应有一组“键: 值”，现在是 5$"),
        ("halls: 3\n", r"^company\.yml 第 1 行 halls：下面应是一个列表"),
        ("company: &a\n  <<: *a\n", r"^company\.yml 第 1 行 company\.name：缺少这一项$"),
        ("company: !!python/object:os.system {}\n", r"^company\.yml 第 1 行附近：YAML 格式有错"),
    ],
)
def test_a_file_that_is_no_profile_is_told_so(file: Path, text: str, told: str) -> None:
    assert any(re.search(told, problem) for problem in problems(file, text))


def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path, file: Path) -> None:
    with pytest.raises(CompanyProfileError, match=r"找不到公司资料文件 .*none\.yml"):
        load_company(tmp_path / "none.yml", {})
    with pytest.raises(CompanyProfileError, match="读不出来"):
        load_company(tmp_path, {})
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CompanyProfileError, match="UTF-8"):
        load_company(file, {})


def test_the_byte_order_mark_of_notepad_does_no_harm(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + SHIPPED.encode())
    assert load_company(file, {}).company.name == "安居燃气"


def test_the_environment_overrides_clock_limits(file: Path) -> None:
    file.write_text(SHIPPED, encoding="utf-8")
    sla = load_company(
        file, {"GASDESK_SLA__WAITING_PROMPT_SECONDS": "4.5", "GASDESK_SLA__DISPATCH_LIMIT_SECONDS": ""}
    ).sla
    assert (sla.waiting_prompt_seconds, sla.dispatch_limit_seconds, sla.reply_limit_seconds) == (4.5, 60, 120)


def test_a_shorter_limit_takes_its_warning_along(file: Path) -> None:
    file.write_text(SHIPPED, encoding="utf-8")
    sla = load_company(file, {"GASDESK_SLA__REPLY_LIMIT_SECONDS": "4"}).sla
    assert (sla.reply_limit_seconds, sla.agent_warning_seconds) == (4, 3)
    both = {"GASDESK_SLA__REPLY_LIMIT_SECONDS": "4", "GASDESK_SLA__AGENT_WARNING_SECONDS": "1"}
    assert load_company(file, both).sla.agent_warning_seconds == 1


def test_a_wrong_override_names_the_variable(file: Path) -> None:
    env = {
        "GASDESK_SLA__REPLY_LIMIT_SECONDS": "abc",
        "GASDESK_SLA__WAITING_PROMT_SECONDS": "1.5",
        "GASDESK_SLA__DISPATCH_LIMIT_SECONDS": "nan",
    }
    assert sorted(problems(file, SHIPPED, env)) == [
        '环境变量 GASDESK_SLA__DISPATCH_LIMIT_SECONDS：应为大于 0 的数字，现在是 "nan"',
        '环境变量 GASDESK_SLA__REPLY_LIMIT_SECONDS：应为大于 0 的数字，现在是 "abc"',
        "环境变量 GASDESK_SLA__WAITING_PROMT_SECONDS：没有这一项，是不是想写 GASDESK_SLA__WAITING_PROMPT_SECONDS？",
    ]


def test_overrides_that_contradict_the_file_are_named(file: Path) -> None:
    found = problems(file, SHIPPED, {"GASDESK_SLA__AGENT_WARNING_SECONDS": "900"})
    assert len(found) == 1
    assert "应小于 reply_limit_seconds（120）" in found[0]
    assert "GASDESK_SLA__AGENT_WARNING_SECONDS" in found[0]


def leaves(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from leaves(value, (*path, key))
    if path:
        yield path


PLAIN = YAML(typ="safe", pure=True).load(SHIPPED)
JUNK: list[Any] = [None, "", "乱写", -7, 3.5, True, [], ["乱写"], {}, {"乱写": 1}, {1: 2}, "{乱写}", "x" * 300]


@settings(max_examples=40)
@given(st.sampled_from(sorted(leaves(PLAIN), key=str)), st.sampled_from(JUNK))
def test_whatever_is_written_is_either_taken_or_answered_in_chinese(
    tmp_path_factory: pytest.TempPathFactory, where: tuple[str | int, ...], junk: Any
) -> None:
    data = YAML(typ="safe", pure=True).load(SHIPPED)
    node = data
    for part in where[:-1]:
        node = node[part]
    node[where[-1]] = junk
    path = tmp_path_factory.getbasetemp() / f"company-{os.getpid()}.yml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(data, stream)
    try:
        load_company(path, {})
    except CompanyProfileError as error:
        for problem in error.problems:
            what = problem.split("：", 1)[1]
            assert re.search("[应缺没不现间档这花要至多]", what), problem
            assert re.search(r"第 \d+ 行", problem), problem
            assert not re.search(r"\b(Input|Value|should|valid)\b", what), problem
