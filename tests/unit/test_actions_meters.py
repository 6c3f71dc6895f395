"""What customers say of cards, meters, refits and strangers at the door, as the dialogues read it."""

from datetime import date

import pytest

from actions.card_lost import History, Trouble, history_in, trouble_in, unloaded_in
from actions.card_use import recharged_in
from actions.checks import Meter, asks_price, is_for_later, is_only_done, meter_in, wants, works_again
from actions.meter_fault import Symptom, symptom_in
from actions.no_gas import Display, display_in, neighbours_have_gas
from actions.pipe_refit import Work, work_in
from actions.safety_inspection import asks_about_a_stranger, wants_appointment
from actions.water_heater import Bought, Formalities, bought_in, formalities_in
from bot.domain.company import FrostSeason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("换了电池还是不亮", False),
        ("没有反应", False),
        ("没反应啊", False),
        ("屏幕亮了", True),
        ("正常了谢谢", True),
        ("不正常", False),
        ("读到卡了", True),
        ("还是不认卡", False),
        ("好了", True),
        ("电池是几号的", None),
    ],
)
def test_does_it_work_now(text: str, expected: bool | None) -> None:
    assert works_again(text) is expected


@pytest.mark.parametrize("text", ["换好了", "电池换过了", "插过卡了", "打开了", "换了两节新电池"])
def test_a_step_that_was_made_tells_nothing_of_its_result(text: str) -> None:
    assert is_only_done(text)
    assert works_again(text) is None


@pytest.mark.parametrize("text", ["电池是新的", "电池有电", "阀门没问题"])
def test_what_is_in_order_is_not_the_cause(text: str) -> None:
    assert works_again(text) is False


def test_long_reports_are_read_in_time() -> None:
    assert not is_only_done("换了" * 2000 + "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要多少钱", True),
        ("贵不贵啊", True),
        ("换一根收费吗", True),
        ("气费多少钱一方", False),
        ("开户费用是多少", False),
        ("乱收费", False),
    ],
)
def test_a_question_about_what_this_costs(text: str, expected: bool) -> None:
    assert asks_price(text) is expected


@pytest.mark.parametrize("text", ["没有电池", "还没换", "家里没电池，回头买", "我先去充值", "不在家呢"])
def test_the_check_is_for_later(text: str) -> None:
    assert is_for_later(text)


@pytest.mark.parametrize("text", ["换了还是没气", "好了", "没反应"])
def test_the_check_was_made(text: str) -> None:
    assert not is_for_later(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("登记一下吧", True),
        ("好的，约吧", True),
        ("需要", True),
        ("不需要", False),
        ("先不用了，我就问问", False),
        ("我再考虑考虑", False),
        ("多少钱", None),
    ],
)
def test_is_the_visit_wanted(text: str, expected: bool | None) -> None:
    assert wants(text) is expected


@pytest.mark.parametrize(
    ("text", "meter"),
    [
        ("插卡的", Meter.CARD),
        ("IC卡表", Meter.CARD),
        ("要充值的那种", Meter.CARD),
        ("普通表", Meter.ORDINARY),
        ("不用插卡", Meter.ORDINARY),
        ("每月有人抄表", Meter.ORDINARY),
        ("不知道", None),
    ],
)
def test_the_kind_of_meter(text: str, meter: Meter | None) -> None:
    assert meter_in(text) is meter


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("显示电量不足", Display.LOW_BATTERY),
        ("气量不足", Display.LOW_GAS),
        ("剩余0.00", Display.LOW_GAS),
        ("写着关阀", Display.VALVE_CLOSED),
        ("黑的，什么都没有", Display.BLANK),
        ("没有显示", Display.BLANK),
        ("还剩35方", Display.FINE),
        ("显示正常", Display.FINE),
        ("在哪看", None),
    ],
)
def test_what_the_display_shows(text: str, shown: Display | None) -> None:
    assert display_in(text) is shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邻居也没气", False),
        ("他们也打不着", False),
        ("邻居家有气", True),
        ("就我家没有，他们都正常", True),
        ("就我一家没气，邻居都有", True),
        ("楼上也没气", False),
        ("不认识", None),
    ],
)
def test_do_neighbours_have_gas(text: str, expected: bool | None) -> None:
    assert neighbours_have_gas(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已经充值了", True),
        ("充好了", True),
        ("充了钱插进去没反应", True),
        ("还没有充值", False),
        ("去哪充", False),
        ("卡怎么充值", False),
        ("怎么充值插卡", None),
        ("卡表怎么用", None),
    ],
)
def test_is_the_card_recharged(text: str, expected: bool | None) -> None:
    assert recharged_in(text) is expected


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("燃气卡丢了", Trouble.LOST),
        ("卡找不到了", Trouble.LOST),
        ("卡折断了", Trouble.DAMAGED),
        ("消磁了", Trouble.DAMAGED),
        ("旧卡找到了还能用吗", Trouble.FOUND),
        ("补卡多少钱", None),
    ],
)
def test_what_happened_to_the_card(text: str, trouble: Trouble | None) -> None:
    assert trouble_in(text) is trouble


@pytest.mark.parametrize(
    ("text", "history"),
    [
        ("新卡还没用过", History.NEVER_USED),
        ("刚办的，没插过", History.NEVER_USED),
        ("一直在用的卡", History.IN_USE),
        ("用了好几年", History.IN_USE),
        ("卡丢了", None),
    ],
)
def test_was_the_card_ever_used(text: str, history: History | None) -> None:
    assert history_in(text) is history


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有，还没插表", True),
        ("刚充了200还没插就丢了", True),
        ("都已经插到表里了", False),
        ("没有了，是空的", False),
        ("没有", False),
        ("不确定", True),
        ("记不清了", True),
        ("我在哪补卡", None),
    ],
)
def test_is_gas_on_the_card_only(text: str, expected: bool | None) -> None:
    assert unloaded_in(text, asked=True) is expected


@pytest.mark.parametrize(
    ("text", "symptom"),
    [
        ("燃气表黑屏了", Symptom.BLANK),
        ("表显示Er02", Symptom.ERROR),
        ("插卡表不认", Symptom.CARD),
        ("表不走字", Symptom.STUCK),
        ("表玻璃碎了", Symptom.BROKEN),
        ("提示电量不足", Symptom.BATTERY),
        ("表坏了", None),
    ],
)
def test_what_is_wrong_with_the_meter(text: str, symptom: Symptom | None) -> None:
    assert symptom_in(text) is symptom


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("燃气表能不能移个位置", Work.METER),
        ("把表移到阳台", Work.METER),
        ("想改燃气管道", Work.PIPE),
        ("表可以包在柜子里吗", Work.BOX_IN),
        ("管道暗埋行吗", Work.BOX_IN),
        ("多接一个气口", Work.TAP),
        ("拆除燃气管道", Work.REMOVE),
        ("你好", None),
    ],
)
def test_the_kind_of_refit(text: str, work: Work | None) -> None:
    assert work_in(text) is work


@pytest.mark.parametrize(
    "text",
    [
        "有人敲门说是燃气公司的，是真的吗",
        "门口有俩人穿蓝马甲 说要看灶 能让进吗",
        "一个自称燃气公司的人推销阀门",
        "怎么看是不是冒充的",
        "安检员有工作证吗",
        "刚才来的工作人员 让我交钱换管 是你们派的吗",
        "老人在家 来人说查气 不敢开",
    ],
)
def test_somebody_may_stand_at_the_door(text: str) -> None:
    assert asks_about_a_stranger(text)


@pytest.mark.parametrize(
    "text", ["预约安检", "安检收费吗", "多久安检一次", "门上贴了安检通知 怎么预约", "周末能来安检吗"]
)
def test_nobody_stands_at_the_door(text: str) -> None:
    assert not asks_about_a_stranger(text)


def test_an_appointment_or_a_question() -> None:
    assert wants_appointment("想预约上门安检")
    assert wants_appointment("能不能安排来我家检查一下")
    assert not wants_appointment("多久安检一次")
    assert not wants_appointment("安检都检查哪些")


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("本公司买的", Bought.HERE),
        ("在你们大厅买的", Bought.HERE),
        ("其他商家买的", Bought.ELSEWHERE),
        ("京东上买的", Bought.ELSEWHERE),
        ("不是你们那买的", Bought.ELSEWHERE),
        ("还没有买", Bought.NOT_YET),
        ("是不是要改装", None),
    ],
)
def test_where_the_heater_was_bought(text: str, bought: Bought | None) -> None:
    assert bought_in(text) is bought


@pytest.mark.parametrize(
    ("text", "formalities"),
    [
        ("手续办好了，登记", Formalities.DONE),
        ("手续还没办，先登记", Formalities.OPEN),
        ("协议签了", Formalities.DONE),
        ("登记吧", None),
        ("先不办了", None),
    ],
)
def test_the_formalities_at_the_hall(text: str, formalities: Formalities | None) -> None:
    assert formalities_in(text) is formalities


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2027, 1, 15), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_the_frost_season_passes_the_turn_of_the_year(day: date, expected: bool) -> None:
    assert FrostSeason().holds(day) is expected


def test_a_season_within_one_year() -> None:
    season = FrostSeason(begins="01-10", ends="02-10")
    assert season.holds(date(2026, 1, 10))
    assert not season.holds(date(2026, 12, 1))


@pytest.mark.parametrize("written", ["13-01", "2月", "02-30"])
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="12-01"):
        FrostSeason(begins=written)
