"""What counts as a sign of an emergency. A sign is only a first suspicion: `emergency_vetoes` may take it back."""

import re

from bot.conversation import emergency_words as words
from bot.conversation.emergency_lookalikes import TEMPER
from bot.conversation.emergency_scenes import SCENES
from bot.conversation.emergency_sorts import Sort
from bot.conversation.emergency_sorts import sign as _sign
from bot.conversation.emergency_words import ANY_PART, BROKEN, DAMAGE, ESCAPES, GAS, GAS_PART, HISS, HIT, SMELL


def _gap(most: int) -> str:
    """Some characters between two words of one sign; a negation or another subject (费, 公司, 水…) ends it."""
    return f"[^费司票单站没不未无会水电]{{0,{most}}}?"


_DRIPS = f"(?<![{words.NOT_A_LEAK_BEFORE}])漏(?!{words.LEFT_OUT})"
_GAS_ESCAPES = f"(?:{_DRIPS}(?![{words.LEAK_OF_SOMETHING_ELSE}])|{ESCAPES})"
#: 气 that is not the last character of another gas: 暖气, 空气, 蒸汽, 生气.
_BARE_GAS = "(?<![暖空冷汽热天生])气儿?"

ESCAPING = _sign(
    Sort.LEAK,
    f"(?<![{words.NOT_A_LEAK_BEFORE}])漏[了着紧咗出过]?(?:{GAS}|气(?!死|人|愤|炸|味))",
    f"{GAS}{_gap(10)}{_GAS_ESCAPES}",
    f"{_GAS_ESCAPES}[的了]?{_gap(2)}{GAS}(?!公司|[费票])",
    f"[跑冒喷窜撒蹿](?:着|出来?|了|白)?(?:{GAS}|气(?!泡|了?死))|[喷冒][^没不水热汽]{{0,4}}气(?!泡|球|味|了?死)",
    f"{_BARE_GAS}(?:全|都|就|也)?(?:跑(?:屋|了|出|进)|放了|不停|停不)",
    f"{_BARE_GAS}{_gap(3)}{words.STREAMING}{_gap(4)}(?:冒|喷|跑|放|漏|窜|出(?!不))",
    f"{_BARE_GAS}[^没不水]{{0,2}}(?:关不[上住死严紧掉]|止不住|堵不住)",
    "(?:出气|漏气|放气|跑气)的?[声响]|有[气风](?:(?:吹|冒|跑|漏|喷|往外)?出来|吹|冒|喷|漏)|凉飕飕的?有?气|被气顶|渗气",
    f"(?:[满一][屋房]子?|全是|都是|到处是)气(?!球)|{GAS}.{{0,6}}(?:浓度.{{0,3}}[高大超报]|超标|超限)|可燃(?:气体?.{{0,4}}报警|[^没不]{{0,4}}超)",
    f"{GAS}.{{0,3}}管[^没不水]{{0,4}}冒白?[烟雾]|{GAS}[^没不水]{{0,6}}喷白?[雾烟气]|气管(?!炎)[^没不水]{{0,6}}[传发]出",
    "(?:阀门?|开关|旋钮|煤气|灶)[^没]{0,3}(?:开着|没关).{0,3}没(?:火|着|点)",
    "[气汽]都?[喷冒窜]得|[漏冒喷]紧(?:煤|燃|石油|天然)?气",
    words.LIKENED_TO_AIR,
    # the soap test
    "(?:肥皂|洗洁精|洗衣粉|洗衣液|洗手液|泡沫)[^不没]{0,14}[冒起吹有鼓出].{0,3}泡",
    f"(?:{GAS}|接头|接口|连接处|阀门|软管)[^不没水]{{0,8}}[起冒鼓].{{0,5}}泡",
    # everything is shut and the meter runs
    "(?:没用|没开|关了|关着|不用|没人).{0,12}(?<![水电])表.{0,3}(?:还|一直|仍|也|不停)在?[走转跳]",
    "表(?:一直|还|不停|自己).{0,2}[走转跳].{0,12}(?:没开|没用|都?关)",
)

SMELL_OF_GAS = _sign(
    Sort.LEAK,
    words.ODORANT,
    f"{GAS}{_gap(8)}[味臭]|{GAS}{_gap(4)}(?:熏|刺鼻|呛)",
    f"闻[^不没]{{0,7}}{GAS}味?|味[^不没]{{0,6}}[像是]{GAS}|股子?{GAS}(?!公司)|[满一][屋房]子?[^不没]{{0,5}}{GAS}",
    f"(?<!不)(?:像|就是|应该是|可能是|怕是|肯定是|净是|都是|全是|怀疑是?|估计是?|感觉是){GAS}(?=$|味|漏|泄)",
    "(?:厨房|屋里|房间里?|空气里?)[^没不]{0,2}有煤气(?![灶管表吗卡罐])",
)

_GAS_PIPE = f"(?:{GAS}[^费司没不]{{0,6}}管|软管|胶管|皮管|气管(?!炎)|黄色?的?管|你们的?管|调压[箱柜站]|燃?气[表箱阀柜])"
BROKEN_GAS_PIPE = _sign(
    Sort.LEAK,
    f"{_GAS_PIPE}[^没不水]{{0,8}}{BROKEN}",
    f"{HIT}{DAMAGE}[^没不水]{{0,6}}(?:{GAS}|调压)",
    f"[把将][^没不水]{{0,6}}(?:{_GAS_PIPE}|{GAS})[^没不水]{{0,8}}{HIT}{DAMAGE}",
)

HISSING = _sign(
    Sort.LEAK,
    f"(?:{GAS}|{GAS_PART}|{words.STOVE})[^水没不]{{0,10}}{HISS}",
    f"(?:{GAS}|{GAS_PART})[^水电油锅风着火没不]{{0,10}}{words.HISS_OR_SIZZLE}",
)

BARE_LEAK = _sign(
    Sort.BARE_LEAK,
    f"{_DRIPS}(?={words.LEAKING})",
    "泄漏|渗漏|外泄|不敢(?:开灯|进屋|进门|进去|回家)",
)
PIPE = _sign(
    Sort.PIPE,
    f"{HISS}.{{0,6}}(?:响|声|冒|喷|漏|叫|出气|气)|[嘶咝嗤呲哧]的|{ANY_PART}[^没不]{{0,10}}{HISS}",
    f"{ANY_PART}[^水电油锅风着火没不]{{0,10}}{words.HISS_OR_SIZZLE}|{words.HISS_OR_SIZZLE}[^水电油锅]{{0,8}}(?:漏|冒气|出气|喷气)",
    f"(?:管子|管道|主管|立管|管口|接头|接口|那个口|卡箍|(?<!自闭)阀门?)[^没不水把柄架盖卡罩门能]{{0,8}}{BROKEN}",
    f"[把将][^没不水]{{0,6}}管[^没不水]{{0,8}}{HIT}{DAMAGE}|[挖钻撞砸]{DAMAGE}了?(?:管子|管道|主管)",
    "井[^没不水]{0,4}冒气?泡",
    "(?:管口|管头|气管(?!炎)|软管|胶管|管子|接口|接头)[^没不水]{0,4}(?:敞着?|露着|空着|开着口)",
    words.FELT,
)

#: In a gas company's chat every smell is suspicious until its source is told.
VAGUE_SMELL = _sign(
    Sort.VAGUE_SMELL,
    SMELL,
    "闻(?:[到见着出]|得[到见着出]|起来|着)(?:[^没不]{0,8}味)?",
    words.STENCH,
    "[全满]屋[子里]?[都全]是$",
)

ALARM = _sign(
    Sort.ALARM,
    "(?:报警器?|警报器?|探测器|警铃)[^没不]{0,8}?[响叫鸣闹]|报警器[^没不]{0,4}报警",
    "报警器[^没不]{0,5}红灯[^没不]{0,2}闪|(?:报警|警报|警示)灯[^没不]{0,4}[闪亮红]",
    "报警器[^没不]{0,6}(?:哔|嘀嘀|滴滴|狂|推送)|检测仪[^没不]{0,4}[报响叫]",
    # Who does not know what it is called tells what it looks like.
    "(?:检测|探测|感应)[^没不]{0,3}(?:盒子?|仪|玩意儿?|东西|装置)[^没不]{0,6}(?:[响闪喊嘀]|叫(?!什么|啥|做)|滴滴)",
    "红灯[^没不绿路]{0,5}(?:嘀|哔|滴滴(?!打|出行|司机)|狂闪|喊|鸣|[响叫]个)",
    "alarm.{0,12}(?:going off|beeping|ringing|sounding)",
)

_CO = "(?:一氧化碳|(?<![a-z])co(?![a-z]))"
POISONING = _sign(
    Sort.POISONING,
    f"(?:煤气|瓦斯|燃气|煤烟|废气|烟气|{_CO})[^会不没]{{0,3}}中毒|(?:洗澡|热水器|炉|灶|冲凉)[^会不没]{{0,6}}中毒",
    "(?<!食物)(?<!酒精)(?<!电脑)(?<!手机)中毒了(?!吗)|(?:取暖|怀疑|疑似|感觉|可能|像是?)中毒|中煤[气毒]|(?<!奖)中了煤[气毒](?!卡|费)",
    "(?:煤气|煤烟|瓦斯)[^味没]{0,2}[熏薰闷][着了的到倒晕]|[被让给]煤[气烟][打闷熏]|吸[了入](?:煤气|一氧化碳|瓦斯)",
    f"{_CO}[^没不]{{0,8}}(?:高|超|泄漏|报警器?[^没不]{{0,4}}[响叫鸣]|警报|漏)|{_CO}(?:浓度)?报警(?:了|$)",
    f"(?:有|显示|测到|测出)一氧化碳(?!的?味|报警器)|{_CO} ?[0-9]{{2,}}",
    f"{_CO}[滴嘀哔]{{2}}",
    f"{_CO}[^没不买卖]{{0,3}}(?:表|仪|盒子?|机器|玩意儿?)[^没不]{{0,4}}[响叫鸣闪喊]",
    f"(?:怀疑|估计|怕是|肯定|可能|应该|八成|像是?)[^没不会]{{0,3}}{_CO}(?=$|吧|了|闹|害|超)",
    f"(?:carbon monoxide|{_CO}) ?(?:alarm|poison|detector is)",
)
COLLAPSE = _sign(Sort.COLLAPSE, words.COLLAPSE)
UNWELL = _sign(Sort.UNWELL, words.UNWELL)

FIRE = _sign(
    Sort.FIRE,
    TEMPER,
    "(?<![打点不能才烤生])着火(?![点急])|着[咗了起]火|(?<!一)起火(?!锅|车)|一起火灾|失火|火灾|火警|火烛|走水了|救火",
    "烧起来|烧着了|燃起来|(?<!不)着起来|火烧起|大火(?!小火|力|候|收|煮|炒|烧|炖)|[有见到](?:明火|火光)|火光冲",
    "(?:机|柜子?里?|墙|窗帘|被子|衣服|沙发|屋|房子|管子?)[^没不水]{0,2}(?<![打点])着了|(?:管道?|管子|表|罐|在)燃烧",
    "[喷窜蹿冒腾][^没不水]{0,8}火(?![花锅车爆热急])|火[苗焰球光]?[^小没不打点]{0,6}(?:窜|蹿|喷|冲出来|冒出来)",
    "火[苗星]?[^没不小力花]{0,3}(?:灭不|扑不|上来了)|火(?:已经|被|都)扑灭|有火[苗星]?[^没不花力]{0,2}(?:关不|灭不|快)|(?:厨房|屋|楼|阳台|柜)里?火[好很太]大",
    # what burns, and what the fire reaches
    "(?:纸[壳箱板]?|垃圾|杂物|柴火?|木头|沙发|床|车|电线|棚子?|(?<![换装上新买])(?<![换装上买][了过好新])电池|电瓶)[^没不水]{0,2}(?<![打点睡坐躺站贴挂放摆堵停占接找])着了",
    "(?:[我俺他她咱]们?家|家里|屋里?|楼[上下]|隔壁家?|邻居家?|厨房|阳台)[也都又]?着[了啦喽嘞咧](?!凉|急|迷|魔|慌|道|落)",
    "[墙房屋柜棚顶梁][都也全][着烧](?=$|了|啦|起|火)|(?:噼里啪啦|劈里啪啦)[^没不]{0,2}[着烧炸]",
    "火[^没不小]{0,3}舔[^没不锅壶]{0,2}(?:煤气|燃气|天然气|管|罐|墙|柜|表|顶|窗|房|烟机)",
    "火[^没不小大]{0,2}从[^没不]{0,4}(?:缝|底下|下[面边]|[后背侧]面|旁边?|接口|管|柜)[^没不]{0,4}[冒窜蹿喷钻出]",
    "(?:[表罐管阀灶柜箱机墙门窗屋楼车家]|厨房|阳台)[^没不心肚点开]{0,4}一大?[团片堆]大?火(?![气锅花热])",
    # who puts it out, or is on the way
    "灭火器[^没不]{0,3}(?:压[住灭]|压下去|扑[灭住]|喷了|[灭浇]了)了?(?!吗|行)",
    "(?<![0-9])119[已经都也]{0,3}[打报叫][过了]|[打报叫][过了]119(?!号|元|块|栋|[0-9])",
    "消防(?:队|员|队员|大队|那边|的人?)?[让叫喊](?![^没]{0,20}(?:资料|手续|验收|证明|整改|盖章|图纸|检查))[^没不]{0,3}(?:联系|通知|找|打给?)",
    "着了着了|烧着人|在烧(?!水|饭|菜|开|烤|壁挂|炉|煤|炭|柴)|烧黑|冒火星|有火星|消防车?[已经都]{0,2}[来到]了|119(?:让|叫|已经?来|来了|到了)|火苗子?[^没不小]{0,3}[上到着][^没不]{0,3}(?:房|天花|烟机|墙|窗|柜)",
    f"{GAS}[给]?炸的(?![鸡鸭鱼肉油薯豆丸春])|[楼房]子?塌",
    "灶[面台]?[^没不水]{0,2}炸裂|爆炸|爆燃|闪爆|(?:玻璃|面板|灶|罐|瓶|锅)[^没不水]{0,3}爆裂|炸[了啦咯飞开碎]|(?:玻璃|面板|锅)炸裂|要炸|震碎|(?:煤气|燃气|天然气|瓦斯|液化气)爆[了啦]",
    "(?:灶|罐|瓶|热水器|壁挂炉|炉|玻璃|面板)[^没不水]{0,4}爆了|^爆了|刚[^没不水]{0,2}爆了|爆了一声|炸[伤死]",
    "[嘭砰轰咚嗵彭][^没不]{0,3}?(?:一声|一下|声响|炸|喷|巨响)|一声巨响|爆炸声",
    "(?:头发|眉毛|手|脸)[^没不]{0,4}(?:烧|燎)|烧伤|烧到(?!一半)|冒[^没不白热]{0,2}(?:黑烟|浓烟|大烟|烟了)|浓烟|黑烟滚",
    r"on fire|burning|\ba fire|fire in |caught fire|(?:house|gas|kitchen|stove|oven|boiler) fire|^fire$",
    "explosion|exploded|zhao ?huo|qi ?huo le|bao ?zha",
)

#: People who do not write Chinese characters, and input methods that stopped half-way.
LATIN = _sign(
    Sort.LEAK,
    r"(?:gas|lpg)\b.{0,24}\b(?:leak\w*|smells?|odou?r|hiss\w*|escap\w*)",
    r"(?:smell\w*|leak\w*|odou?r|hiss\w*).{0,24}\bgas\b|rotten eggs?|hissing",
    "lou ?qi|xie ?lou|(?:mei|ran|tian ?ran) ?qi ?(?:wei|lou|xie)|meiqi[泄漏]",
)

SIGNS = (
    ESCAPING,
    SMELL_OF_GAS,
    BROKEN_GAS_PIPE,
    HISSING,
    LATIN,
    BARE_LEAK,
    PIPE,
    VAGUE_SMELL,
    ALARM,
    POISONING,
    COLLAPSE,
    UNWELL,
    FIRE,
    *SCENES,
)

#: Most clauses hold no sign at all: one look tells.
ANY_SIGN = re.compile("|".join(sign.pattern.pattern for sign in SIGNS))

_PANIC = "要命|不好了|完了|救命|救救|快|来人|急|出事|help|sos"
_CRY = f"{_PANIC}|有火|天[哪啊]|妈呀|我们?|点|来|了|啊|呀|me| "
#: Nothing but a cry, with or without the name of the gas: there is no time to ask what about.
CRY_FOR_HELP = re.compile(
    f"(?=.*(?:救命|救救|help|sos))(?:{_CRY})++|(?=.*(?:{_PANIC}))(?=.*(?:{GAS}|有火))(?:{_CRY}|{GAS})++"
)
