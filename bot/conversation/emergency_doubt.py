"""Which reports may wait for the assistant's opinion: those that talk about something while they name a sign.

"漏气那次的发票", "群里说着火了，真的吗" hold a sign that no veto explains. The assistant knows thousands of such
messages and answers within milliseconds; if it is nearly sure that nothing is reported, no alarm is raised. Whoever is
in a hurry, or just says what is the matter, is not kept waiting, and without the assistant every doubt is an alarm.
"""

import re

from bot.conversation.emergency_text import read
from bot.conversation.emergency_words import one_of

#: Below this chance (0 to 1) of an emergency the assistant is believed that there is none.
NEARLY_NONE = 0.1
#: So long, in seconds, a doubtful report waits for the assistant.
PATIENCE = 2.0

_TALKS = re.compile(
    one_of(
        """
        吗 怎么(?!还|又|办) 如何 什么 多少 哪 谁 能不能 会不会 要不要 是不是 几[点天号] 可以 听说 新闻 视频 报纸
        群里 别人 人家
        朋友圈 网上 以前 去年 前年 上次 上周 上个?月 昨[天晚] 前[些几天年] 那次 那回 那天 当时 后来 之前 小时候 谢
        表扬 点赞
        好评 赔 演练 演习 练习 作业 论文 预案 培训 科普 宣传 讲座 材料 资料 换 买 钱 保险 没有? 不[是系漏] 如果
        要是 万一 假如
        怕 担心 真要 到时 将来 以后 测试 想 预约 发票 账单 费 余额 规定 说明 就是 完了 好了 扑灭 处理 结束 气死
        气得 气炸 服务
        态度 热死 归 该 找 打错
        """
    )
)
_PRESSES = re.compile("现在|还在|一直|刚才|刚刚|越来越|快来|救|急|赶紧|马上|不敢|在[漏喷烧冒响]|正在|还没来|没人[管来]")


def may_wait(text: str) -> bool:
    """Whether the report in this message is doubtful enough to ask the assistant first."""
    message = read(text).text
    return _TALKS.search(message) is not None and _PRESSES.search(message) is None


def is_believed(chance: float | None) -> bool:
    """Whether a doubtful report counts, given the assistant's chance of an emergency; None: it did not tell."""
    return chance is None or chance >= NEARLY_NONE
