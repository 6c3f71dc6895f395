"""A telephone number and a convenient time, read from a customer's words. Pure functions; no guesses."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions.understanding import normal
from bot.domain.places import plain

# --- telephone numbers -----------------------------------------------------------------------------------------------

_SPOKEN = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_SPOKEN_RUN = re.compile("[零〇一幺二两三四五六七八九]{3,}")
_DENIED = re.compile(r"(不是|不要打|别打)\s*[\d +()\-]{7,}")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9](?:[ -]?\d){9})(?!\d)")
_LANDLINE = re.compile(
    r"(?<!\d)\(?(0(?:[12]\d|[3-9]\d{2}))\)?[ -]*(\d(?:[ -]?\d){6,7})(?!\d)(?:\s*(?:转|-|分机)\s*(\d{1,6})(?!\d))?"
)
_DIGITS_OF_A_PHONE = 6
#: What is said around a number when it is left to be called.
_ONLY_A_NUMBER = re.compile("我的?|这是|手机号?码?|电话号?码?|联系方式|号码|是|[:：,，.。 ]")


def phone_in(text: str) -> str | None:
    """The telephone number in `text`, as "13800001234" or "0371-66668888"; None if there is no whole one.

    Mobile numbers have 11 digits; a landline needs its area code. Blanks, dashes, brackets and numbers spoken digit
    by digit ("幺三八…") are read. A number that is denied ("不是138…") does not count.
    """
    words = _DENIED.sub(" ", _in_digits(text))
    if mobile := _MOBILE.search(words):
        return _digits(mobile[1])
    if landline := _LANDLINE.search(words):
        area, number, extension = landline.groups()
        return f"{area}-{_digits(number)}" + (f"转{extension}" if extension else "")
    return None


def without_phone(text: str) -> str:
    """The text with its telephone numbers left out, to look for other things in it."""
    return _LANDLINE.sub(" ", _MOBILE.sub(" ", _DENIED.sub(" ", _in_digits(text))))


def is_only_a_phone(text: str) -> bool:
    """A telephone number out of the blue: "13800001234"."""
    return phone_in(text) is not None and not _ONLY_A_NUMBER.sub("", normal(without_phone(text)))


def tries_a_phone(text: str) -> bool:
    """Whether the text holds so many digits that a telephone number is meant, complete or not."""
    return len(_digits(_in_digits(text))) >= _DIGITS_OF_A_PHONE


def _in_digits(text: str) -> str:
    return _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), normal(text)).replace("—", "-").replace("–", "-")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


# --- convenient times ------------------------------------------------------------------------------------------------

_DAYS_AHEAD = {
    "大后天": 3,
    "后天": 2,
    "后儿": 2,
    "明天": 1,
    "明儿": 1,
    "明日": 1,
    "明": 1,
    "今天": 0,
    "今儿": 0,
    "今日": 0,
    "今": 0,
}
_NEAR = re.compile("大后天|后[天儿]|[今明]([天儿日]|(?=[早晚上下中]))")
_WEEKDAY = re.compile("(?P<next>下+)?[这本]?个?(周|星期|礼拜)(?P<day>[1-7日天])")
_WEEKDAYS = {"日": 6, "天": 6, "7": 6} | {str(number): number - 1 for number in range(1, 7)}
_NAMES_DAY = re.compile(
    r"[今明后][天儿日]|[今明][早晚]|(周|星期|礼拜)[1-7一二三四五六日天末]|\d[日号](?![楼院线门栋座])"
)
_DATE = re.compile(
    r"(?P<month>\d{1,2})(月|\.|/)(?P<day>\d{1,2})[日号]?(?![点:：时\d])|(?<![\d月])(?P<alone>\d{1,2})[日号](?![楼院线门栋座])"
)
_VAGUE_DAYS = re.compile(
    "明后[天两]天?|(这|本|下)?个?周末|双休日?|工作日|节假日|平时|平常|每天|天天|这[两几]天|下周|下星期|下礼拜|这周|本周"
)
_HOUR = r"(?<!\d)\d{1,2}([点时](?!间|候)(\d{1,2}分?|半|[123]刻)?|[:：]\d{2})"
_TIME_OF_DAY = re.compile(
    rf"(?:(?:一大?)?早上?|凌晨|大?半夜里?|深夜|清早|上午|中午|午饭|午休|午后|下午|傍晚|晚上|晚饭后?|晚间|夜里|白天|(?<=[今明])晚)?(?:{_HOUR})(?:\s*(?:到|至|-|~)\s*(?:上午|中午|下午|晚上)?(?:{_HOUR}))?(?:钟|整)?(?:左右|以?前|之前|以?后|之后|过后)?"
    "|(?<!等到)(?<!等着)(?<!等)(?:下班|放学|吃饭|午饭|晚饭|送完孩子|上班(?=时间|以?前|之前|以?后|之后|的时候))(?:时间|以?前|之前|以?后|之后|的时候)?"
    "|一大早|凌晨|大?半夜|深夜|早上|清早|上午|中午|午休|午后|下午|傍晚|晚上|晚间|夜里|白天|全天|整天|一整天|半天|(?<=[今明])[早晚]"
)
_WITH_HOURS = re.compile(
    "((下+|这|本)?个?(周|星期|礼拜)[1-7一二三四五六日天末]|大后天|[今明后][天日儿]|明后天)(早上|上午|中午|下午|傍晚|晚上)?"
    r"((\d{1,2}|[一二三四五六七八九十]{1,3})[点时]半?(钟|左右|以后|之后|以前)?)?"
)
#: "后天上午 25号": the day once more.
_ITS_DATE = re.compile(r"(?<![\d-])(\d{1,2}月)?\d{1,2}号(?![\d楼院门栋]|底商|商铺)")
_ANY_TIME = re.compile(
    "随时|(什么|啥|任何|哪个?)(时候|时间|天|会儿?)?都(行|可以?|好|成|在|方便|有空)|都(行|可以|在家|方便|有空|成)|无所谓|随便|看你们|你们(定|安排)|你安排|听你们"
)
_SOON = re.compile("尽快|尽早|越快越好|越早越好|马上|立刻|现在(就)?|赶紧|赶快|快点|早点|最快")
_EXCEPT = re.compile("除了|除|(?<!行)不行|不在|没空|没时间|不方便|别|不要|上不了|出差|(?<!能)不能")
_ENDS = {"早": 10, "上午": 12, "中午": 14, "下午": 19}
_LONGEST_AS_SAID = 40
#: As `_written` writes it.
_WRITTEN_DAY = re.compile(r"\d+月\d+日（周.）")


@dataclass(frozen=True)
class ConvenientTime:
    """When somebody may come or call, as it is written on the order: "1月6日（周二）上午"."""

    text: str
    #: It is over already: "今天上午", said in the afternoon.
    past: bool = False


#: "还是明天上午吧 后天有事": of two days the one that is chosen.
_INSTEAD = re.compile("[那就哦嗯额不,，。 ]*(还是|改[成到为]?|换[成到]?)(?P<time>[^,，。 ]+)[,，。 ].")


def time_in(text: str, now: datetime, *, asked: bool = True) -> ConvenientTime | None:
    """The convenient time in `text`, days as dates counted from the local `now`; None if none is named.

    With `asked` False only what is a time beyond doubt counts: "3号" may be a house.
    """
    text = _without_the_impossible(text)
    if (instead := _INSTEAD.match(normal(text))) and (other := time_in(instead["time"], now, asked=asked)):
        return other
    words = _on_the_hour(text)
    day, vague = _day_in(words, now.date(), asked=asked), _VAGUE_DAYS.search(words)
    times = "、".join(dict.fromkeys(found[0] for found in _TIME_OF_DAY.finditer(words)))
    if (day or vague or times) and ((asked and _EXCEPT.search(words)) or _names_several_days(words)):
        return ConvenientTime(normal(text)[:_LONGEST_AS_SAID])
    if day and _WEEKDAY.search(words) and _is_past(day, times, now):
        day += timedelta(weeks=1)  # "周日上午", said on a Sunday evening
    if day or vague or times:
        named = _written(day) if day else (vague[0] if vague else "")
        return ConvenientTime(f"{named}{times}", past=day is not None and _is_past(day, times, now))
    if asked and _SOON.search(words):
        return ConvenientTime("尽快")
    return ConvenientTime("随时") if _ANY_TIME.search(words) and (asked or "随时" in words) else None


#: "后天下午 后天我不在 那大后天吧", "明天不行 改后天晚上".
_IMPOSSIBLE = re.compile(
    "要?上班(?!时间|以?[前后]|之[前后]|的时候)|不行|不在|没空|没时间|不方便|有事|出差|来不了|上不了|不得空|冇空"
)
_CLAUSE = re.compile("[ ,，。;；!！]+")


def _without_the_impossible(text: str) -> str:
    """Only what follows a day that will not do, if another is named there."""
    clauses = _CLAUSE.split(normal(text))
    denied = (n for n, clause in enumerate(clauses) if _IMPOSSIBLE.search(clause) and _names_days(clause))
    rest = " ".join(clauses[max(denied, default=-1) + 1 :])
    return rest if _names_days(rest) else text


def _names_days(text: str) -> bool:
    return _NAMES_DAY.search(text) is not None or _VAGUE_DAYS.search(text) is not None


def on_the_same_day(before: str | None, time: str) -> str:
    """ "改成下午" of "11月28日（周六）上午" is that Saturday's afternoon."""
    day = _WRITTEN_DAY.match(before or "")
    only_hours = _TIME_OF_DAY.fullmatch(time) is not None
    return f"{day[0]}{time}" if day and only_hours else time


def without_day(text: str) -> str:
    """The text without its days and hours, to look for other things in it: "304 周三上午" holds no house 3."""
    words = _WITH_HOURS.sub(" ", normal(text))
    return _ITS_DATE.sub(" ", words) if words != normal(text) else text


def _on_the_hour(text: str) -> str:
    """ "上午九:30" → "上午9点30分": a colon would be lost as punctuation."""
    words = re.sub("(?<=[慢快大小多少轻好])一点(?!钟)", "", normal(text))  # "打慢一点" names no hour
    return plain(re.sub(r"(?<=\d):([0-5]\d)(?!\d)", _minutes, words))


def _minutes(found: re.Match[str]) -> str:
    return "点" if found[1] == "00" else f"点{found[1]}分"


def _names_several_days(words: str) -> bool:
    """ "周一到周五", "周六日", "明天或者后天": nothing to count out."""
    several = len(_WEEKDAY.findall(words)) + len(_NEAR.findall(words))
    return (
        several > 1
        or "明后" in words
        or re.search(r"(周|星期|礼拜)[1-7]([日天]|(到|至|-|、|和)?[1-7日天])", words) is not None
    )


def _day_in(words: str, today: date, *, asked: bool) -> date | None:
    if near := _NEAR.search(words):
        return today + timedelta(days=_DAYS_AHEAD[near[0]])
    if named := _WEEKDAY.search(words):
        return _weekday(_WEEKDAYS[named["day"]], len(named["next"] or ""), today)
    if (found := _DATE.search(words)) and (asked or found["month"]):
        return _calendar_day(found, today)
    return None


def _weekday(weekday: int, weeks_ahead: int, today: date) -> date:
    """ "周六" is the coming one, today included; "下周六" is that of the next week, which begins on Monday."""
    if weeks_ahead:
        return today + timedelta(days=weekday - today.weekday(), weeks=weeks_ahead)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _calendar_day(found: re.Match[str], today: date) -> date | None:
    """The next day of this month and day, or of this day of the month; None when there is no such day."""
    day = int(found["day"] or found["alone"])
    months = [int(found["month"])] if found["month"] else [today.month, today.month % 12 + 1]
    named = [_date(year, month, day) for year in (today.year, today.year + 1) for month in months]
    return min((each for each in named if each is not None and each >= today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_past(day: date, times: str, now: datetime) -> bool:
    ends = max((hour for part, hour in _ENDS.items() if part in times), default=24)
    return day == now.date() and now.hour >= ends


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"
