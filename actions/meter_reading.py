"""Meter-reading report (报数): the reading in a customer's words, what it costs, how it is recorded (S0 报数 1–4)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from actions.facts import amount, yuan
from actions.places import SHORTEST_ACCOUNT_NUMBER
from actions.records import consultation
from actions.turns import Say, Signal, Slots, handoff, say
from actions.understanding import corrects, names_a_dwelling, normal, numbers
from bot.clock import Clock
from bot.domain.company import CompanyProfile
from bot.domain.gas import Account, Reading
from bot.domain.readings import LITRE, BalanceState, balance_state, consumption_fee, tiers_of
from bot.domain.work_orders import OrderType
from bot.ports import BackOffice

_LONGEST_READING = 6
"""Digits before the point of any domestic or kitchen meter."""
#: The digits after the point are red on the dial: "黑色1240，红色356".
_RED_DIGITS = re.compile(r"(红|小数)\D{0,6}\d+")
_EXPLICIT = (
    re.compile("(读数|表数|示数|度数|数字|数(?=是)|表上|表底|气表)[^户账帐]*"),
    re.compile("报[^户账帐]*"),
    re.compile("[^户账帐]*(方|字|度|立方)$"),
)


#: "3号楼2单元501报数1253": a reading behind an address is no part of it.
_SAID_READING = re.compile(
    r"(报数|读数|表数|示数|数字?(?=是)|表底|底数|字数|度数|(?<=\d)走[了到]|表[上里]|[气字]表)[是为:：到了 ]*"
    r"(\d{1,6}(\.\d+)?|[一二两三四五六七八九十百千万零〇]{2,})(?![\d号栋幢楼单室层-])(方|字|度|立方)?"
)


_NUMERALS = r"\d零〇一二两三四五六七八九十百千"
#: "平安里2号楼1单元101 3062".
_BEHIND_A_ROOM = re.compile(
    r"((?:单元|号楼|[栋幢座])\d{3,4}室?|\d+-\d+-\d{3,4}|[\d栋幢座楼]-\d{3,4})"
    r"[ ,，:：]+(\d{1,6}(?:\.\d+)?)[方字度]?[ 。!！]*(?:报[个下]?数)?$"
)


#: "住了二十多年", "36小时后", "充了200块": how long, how old, how much.
_OTHER_AMOUNT = re.compile(
    rf"(?:上[回次]|上个?月|去年|以前|之前)[^,。 ]{{0,6}}?\d+|第[{_NUMERALS}]位[^,。 ]{{0,4}}\d|"
    rf"(?<!\d)12345(?!\d)(?=[^,。]{{0,3}}(?:投诉|热线|举报|反映|市长|电话))|(?:[打拨找]|投诉|举报|热线|市长)[^,。\d]{{0,4}}12345(?!\d)|"
    rf"[{_NUMERALS}]+[多几来]?(年|个?(多?月|星期|礼拜)|天|小时|钟头|分钟|岁|块|元|口人|个人|[点号](?![\d{_NUMERALS}楼院门]))"
)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the customer has reported so far."""

    #: Number of the matched account.
    account: str | None = None
    #: The customer named it by its address, not by its number.
    by_address: bool = False
    value_m3: Decimal | None = None
    #: The value was doubted once already.
    doubted: bool = False

    @classmethod
    def of(cls, slots: Slots) -> Self:
        value = slots.get("reading_value")
        return cls(
            account=slots.get("reading_account"),
            by_address=bool(slots.get("reading_by_address")),
            value_m3=Decimal(value) if value else None,
            doubted=bool(slots.get("reading_checked")),
        )

    def slots(self) -> Slots:
        return {
            "reading_account": self.account,
            "reading_by_address": self.by_address or None,
            "reading_value": None if self.value_m3 is None else str(self.value_m3),
            "reading_checked": self.doubted or None,
        }


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What a reading amounts to."""

    volume_m3: Decimal
    fee_yuan: Decimal


_TWO_DIGITS = 10
#: "是1565 不是1560".
_DENIED = re.compile(r"不是\d+")
#: "426是用量吧 不是表数".
_NO_READING = re.compile("不是(燃?气?表)?(的|上的)?(读数|表数|字数)|是用(气)?量(吧|啊|$)")


def reading_in(text: str, *, asked: bool) -> Decimal | None:
    """The reading that `text` holds. Unasked, only a number that cannot be part of an account number or address."""
    if _NO_READING.search(normal(text)):
        return None
    words = _OTHER_AMOUNT.sub(" ", _RED_DIGITS.sub("", _DENIED.sub(" ", normal(text))))
    words = re.sub(rf"(户号|账号)?\D{{0,2}}\d{{{SHORTEST_ACCOUNT_NUMBER},}}", "", words).strip()
    if not asked and (behind := _BEHIND_A_ROOM.search(words)):
        return Decimal(behind[2]).quantize(LITRE)
    if not asked and names_a_dwelling(words) and re.fullmatch(r"\d+", words) is None:
        explicit = (said[0] for pattern in _EXPLICIT if (said := pattern.search(words)))
        words = next((each for each in explicit if not names_a_dwelling(each)), "")
    if asked:  # "5号楼没错哈 表上是886"
        words = re.sub(r"\d+(号楼|栋|单元(\d{3,4}(?!\d))?|室|座|幢)", " ", words)
    found = [value for value in numbers(words) if value < 10**_LONGEST_READING]
    long = [value for value in found if value >= _TWO_DIGITS]  # "是1826 头一个是1"
    if not found or (len(long or found) > 1 and not corrects(text)):
        return None
    return (long or found)[-1].quantize(LITRE)


def without_reading(text: str) -> str:
    """The text without a reading that is called one, or stands behind a dwelling, to look for an address in it."""
    return _BEHIND_A_ROOM.sub(r"\1", _SAID_READING.sub(" ", normal(text)))


def bill(account: Account, value_m3: Decimal, company: CompanyProfile) -> Bill:
    volume = value_m3 - account.last_reading_m3
    return Bill(volume_m3=volume, fee_yuan=consumption_fee(account.year_used_m3, volume, tiers_of(account, company)))


async def save_reading(
    account: Account, value_m3: Decimal, conversation_id: str, *, back_office: BackOffice, clock: Clock
) -> None:
    """Save the reading; the same one twice is one."""
    await back_office.save_reading(
        Reading(
            account_number=account.number,
            value_m3=value_m3,
            reported_at=clock.now(),
            conversation_id=conversation_id,
        )
    )


def filed_reading(account: Account, value_m3: Decimal, due: Bill) -> Signal:
    """报数 / 电话处理 / 已完成 (S0 受理用户上报表数 3)."""
    return consultation(
        f"reading:{account.number}:{value_m3}",
        f"用户报数{amount(value_m3)}，用气{amount(due.volume_m3)}立方米，气费{yuan(due.fee_yuan)}元",
        kind=OrderType.READING,
        account_number=account.number,
    )


def takes_back_recorded(slots: Slots, text: str) -> tuple[Say, Signal] | None:
    """A reading that is recorded already is corrected by a person: what to say, and the hand-off."""
    if slots.get("reading_recorded") and corrects(text) and numbers(text):
        return say("utter_reading_correct_recorded"), handoff(f"更正已登记的读数：{text}")
    return None


def reminder(account: Account, fee_yuan: Decimal, company: CompanyProfile) -> tuple[Say, ...]:
    """Low balance or arrears once the fee is taken off (S0 新抄表模式 5); the balance itself is not told here."""
    if account.balance_yuan < 0:
        return (say("utter_reading_arrears"),)
    state = balance_state(account.balance_yuan - fee_yuan, company)
    response = {
        BalanceState.ARREARS: "utter_reading_balance_short",
        BalanceState.LOW: "utter_reading_low_balance",
    }.get(state)
    return (say(response),) if response else ()
