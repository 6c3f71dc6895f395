"""What a short answer says: yes or no, a number, an address, "forget it". Pure functions on text; no guesses.

The assistant's model names intents; the answers to a dialogue's own questions are read here, because "有", "1234" or
"3号楼2单元501" mean what the question makes them mean.
"""

import re
import unicodedata
from decimal import Decimal

import cn2an

from bot.domain.dialect import standard
from bot.domain.places import is_only_dwelling, plain

_PHONE_DIGITS = 11
_CHINESE_DIGITS = "零〇一二两三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_NUMERAL = f"[{_CHINESE_DIGITS}十百千万拾佰仟点]"
#: "1234.5", "1千2", "一千二百三十四"; with what denies it before it.
_NUMBER = re.compile(rf"(?P<denied>不是)?\s*(?P<number>\d+(?:\.\d+)?(?:[十百千万](?:{_NUMERAL}|\d)*)?|{_NUMERAL}+)")
_DIGIT_BY_DIGIT = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")

_PARTICLES = "[的了啊呀呢哦噢吧哈嘛呵滴~!。,.、 ]*"
_YES = re.compile(
    f"(嗯+呐?|对+|对头|对着呢|是|是的|好|好的|行|中+|成|妥|要得|得行|没得问题|没毛病|可以|没错|没问题|正确|确认|确认无误|确认登记|登记|提交|就这样|无误|就是|就是这个|对得上|要|需要|有|ok|yes)"
    f"{_PARTICLES}(嗯+|对+|是|是的|好|好的|登记|确认|没错|可以|有|就是这个)?{_PARTICLES}"
)
_NO = re.compile(
    f"(不+|不中|不成|要不得|莫得|冇|不是|不对|没有|没|无|否|错|错了|不正确|不行|不可以|不要|不用|不需要|没有没有|还没|还没有|no){_PARTICLES}"
    f"(不是|不对|没有|错了|不用)?{_PARTICLES}"
)
#: "哦这样 那行吧".
_LEAD = re.compile("^(?:[哦噢喔啊哎]+|这样(?:啊|子)?|原来如此|那就?|[ ,，。])+(?=.)")
#: "哦这样 那登吧", "嗯登记吧", "登记登记": a consent to what is read back, in more words than a yes.
_CONSENT = re.compile(
    "(?:[哦噢喔啊嗯哎唉诶额呃]+|原来(?:这样|如此)|这样(?:啊|子)?|(?:明白|知道|懂)了?|那就?|就|行|好的?|对|可以|没错|没问题"
    "|麻烦(?:你|您)?了?|帮我|给我|请|你|您|先|也|[ ,，。])*"
    "(?:登记?|提交|确认|办理?|报上?|录入?|约)(?:登记?|提交|吧|上|一下|呗|就行|就好|就可以)+"
    f"{_PARTICLES}(?:谢谢|麻烦|辛苦)?(?:你|您)?了?{_PARTICLES}"
)
#: What a no to "还有什么可以帮助您吗" is made of: nothing else may stand beside it.
_NOTHING_MORE = re.compile(
    "不用|不需要|不要|不必|不麻烦|不了|没有|没啥|没什么|没事|没别的|没得|不|没|无|否|免|甭|别|no|算了|够了|行了|好了|可以了|就这样|就这些|先这样"
    "|其他|其它|其余|别的|什么|事情?|问题|疑问|需要|需求|要问|要办|要咨询|想问|帮助|帮忙|可以|暂时|目前|现在|已经|今天|先|也|都|再|了"
    "|谢谢|多谢|感谢|谢|您|你|我们?|的|啊|呀|呢|哦|噢|哈|吧|嘛|呵|啦|嗯|好|行|是|有|么|吗|就|那|这|转接?|人工|客服|麻烦|辛苦|再见|拜拜|88"
    "|忙|回头|说|聊|见|[,.。，!！~、 ]"
)
_NO_NUMBER = re.compile(
    "(没有|没|不知道|不晓得|不记得|忘|找不到|找不着|不清楚)[^,。]{0,4}(户号|号码|账号)"
    "|(户号|账号)[^,。]{0,4}(哪|多少来|怎么|什么|忘|不知道|不记得|找不到|找不着|丢了)"
)
_DANGER = re.compile("漏|泄|味|臭|毒|晕|昏|恶心|吐|头疼|头痛|火|烟|爆|炸|烧|嗤|嘶|报警")
_QUESTION = re.compile(
    "(?<![什怎要那这])么[?？ ]*$|[不要收花](钱|费)的?吧[?？ ]*$"
    "|[?]|吗|呢$|[钱费贵准能会行]不$|怎么|怎样|咋|多少|什么|啥|哪|几点|几号|多久|如何|为什么|为啥|能不能|可不可以|是不是|要不要|有没有"
    "|(行|好|对|成|中|可以)不(行|好|对|成|中|可以)?[?？ ]*$"
    "|[\u4e00-\u9fff](?<![是还也都就从说然对么偏决绝要好行不])不[?？ ]*$|(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)"
    "|是[^,。]{1,8}还是(?![不没打点])|(能|是|可以|会)[^,。]{0,10}嘛[?？ ]*$"
    "|(就|也)(行|可以|好|成)了?吧[?？ ]*$|(了|好|完|过|通|到|修|开)没[?？ ]*$|不(会|收|扣|停|影响)[^,。]*吧[?？ ]*$"
)
#: "没签过啥协议" asks nothing.
_NOTHING_OF_IT = re.compile("(?<!有)没有?[^,。?有]{0,3}(什么|啥)(?!时)")
#: "行不行" asks, and refuses nothing.
_A_NOT_A = re.compile("(行|好|对|成|中|可以|能|要|是|会)不\\1|(?<!没)有没有|(行|好|成|中|可以|能)不(?=[?？ ]*$)")
#: "随便哪天", "什么时候都行": any will do.
_WHATEVER = re.compile(
    "(随便|不管|无论|任何)(哪|什么|啥|几)(一?天|个?时候|时间|点|号)?|(?<![在去到])(哪|什么|啥|几)(一?天|个?时候|时间|点)我?都"
)
_CORRECTION = re.compile(
    "[多少](打|按|写|输)了?(一?个|[0-9一两]位)|不对|不是|错了|说错|报错|看错|写错|打错|更正|改成|改为|重新"
)
#: Another answer than the one asked for, and whether it will do.
_EXCUSE = re.compile(
    "(户号|账号|卡号|编号)[^,。 ?]{0,4}(没记|没有|不(知道|记得|晓得|清楚)|记不|忘|找不)[^,。 ?]{0,4}"
    "|(没有?记?|不(知道|记得|晓得|清楚)|忘了?)[^,。 ?]{0,2}(户号|账号|卡号|编号)"
    "|(说|报|用|给|只有)?(地址|门牌号?|小区|手机号?|电话)(也)?(可以|行|能|中|成)(吗|不|么|嘛|吧)"
)
_NO_PROOF = re.compile(
    "(不(知道|晓得|清楚|记得)|没(有|记|存)|忘了?|说不(上|清)|(提供|记|想)不(了|起来|住)|哪(知道|晓得|记得))[^,。]{0,6}(电话|手机|号码?|尾号|地址|门牌|这个|这些)"
    "|(电话|手机号?|号码|尾号|(?<!户)号|地址|门牌号?)[^,。]{0,4}(不(知道|晓得|清楚|记得)|没有|忘|记不|提供不)"
    "|^我?(都|也)?(不(知道|晓得|清楚|记得)|忘(记)?了?)[了啊呀呢,。! ]*$"
)
_ACCOUNT_WRONG = re.compile(
    "(户号|账号|帐号|地址|账户).{0,4}(错|不对|不是|有误|改)|(不是|换)(这个|一个)?(户号|账户|地址)|^是?(户号|地址)$"
    # "户号我说成邻居的了"
    "|(户号|地址)[^,。]{0,4}(说|报|写|给|搞|弄)(成|错)"
)
#: What people put around a number.
_LABELS = re.compile("户号|账号|帐号|读数|表数|数字|尾号|后四位|我的|我家|的|是|为|立方米|立方|方|字|度|了|[:,，。 ]")
_ADDRESS = re.compile(r"\d+(号|栋|幢|楼|单元|座|室|户|层|门|弄)|\d+-\d+|[a-z](座|栋|幢|区)|(底商|商铺|门面)\d+")


def normal(text: str) -> str:
    """The text with full-width letters, digits and punctuation made half-width, without dialect, and trimmed."""
    return standard(unicodedata.normalize("NFKC", text).strip())


def yes_or_no(text: str) -> bool | None:
    """What a short answer to a yes-or-no question says; None when it is neither."""
    words = normal(text).lower()
    if _NO.fullmatch(words):
        return False
    if _YES.fullmatch(words) or _CONSENT.fullmatch(words) or _YES.fullmatch(_LEAD.sub("", words)):
        return True
    return None


def agrees_besides(text: str) -> bool:
    """ "嗯 就这个点": begins with a yes, and neither denies nor asks nor names anything."""
    words = normal(text).lower()
    begins = re.match("嗯|对|是|好[的嘞呀啊吧]?|行|可以|没错|没问题|中|成|妥|要得|确认|ok", words)
    return (
        begins is not None
        and not holds_no(words[begins.end() :])
        and not re.search(r"\d", words)
        and not is_question(words)
    )


def agrees_and_tells(text: str) -> bool:
    """ "可以的 师傅来之前打我电话哈": a yes by itself, and then a detail that neither asks nor takes anything back."""
    first, _, rest = normal(text).partition(" ")
    stated = rest and not (is_question(rest) or corrects(rest) or holds_no(rest) or re.search(r"\d", rest))
    return bool(stated) and yes_or_no(first) is True


def holds_yes(text: str) -> bool:
    """Whether there is a word of consent in the text at all: a model may take noise for a yes."""
    return re.search("[是对好行嗯恩要需有确认成中妥]|可以|没问题|ok|yes", normal(text).lower()) is not None


def holds_no(text: str) -> bool:
    """Whether there is a word of refusal in the text at all."""
    return re.search("[不没无否别错免甭]|算了|够了|no", _A_NOT_A.sub("", normal(text).lower())) is not None


def holds_thanks(text: str) -> bool:
    """Whether there is a word of thanks in the text at all."""
    found = (
        "谢|感[激恩]|辛苦|多亏|费心|劳驾|麻烦(你|您|了|大家)|好人|3q|thx|thank|tks|爱你|收到|帮(了|到)|太好了|棒|赞|给力"
        "|[🙏👍❤🌹]"
    )
    words = normal(text).lower()
    return re.search(found, words) is not None and not re.fullmatch("[太真好]麻烦了?", words)


def only_declines(text: str) -> bool:
    """ "没有了谢谢", "不用了，没别的事": a no to anything more. "没有热水器" says something."""
    words = normal(text).lower()
    return _A_NOT_A.search(words) is None and _NOTHING_MORE.sub("", words) == ""


def only_misses_the_number(text: str) -> bool:
    """ "户号找不着了", and nothing else: no request yet."""
    return len(normal(text)) <= 9 and asks_for_the_number(text)


def is_noise(text: str) -> bool:
    """Interjections only: whatever the model takes them for, they are about nothing."""
    return re.fullmatch("[啊额呃嗯哦噢呵哈哎唉咦诶嘿唔.。,，?？!！~…、 ]+", text) is not None


def asks_for_the_number(text: str) -> bool:
    """The customer has no account number at hand, or asks where it is written."""
    return _NO_NUMBER.search(normal(text)) is not None


def sounds_dangerous(text: str) -> bool:
    """Whether any word of gas escaping, fire or poisoning is in the text."""
    return _DANGER.search(text) is not None


def is_question(text: str) -> bool:
    """Whether anything is asked; "随便哪天我都在" asks nothing."""
    return _QUESTION.search(_NOTHING_OF_IT.sub("没", _WHATEVER.sub("", normal(text)))) is not None


def without_tag(text: str) -> str:
    """ "就我自己去行吗" says that, and asks only whether it will do."""
    words = re.sub("(这样|也)?(行|可以|好|成|中)(吗|不|么|嘛|不行|不可以)[?？ ]*$", "", normal(text))
    return re.sub(
        "^[那我]*(能不能|可不可以|能|可以)(.{2,})(吗|么|不)?[?？ ]*$", lambda may: may[2].rstrip("吗么不"), words
    )


def corrects(text: str) -> bool:
    """Whether the customer takes something back: "不对，是1235"."""
    return _CORRECTION.search(normal(text)) is not None


def without_excuse(text: str) -> str:
    """An answer without the excuse before it and the doubt behind it: "户号没记 地址行吗 幸福小区3号楼"."""
    rest = _EXCUSE.sub(" ", normal(text)).strip(" ,。?")
    return rest if re.search(r"\d", rest) and rest != normal(text) else text


def cannot_prove(text: str) -> bool:
    """ "我不知道他电话": who is asked for address or telephone number of an account has neither."""
    return _NO_PROOF.search(normal(text)) is not None


def account_is_wrong(text: str) -> bool:
    """ "户号错了", "不是这个户号"."""
    return _ACCOUNT_WRONG.search(normal(text)) is not None


def numbers(text: str) -> list[Decimal]:
    """The quantities in the text, Arabic or Chinese, without those that are denied ("不是1234")."""
    words = re.sub(r"(?<![\d ])\d(?: \d){2,}(?![\d ])", lambda apart: apart[0].replace(" ", ""), normal(text))
    words = re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", words)
    found = _NUMBER.finditer(words)
    values = [_value(match["number"], alone=_alone(match, words)) for match in found if not match["denied"]]
    return [value for value in values if value is not None]


def _alone(match: "re.Match[str]", words: str) -> bool:
    rest = words[: match.start()] + words[match.end() :]
    return re.fullmatch("[是为数方度字吨立方米个的,。 ]*", rest) is not None


def _value(token: str, *, alone: bool) -> Decimal | None:
    """A single Chinese numeral counts only when it is all that is said: "看一下" holds no number."""
    if re.fullmatch(r"\d+(\.\d+)?", token):
        return Decimal(token)
    token = token.rstrip("点").replace("幺", "一")
    if not token or (len(token) == 1 and not alone):
        return None
    try:
        return Decimal(str(cn2an.cn2an(token, "smart")))
    except (ValueError, KeyError):  # cn2an fails on 十十一 with a KeyError
        return None


def digit_runs(text: str, at_least: int) -> list[str]:
    """Runs of digits as written or spoken one by one ("幺零零二"), of `at_least` digits: account numbers, phones.

    Those written in one ("10020001 1235") come before those that blanks divide ("1002 0001").
    """
    spoken = re.sub(f"[{_CHINESE_DIGITS}]{{{at_least},}}", lambda run: run[0].translate(_DIGIT_BY_DIGIT), normal(text))
    joined = re.sub(r"(?<=\d)[ \-](?=\d)", "", spoken)
    apart = re.findall(rf"\d{{{at_least},}}", spoken)
    return apart + [run for run in re.findall(rf"\d{{{at_least},}}", joined) if run not in apart]


def names_a_dwelling(text: str) -> bool:
    """Whether the text holds a building, unit or room number."""
    return _ADDRESS.search(plain(text)) is not None or re.fullmatch(r"\d{3,4}", normal(text)) is not None


def is_number_only(text: str) -> bool:
    """One bare number that is no telephone number (which asks to be called)."""
    words = normal(text)
    digits = re.sub("[ -]", "", words)  # "1002 0001"
    number = digits if digits.isdecimal() else _LABELS.sub(" ", words).strip()
    return re.fullmatch(r"\d+(\.\d+)?", number) is not None and len(number) != _PHONE_DIGITS


def is_bare_answer(text: str) -> bool:
    """Whether the text is nothing but an answer (yes, no, a number, a dwelling), whatever its intent looked like."""
    words = normal(text)
    if yes_or_no(words) is not None or re.fullmatch(rf"[\d.,\- ]+|{_NUMERAL}{{2,}}", _LABELS.sub("", words)):
        return True
    return names_a_dwelling(words) and is_only_dwelling(words)
