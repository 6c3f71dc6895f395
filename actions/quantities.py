"""Amounts, volumes, powers and months as a customer writes them: "86块5", "五十方", "40kw", "9月", "三个月". Pure."""

import re
from datetime import date
from decimal import Decimal

from actions.understanding import normal, numbers

YUAN = "元|块钱?|圆"
CUBIC = "立方米?|方|m3|m³|度|吨"
KILOWATT = "kw"
DAYS = "天"
COUPONS = "张"
_NUMERALS = "零〇一二两三四五六七八九十百千万"
_WATTS_A_KILOWATT = 1000
#: "20万大卡": a boiler's power in kilocalories an hour.
_KILOCALORIES = re.compile(r"(\d+(?:\.\d+)?)(万)?(?:大卡|千卡|kcal)", re.IGNORECASE)
_KILOCALORIES_A_KILOWATT = Decimal(860)
_TEN_THOUSAND = 10_000
_MONTHS_A_YEAR = 12
#: A hundred years: of "25千个月" no month can be told.
_MOST_MONTHS = 100 * _MONTHS_A_YEAR

_FROM_TO = f"(?<![{_NUMERALS}])([一二两三四五六七八九]{{2}})([十百])(?![{_NUMERALS}])"
#: "一百二十多块 好像是126": the other number is meant.
_ABOUT_SO_MUCH = re.compile(rf"(\d+(\.\d+)?[十百千万]?|[{_NUMERALS}]+)[多几来]\s*(块钱?|元)?")


def quantity(text: str, units: str) -> Decimal | None:
    """The number that stands before one of `units` (a pattern); None if none or several different ones do."""
    found = {_number(match) for match in re.finditer(_before(units), _tidy(text))} - {None}
    return found.pop() if len(found) == 1 else None


def amount_in(text: str, units: str) -> Decimal | None:
    """The quantity in `units`, or the only number that the text holds: the answer to "how much?"."""
    exact = numbers(_ABOUT_SO_MUCH.sub(" ", _tidy(text)))
    if len(exact) == 1:
        return exact[0]
    with_unit = quantity(text, units)
    if with_unit is not None:
        return with_unit
    found = numbers(_tidy(text))
    return found[0] if len(found) == 1 else None


def power_kw(text: str) -> Decimal | None:
    """The power with its unit, in kW; watts are taken too."""
    if heat := _KILOCALORIES.search(normal(text)):
        per_hour = Decimal(heat[1]) * (_TEN_THOUSAND if heat[2] else 1)
        return (per_hour / _KILOCALORIES_A_KILOWATT).quantize(Decimal("0.1"))
    kilowatts = quantity(text, KILOWATT)
    watts = quantity(text, "瓦|w(?![a-z])")
    return kilowatts if kilowatts is not None else watts / _WATTS_A_KILOWATT if watts is not None else None


def month_in(text: str, today: date) -> date | None:
    """The month that the customer names, as its first day, or the exact day if one is named; never in the future.

    "9月" is the latest September; "上个月", "三个月", "半年" count back from `today`.
    """
    words = normal(text)
    if near := re.search("上上个?月|上个?月|这个?月|本月|当月", words):
        return _months_before(today, {"上上": 2, "上": 1}.get(re.sub("个?月", "", near[0]), 0))
    if re.search("半年", words):
        return _months_before(today, _MONTHS_A_YEAR // 2)
    months = quantity(words, "个多?月")
    if months is not None and months == int(months) and months <= _MOST_MONTHS:
        return _months_before(today, int(months))
    return _named_month(words, today)


def days_in(text: str) -> int | None:
    """A number of days: "30天", "两周", "半个月"."""
    if re.search("半个月", normal(text)):
        return 15
    weeks = quantity(text, "个?(周|星期|礼拜)")
    days = quantity(text, DAYS) if weeks is None else weeks * 7
    return int(days) if days is not None and days == int(days) else None


def quarter_in(text: str) -> int | None:
    """The quarter that a text names, 1 to 4: "第三季度", "三季", "8月份"."""
    words = normal(text)
    if named := re.search("([1-4一二三四])季", words):
        return "1234一二三四".index(named[1]) % 4 + 1
    month = re.search(rf"(\d{{1,2}}|[{_NUMERALS}]{{1,2}})月", words)
    number = _small(month[1]) if month else None
    return (number - 1) // 3 + 1 if number and number <= _MONTHS_A_YEAR else None


def _tidy(text: str) -> str:
    """Half-width, lower case, with one name for the kilowatt; "86块5" in full."""
    words = re.sub("千瓦|kilowatt", "kw", normal(text).lower())
    words = re.sub(_FROM_TO, _between, words)
    return re.sub(r"(\d+)(块|元)(\d)(?!\d)毛?", r"\1.\3\2", words)


def _between(about: re.Match[str]) -> str:
    """ "三四十" is 35."""
    low, high = ("零一二三四五六七八九".index(each.replace("两", "二")) for each in about[1])
    return str((low + high) * {"十": 10, "百": 100}[about[2]] // 2) if high == low + 1 else about[0]


def _before(units: str) -> str:
    return rf"(?P<number>\d+(?:\.\d+)?[十百千万]?|[{_NUMERALS}]+(?:点[{_NUMERALS}]+)?)\s*[多几来]?\s*个?\s*(?:{units})"


def _number(match: re.Match[str]) -> Decimal | None:
    found = numbers(match["number"])
    return found[0] if found else None


def _small(numeral: str) -> int | None:
    found = numbers(numeral)
    return int(found[0]) if found else None


def _months_before(today: date, months: int) -> date:
    count = today.year * _MONTHS_A_YEAR + today.month - 1 - months
    return date(count // _MONTHS_A_YEAR, count % _MONTHS_A_YEAR + 1, 1)


def _named_month(words: str, today: date) -> date | None:
    found = re.search(
        rf"((?P<year>\d{{4}})年|(?P<ago>去年|前年))?(?P<month>\d{{1,2}}|[{_NUMERALS}]{{1,2}})月"
        rf"((?P<day>\d{{1,2}}|[{_NUMERALS}]{{1,3}})[日号])?",
        words,
    )
    if found is None:
        return None
    years_ago = {"去年": 1, "前年": 2}.get(found["ago"] or "")
    if found["year"]:
        years = [int(found["year"])]
    elif years_ago is not None:
        years = [today.year - years_ago]
    else:
        years = [today.year, today.year - 1]
    month, day = _small(found["month"]), _small(found["day"]) if found["day"] else 1
    days = [_date(year, month, day) for year in years]
    return next((each for each in days if each is not None and each <= today), None)


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
