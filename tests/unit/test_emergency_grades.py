"""How plainly an emergency is told, what takes it back, and which it is."""

import pytest

from bot.conversation.emergency_finding import Grade
from bot.conversation.emergency_screen import look, screen
from bot.domain.emergencies import EmergencyKind


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        # the same words are not taken for a sink's: nothing speaks against what is named as gas's
        ("橱柜厂的来装水槽 把燃气管子碰断了", Grade.SUSPECTED),
        # an alarm that will not stop, and one that wants a battery
        ("报警器滴滴滴响了一宿 红灯常亮", Grade.PLAIN),
        ("报警器每隔一分钟响一声", Grade.SUSPECTED),
        ("楼下车子报警器叫一夜", Grade.EXPLAINED),
        # what is denied only makes plain what is meant
        ("没漏水 是漏气 你听清楚", Grade.PLAIN),
        ("不是漏气 是漏水", Grade.DENIED),
        # another source of the smell: the assistant is heard, whatever mother-in-law says
        ("榴莲放屋里了 我婆婆非说是煤气味", Grade.SUSPECTED),
        ("锅糊了 满屋子糊味 不是煤气", Grade.DENIED),
        ("不是下水道味 也不是垃圾", Grade.TALK),
        ("不是油烟味 我一天没开火", Grade.TALK),
        # said outright that all is well, and what turns it round or only asks
        ("家里没有煤气味", Grade.DENIED),
        ("没有人昏倒，我奶奶躺着晒太阳呢", Grade.DENIED),
        ("管子没事，刚才是我大惊小怪", Grade.DENIED),
        ("没漏，但是表还在转", Grade.TAKEN_BACK),
        ("上门的说没事，可我还是不放心", Grade.NOTHING),
        ("不是做饭 是管子那边", Grade.NOTHING),
        ("没有煤气味吗", Grade.TAKEN_BACK),
        ("没味 不用管吗？", Grade.TAKEN_BACK),
        ("没漏。" * 70, Grade.TAKEN_BACK),
        # told as a topic, however much gas it names
        ("应急演练要写泄漏那段的处置步骤", Grade.TAKEN_BACK),
        ("写剧本需要 男主家里煤气泄漏怎么自救", Grade.TALK),
        ("香水打翻了满屋都是", Grade.EXPLAINED),
        # who stands at a fire, and what a fire reaches
        ("指挥员要求你们切断二号楼气源", Grade.SUSPECTED),
        ("火苗已经燎到墙了", Grade.SUSPECTED),
        # ways of speaking, and a flame that is where it belongs
        ("今天热得要着火了", Grade.EXPLAINED),
        ("他火了", Grade.EXPLAINED),
        ("气炸了", Grade.EXPLAINED),
        ("气炸了 厨房还在漏煤气", Grade.PLAIN),
        ("热水器热得要着火了", Grade.SUSPECTED),
        ("换了电池 着了", Grade.NOTHING),
        ("换了新电池打着了 谢谢", Grade.NOTHING),
        ("喝多了头疼 想吐", Grade.EXPLAINED),
        ("喝多了 洗澡的时候头晕 热水器开着", Grade.SUSPECTED),
        # a device told by its number or unit
        ("LEL跳到20了还在叫", Grade.SUSPECTED),
        ("那个盒子显示ppm 150", Grade.SUSPECTED),
        ("测气的一直叫", Grade.PLAIN),
        ("灶管漏成这样", Grade.SUSPECTED),
        ("用肥皂水试了，三个接头都冒泡，先关哪个", Grade.PLAIN),
        # what is denied is another smell, and who only says that it is nothing has not measured
        ("冒出来的不是粪味，是烂蒜头那味", Grade.PLAIN),
        ("路上那个铁盖四周冒白雾，鼻子辣，保安说没事照样放车", Grade.NOTHING),
        # a story, a joke, the machine's own idea, a day long ago
        ("我写小说的 剧情是女主角家里煤气泄漏 邻居踹门救人", Grade.TALK),
        ("机器人一口咬定我漏气，一直让我开窗通风", Grade.TALK),
        ("听楼下理发的说隔壁区夜里有人被煤气熏倒了，真的假的", Grade.TALK),
        ("三月份报过一次漏气，后来一直用得好好的", Grade.TAKEN_BACK),
        ("我婆婆住院不是因为闻了什么，是骨折；邻居传成煤气中毒", Grade.TALK),
        ("我家wifi漏气了", Grade.EXPLAINED),
        ("我家猫打嗝像漏气的气球", Grade.EXPLAINED),
        ("厨房里像漏气的轮胎一样响", Grade.PLAIN),
        ("我对数字中毒", Grade.NOTHING),
        ("上午刨断的天然气管十二点焊接完毕", Grade.TAKEN_BACK),
        # opened on purpose, a device that says CO, what Cantonese says goes on
        ("他把气打开了不点火，说不活了，我在门外头", Grade.SUSPECTED),
        ("罐子倒了，角阀摔坏了，气喷得老高", Grade.SUSPECTED),
        ("上面有个 CO，滴滴滴四声四声地叫", Grade.SUSPECTED),
        ("对面十二楼窗口出紧火", Grade.SUSPECTED),
        ("十万火急 着紧", Grade.NOTHING),
        # a number to keep, a smell of another day, a dialect's no
        ("报煤气泄漏的电话是二十四小时的吗？存一个在手机里", Grade.TAKEN_BACK),
        ("漏气的电话打不通", Grade.PLAIN),
        ("煤气味是前天的事，换了新软管以后就再没有了", Grade.TAKEN_BACK),
        ("屋头没得哪个昏倒，我手滑点到的", Grade.DENIED),
        # plain words in the manner of what is settled, told or long ago: the assistant is heard
        ("厨房的臭鸡蛋味查清楚了，是我忘在柜里的皮蛋坏了", Grade.SUSPECTED),
        ("昨晚电视讲一氧化碳中毒急救，说得挺好", Grade.SUSPECTED),
        ("我年轻时在菜地打井，真见过冒沼气的", Grade.SUSPECTED),
        ("厨房里全是臭鸡蛋味，越来越大", Grade.PLAIN),
    ],
)
def test_how_plainly_it_is_told(text: str, grade: Grade) -> None:
    assert look(text).grade is grade


@pytest.mark.parametrize("repair", ["师傅来修好了，谢谢", "已经修好了", "后来你们修好了，现在没味了"])
def test_a_repair_told_later_ends_the_emergency(repair: str) -> None:
    assert screen(f"昨天厨房漏气，{repair}") is None
    assert screen(f"昨天厨房漏气，{repair}，今天又有煤气味") is EmergencyKind.INDOOR_LEAK


@pytest.mark.parametrize("promise", ["什么时候能修好", "没修好", "说修好了还在漏", "快来修好它"])
def test_a_repair_not_made_ends_nothing(promise: str) -> None:
    assert screen(f"厨房漏气，{promise}") is EmergencyKind.INDOOR_LEAK


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("阳光小区5栋2单元301漏气", EmergencyKind.INDOOR_LEAK),
        ("建设路12号漏气", EmergencyKind.INDOOR_LEAK),
        ("建设路上有煤气味", EmergencyKind.OUTDOOR_LEAK),
        ("我家没味，楼道里有煤气味", EmergencyKind.CORRIDOR_LEAK),
        ("厨房漏气，楼道里的灯也坏了", EmergencyKind.INDOOR_LEAK),
        ("漏气了", EmergencyKind.INDOOR_LEAK),
        ("厨房漏气，我头晕，孩子昏倒了", EmergencyKind.CARBON_MONOXIDE),
        ("漏气以后着火了，有人晕倒", EmergencyKind.FIRE),
        ("火灾报警器一直响", EmergencyKind.FIRE),
        ("一氧化碳报警器一直响", EmergencyKind.CARBON_MONOXIDE),
        ("报警器一直响", EmergencyKind.INDOOR_LEAK),
    ],
)
def test_the_kind_follows_place_and_harm(text: str, kind: EmergencyKind) -> None:
    assert screen(text) is kind


@pytest.mark.parametrize(
    "text", ["着火了", "家里着火了快来人", "起火了！！", "灶台起火了怎么办", "爆炸了", "报警器响了", "燃气报警器一直响"]
)
def test_fire_or_an_alarm_with_nothing_beside_it_waits_for_nobody(text: str) -> None:
    assert look(text).grade is Grade.PLAIN


@pytest.mark.parametrize("text", ["打着火了", "可以着火了", "隔壁着火了吗", "灶具着火了谢谢", "报警器响了是什么意思"])
def test_with_anything_else_beside_it_the_assistant_is_heard_first(text: str) -> None:
    assert look(text).grade < Grade.PLAIN
