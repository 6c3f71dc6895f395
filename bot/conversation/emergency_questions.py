"""What a frightened person asks in the middle of an emergency: which of the safety answers it is about. Pure."""

import re
from collections.abc import Iterator

from bot.conversation.address_parts import plain
from bot.domain.company.safety import Concern
from bot.domain.dialect import standard

_ASKS = re.compile(
    "[?？]|吗|呢|(?:要|用|需要|该|能|可以|敢|必)不|要不要|能不能|可不可以|是不是|行不行|有没有必要|咋|怎么|还是"
    "|多久|几分钟|(?:啥|什么)时候|几点|不(?=[,，。;；~ ]|$)"
)
_INSIDE = "(?:屋|家|店|房间?|厨房|楼|里|院|包间|卧室)"
_PEOPLE = "(?:人|客|孩子|小孩|娃|宝宝|老人|老伴|妈|爸|奶|爷|顾客|员工|学生|猫|狗)"
_WHEN = "(?:多久|几分钟|多长时间|(?:什么|啥)时候|几点|多会儿)"
#: In this order: who asks about an ambulance and the windows asks about the ambulance.
_ABOUT = {
    Concern.HELP: "120|119|110|救护车|急救|医院|消防|报警(?!器)",
    Concern.STILL_COMING: "(?:还|要不要|用不用|需不需要)(?:是)?(?:用|要|需要|得)?(?:再)?[来派]人?(?:了|啊|呀|来)*"
    "(?:吗|不|么|没|$)",
    Concern.ARRIVAL: f"{_WHEN}.{{0,6}}(?:到|来|赶)|(?:来|到).{{0,4}}(?:多久|几分钟|了吗)"
    f"|^(?:那|大概|大约|还|得|要|需要|等|你们|估计)*{_WHEN}[啊呀呢吗了?？]*$",
    Concern.PASSERS_BY: "拦|行人|路人|过路|围观|别人靠近|车.{0,3}(?:过|停|绕)|封.{0,2}路",
    Concern.BACK: "(?:回|进|上).{0,3}(?:去|屋|家|楼|来).{0,6}(?:拿|取|看|关|收|抱|救|找|叫)"
    "|[拿取](?:东西|手机|钱|证件|衣服)|[回进]屋|[回进]去|回家|上楼",
    Concern.SWITCH: "灯|电闸|拉闸|总闸|开关|电器|插头|插座|空调|冰箱|油烟机|[风气]扇|电梯|断电"
    "|能[打接用]?.{0,2}(?:电话|手机)[吗不么]",
    Concern.WINDOW: "窗|通风|[开关]门|(?<!阀)门.{0,3}[开关]|散散?味",
    Concern.USE: "做饭|烧水|洗澡|继续用|接着用|还能用|能用|[点打]火|抽烟",
    Concern.VALVE: "阀|关.{0,2}气|关.{0,4}火|火.{0,8}关|灶.{0,8}关|关.{0,4}灶|闸",
    Concern.WAITING: "(?:在|到|去)(?:哪|什么地方).{0,4}(?:等|待|站)|[要用该能](?:不[要用该能])?.{0,3}(?:出去|下楼)"
    "|(?:现在|接下来|然后).{0,2}(?:咋办|怎么办|干[啥嘛])|待在|留在|站(?:远|多远)|离(?:多|远)|远一?点",
}
#: "邻居要不要也叫出来".
_CALL_OUT = re.compile("[叫喊].{0,4}(?:出来|下来|离开|走)|邻居.{0,6}(?:叫|喊|通知|说一声)|通知邻居")
#: "她腿不好 一个人 咋办".
_LAME = re.compile("(?:[腿脚走][^,，。]{0,4}(?:不好|不便|不方便|不动|不了)|卧床|瘫).{0,12}(?:咋|怎么)[办整弄]")
#: "师傅到了 谢谢", "来人了 说是下水道返味".
_ARRIVED = re.compile(
    "(?:师傅|抢险|维修|你们的?|工作)(?:人员|的)?人?们?(?:都|也|已经|刚|刚刚)*[来到](?:了|啦|我家)|^来人了"
)
#: What nobody has to be told of a leak in the street.
_INDOORS = frozenset({Concern.PEOPLE, Concern.VALVE, Concern.WINDOW})
#: "阀门我够不着 关不上啊".
_CANNOT_SHUT = re.compile("够不[着到]|[关拧]不[上了紧动住]|找不[到着]|不会[关弄]")
#: "店里还有客人", "我妈还在屋里": no question, and the gravest there is.
_STILL_INSIDE = re.compile(
    f"还有.{{0,6}}{_PEOPLE}(?!.{{0,4}}(?:楼下|外|一起))|{_PEOPLE}.{{0,6}}(?:还|都)在{_INSIDE}|{_INSIDE}.{{0,3}}有.{{0,4}}{_PEOPLE}"
)


#: "旁边还有人抽烟": no question either.
_FIRE_NEAR = re.compile("(?:人|他们|司机|师傅|摊).{0,6}(?:抽烟|吸烟|点火|放炮|烧烤|烧纸)")
#: "我在做饭呢火还开着", "我老伴有点头晕": no questions either.
_BURNING = re.compile("火[^,，]{0,3}(?:还)?[开点着烧]着|灶[^,，]{0,3}(?:还)?(?:开|点)着|还在?(?:做饭|炒菜|烧水)")
_UNWELL = re.compile(
    "(?<!没)(?<!没有)(?<!不)(?<!没有人)(?<!没人)(?:头晕|头疼|头痛|恶心|想吐|吐了|昏倒|晕倒|晕过去|喘不[上过]|胸闷)"
)
_OUT_THERE = re.compile("旁边|路[边上过]|街|外面|楼下")
_CLAUSE = re.compile("[\\s,，。;；!！?？、~]+")
#: So much is answered at once: a frightened person reads no list.
_MOST = 2


def asked(text: str, *, outdoors: bool = False) -> tuple[Concern, ...]:
    """What the message asks about, at most two things; empty if it asks nothing that an answer is known for.

    `outdoors`: the leak is in the street, where nobody has to hear of rooms, valves and windows.
    """
    said = standard(plain(text))
    clauses = [clause for clause in _CLAUSE.split(said) if clause]
    about = [_asked_in(clause, outdoors=outdoors) for clause in clauses]
    if not any(about):
        about = [_asked_in(said, outdoors=outdoors)]
    if Concern.BACK in about:  # "叫上里面的人" beside it would send him in
        about = [concern for concern in about if concern is not Concern.PEOPLE]
    return tuple(dict.fromkeys(concern for concern in about if concern))[:_MOST]


def _asked_in(said: str, *, outdoors: bool) -> Concern | None:
    concerns = (concern for concern in _concerns(said) if not (outdoors and concern in _INDOORS))
    return next(concerns, None)


def _concerns(said: str) -> Iterator[Concern]:
    asks = _ASKS.search(said) is not None
    if not asks and _ARRIVED.search(said):
        yield Concern.ARRIVED
    if asks and re.search(_ABOUT[Concern.BACK], said):
        yield Concern.BACK  # "猫还在里头 能回去抱一下吗"
    if (_STILL_INSIDE.search(said) and not _OUT_THERE.search(said)) or (asks and _CALL_OUT.search(said)):
        yield Concern.PEOPLE
    if _LAME.search(said):
        yield Concern.PEOPLE
    if "阀" in said and _CANNOT_SHUT.search(said):
        yield Concern.VALVE
    if _BURNING.search(said):
        yield Concern.VALVE
    if _UNWELL.search(said):
        yield Concern.HELP
    if _FIRE_NEAR.search(said):
        yield Concern.PASSERS_BY
    if asks:
        yield from (concern for concern, words in _ABOUT.items() if re.search(words, said))
