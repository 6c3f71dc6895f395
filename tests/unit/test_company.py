"""The company profile's own rules."""

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.adapters.company_file import load_company
from bot.domain.company import CompanyProfile, Hours, Prices, PriceTier, SafetyInstructions, Scripts, Sla
from bot.domain.emergencies import EmergencyKind

COMPANY_FILE = Path(__file__).parents[2] / "company.yml"


@pytest.fixture(scope="module")
def profile() -> CompanyProfile:
    return load_company(COMPANY_FILE, {})


def test_the_shipped_file_shows_every_setting_at_its_default(profile: CompanyProfile) -> None:
    bare = CompanyProfile(company=profile.company, halls=profile.halls, units=profile.units)
    assert profile == bare
    assert set(profile.model_fields_set) == set(CompanyProfile.model_fields)
    for name in CompanyProfile.model_fields:
        group = getattr(profile, name)
        if name != "halls":
            assert group.model_fields_set == set(type(group).model_fields), name


def test_defaults_are_the_values_of_the_sources(profile: CompanyProfile) -> None:
    assert (profile.sla.waiting_prompt_seconds, profile.sla.reply_limit_seconds) == (45, 120)
    assert (profile.start_up.prepay_yuan, profile.start_up.prepay_high_use_yuan) == (Decimal(200), Decimal(2000))
    assert profile.water_heater.refit_yuan == 380
    assert profile.emergencies.arrival_minutes == 20
    assert profile.balance.low_yuan == 30
    assert len(profile.readings.ways) == 4
    assert profile.service.dispatch_cutoffs == (time(11, 10), time(15, 30))


def test_every_setting_is_described() -> None:
    def undescribed(model: type[CompanyProfile]) -> list[str]:
        schema = model.model_json_schema()
        groups = {"": schema, **schema["$defs"]}
        return [
            f"{group}.{key}"
            for group, body in groups.items()
            for key, field in body.get("properties", {}).items()
            if group != "Hours" and "description" not in field
        ]

    assert undescribed(CompanyProfile) == []


@pytest.mark.parametrize("kind", EmergencyKind)
def test_every_emergency_has_a_complete_instruction(profile: CompanyProfile, kind: EmergencyKind) -> None:
    told = profile.safety_instruction(kind)
    assert "{" not in told
    assert profile.company.hotline in told
    assert len(told) <= 200


@pytest.mark.parametrize("kind", [EmergencyKind.INDOOR_LEAK, EmergencyKind.CORRIDOR_LEAK])
def test_a_leak_inside_is_told_what_s0_prescribes(profile: CompanyProfile, kind: EmergencyKind) -> None:
    told = profile.safety_instruction(kind)
    first_order = told.splitlines()[1]
    assert "不点火" in first_order
    assert "不要碰任何电器" in first_order
    for prescribed in ("阀门", "门窗", "室外等待", "20分钟内"):
        assert prescribed in told


def test_a_leak_outside_warns_others(profile: CompanyProfile) -> None:
    told = profile.safety_instruction(EmergencyKind.OUTDOOR_LEAK)
    for prescribed in ("走远再打电话", "行人和车辆", "不点火", "20分钟内"):
        assert prescribed in told


def test_poisoning_and_fire_name_the_number_to_call(profile: CompanyProfile) -> None:
    poisoning = profile.safety_instruction(EmergencyKind.CARBON_MONOXIDE)
    assert "120" in poisoning
    assert "不要再进屋" in poisoning
    assert "119" in profile.safety_instruction(EmergencyKind.FIRE)


def test_a_script_is_completed_from_the_profile_and_the_moment(profile: CompanyProfile) -> None:
    greeting = profile.fill(profile.scripts.greeting, staff_id="101")
    assert greeting == "您好，我是安居燃气客服101号，很高兴为您服务！"
    assert "3个工作日内" in profile.fill(profile.scripts.complaint_closing)
    with pytest.raises(KeyError, match="staff_id"):
        profile.fill(profile.scripts.greeting)


def test_the_45_second_prompt_keeps_the_prescribed_wording(profile: CompanyProfile) -> None:
    prompt = profile.fill(profile.scripts.waiting_prompt)
    assert prompt == "很抱歉，我正在与您核实相关问题，请您耐心等待，谢谢！"


@pytest.mark.parametrize(
    "text", ["我是{staff}号", "我是{staff_id", "我是{staff_id:>9}号", "我是{staff_id!r}号", "{}号", ""]
)
def test_a_script_with_a_wrong_placeholder_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Scripts(greeting=text)


def test_a_safety_instruction_must_fit_a_screen_and_name_the_number() -> None:
    with pytest.raises(ValidationError, match="200"):
        SafetyInstructions(indoor_leak="快跑！" * 70 + "{hotline}")
    with pytest.raises(ValidationError, match="119"):
        SafetyInstructions(fire="快跑！")


def test_the_warning_comes_before_the_limit() -> None:
    with pytest.raises(ValidationError, match="agent_warning_seconds"):
        Sla(reply_limit_seconds=60)
    assert Sla(reply_limit_seconds=0.5, agent_warning_seconds=0.4).waiting_prompt_seconds == 45


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        ("08:00-20:00", [time(8), time(19, 59)], [time(7, 59), time(20)]),
        ("22:00-08:00", [time(22), time(0), time(7, 59)], [time(8), time(21, 59)]),
        ("00:00-24:00", [time(0), time(23, 59)], []),
        ("8:30 至 17:00", [time(8, 30)], [time(17)]),
    ],
)
def test_hours_hold_the_opening_minute_but_not_the_closing_one(
    written: str, inside: list[time], outside: list[time]
) -> None:
    hours = Hours.model_validate(written)
    assert all(map(hours.contains, inside))
    assert not any(map(hours.contains, outside))
    assert Hours.model_validate(str(hours)) == hours


@pytest.mark.parametrize("written", ["8点-20点", "25:00-26:00", "08:60-09:00", "08:00", ""])
def test_hours_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        Hours.model_validate(written)


def test_price_tiers_rise_and_the_last_is_open() -> None:
    first, last = PriceTier(up_to_m3=Decimal(10), yuan_per_m3=Decimal(2)), PriceTier(yuan_per_m3=Decimal(3))
    assert Prices(residential=(first, last)).residential == (first, last)
    for wrong in [(), (first,), (last, first), (last, last), (first, first, last)]:
        with pytest.raises(ValidationError):
            Prices(residential=wrong)
