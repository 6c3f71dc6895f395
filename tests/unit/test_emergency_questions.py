"""What frightened people ask while the crew is being sent, as they write it."""

import pytest

from bot.conversation.emergency_questions import asked
from bot.domain.company.safety import Concern


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("灶上的火要不要关", Concern.VALVE),
        ("阀门在哪关啊我不会 要关不", Concern.VALVE),
        ("要不要先把总阀关了", Concern.VALVE),
        ("要不要打120", Concern.HELP),
        ("用不用报警", Concern.HELP),
        ("店里还有客人", Concern.PEOPLE),
        ("我妈还在屋里呢", Concern.PEOPLE),
        ("家里有老人腿脚不好咋办", Concern.PEOPLE),
        ("灯能关吗", Concern.SWITCH),
        ("要不要拉电闸", Concern.SWITCH),
        ("阀门我够不着 关不上啊", Concern.VALVE),
        ("窗户要不要打开", Concern.WINDOW),
        ("要不要开窗", Concern.WINDOW),
        ("能回去拿手机吗", Concern.BACK),
        ("我家猫还在里头 能回去抱一下吗", Concern.BACK),
        ("邻居要不要也叫出来", Concern.PEOPLE),
        ("已经出来了 现在咋办", Concern.WAITING),
        ("我能不能进去看看", Concern.BACK),
        ("那饭还能做饭不", Concern.USE),
        ("你们多久能到", Concern.ARRIVAL),
        ("那我在哪儿等你们呢", Concern.WAITING),
    ],
)
def test_the_matter_of_a_question_is_known(said: str, about: Concern) -> None:
    assert asked(said) == (about,)


@pytest.mark.parametrize(
    "said",
    [
        "幸福小区3号楼2单元501",
        "对",
        "不对 是四单元",
        "我已经把阀门关了",
        "窗户都开了",
        "在楼下了",
        "你们能打电话给她不 她腿脚不好",
        "还在喷 好多人在看",
        "为啥要地址",
        "老槐树底下",
        "你们是干啥的",
        "12号楼开关厂宿舍",
    ],
)
def test_what_asks_nothing_is_no_question(said: str) -> None:
    assert asked(said) == ()


def test_two_questions_get_two_answers_and_no_more() -> None:
    assert asked("大概多久到 我要不要敲邻居的门叫他们出来") == (Concern.ARRIVAL, Concern.PEOPLE)
    assert len(asked("灯能关吗 窗户要不要开 阀门要不要关")) == 2


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("到了打我电话 大概多久", Concern.ARRIVAL),
        ("好了我叫了120 那热水器以后还能用不", Concern.USE),
        ("好多车在过 要不要拦一下", Concern.PASSERS_BY),
        ("旁边还有人在抽烟", Concern.PASSERS_BY),
        ("她腿不好 一个人 咋办", Concern.PEOPLE),
        ("要不要远点", Concern.WAITING),
    ],
)
def test_what_is_asked_counts_and_not_what_is_told_beside_it(said: str, about: Concern) -> None:
    assert asked(said) == (about,)


def test_nobody_hears_of_rooms_where_the_leak_is_in_the_street() -> None:
    assert asked("店里还有客人 要不要拦车") == (Concern.PEOPLE, Concern.PASSERS_BY)
    assert asked("店里还有客人 要不要拦车", outdoors=True) == (Concern.PASSERS_BY,)
