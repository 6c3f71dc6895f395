"""The facts of the company profile that any response of domain.yml may name in braces."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.domain.company import CompanyProfile, Hall
from bot.domain.emergencies import EmergencyKind
from bot.domain.late_fees import runs_from

type Facts = dict[str, str]

_EXAMPLE = date(2026, 3, 1)
"""A month for the late-fee rule to be explained with."""


def company_facts(company: CompanyProfile) -> Facts:
    """All facts by the name a response uses: `{hotline}`, `{prepay}`, `{anything_else}`…

    Money is in yuan, volumes in m³, without the unit. docs/dialogues.md lists the names.
    """
    return {
        **_contact(company),
        **_supply(company),
        **_scripts(company),
        **_services(company),
        **_household(company),
        **_tariff(company),
        **_money(company),
    }


def amount(value: Decimal) -> str:
    """A number as people write it: 200, 2.66, never 2E+2 or 200.00."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(value: Decimal) -> str:
    """Money as people write it: 200, 79.80."""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def hall_line(hall: Hall) -> str:
    return f"{hall.name}：{hall.address}，{hall.days}{hall.hours}，电话{hall.phone}"


def listed(items: Sequence[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def _percent(rate: Decimal) -> str:
    return f"{amount(rate * 100)}%"


def _fee_or_free(yuan: Decimal) -> str:
    return f"收改装费{amount(yuan)}元" if yuan else "免收改装费"


def _stove(company: CompanyProfile) -> str:
    if company.start_up.flame_failure_protection_required:
        return "带熄火保护的天然气灶具（没有熄火保护的不能点火）"
    return "天然气灶具"


def _contact(company: CompanyProfile) -> Facts:
    days = company.working_days
    return {
        "company": company.company.name,
        "city": company.company.city,
        "hotline": company.company.hotline,
        "main_hall": hall_line(company.halls[0]),
        "hall_lines": "\n".join(hall_line(hall) for hall in company.halls),
        "online_hours": str(company.service.online_hours),
        "return_call_hours": str(company.service.return_call_hours),
        "visit_days": str(days.repair_visit),
        "callback_days": str(days.callback),
        "complaint_days": str(days.complaint),
        "start_up_visit_days": str(days.start_up_visit),
        "refit_visit_days": str(days.refit_visit),
        "survey_visit_days": str(days.survey_visit),
    }


def _supply(company: CompanyProfile) -> Facts:
    return {
        "minutes": str(company.emergencies.arrival_minutes),
        "planned_outage_notice_hours": str(company.service.planned_outage_notice_hours),
        "emergency_outage_notice_hours": str(company.service.emergency_outage_notice_hours),
    }


def _scripts(company: CompanyProfile) -> Facts:
    scripts = company.scripts
    sentences = {
        "anything_else": scripts.anything_else,
        "beyond_scope": scripts.beyond_scope,
        "complaint_closing": scripts.complaint_closing,
        "complaint_opening": scripts.complaint_opening,
        "consultation_closing": scripts.consultation_closing,
        "manager_wanted": scripts.manager_wanted,
        "please_wait": scripts.please_wait,
        "suggestion_thanks": scripts.suggestion_thanks,
        "take_note": scripts.take_note,
    }
    filled = {name: company.fill(sentence) for name, sentence in sentences.items()}
    return {**filled, "leak_safety": company.safety_instruction(EmergencyKind.INDOOR_LEAK)}


def _services(company: CompanyProfile) -> Facts:
    return {
        "start_up_prepay": amount(company.start_up.prepay_yuan),
        "start_up_prepay_high_use": amount(company.start_up.prepay_high_use_yuan),
        "hose_metres": amount(company.start_up.hose_max_metres),
        "clamps": str(company.start_up.clamps),
        "stove": _stove(company),
        "refit": amount(company.water_heater.refit_yuan),
        "refit_bought_here": _fee_or_free(company.water_heater.refit_bought_here_yuan),
        "reading_ways": "\n".join(f"{n}. {way.name}：{way.how}" for n, way in enumerate(company.readings.ways, 1)),
        "free_checks": str(company.safety_checks.free_visits_per_year),
        "low_balance": amount(company.balance.low_yuan),
    }


def _household(company: CompanyProfile) -> Facts:
    checks, hoses, refit = company.safety_checks, company.hoses, company.pipe_refit
    return {
        "meter_batteries": company.fill(company.card_meters.batteries),
        "inspection_days": str(checks.within_days),
        "inspector_signs": "\n".join(f"{n}. {sign}" for n, sign in enumerate(checks.signs, 1)),
        "inspector_at_door": company.fill(checks.at_the_door),
        "hose_recommended": hoses.recommended,
        "hose_days": str(hoses.replace_days),
        "hose_free_for": hoses.free_for,
        "pipe_rates": "\n".join(f"{each.work}：{amount(each.yuan)}元/{each.unit}" for each in refit.rates),
        "pipe_install_days": str(refit.install_days),
        "pipe_shared_days": str(refit.shared_pipe_days),
    }


def _tariff(company: CompanyProfile) -> Facts:
    fees, late, test, coupons = company.opening_fees, company.late_fees, company.meter_test, company.gas_coupons
    return {
        "price_lines": _price_lines(company),
        "commercial_price": amount(company.prices.commercial_yuan_per_m3),
        "multi_storey_fee": amount(fees.multi_storey_yuan),
        "high_rise_fee": amount(fees.high_rise_yuan),
        "villa_fee": amount(fees.villa_yuan),
        "kitchen_commercial_fee": amount(fees.kitchen_commercial_yuan_per_kw),
        "kitchen_other_fee": amount(fees.kitchen_other_yuan_per_kw),
        "boiler_fee": amount(fees.boiler_yuan_per_kw),
        "late_fee_day": str(late.residential_from_day),
        "late_fee_rate": _percent(late.residential_daily_rate),
        "late_fee_rate_commercial": _percent(late.commercial_daily_rate),
        "late_fee_cut_off_days": str(late.commercial_cut_off_days),
        "meter_test_deposit": amount(test.deposit_yuan),
        "meter_test_removal": amount(test.removal_yuan),
        "meter_test_days": str(test.within_days),
        "meter_test_readings": str(test.corrected_readings),
        "coupon_m3": amount(coupons.m3_each),
        "coupon_factor": str(coupons.monthly_average_factor),
        "coupon_grace_months": str(coupons.grace_months),
    }


def _money(company: CompanyProfile) -> Facts:
    late, days = company.late_fees, company.working_days
    return {
        "payment_lines": listed([f"{way.name}：{way.how}" for way in company.payments.ways]),
        "electronic_invoice": company.invoices.electronic,
        "late_fee_example": f"{_EXAMPLE.month}月",
        "late_fee_from": _month_and_day(runs_from(_EXAMPLE, late, direct_debit=False)),
        "late_fee_debit_from": _month_and_day(runs_from(_EXAMPLE, late, direct_debit=True)),
        "late_fee_step": amount(late.step_yuan),
        "business_papers": listed(company.papers.business),
        "business_renamed_papers": listed(company.papers.business_renamed),
        "sale_papers": listed(company.papers.sale),
        "account_papers": listed(company.papers.fee_paid),
        "account_papers_unpaid": listed(company.papers.fee_unpaid),
        "proxy_papers": "、".join(company.papers.proxy),
        "direct_debit_papers": "、".join(company.papers.direct_debit),
        "reading_dispute_days": str(days.reading_dispute),
    }


def _month_and_day(value: date) -> str:
    return f"{value.month}月{value.day}日"


def _price_lines(company: CompanyProfile) -> str:
    lines, lower = [], Decimal(0)
    for number, tier in enumerate(company.prices.residential, 1):
        if tier.up_to_m3 is None:
            span = f"超过{amount(lower)}立方米的部分" if lower else "不分用量"
        else:
            span = f"{amount(lower)}至{amount(tier.up_to_m3)}立方米"
            lower = tier.up_to_m3
        lines.append(f"第{number}档（{span}）：每立方米{amount(tier.yuan_per_m3)}元")
    return "\n".join(lines)
