"""What is said about the talk itself: "算了", "等一下", "重新来", "知道了", "你问这个干啥". Pure.

The model takes such words for whatever subject they are common in; they answer nothing, and name none.
"""

import re

from actions.understanding import is_question, normal

#: "那我跟房东商量商量再说", "我考虑考虑吧".
_THINKS = (
    "(商量|考虑|合计|琢磨|寻思|想想|想(?=一下|下))(商量|考虑|合计|琢磨|寻思)?(一下|下)?(看看?)?"
    "(再(说|定|来|联系|找)|吧|(?=$|[,。 ]))"
)
_THINKS_IT_OVER = re.compile(_THINKS)
#: "哦 那夜里三点才有啊 中": the last word consents to what was told.
_CONSENTS_AT_LAST = re.compile(
    "[^0-9?]{0,18}[,。 ]+(那)?(中|行|成|好|可以|好嘞|好吧|行吧|成吧|中吧|知道了|明白了|晓得了|就这样)(吧|啊|呀|嘞)?"
)
_WISHES = re.compile("(我|俺)(要|想|得)|帮我|给我|[办查报修装改]|味|漏|火|晕")
_STOP = re.compile(
    "算了|(不|先不|暂时不|不想|不用|不要)再?(报|办|查|弄|问|说|搞)(数|理|了)|取消|退出|不弄了|下次再|改天再|停止"
    "|^那?就?没(别的)?事(儿|情)?了|(到时候?|以后|回头)(我)?再(说|来|问|联系)"
    "|^[好行嗯那哦成吧, ]*我?(先|就|这就|明天|改天|周末|有空|抽空)+去(一?趟)?(大厅|营业厅)(一?趟|办|问问|看看)?"
    "[吧了再说]*$"
    f"|{_THINKS}|(看清楚?|弄清楚?|问清楚?|问好|找[到着])了?再(报|办|说|来|查|弄)"
    "|先不(留|填|约|登记)|(办|弄|买|装)(好|完)了?(我们?)?再(说|找|来|联系)"
)
#: "算了下周一吧": another time, and no end.
_ANOTHER_TIME = re.compile(
    "算了[,， ]*(你?们?(就|给我)?(写|记|填)|还是|就|那就?|改成?)*"
    "(周末|下?下?(周|星期|礼拜)[一二三四五六日天末1-7]|[明后今]天|大后天|[上下]午|晚上)"
)
#: "还是报吧", "接着办": back to what was left.
_GOES_ON = re.compile(
    "(算了|那|好|嗯|哦|行|吧|我|,|，| )*(还是|接着|继续|再)(给我|帮我)?(报|办|查|弄|问|登记|说|填|约|预约|申请)?"
    "(数|理|询|下去)?[了吧啊呢一下]*"
)
_NOT_LEFT = re.compile("(我|俺)?(可|又)?没(有)?说(过)?不(办|登记|要|约|报|弄)")
#: "我要的不是这个", "答非所问": the dialogue itself is wrong.
_MISUNDERSTOOD = re.compile(
    "(不是|没(有)?)[^,。]{0,2}(问|说|要|想|讲)(的)?(是)?(这个|这些|这事|这回事)|(我?[问说要讲]的|我)(不是|可?不是)(这个|这些|这事|这意思)"
    "|答非所问|牛头不对马嘴|(你|都)?(没|没有)(听|看|搞|弄)(明白|懂|清)|你?(理解|听|搞|弄)(错|反)了|你们?说的?(根本)?不对|不是这个意思|你(听|看)不懂"
)
#: "从头来", "重新办"; 重新报读数 and 重新说户号 are corrections, and left to the dialogue.
_AFRESH = re.compile(
    "[我咱们想要还是那就请麻烦]*((从头|重头|从新)(再)?(来|开始|办|弄|填|说|走|报)|(重新|推倒)(再)?(来|开始|办|弄|填)|重来|再来一[遍次])"
    "(过|一[遍次下]|办)?(吧|了|好吗|可以吗)?[,。!~ ]*"
)
_WAIT = re.compile(
    "等(一下|一会|下|会|我)|稍等|(我|先)(再|先)?去?(看|瞅|瞧|翻|找)(看|瞅|瞧|翻|找|一下|一眼|下)|我(再)?去(看|瞅|瞧)|马上看"
)
#: "等下我眼花 是一千五百六十五" answers after all.
_TELLS = re.compile(r"\d|[零一二三四五六七八九十百千]{3}|问|咨询|多久|要等|等了")
#: "接着说挪管子的事", "回到刚才那个问题".
_GOES_BACK = re.compile(
    "[嗯好行那哦我咱们,。 ]*(接着|继续|回到|还是|再)(来)?(说|讲|办|弄|问|聊)?(说|回)?(刚才|前面|之前)?的?"
    "[^,。?]{0,10}(的?事儿?|问题|业务|那个|这个)[吧啊呀,。 ]*"
)
#: "你问这个干啥", "要我电话干嘛", "你们系统里没有吗": why is it asked at all?
_WHY_ASKED = re.compile(
    "(问|要|用|填|留|说|知道)[^,。]{0,6}(干(啥|什么|嘛|吗|甚)|做(什么|啥)|有(什么|啥)用)"
    "|(为什么|为啥|凭(什么|啥)|干嘛|干吗)[^,。]{0,4}(问|告诉|提供|核对|知道|填|留|要[^,。]{0,4}(户号|地址|电话|手机|号码|小区|信息|门牌))"
    "|(你们?|公司)[^,。]{0,4}(系统|电脑|后台|档案|那边|那里|那儿|手里)[^,。]{0,8}(没有?|有|查|登记|看)"
    "|你们?(不是)?(自己)?(都)?(没有?|有)(登记|记录|存)"
)
#: "你们管啥", "你能干什么": what is it good for?
_WHAT_CAN = re.compile(
    "(那|你们?|这里|这儿|客服|机器人|到底|究竟|都|还|平台)*(能|会|可以|管|负责)(办|干|做|管|帮(我|忙)?|处理|解决|问|查|回答|咨询)*(点|些|的是)?(什么|啥|哪些|甚)"
    "(事情?|业务|东西|问题|忙)*[的呢啊呀了吗?？!！ ]*|(有|都有|办)(什么|啥|哪些)(业务|服务|功能)[的呢啊呀了吗?？ ]*"
)
#: "哦哦 知道了", "行 那我等师傅电话": what was answered is taken note of.
_TAKES_NOTE = re.compile(
    "(哦|噢|喔|嗯|好|行|成|中|那|就|我|的|了|啊|呀|嘞|吧|呗|哈|嘛|,|。| )*"
    "((知道|明白|晓得|清楚|了解|懂)了?|收到|(好|行|成|可以)(吧|嘞|呗|哩|滴|哒)"
    "|(就|先)?等(着|等|到)?(你们?|师傅|工作人员|人|客服)?"
    "(的)?(电话|通知|消息|信儿?|上门|来|联系)?"
    "|(到)?(时候|时)(再)?(说|来|去|看))"
    "(了|吧|啊|呀|哈|呗|嘞|哦|的|,|。| )*(谢谢|多谢|谢了)?(你|您|啊|了|哈|~|!)*"
)
#: "算了 转人工" goes on with somebody else.
_A_PERSON = re.compile("(?<!不用)(?<!不要)(?<!不)(?:转人工|(?<!转)人工(?!智)|真人|活人)")
_LONGEST_STOP, _LONGEST_NOTE = 20, 16
#: "有啥办法", "那咋办": asks for help in what goes on, and names nothing.
_HELPLESS = re.compile(
    "(?:^|[,。 ]+)(?:(?:那|这|可|该|我)*(?:怎么|咋|如何)(?:办|整|弄|搞)"
    "|(?:那|这|还)?有(?:啥|什么)(?:办法|法子))[呀啊呢吗么?]*$"
)
_FEWEST_TOLD = 3
_IMPATIENT = re.compile("人呢|(怎么|咋)(还)?(不|没)(说话|回话?|吭声|反应|理人?)|(说话|回话)[啊呀]")
#: "有事打我电话", "中午别打": how to reach him, no wish to be called.
_HOW_TO_REACH = re.compile(
    "(别|不要|勿|甭|莫|不用)[^,。]{0,6}(打|来电|联系)|有(啥|什么)?(事情?|问题|情况)[^,。]{0,4}(打|联系|找)"
    "|(打|联系|找)我(的|这个)?(电话|手机|号|就行)?(吧|啊|哈|就行|别)"
)


def wants_to_stop(text: str) -> bool:
    """ "算了", "先不报了": the customer leaves the dialogue; longer texts are not taken for it."""
    words = normal(text)
    if _ANOTHER_TIME.match(words):
        return False
    if len(words) > _LONGEST_STOP or is_question(words) or _A_PERSON.search(words):
        return False
    return _STOP.search(words) is not None and not wants_to_go_on(words)


def wants_time(text: str) -> bool:
    """ "等一下，我去看看": no answer yet, and no other subject."""
    words = normal(text)
    return len(words) <= 14 and _TELLS.search(words) is None and _WAIT.search(words) is not None


def takes_note(text: str) -> bool:
    """ "哦哦 知道了", "行 那我等师傅电话", "好吧": content with the answer, and nothing else."""
    words = normal(text)
    if is_question(words):
        return False
    noted = len(words) <= _LONGEST_NOTE and _TAKES_NOTE.fullmatch(words) is not None
    consents = _CONSENTS_AT_LAST.fullmatch(words) is not None and _WISHES.search(words) is None
    return noted or consents or (len(words) <= _LONGEST_STOP and _THINKS_IT_OVER.search(words) is not None)


def without_cry_for_help(text: str) -> str:
    """ "还是打不着 有啥办法" tells something; "那咋办" alone asks and stays as it is."""
    rest = _HELPLESS.sub("", normal(text)).strip(" ,。?")
    return rest if rest != normal(text) and len(rest) >= _FEWEST_TOLD else text


def only_cries_for_help(text: str) -> bool:
    """ "那咋办": help is wanted in what goes on, and nothing is named."""
    return _HELPLESS.fullmatch(normal(text)) is not None


def only_wants_time(text: str) -> bool:
    """ "等一下", "稍等我看看", and nothing else: believed outside a dialogue too."""
    return len(normal(text)) <= 7 and wants_time(text) and not is_question(text)


def begins_afresh(text: str) -> str | None:
    """ "重新来", "从头开始，户号10020002": what is said besides; None if that is not wanted."""
    words = re.sub("^(不对|算了|错了|等等|等一下)+[,。 ]*", "", normal(text))
    found = _AFRESH.match(words) if len(words) <= 40 else None
    return words[found.end() :] if found else None


def wants_to_go_on(text: str) -> bool:
    """ "还是报吧", "继续", "我没说不办啊": takes up what was left, and names nothing else."""
    words = normal(text)
    return len(words) >= 2 and (_GOES_ON.fullmatch(words) is not None or _NOT_LEFT.match(words) is not None)


def goes_back(text: str) -> bool:
    """ "接着说挪管子的事": back to what was going on, whether it is named or not."""
    words = normal(text)
    return re.search(r"\d", words) is None and (_GOES_BACK.fullmatch(words) is not None or wants_to_go_on(words))


def is_misunderstood(text: str) -> bool:
    """ "你说的不对 我要的不是这个": what goes on is not what the customer wants."""
    words = normal(text)
    return len(words) <= 24 and re.search(r"\d", words) is None and _MISUNDERSTOOD.search(words) is not None


def wants_an_answer(text: str) -> bool:
    """ "人呢", "怎么不说话": impatience before anything is asked."""
    return _IMPATIENT.fullmatch(normal(text).strip("?!。 ~")) is not None


def asks_why(text: str) -> bool:
    """ "你问这个干啥": whether the customer asks why something is asked, or why we do not know it."""
    words = normal(text)
    return len(words) <= 20 and re.search(r"\d", words) is None and _WHY_ASKED.search(words) is not None


def asks_what_we_do(text: str) -> bool:
    """ "那你们管啥", and nothing else."""
    return _WHAT_CAN.fullmatch(normal(text)) is not None


def tells_how_to_reach(text: str) -> bool:
    """ "有事打我电话别打给她": said besides, where nobody has asked to be called."""
    words = normal(text)
    return not is_question(words) and _HOW_TO_REACH.search(words) is not None
