"""How a message is told: words of a matter that is settled, or that happens in a story, a drill or somewhere else.

None of them takes a sign back: "师傅说修好了，又漏了" is a report. They only shift how sure the assistant has to be, in
log-odds, fitted together with the grades on sentences nobody had learnt from (docs/emergency-screen.md).
"""

import re

from bot.conversation.emergency_text import read
from bot.conversation.emergency_words import one_of

#: It is over, its cause is known, nobody need come. What somebody says to be nothing is not over: "说没事", "正常吗".
_SETTLED = one_of(
    """
    虚惊 误会 误报 误触 乌龙 闹笑话 听岔 原来(?![里的]) 其实 (?<!没)(?<!没有)(?<!人)查[清明出] 找[到着][了啦]
    扔[了掉](?!半|一) 后来 从那以后 早就 登记过 而已
    (?:已经?|都)(?:修|换|解决|处理|好|出院|灭|拧|登记|报备|联系|清走|通风) 已经?散 (?<![没能会不])[修换弄拧焊补封填]好
    (?<![喷用浇])完了 (?<![下说来])好了 解决 处理[完好] 排除 (?<![说漏人锅都])没事
    (?<![说不])正常(?!的?[吗吧么]|现象还是) 好好的 (?<![道说])没味(?!道?[吗说但]) 不响了 [是为全测]零 痊愈 出院 验收
    (?<!说)合格 没大碍 安静了 就没了 [啥什么泡声味][都也]没有 别来 不用[来派] [别勿]派 [别勿]出[车警] 撤单 撤销
    (?<![都人员])撤了 取消(?!预约) 作废 不着急 (?<!是)不是(?:燃气|煤气|气|漏) 不搭[界边] 无关 没关系 没干系 不急(?!不)
    不关[^没]{1,6}事 归[谁哪] 转[^没]{1,3}部门 报备 早散 散干净 散[掉完] 踏实 特来 多亏 锦旗 表扬 点赞 好评
    [没无未]有?[^，]{0,3}(?:读数|检出)
    """
)
#: A story, a drill, a joke, the news, a text that is written, what a machine says, another place.
_TOLD = one_of(
    """
    小说 剧情 台词 话剧 剧本 [韩电连]视?续?剧 剧里 漫画 (?<![看过])电视 电影 纪录片
    (?<![打发拍了来])视频(?![里时说发都我拍来看]) 新闻 旧闻 抖音 微博 热搜 (?<!已)广播 朋友圈 (?<!业主)群里[转传说疯]
    公众号 发错 网传 网上(?!找|留|预约|反映) 演习 演练 推演 拉练 联调 试机 测试 密室 推销 冒充 模拟 考[试核题]
    (?<![问小])题(?!大) 作业 作文 论文 征文 手册 制度 脚本 讨论 设想 采访 培训 宣传 笑话 好笑 哈哈 嘿嘿 笑死 游戏 听说
    真的假的 谣言 辟谣 外省 (?<![在从])外地(?!打|务) (?<![在人])老家(?![属父爸妈院老]) 隔壁[省市县区]
    机器人(?!别|快|叫|让|少|转|滚) 自动回复 语音播报
    """
)
#: Years ago, another's youth, a dream.
_PAST = one_of(
    """
    小时候 那会儿 年轻时 当年 那年 [0-9一二两三四五六七八九十几多好]年[前多](?!的|装|买|换) 年以前 读书时 上大学
    大学那 从前 [0-9七八九零]十?年代 记得 如今 早年 有一年 几?十年[了啦过] 做梦 梦[见到] 现在想起来 后怕 那[次回]
    上[次回] 去年 前年 前[几些]年 年了 半年
    """
)
#: A smell of another day that is gone, and nobody unwell: a matter to ask about.
_GONE = (
    "(?:昨|前天|上周)[^晕吐恶倒]{0,20}?(?:今[天早儿]|现在|早上|之后)[^没闻]{0,4}(?:没有?[了啦]|没味|闻不到)"
    "(?!.{0,20}[晕吐恶倒])"
)
#: With the log-odds of each different word.
_MARKS = ((re.compile(_GONE), -6.0), (re.compile(_SETTLED), -2.9), (re.compile(_TOLD), -2.1), (re.compile(_PAST), -1.9))
#: What was settled before it came again is not: "昨天说修好了，今天又漏".
_AGAIN = re.compile("(?<!不)又(?:开始|有|漏|响|冒|闻|喷|臭|着)|今[天早晚][^没]{0,6}(?:更|还是有|被)|反而|没散")
#: More different words of a mark than these say no more.
_MOST = 2


def leaning(text: str) -> float:
    """How much the manner speaks against a report, in log-odds: zero or less."""
    said = read(text).text
    come_again = max((match.end() for match in _AGAIN.finditer(said)), default=0)
    return sum(
        min(len({match[0] for match in mark.finditer(said, come_again)}), _MOST) * weight for mark, weight in _MARKS
    )
