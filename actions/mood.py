"""Whether a customer is upset: a short list of words, and shouting. Pure; it changes the tone, never the service.

Whoever is taken for upset gets the scripts' apology and the offer of a person (S0 工作标准 5); nothing is refused.
"""

import re

from actions.understanding import normal

#: Said of us or to us; never of a stove or a meter alone ("什么破表" is about the meter, and still no good mood).
_INSULTS = re.compile(
    "傻[逼比b叉x]|煞笔|沙比|tmd|他妈|特么|(?<![妈我他她咱])妈的|妈蛋|尼玛|你妈[的逼]|狗屁|放屁|扯淡|混蛋|王八|滚(蛋|开|远|吧|[!,。]|$)|废物"
    "|垃圾(公司|服务|客服|玩意|燃气)|(公司|服务|客服|你们)(就是|真|太|是|都是)*个?垃圾|骗子|骗钱|坑人|坑爹|坑钱|黑心|流氓|不要脸"
    "|(什么)?[破烂](公司|客服|服务|玩意)|有病吧"
    "|(你们?|公司)(是不是)?(脑子)?有(毛)?病|脑子有|什么玩意|[死破]机器人|人工智障|智障|你们?有毛病"
)
_ANGER = re.compile(
    "投诉|举报|曝光|市长热线|消协|(?<![煤燃天])气死|[真太很好]气人|(?<!发)生气|[好真很]火大|恼火|烦死|烦不烦|受够|忍不了|无语|差劲|太差|(?<!打字)太慢"
    "|慢死|过分|离谱|岂有此理|凭什么|什么态度|没人管|推来推去|踢皮球|打发|敷衍|糊弄|忽悠|耍我|逗我|答非所问|说人话|听不懂人话"
    "|会不会(说话|做事|办事)|到底[管来行修给]不|还有没有人|急死|等了?(半天|好几|几天)|[说问讲报打催]了?(多少|几|好几|八百|无数)[遍次回]"
)
#: Nothing but discontent: "你到底能不能解决".
_VENTS = re.compile(
    "(你们?|客服|机器人)?(到底|究竟)?(能不能|会不会|有没有|管不管|解不解决|行不行|能|会|想)(给?我?)?(解决|处理|办事?|管|弄|个?说法|问题)?(了|吗|不|啊|呀|呢|问题)*[?？!！。]*"
    "|(给我)?(个|一个)说法[!！。]*|太麻烦了?[!！。]*|(真|好)(是)?麻烦[!！。]*|呵呵+[!！。]*"
)
#: "前几天安检的师傅态度不好": whatever the model takes it for.
_FOUND_FAULT = re.compile(
    "(态度|服务|脸色|说话|语气)[^,。]{0,6}(不好|不行|[很太真好]?差|恶劣|凶|难听|不耐烦)|骂(我|人)|(?<!好)好?凶(?!手)"
)
_SARCASM = re.compile("呵呵|哼|真行[啊呀]|可真(好|行|棒)|好一个")
#: Who is insulted, and how much: nothing that could be answered.
_ADDRESSED = re.compile(
    "你们?|是不是|吗|啊|这|是?什么|客服|机器人|公司|燃气|一群|一帮|这帮|这个|那个|真|太"
    "|就是|都是|是|个|的|了|吧|[,.。!?~ ]"
)
#: Somebody else did it, and none of ours is named.
_OTHERS = re.compile("房东|物业|邻居|卖家|开发商|中介|[前原老]?房主|楼[上下]的?人家|装修")
#: "我不是投诉".
NO_COMPLAINT = "(不是|没有?)(想|要|在|来|说)*投诉(?![你他她它谁])"
_OURS = re.compile("你们?|客服|师傅|安检|抄表|公司|燃气|营业厅|大厅|热线|维修|投诉")
_SHOUTING = re.compile("[!！]{2,}|[?？]{3,}|([?？][!！])|([!！][?？])")


def is_upset(text: str) -> bool:
    """Whether the words insult, show anger or shout."""
    words = normal(text).lower()
    shouts = _SHOUTING.search(text) is not None and "谢" not in text
    return shouts or _INSULTS.search(words) is not None or _ANGER.search(words) is not None


def insults(text: str) -> bool:
    """Whether the message is an insult and holds nothing to answer besides."""
    words = normal(text).lower()
    if re.search("到底|究竟|说法|麻烦|呵", words) and _VENTS.fullmatch(words):
        return True
    return _INSULTS.search(words) is not None and _ADDRESSED.sub("", _INSULTS.sub("", words)) == ""


def does_not_complain(text: str) -> bool:
    """ "房东电话打不通急死个人", "我不是投诉": trouble with somebody else, or none; no complaint about us."""
    words = normal(text)
    of_others = _OTHERS.search(words) is not None and _OURS.search(words) is None
    return of_others or re.search(NO_COMPLAINT, words) is not None


def finds_fault(text: str) -> bool:
    """ "前几天安检的师傅态度不好": a complaint about how somebody behaved."""
    return _FOUND_FAULT.search(normal(text)) is not None


def is_sarcastic(text: str) -> bool:
    """ "呵呵 你们服务真好啊": no praise."""
    return _SARCASM.search(normal(text)) is not None
