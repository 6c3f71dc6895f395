"""What a customer reads first in an emergency: short orders for a frightened person on a telephone."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.domain.company.base import Sentence, Settings
from bot.domain.emergencies import EmergencyKind

_LONGEST = 200
"""More does not fit one small telephone screen."""


def _on_one_screen(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"安全提示最多 {_LONGEST} 个字，现在有 {len(text)} 个字：惊慌的人读不完长文")
    return text


def _names(number: str) -> AfterValidator:
    def check(text: str) -> str:
        if number not in text:
            raise ValueError(f"这条安全提示必须写明拨打 {number}")
        return text

    return AfterValidator(check)


Instruction = Annotated[Sentence, AfterValidator(_on_one_screen)]


class SafetyInstructions(Settings):
    """One instruction for each kind of emergency, named as in `EmergencyKind`."""

    indoor_leak: Annotated[Instruction, _names("{hotline}")] = Field(
        default="请马上照做：\n"
        "1. 不点火、不抽烟，不要碰任何电器和开关。\n"
        "2. 关上燃气表前的阀门，打开门窗；气味很浓就直接走。\n"
        "3. 叫上家人，马上到室外等待。\n"
        "4. 到了室外再打电话：{hotline}（24小时）。\n"
        "确认地址后，维修人员{minutes}分钟内赶到。",
        description="Leak in a dwelling or shop, or place unknown (S0 室内、楼道泄漏报修)",
    )
    corridor_leak: Annotated[Instruction, _names("{hotline}")] = Field(
        default="请马上照做：\n"
        "1. 不点火、不抽烟，不要碰任何电器、开关和门铃。\n"
        "2. 打开楼道门窗，关上燃气表前的阀门；气味很浓就直接走。\n"
        "3. 叫上家人，走楼梯到室外等待，不要坐电梯。\n"
        "4. 到了室外再打电话：{hotline}（24小时）。\n"
        "确认地址后，维修人员{minutes}分钟内赶到。",
        description="Leak in a stairwell, lift lobby, passage or shaft (S0 室内、楼道泄漏报修)",
    )
    outdoor_leak: Annotated[Instruction, _names("{hotline}")] = Field(
        default="请马上照做：\n"
        "1. 离开漏气的地方，走远再打电话。\n"
        "2. 不点火、不抽烟，不要在附近开动车辆。\n"
        "3. 在安全的地方提醒行人和车辆不要靠近。\n"
        "4. 24小时抢险电话：{hotline}。\n"
        "确认地点后，抢险人员{minutes}分钟内赶到。",
        description="Leak in the open (S0 室外泄漏报修)",
    )
    carbon_monoxide: Annotated[Instruction, _names("120")] = Field(
        default="可能是一氧化碳（煤气）中毒，请马上照做：\n"
        "1. 打开门窗，叫上家人，马上到室外；不点火，不碰开关。\n"
        "2. 拨打120急救，有人昏倒要先说明。\n"
        "3. 不要再进屋，不要再用燃气。\n"
        "4. 然后拨打24小时热线：{hotline}。\n"
        "确认地址后，我们立即派人检查。",
        description="Symptoms of poisoning, or a carbon monoxide alarm (domain: fresh air, 120, do not go back in)",
    )
    fire: Annotated[Instruction, _names("119")] = Field(
        default="请马上照做：\n"
        "1. 叫上家人，马上离开，走楼梯，不要坐电梯。\n"
        "2. 到了室外拨打119；有人受伤再打120。\n"
        "3. 室外的燃气阀门，安全时才去关。\n"
        "4. 不要回去拿东西，不要靠近。\n"
        "5. 24小时抢险电话：{hotline}。",
        description="Fire, explosion or flash (domain: get out, 119, outside valve only if safe)",
    )

    def of(self, kind: EmergencyKind) -> str:
        """The instruction for `kind`, placeholders unfilled."""
        text: str = getattr(self, kind.value)
        return text


class Concern(StrEnum):
    """What a customer asks about in the middle of an emergency."""

    PEOPLE = "people"
    HELP = "help"
    VALVE = "valve"
    WINDOW = "window"
    SWITCH = "switch"
    USE = "use"
    BACK = "back"
    WAITING = "waiting"
    ARRIVAL = "arrival"
    PASSERS_BY = "passers_by"
    STILL_COMING = "still_coming"
    ARRIVED = "arrived"


class SafetyAnswers(Settings):
    """The instruction's own orders, each by itself, for who asks about one of them (S0 泄漏报修; domain 5)."""

    people: Instruction = Field(
        default="请叫上里面所有的人，马上到室外去，不要留人在里面。",
        description="Somebody is still inside",
    )
    help: Instruction = Field(
        default="有人头晕、恶心、昏倒或受伤，请马上拨打120；着火请拨打119。先到室外再打电话。",
        description="Ambulance and fire brigade",
    )
    valve: Instruction = Field(
        default="来得及就马上关上灶具和燃气表前的阀门；气味很浓或已经着火，就不要停留，直接到室外。",
        description="The valve before the meter, the flame of the stove",
    )
    window: Instruction = Field(
        default="请把门窗打开通风，然后到室外等待；气味很浓就直接走。", description="Windows and doors"
    )
    switch: Instruction = Field(
        default="任何电器和开关都不要碰，不要开也不要关，也不要坐电梯；电话到了室外再打。",
        description="Lights, appliances, telephones",
    )
    use: Instruction = Field(
        default="在我们检查好之前，请不要再用燃气，不点火、不抽烟。", description="Using gas or fire meanwhile"
    )
    back: Instruction = Field(default="在我们检查好之前，请不要再进去，不要回去拿东西。", description="Going back in")
    waiting: Instruction = Field(
        default="请到室外、离漏气的地方远一些等待，保持电话畅通。", description="Where to wait"
    )
    arrival: Instruction = Field(default="确认地址后，抢险人员{minutes}分钟内赶到。", description="When somebody comes")
    passers_by: Instruction = Field(
        default="请站在安全的地方，提醒行人和车辆绕开，不要在附近抽烟、点火、开动车辆；您自己也不要靠近。",
        description="People and cars near a leak in the street",
    )
    still_coming: Instruction = Field(
        default="还是要来检查的：味道散了也可能还在漏。查清楚、确认安全之前，请不要用气、不点火，在室外等候。",
        description="Whether somebody has to come although the smell is gone",
    )
    arrived: Instruction = Field(
        default="好的，请听从现场抢险人员的安排；他们检查好、确认安全之前，请不要用气。",
        description="The customer says that the crew is there",
    )

    def on(self, concern: Concern) -> str:
        """The answer to `concern`, placeholders unfilled."""
        text: str = getattr(self, concern.value)
        return text
