"""Whether who names no danger that stands says outright that all is well: "没人晕倒，他在打盹", "误会，别派车".

The assistant reads a message as a heap of characters: "没有人昏倒" looks to it like "有人昏倒". Weighed only where no
sign stands, so that "没着火，可是一屋子味" stays a report.
"""

import re

from bot.conversation.emergency_text import read
from bot.conversation.emergency_words import one_of

#: What is denied, behind a negation and at most a few characters.
_HARM = one_of(
    """
    漏 着火 起火 失火 火灾 火情 明火 火光 中毒 爆 炸 味 煤气 燃气 险情 危险 冒[烟火泡气] 烟(?!管|道) 响 嘶 裂 倒 躺
    晕 昏 头[晕疼痛] 恶心 不舒服 受伤 烧 闻[到见着] 听[到见] 事(?![先前后]) 臭 呛
    """
)
#: Not every 没 and 不 says that there is none: 没人管, 没办法, 不敢, 不停, 不知道, 不是吗.
_NO = (
    "(?:(?<!有)没有?(?!人?[管来接理应]|人听|办法|法|电|敢|关|停|想到|用|开|反应|气)|(?<!是)不是"
    "|不(?![是敢知晓会能行得在对到起醒动住断停应光只但])|哪有|并?无|未(?!来))"
)
#: May stand between the clause's beginning and its negation.
_WHO = one_of("^ ， 就是 说了? 头 我 家里? 屋里? 这里 里面 现在 谁 人")
_DENIES = re.compile(f"{_WHO}[都也真确实已经又]{{0,3}}{_NO}[^，]{{0,7}}?{_HARM}[^，吗么]*(?:，|$)")
#: Says that there was a mistake, that nobody need come, that the cause is known, or that it is mended.
_CALMS = re.compile(
    one_of(
        """
        虚惊 误会 误报 误触 大惊小怪 乌龙 闹笑话 别来了 不用[再你]?[来派折] 别派 别折腾 放心(?!不下)
        [搞闻看发打按点弄听]错 别紧张
        没那么严重 没事 而已 没[声响]了
        (?:浓度|数值|读数)是?[^，]{0,2}(?:零|0(?![0-9])|正常) 不归(?:燃气|你们)
        [跟和与](?:你们|燃气|煤气|管子|气)[^，]{0,3}(?:没关系|无关|不相干|不搭)
        (?:原来|其实|后来发现|闹了半天|弄清楚了?|找到了?|查明白?了?|确认[过了]?|[看听]清楚?了?)，?[^，]{0,3}是
        不是[^，]{1,8}，(?:就?是|我说的是)(?![^，]{0,8}(?:[烂臭蒜蛋漏火炸]|煤气|燃气|天然气))
        [修处理解决弄换搞堵]好了 拧紧的 排除了 睡得沉 睡懒觉 打[盹呼]
        """
    )
)
#: Who says that all is well without having measured denies nothing: "保安说没事照样放车".
_SAID_BY_OTHERS = re.compile(
    "(?:保安|门卫|物业|他们?|她们?|邻居|老板|经理|工头|工人|人家|施工的?)(?:的人)?[都也还非就跟我]{0,3}[说讲][^，]*"
)
#: Turns what was said before round: it is not over, or it is all the same.
_TURNS = re.compile(
    one_of(
        """
        但 可是 可(?=[我现今还又味他她这那就一]) 却 结果(?!是|出来) 反[倒而复] (?<!不)又(?!进|去|查|测|看) 还(?!以为) 仍
        一直 越来越 难道 不敢 快(?![递餐乐]) 救 赶紧 马上 怕是 我真 就[在是](?:灶|表|管|气|那[边里股个]|晕|头)
        要不要 能不能 不行 现在(?!没|不|好|都|正常|一切|已|用|可以|也|啥|什么|睡) 刚(?:刚|才)?(?=[^，]{0,3}[一闻开回])
        怎么 凭啥 今[天早晚] 昨[晚夜] 半夜 凌晨 开窗 疏散 撤离 已关 关了?(?:总|单元)?阀
        (?:其实|是)[^，]{0,4}[着炸漏]了?$ (?<!不)是[^，水]{0,3}(?:管|灶|表|阀|罐|热水器) [两三四五]个?[口人] 同时 肯
        """
    )
)
#: In more characters than this much else is told.
_LONGEST = 200


def says_all_is_well(text: str) -> bool:
    """What stands before a question mark is asked, not said."""
    if len(text) > _LONGEST:
        return False
    message = read(re.split("[?？]", text)[-1])
    clauses = "，".join(message.text[left:right] for left, right in message.clauses())
    clauses = _SAID_BY_OTHERS.sub("", clauses)
    return bool(_DENIES.search(clauses) or _CALMS.search(clauses)) and not _TURNS.search(message.text)
