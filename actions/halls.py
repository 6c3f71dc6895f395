"""The halls as customers ask for them: which one is meant, open now, or when next; on holidays. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from actions.facts import hall_line
from actions.understanding import normal
from bot.domain.company import Hall
from bot.domain.opening import is_open_at, next_opening

#: 五一新村 is a place.
_HOLIDAYS = re.compile(
    "[春端中元清国][节午秋旦明庆]|五一(?!新村|小区|路|街)|十一(?=[^号栋楼单层室]|$)|[节假]日|放假|过[年节]|长假|除夕|初[一二三四五六]"
)

#: What chooses one of the halls that were told, beside its name.
_CHOOSES = re.compile(
    "那一?[个家边里儿]|这一?[个家边里儿]|营业厅|大厅|收费|几点|上班|下班|开门|关门|开着|地址|电话|多少|怎么走|在哪|现在|什么时候|是|我|去|到|离|近|想|要|就|的|呢|吧|啊|呀"
    "|吗|么|了|开|关|哪|里|儿|路|区|[,。?！! ]"
)


def asks_of_holidays(text: str) -> bool:
    return _HOLIDAYS.search(normal(text)) is not None


def holiday_line(hall: Hall) -> str:
    """ "安居燃气城东营业厅：法定节假日休息"."""
    return f"{hall.name}：法定节假日{'休息，调休的工作日上班' if hall.closed_on_holidays else '照常上班'}"


def opening_line(hall: Hall, local: datetime) -> str:
    """The hall, and whether it is open at `local` of its own time."""
    if is_open_at(hall, local):
        return f"{hall_line(hall)}（现在营业中，{hall.hours.closes:%H:%M}下班）"
    opens = next_opening(hall, local)
    if opens is None:
        return f"{hall_line(hall)}（现在已下班）"
    return f"{hall_line(hall)}（现在已下班，下次开门：{_moment(opens, local)}）"


def _moment(opens: datetime, now: datetime) -> str:
    ahead = (opens.date() - now.date()).days
    if ahead in (0, 1):
        return f"{'今天' if ahead == 0 else '明天'}{opens:%H:%M}"
    return f"{opens.month}月{opens.day}日（周{'一二三四五六日'[opens.weekday()]}）{opens:%H:%M}"


def halls_near(text: str, halls: Sequence[Hall]) -> list[Hall]:
    """The halls whose neighbourhood, or own name, the words mention; all of them when none is."""
    words = normal(text)
    near = [hall for hall in halls if any(place in words for place in (*hall.near, hall.name))]
    return near or list(halls)


def _own_parts(hall: Hall, halls: Sequence[Hall]) -> set[str]:
    """What is in no other hall's name: 城东 of 安居燃气城东营业厅."""
    pairs = {each.name: {first + second for first, second in pairwise(each.name)} for each in halls}
    return pairs[hall.name].difference(*(found for name, found in pairs.items() if name != hall.name))


def hall_meant(text: str, halls: Sequence[Hall]) -> Hall | None:
    """The hall that a few words choose ("城东那个", "和顺东街的呢"); None if they say anything else."""
    words = normal(text)
    found = [
        (hall, name) for hall in halls for name in (hall.name, *hall.near, *_own_parts(hall, halls)) if name in words
    ]
    named = {hall.name: hall for hall, _ in found}
    rest = _CHOOSES.sub("", re.sub("|".join(re.escape(name) for _, name in found), "", words)) if found else words
    return next(iter(named.values())) if len(named) == 1 and not rest else None
