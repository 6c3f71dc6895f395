"""How a message speaks of what it names: whether it talks about something, or presses and tells of the own place."""

import re

from bot.conversation.emergency_lookalikes import OWN_PLACE
from bot.conversation.emergency_words import GAS, ODORANT, one_of

_TALKS = re.compile(
    one_of(
        """
        吗 忘了 小说 包不包
        怎么(?!还|又|办) 如何 什么 多少 哪 谁 能不能 会不会 要不要 是不是 几[点天号] 可以 听说 新闻 视频 报纸
        群里 别人 人家
        剧本 脚本 建议 英雄 锦旗 夸(?!张)
        朋友圈 网上 以前 去年 前年 上次 上周 上个?月 昨[天晚] 前[些几天年] 那次 那回 那天 当时 后来 之前 小时候 谢
        表扬 点赞
        好评 赔 演练 演习 练习 作业 论文 预案 培训 科普 宣传 讲座 材料 资料 换 买 钱 保险 没有? 不[是系漏] 如果
        要是 万一 假如
        怕 担心 真要 到时 将来 以后 测试 想 预约 发票 账单 费 余额 规定 说明 就是 完了 好了 扑灭 处理 结束 气死
        气得 气炸 服务
        态度 热死 归 该 找 打错 哈哈 笑死 闹笑话 乌龙 虚惊
        """
    )
)
_PRESSES = one_of(
    """
    现在(?!好好|没事|一切|都?正常|都好) 持续 连日 至今(?!没|都?好) 还在 一直(?!用|没|很?好|都?正常|[让叫说问]|到)
    刚[才刚](?!那[条句个]|是我|[^，]{0,6}(?:撤|收队|解除|恢复|结束|拧紧|修好|弄好))
    越来越 快来 (?<![自踹])(?<!门)救 (?<![应不])急(?!诊|救) 赶紧 马上 不敢 在[漏喷烧冒响] 正在 还没[来到] 没人[管来理]
    没修好 [全都满]是(?:煤气|燃气|天然气)
    先[关开]哪 成这样 [关拧][不没][死住紧上] [叫响]起来了 该[往跑] 还能不?能?[用碰开]
    """
)
_HERE_AND_NOW = re.compile(f"{_PRESSES}|{OWN_PLACE}")
#: So short a message says only that.
_SHORT = 12
_PRESSING = re.compile(_PRESSES)

_WHO_OR_WHERE = (
    "救命|快来人|来人|不好了?|师傅|你好|您好|喂|啊|我们?|咱们?|家|屋|厨房|客厅|阳台|楼道|楼上|楼下|隔壁|邻居|灶台?|灶具"
    "|(燃气|煤气|天然气)(灶|管道?|表|罐)?|软管|胶管|管子|热水器|油烟机|里面?|上|下|[那这]个|那边|那儿|这边|的|突然|刚才|刚刚|现在"
)
_ALARM = "(可燃气体?)?报警器?(一直|突然|老是?|又|还|正|在)*(响|叫|报警)(个不停|不停|起来)?"
_FIRE = "着火|起火|失火|着大火|起大火|烧起来|爆炸"
#: Fire, an explosion or an alarm, who or where, a cry: and nothing that could be another sense.
_BARE_REPORT = re.compile(
    f"({_WHO_OR_WHERE})*({_FIRE}|{_ALARM})(了|啦|啊|呀|呢|着)*(救命|快来人?|快点|来人|怎么办|咋办|啊|呀)*[!！。,，~ ]*"
)


#: An alarm that will not stop; one that peeps now and then wants a battery.
_KEEPS_RINGING = re.compile(
    "[一整半]个?(?:晚上?|宿|夜|天|上午|下午|小时)|半天|好久|不停|不断|没完|一直|红灯|停不|按不|关了[还又]|数[字值][^没]{0,6}[涨升跳到爬]"
)
_NOW_AND_THEN = re.compile("每隔|隔[一几]|分钟[响叫嘀滴]?一|偶尔|有时|时不时|自检|测试|绿灯")


def keeps_ringing(message: str) -> bool:
    """Of a message that tells of an alarm: whether it rings on and on, and asks nothing."""
    return _KEEPS_RINGING.search(message) is not None and _NOW_AND_THEN.search(message) is None


#: A story, a drill, a joke, a rumour: what happens in it happens nowhere. "不是演习" says the opposite.
_FRAMED = re.compile(
    "(?<!不是)(?<!不是在)(?<!没)(?<!没在)(?:小说|剧情|剧本|台词|话剧|漫画|演习|演练|拉动|笑话|段子|作文|手抄报|试题|考题|模拟|辟谣|谣言)"
    "|真的假的|是真是假|(?:机器人|系统)[^，]{0,12}(?:咬定|非说|以为|听成|说我)|外[地省][^，]{0,8}[炸火爆毒]|播[^，]{0,8}[炸火爆毒]"
)


def tells_a_tale(message: str) -> bool:
    """Whether it speaks of a story, a drill, a joke, the news or a rumour."""
    return _FRAMED.search(message) is not None


#: "没漏水，是漏气", "不是油烟，是着火的烟": what is denied only makes plain what is meant.
_SETS_RIGHT = re.compile(
    f"(?:(?<!是)不是|没)[^是没不]{{1,6}}，?是[^是没不传说当，]{{0,6}}?(?:漏气|漏{GAS}|{GAS}|{ODORANT}|着火|起火|中毒)(?![^没]{{0,3}}[吗么?])"
)


def sets_right(message: str) -> bool:
    """Whether another sense is denied and danger named in its stead."""
    return _SETS_RIGHT.search(message) is not None


#: An answer to anything, or to nothing: what the assistant suspects behind it is guessed.
_SAYS_NOTHING = re.compile(
    "(?:时间|在(?:家里?|屋[头里])|不知道|不清楚|不晓得|不懂|不记得|忘了|记不清|随便|无所谓|都行|没有|不是|可以|好的?|行|嗯+|对|现在就?来?|马上|等着|什么|啥|哪个|哪里"
    "|你?自己(?:查|看|想)|你们?(?:看着办|说|定)|我|也|都|还|就|啊|呀|吧|呢|了|的|哦|,|，|。|!|！|\\?|？| )+"
)
_MOST_SAYING_NOTHING = 10


def says_nothing(text: str) -> bool:
    """ "不知道", "你自己查啊", "现在就来": words that fit any matter."""
    words = text.strip()
    return 0 < len(words) <= _MOST_SAYING_NOTHING and _SAYS_NOTHING.fullmatch(words) is not None


def only_talks(message: str) -> bool:
    """It asks, tells of another time or place, thanks or buys, and presses in no word."""
    return _TALKS.search(message) is not None and _PRESSING.search(message) is None


def is_here_and_now(message: str) -> bool:
    return len(message) <= _SHORT or _HERE_AND_NOW.search(message) is not None


def is_bare_report(message: str) -> bool:
    """ "家里着火了快来人", "燃气报警器一直响": a sign that may have other senses, but here nothing stands beside it."""
    return _BARE_REPORT.fullmatch(message) is not None
