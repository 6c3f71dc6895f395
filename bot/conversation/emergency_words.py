"""The words that signs of an emergency are made of: tables only, each with the reason why it is there.

Texts are compared after `emergency_text.read`: simplified characters, lower case, no separators, the usual
misspellings of 煤气, 天然气, 漏气 and 泄漏 already put right. `$` is the end of a clause.
"""


def one_of(*tables: str) -> str:
    """A pattern for any word of the blank-separated tables. Entries may hold pattern syntax."""
    return "(?:" + "|".join(word for table in tables for word in table.split()) + ")"


# --- what leaks --------------------------------------------------------------------------------------------------

#: The gas itself. A bare 气 is not here: 没气, 气压, 暖气, 生气.
GAS = one_of(
    "煤气 天然气 燃气 液化气 石油气 瓦斯 沼气(?!池) 管道气 气罐 气瓶 钢瓶 甲烷 丙烷 可燃气体? gas meiqi ranqi tianranqi"
)

#: Parts of which only gas installations have any.
GAS_PART = one_of(
    """
    软管 胶管 皮管 橡胶管 橡皮管 波纹管 黄色?的?管 气管(?!炎) 气嘴 气表 气阀 表箱 总阀 灶前阀 减压阀 角阀 罐子 罐口
    瓶口 你们的?管 调压[箱柜站]
    """
)
#: They hiss as well, but their flames also sputter and roar.
STOVE = one_of("灶 灶台 灶具 炉头 炉盘")
#: Parts that water pipes and machines have as well.
ANY_PART = one_of(
    """
    管子 管道 管线 管口 主管 立管 连接管 接头 接口 连接处 连接头 那个口 弯头 丝口 卡箍 法兰 三通 (?<!自闭)阀 阀门 球阀
    旋塞 开关 (?<![水电])表 铁箱子
    """
)

# --- how it escapes ----------------------------------------------------------------------------------------------

#: After a bare 漏, one of these: 漏 has no object then, so it is neither 漏抄 nor 漏水.
LEAKING = one_of(
    """
    $ 了 着 得 的 地 呢 吗 啦 咯 喽 嘞 啊 呀 吧 哦 不停 个不停 个没完 出 大 很 好 厉害 紧 咗 凶 惨 是 在 这 那 没漏 忒
    脱 一[上下早晚整天屋地] 起(?![诉草水雨]) 成[这那啥什]
    """
)
#: Before 漏: 地漏 is a floor drain, 遗漏 an omission, 看漏 an oversight, 检漏 a test; 泄漏 is counted by itself.
NOT_A_LEAK_BEFORE = "泄渗地遗疏纰缺看听说算数记抄发写读讲打寄交开登填检查测试捡堵补防"
#: After 漏 where gas is named: still a slip of the pen, or another substance.
LEAK_OF_SOMETHING_ELSE = "抄交缴发接开记算报填登扣收检查签盖写看掉装电水雨油风光液氟氨洞斗勺网税财批保勘通审充派回"
#: "漏了一张", "漏了我家": something was left out. "漏了一个月" of gas is a leak that lasts.
LEFT_OUT = "[了过]?" + one_of(
    """
    [一二两三四五六七八九十几半0-9]+(?:[张笔户家条份位项]|个(?!多?[月小钟礼星晚上下])) 我们?(?:的|小区|单元|楼)
    我家(?:没|的|$)
    """
)

ESCAPES = one_of(
    """
    泄漏 渗漏 外泄 外溢 溢出 跑(?!字|数|表|得太?快|一趟) 冒(?!充|火) 喷(?!火) 窜 往外 吹 弥漫 充满 飘 散不
    没关[紧严好]
    (?<![箱柜]门)关不[紧严上住掉] 忘关 忘了关 忘记关
    """
)
#: A stream of gas, between 气 and its verb.
STREAMING = one_of("往外 一直 直往 直 不停地? 嗖嗖地? 呼呼地? 哗哗地? 还在")

#: Sounds of gas under pressure. The second table is also what frying, wires and burners do, and asks for more.
HISS = one_of("(?<![嘶咝嗤呲哧])[嘶咝嗤呲哧]+ 丝丝 刺刺 扑哧 噗嗤")
HISS_OR_SIZZLE = one_of("滋滋 嗞嗞 吱吱 呼呼 嗖嗖 飕飕 噗噗 嘘嘘 轰轰 噗 滋啦 嗞啦 呼哧")

#: What lets its air out: what the sound of gas is likened to.
LIKENED_TO_AIR = (
    "(?<!好)像(?!是)[^没不]{0,6}[放漏跑撒泄]气|[像跟][^没不]{0,6}[放漏跑撒泄]气[了的]?(?:一样|似的|那样|声)"
)
#: A jet that a hand feels. The hand is looking for a leak; a mere draught is felt on the skin.
FELT = "摸[^没不窗门]{0,6}(?:凉[飕嗖丝]{2}|有[股点]?[风气])|手[放伸靠贴凑探][^没不窗门]{0,6}有[股点]?[风气]"

# --- how it smells -----------------------------------------------------------------------------------------------

#: The odorant of natural gas, as people describe it.
ODORANT = one_of("[臭烂坏]鸡?蛋 硫[磺黄]味 大?蒜臭?味 烂(?:大?蒜头?|白菜|菜|韭菜)味? 硫味 生气味 生煤气")
#: 味 in these is no smell: 口味, 人情味, 趣味 … and 味精, 味觉.
SMELL = "(?<![口情风美品趣意滋玩韵回])(?<!没气)味(?![精觉同蕾])"
#: A smell without the word smell.
STENCH = one_of(
    """
    刺鼻 呛 冲鼻 冲脑 冲得慌 辣眼睛? 熏(?![肉鱼香黑制]) 齁人 臭(?![骂脾架服不美豆名]) 捂[着住]?鼻 鼻子发酸
    (?:喉咙|嗓子)[^没不]{0,2}(?:辣|发紧|呛) [恶怪臭]气道 眼泪直流
    待不住人 冲得[我人直] 特别冲$ 熏眼 [屋家厨]里?[^没不]{0,2}不对[劲头味的] 过去一闻 闻[^没不]{0,2}(?:不对|特别冲)
    飘一股 就觉得有一股$ 灌进来了$ 越[^没不]{0,2}(?:浓|呛)$ [好很太]浓$
    眼睛[^没不]{0,2}(?:发酸|辣|睁不开|刺痛)
    """
)

# --- how it breaks -----------------------------------------------------------------------------------------------

HIT = one_of("挖 撞 钻 打 砸 钉 刨 弄 碰 压 咬 割 锯 切 凿 刮 铲 扎 戳 扯 拽 拉 踢 踩 撬 拔 碾 轧 崩 啃 剪 敲 掰 锤 顶")
DAMAGE = one_of("断 破 穿 漏 裂 坏 到 中 爆 烂 开 了 着 掉 歪")
#: 断气, 断供 are interruptions; 爆表 is a bill; 脱销 is trade.
BROKEN = one_of(
    """
    断(?![供气水电]) 破 裂 爆(?!表) 烂 穿(?![墙过越]) 洞 折 崩 弹开 弹出来 脱(?!销|单) 掉了 掉下来 松了 松动 咬 啃 撞
    挖 砸 钻 刨 撬 扯 拽 拔 碾 轧 剪断 刮 敲 掰 弄坏 锈穿 没卡住 没插
    """
)

# --- harm --------------------------------------------------------------------------------------------------------

#: Somebody of whom it may be told that there is no answer; a stove may give none either.
SOMEBODY = "(?:人|爸|妈|爷|奶|娘|爹|娃|孩|儿子|女儿|闺女|老公|老婆|爱人|室友|屋主|租客|房客|他|她|喊|叫)"
COLLAPSE = one_of(
    f"""
    晕倒 昏倒 栽倒 倒地 倒下了 都倒了 倒在地 倒在[厕卫浴厨房床里] 瘫在 瘫倒 躺在地 人躺 洗澡[^没不]{{0,2}}倒 昏迷
    昏过去 晕过去 晕了过去 昏厥 晕厥 昏睡不醒 人晕 晕在 昏在 昏了 (?:洗澡|都|她|他|孩子|老人)[^不没]{{0,3}}晕了
    [叫喊][^没]{{0,1}}不[醒应动起] [叫喊][^没]{{0,3}}不答应 不应声 不省人事 不醒人事 醒不过?来 爬?起不来(?!火)
    爬不起 休克
    抽搐 没有?意识 失去意识 意识模糊 神志不清 没有?知觉 口吐白沫 (?<!呛得)喘不[上过] 呼吸困难 人就?不行了 不理我
    [闷熏呛]过去 背过气 闷倒 瘫了?地 晕了?(?:厕所|卫生间|浴室|屋里|里[面头]|地[上下])
    眼前一黑 两眼发黑 {SOMEBODY}[^没]{{0,12}}(?:没反应|没动静|没声音?了|没声儿|不动了|没出来) 洗着[^没]{{0,2}}没声
    unconscious passed.out collapsed faint
    """
)
UNWELL = one_of(
    """
    头[^没不发费]{0,3}[晕痛疼昏] 脑[壳袋][昏痛疼晕] 脑袋发懵 发晕 犯晕 晕乎 晕晕 好晕 昏昏沉沉 恶心 想吐 都吐 一直吐
    呕吐 吐了 吐得 作呕 想[哕呕] 干呕 胸闷 胸口闷 闷得慌 闷着了 心慌 心悸 心跳好?快 气短 喘得 头重脚轻 没力气 没有力气
    人[也都全]晕 心口跳 [人娃孩他她爸妈爹娘爷奶][^没不]{0,2}蔫 走不稳 走路[打发]?[飘晃]
    没劲 [四浑全][肢身]无力 浑身没 发软 腿软 站不[稳住起] 眼[前睛]?发黑 脸通红 脸发红 嘴唇发[紫红] 迷糊 恍惚 手脚发?麻
    dizzy headache nause vomit
    """
)
#: Several people at once: what one has may be a cold, what all have is in the air.
SEVERAL_PEOPLE = one_of(
    """
    全家 一家 几个人 [两二三四五六]个[人都] 都[^是]{0,2}[头晕吐恶] 集体 我们都 大家都 三口 两口子 客人
    """
)
#: What burns gas or coal, and the closed rooms in which it does: makes of 头晕 a poisoning.
BURNER_OR_CLOSED_ROOM = one_of(
    r"""
    热水器 热水炉 澡 洗着 (?<!碗)(?<!菜)洗到 冲凉 浴室 壁挂炉 锅炉 炉子 煤炉 火炉 炉火 生火 烧炭 炭 取暖 烤火
    门窗 关着窗 窗户?都?关 关窗 灶 厨房 气味 怪味 屋里[好很太]?闷 煤气(?![费公卡表站本]) 燃气(?![费公卡表])
    天然气(?![费公卡表]) 煤(?!气) 瓦斯 一氧化碳 排烟 (?<!油)烟气?倒灌 中毒 (?<![a-z])co(?![a-z]) boiler heater
    shower
    """
)
