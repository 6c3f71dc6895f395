"""What speaks of a matter that is over or told makes the assistant be surer, and takes no report back by itself."""

import pytest

from bot.conversation.emergency_doubt import Verdict, weigh
from bot.conversation.emergency_finding import Finding, Grade
from bot.conversation.emergency_manner import leaning
from bot.conversation.emergency_screen import look
from bot.domain.emergencies import EmergencyKind


@pytest.mark.parametrize(
    "text",
    [
        "厨房里嘶嘶响，味道越来越大",
        "物业说没事，可我还是闻得到",
        "灶上冒火，这样正常吗",
        "昨天没查出来，今晚更冲了",
        "这下好了，直接喷出来了",
        "想问个问题，屋里有臭味",
        "我们已经关了总阀，119也打了",
        "漏气修了三次都没修好",
        "什么时候能修好",
        "昨天说修好了，今天又漏",
        "你们的人昨天说合格，今天早上孩子被呛醒了",
        "热水器是十几年前的直排，洗完都头晕",
        "视频里我爸说话含糊，家里烧着壁挂炉",
        "人都撤了，味还在",
        "灭火器喷完了，又着起来了",
        "我在外地，家里报警器一直响",
        "业主群里说让大家别出门，楼道里有味",
        "机器人别啰嗦，我家漏气了",
        "取消预约，我家现在漏气",
        "昨天有味，现在没人来，头也晕了",
    ],
)
def test_a_report_leans_nowhere(text: str) -> None:
    assert leaning(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "原来是下水道的味",
        "师傅修好了",
        "那是话剧台词",
        "昨晚电视里讲的",
        "虚惊一场",
        "跟你们没关系",
        "不用派人",
        "小时候家里烧煤球熏着过",
        "昨晚做梦梦见煤气漏了",
        "手册里写到泄漏那页",
        "自动回复说我家漏气",
        "昨天有煤气味 今天没了",
    ],
)
def test_what_is_over_or_told_speaks_against_a_report(text: str) -> None:
    assert leaning(text) < -1


def test_a_smell_of_yesterday_that_is_gone_is_asked_about() -> None:
    for gone in ("昨天有煤气味，今天没了", "昨天闻到燃气味，现在闻不到了"):
        assert weigh(look(gone), 0.97) is Verdict.ASK
    for stays in ("昨天有煤气味，今天更大了", "昨天有煤气味，现在闻不到了，可是头晕"):
        assert weigh(look(stays), 0.97) is Verdict.ALARM


def test_no_more_than_two_words_of_a_mark_count() -> None:
    two, five = "虚惊一场，误会", "虚惊一场，误会，原来没事，不用来了"
    assert leaning("虚惊一场") > leaning(two) == leaning(five)


def test_a_manner_makes_an_alarm_need_a_surer_assistant() -> None:
    plainly, settled = (Finding(Grade.SUSPECTED, EmergencyKind.INDOOR_LEAK, lean) for lean in (0.0, -5.4))
    assert weigh(plainly, 0.9) is Verdict.ALARM
    assert weigh(settled, 0.9) is Verdict.ASK
    assert weigh(settled, 0.99) is Verdict.ALARM


@pytest.mark.parametrize("grade", [grade for grade in Grade if grade >= Grade.TALK])
def test_a_sign_that_stands_is_asked_about_in_any_manner(grade: Grade) -> None:
    for percent in range(101):
        loud = weigh(Finding(grade), percent / 100)
        low = weigh(Finding(grade, leaning=-9.0), percent / 100)
        assert low is loud or (loud, low) == (Verdict.ALARM, Verdict.ASK)


def test_where_no_sign_stands_the_manner_may_answer_the_question() -> None:
    assert weigh(Finding(Grade.NOTHING), 0.2) is Verdict.ASK
    assert weigh(Finding(Grade.NOTHING, leaning=-2.7), 0.2) is Verdict.NONE


def test_a_plain_report_and_one_without_the_assistant_alarm_in_any_manner() -> None:
    assert weigh(Finding(Grade.PLAIN, EmergencyKind.FIRE, -9.0), 0.0) is Verdict.ALARM
    assert weigh(Finding(Grade.TALK, EmergencyKind.FIRE, -9.0), None) is Verdict.ALARM


def test_the_screen_tells_the_manner() -> None:
    assert look("闻着像煤气，其实是大蒜放坏了").leaning < 0
    assert look("厨房漏气了").leaning == 0
