"""Questions that name nothing ("多久能好", "带身份证行不行"): in a dialogue they are about its subject. Pure.

The model reads each message by itself and takes such words for any subject in which they are common: "什么时候能来"
for an interruption, "带身份证行不行" for opening an account. Believed, they would lead away from the matter in hand.
"""

import re
from collections.abc import Collection
from enum import StrEnum

from actions.details import AWAY
from actions.understanding import normal


class About(StrEnum):
    WHEN = "when"
    MONEY = "money"
    PAPERS = "papers"
    PROXY = "proxy"
    #: That the customer is elsewhere and cannot come.
    AWAY = "away"
    WHERE = "where"
    #: Whether it is announced before.
    NOTICE = "notice"
    #: The same on another day.
    OTHER_DAY = "other_day"
    #: Whether the work cuts the gas.
    CUT = "cut"
    #: How a sum comes about.
    HOW = "how"
    #: Whether it may be let off.
    MERCY = "mercy"
    #: Whether money paid is lost.
    LOST = "lost"
    #: Whether the customer may do it himself, or have it done by anybody.
    OWN_WORK = "own_work"
    #: What an appliance has to be like.
    APPLIANCE = "appliance"
    #: Whether a deposit comes back, or what was paid is one.
    REFUND = "refund"
    #: Who pays what the one before still owes.
    DEBT = "debt"
    #: What if the one before cannot be reached.
    OWNER = "owner"
    #: When the volume of the year begins from zero.
    RESET = "reset"
    #: Whether what was not used in time still counts.
    GRACE = "grace"


_LONGEST, _LONGEST_PLEA = 20, 24
_ABOUT = {
    About.NOTICE: "(会|要|能|可以)?不?(会|能)?(提前|事先|预先)[^,。]{0,3}(通知|告诉|告知|说一声|打电话|联系|公告)",
    About.OTHER_DAY: "^那?(([今明后]|大后)(天|晚)|(这|下)?周末?|这几天|过两天)(呢|会不会|会停)",
    About.CUT: "(要|会|得|用|需要|影响)[^,。]{0,4}(停|关|断)(燃|煤|天然)?气|停气(多久|多长时间|几天|吗|么|不(?!了))?"
    "|(能|可以|还能)(继续|接着|正常)?(做饭|用气|洗澡|烧水)(不|吗|么|嘛)"
    "|停(多久|多长时间|几天|几个?小时)|影响(做饭|用气|洗澡)",
    About.AWAY: AWAY,
    About.LOST: "(那|卡[里上]?|[里上]面|剩下?|以前|的|这|,| )*(钱|气量?|余额)(又|该|可|还|可以|能)?"
    "(怎么办|咋办|咋整|咋弄|怎么弄|怎么处理|怎么补|咋补|还在吗|还有吗|还能用|能不能[用补退]|呢(?=$|[?]))"
    r"|(那|我|里面?|的|这|就|,| )*\d*((块|元|钱)+[^,。]{0,4}没了|(块|元|钱|气)+[^,。]{0,4}"
    "(白(充|交|花|买)了?|打水漂|作废|能退|退不退|找得回|要得回))",
    About.REFUND: "([0-9一二两三四五六七八九十百千]+(块钱?|元)?)?[那这]?(个)?(算|是)?押金(是|吗|么|呢)?"
    "|(以后|最后|到时候?|验完|用完|办完)?还?(能|会|给)?退(不退|吗|么|不)"
    "|退(给我|回来|还)(吗|么|不)?",
    About.DEBT: "(他|她|[原前老]?(房主|房东|业主|户主)|卖家)?(要是|如果|万一)?还?欠[了着]?[^,。]{0,5}"
    "(算谁|谁来?(交|付|出|还|承担|掏)|(怎么|咋)[办算])",
    About.OWNER: "([原前老]?(房主|房东|业主|户主)|原主|卖家)[^,。]{0,3}"
    "(联系不上|找不[到着]|不配合|不肯来?|失联|不接电话)了?"
    "[^,。]{0,2}((咋|怎么)[办整弄]|能办|可以办|行)?",
    About.RESET: "(哪天|几月|几号|什么时候|啥时候|何时|每年)?[^,。]{0,3}(重新(计?算|开始|计)|清零|归零|从头算)",
    About.GRACE: "(上个?[月季]度?|去年|以前)?的?票?(没用完|用不完|过期|到期)了?[^,。]{0,6}(能|可以|行)(使|用|抵)?",
    About.MERCY: "(能|可以)?不?(能|可以)?再?(少|便宜|优惠|打个?折)(收|算)?(一?[点些])(行|成|中|吗|不|么|呗|吧|嘛|$)"
    "|(给|帮)?我?(免|减)(了|掉|一[点些下]|[点些])?(行|成|中|吗|不|么|呗|吧|$)|减免|免除|通融"
    "|(能|可)不(能|可以)[^,。]{0,3}(免|减|少[收交算])",
    About.HOW: "(怎么|咋|如何|怎样)(个)?(算|计算)(出来|法)?的?",
    About.OWN_WORK: "(自己|自个儿?)?(找|请|让|叫)(个)?(人|别人|朋友|亲戚|熟人|物业|装修队?|工人)(来|给|帮)?(我)?"
    "(装|改|弄|换|拆|接|移|修)|(自己|自个儿?)(动手|来)?(装|改|弄|换|拆|接|移|修)",
    About.APPLIANCE: "(灶具?|炉具|炉子|燃气灶)[^,。]{0,4}(要求|讲究|什么样|啥样|规定)"
    "|(准备|买)(点|些)?(什么|啥|哪些)(样|东西|灶)?",
    About.MONEY: "先(交|付|给)钱(还是|再|,| )*(先|后)?(装|改|弄|修|换|办)?(完|好)?了?(再)?(交钱?|给钱?|付钱?)?|多少钱"
    "|要钱|收钱|算(不算)?钱|收费|免费|贵不贵|几块钱|怎么收|费用|(交|缴|付|收|预存|花|掏|出)多少(钱|费)?|[不白要]亏|亏了|划不来|划得来|不?划算|白花"
    "|谁(来)?(出钱?|掏钱?|付钱?|承担)",
    About.PROXY: "(我|家里?|本人|人)(要|得|需要|必须)?(在家|有人|在场|在)(吗|么|不|嘛)"
    "|(本人|房主|户主|业主|房东|我?(爸|妈|爱人|老公|老婆|儿子|女儿|闺女|哥|弟|姐|妹|叔|舅)|家里?人"
    "|老人家?|老(头|太太?|爷子)|爷爷|奶奶|公公|婆婆|别人|朋友|中介|父母)[^,。]{0,5}"
    "(不在|来不了|去不了|不去|代|(去|来|办|弄)[^,。]{0,3}(行|可以|成|中|吗|么|不)|行|可以)"
    "|代办|替我办|委托|不是(本人|户主|房主|业主)",
    About.PAPERS: "(身份证|房产证|房本|户口本)[^,。]{0,2}还是(要|用|带|拿)?(身份证|房产证|房本|户口本)"
    "|(身份证|复印件|原件|房产证|房本|证件|材料|资料)[^,。]{0,6}(行|可以|成|中|够|要|需要|吗|么|不$)"
    "|(带|拿|要)[点些]?(什么|啥|哪些)(东西|证件?|材料|资料|手续)?",
    About.WHEN: "几点钟?(能|会|可以)?(来|到|上门)"
    "|多久|多长时间|多少天|要?几天|什么时候|啥时候|啥时间|什么时间|何时|哪天|今天能|明天能"
    "|(能|可以|可不可以)[^,。]{0,3}(早|快)(一?点|些)?"
    "|(周|星期|礼拜)[一二三四五六日天末1-6][^,。]{0,4}(来|上门)[^,。]{0,3}(行|可以|成|中|方便)?(吗|不|么)",
    About.WHERE: "(在|去|到)(哪|那)(里|儿|个地方)?[^,。]{0,3}(办|弄|拿|领|补|交|充|缴|买)?(?=$|[,。? ])",
}
#: What may stand beside it without naming anything.
_LITTLE = re.compile(
    "爸爸?|妈妈?|哥哥?|弟弟?|姐姐?|妹妹?|儿子|女儿|闺女|老公|老婆|爱人|媳妇|孩子|自己|租[户客]|房[客东]|户主"
    "|请问|到底|究竟|意思是?|要不要|打电话|预?约(?!费)|(来|派)人|[那这]个单子?|[柜前]台|(周|星期|礼拜)[一二三四五六日天末1-6]|[今明后]天|[上中下]午|晚上|不?在家|有空|答复|回复|回话"
    "|交了|缴了|交完|缴完|没事"
    "|结果|处理|解决|一般|大概|需要|一共|总共|共|开通|因为|主要|不过|可以|一下|上门|东西|方便|直接|现在|让|叫|替|由|[我你您他们咱的地得了吗么呢啊呀吧哦嘛那这就也都还再最多少要能会不行成中是有没来去到"
    "好完弄办搞拿给带上个次共通俺,。?! ]"
)


#: What an article must speak of to answer it.
_TOLD = {
    About.MONEY: "元|免费|收费|不收|费用",
    About.WHEN: "天|小时|分钟|当场|工作日|个月",
}


def tells(about: About, answer: str) -> bool:
    """Whether a text that was written for something else may answer such a question."""
    return re.search(_TOLD.get(about, ""), answer) is not None


def asks_for_less(text: str) -> bool:
    """ "那个380能少点不": whatever it names besides."""
    words = normal(text)
    return len(words) <= _LONGEST_PLEA and re.search(_ABOUT[About.MERCY], words) is not None


def asked_about(text: str) -> About | None:
    """What a short question asks, whatever it names besides."""
    words = normal(text)
    found = (about for about, pattern in _ABOUT.items() if re.search(pattern, words))
    return next(found, None) if len(words) <= _LONGEST else None


#: What any dialogue is asked. What has no answer there of the others is left to whatever the model takes it for.
_ANYWHERE = frozenset({About.WHEN, About.MONEY, About.PAPERS, About.PROXY, About.WHERE})


def follow_up_in(text: str, known: Collection[About]) -> About | None:
    """As `follow_up`, in a dialogue that answers what is `known`."""
    about = follow_up(text)
    return about if about in _ANYWHERE or about in known else None


def follow_up(text: str) -> About | None:
    """What a short question that names no subject asks about the one in hand; None for any other message."""
    rest = re.sub("|".join(_ABOUT.values()), "", normal(text))
    return None if _LITTLE.sub("", rest) else asked_about(text)
