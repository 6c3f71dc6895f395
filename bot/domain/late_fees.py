"""滞纳金: from which day it runs, and what it comes to (S1 第七条四, 第十四条)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.domain.company import LateFees
from bot.domain.gas import Account, CustomerClass
from bot.domain.readings import CENT


def residential_late_fee(arrears_yuan: Decimal, days: int, rules: LateFees) -> Decimal:
    """Yuan after `days` days that count, rounded down to the profile's step: 0.49 → 0, 0.99 → 0.5 (S1 第十四条七).

    Raises ValueError for negative arrears or days.
    """
    exact = _exact(arrears_yuan, days, rules.residential_daily_rate)
    return exact // rules.step_yuan * rules.step_yuan


def commercial_late_fee(arrears_yuan: Decimal, days: int, rules: LateFees) -> Decimal:
    """Yuan for a business, to the cent: the steps of 0.5 yuan are the residents' (S1 第七条四).

    Raises ValueError for negative arrears or days.
    """
    return _exact(arrears_yuan, days, rules.commercial_daily_rate).quantize(CENT, ROUND_HALF_UP)


def _exact(arrears_yuan: Decimal, days: int, daily_rate: Decimal) -> Decimal:
    if arrears_yuan < 0 or days < 0:
        raise ValueError(f"arrears and days cannot be negative: {arrears_yuan}, {days}")
    return arrears_yuan * daily_rate * days


def runs_from(bill: date, rules: LateFees, *, direct_debit: bool) -> date:
    """The first day that counts for a resident's bill of the month of `bill`.

    Paid at a hall or the like: the 21st of the month after (次月, S1 第十四条三). By direct debit: the 21st of the
    second month (第二个月, S1 第十四条一), as the reminder comes only once the debit has failed.
    """
    later = rules.residential_debit_from_month if direct_debit else rules.residential_from_month
    months = bill.year * 12 + bill.month - 1 + later
    return date(months // 12, months % 12 + 1, rules.residential_from_day)


def days_since(first: date, today: date) -> int:
    """Days that count when the late fee runs from `first`; that day is the first of them."""
    return max((today - first).days + 1, 0)


def is_cut_off(days: int, rules: LateFees) -> bool:
    """Whether a business that is `days` days late has its supply stopped: after more than 15 (S1 第七条四)."""
    return days > rules.commercial_cut_off_days


def late_fee_today(account: Account, today: date, rules: LateFees) -> Decimal | None:
    """What the account's arrears have cost up to `today`; None without arrears, or if nobody knows since when."""
    since = account.arrears_since
    if account.balance_yuan >= 0 or since is None:
        return None
    if account.customer_class is CustomerClass.COMMERCIAL:
        return commercial_late_fee(-account.balance_yuan, max((today - since).days, 0), rules)
    days = days_since(runs_from(since, rules, direct_debit=account.direct_debit), today)
    return residential_late_fee(-account.balance_yuan, days, rules)
