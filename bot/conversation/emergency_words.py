"""The words of the emergency screen: tables only, each with the reason why it is there.

Texts are compared after `emergency_text.read`: simplified characters, lower case, no separators, the usual
misspellings of 煤气, 天然气, 漏气 and 泄漏 already put right. A clause ends where `$` is.
"""


def one_of(*tables: str) -> str:
    """A pattern for any word of the blank-separated tables. Entries may hold pattern syntax."""
    return "(?:" + "|".join(word for table in tables for word in table.split()) + ")"


# --- what leaks, smells, hisses, breaks -----------------------------------------------------------------------

#: The gas itself. A bare 气 is not here: 没气, 气压, 暖气, 生气.
GAS = one_of(
    """
    煤气 天然气 燃气 液化气 石油气 瓦斯 沼气(?!池) 管道气 气罐 气瓶 钢瓶 gas meiqi ranqi tianranqi 甲烷 丙烷
    可燃气体?
    """
)

#: Parts that hold gas in a dwelling. Meters of water and power are not meant.
FITTING = one_of(
    """
    软管 胶管 皮管 橡胶管 波纹管 连接管 连接头 黄管 立管 管子 管道 管线 接头 接口 接口处 连接处 弯头 丝口 总阀 阀门
    灶前阀 球阀 减压阀 旋塞 开关 (?<![水电])表 表箱 灶 灶台 灶具 炉头 罐子 罐口 瓶口 角阀 阀 气管(?!炎) 气嘴 卡箍
    橡皮管 法兰 三通 炉盘 铁箱子
    """
)

#: Sounds of gas under pressure. The second table is also what frying, wires and fans do, and asks for a fitting.
HISS = one_of("(?<![嘶咝嗤呲哧])[嘶咝嗤呲哧]+ 丝丝 刺刺 扑哧 噗嗤")
HISS_OR_SIZZLE = one_of("滋滋 嗞嗞 吱吱 呼呼 嗖嗖 飕飕 噗噗 嘘嘘 轰轰 噗 滋啦 嗞啦")

#: After a bare 漏, one of these: 漏 has no object then, so it is neither 漏抄 nor 漏水.
LEAKING = one_of(
    """
    $ 了 着 得 的 地 呢 吗 啦 咯 喽 嘞 啊 呀 吧 哦 不停 个不停 个没完 出 大 很 好 厉害 紧 咗 凶 惨 是 在 这 那 没漏
    一[上下早晚整天屋地]
    """
)
#: Before 漏: 地漏 is a floor drain, 遗漏 an omission, 看漏 an oversight, 检漏 a test; 泄漏 is counted by itself.
NOT_A_LEAK_BEFORE = "泄渗地遗疏纰缺看听说算数记抄发写读讲打寄交开登填检查测试捡堵补防"
#: After 漏 where gas is named: still a slip of the pen, or another substance.
LEAK_OF_SOMETHING_ELSE = "抄交缴发接开记算报填登扣收检查签盖写看掉装电水雨油风光液氟氨洞斗勺网税财批保勘通审充派回"
#: "漏了一个月", "漏了我家": something was left out.
LEFT_OUT = (
    "[了过]?(?:[一二两三四五六七八九十几半0-9]+(?:[张笔户家条份位项]|个(?!多?[月小钟礼星晚上下]))|我们?(?:的|小区|单元|楼)|我家(?:没|的|$))"
)
#: "把我家漏了", just before 漏.
LEFT_OUT_BEFORE = "[把给]我们?[家楼栋]?(?:单元|小区)?[都给也]?"

#: How a smell is called when nobody names the gas.
SMELL = one_of("味 气味 味道 臭气")
SMELL_KIND = one_of(
    """
    怪 异 臭 臭臭的 难闻的? 刺鼻的? 刺激的?性? 奇怪的? 怪怪的 呛人的? 冲鼻的? 不明 浓 浓烈的? 浓浓的 刺激性的?
    """
)
VERY = one_of("很 好 太 特别 非常 蛮 挺 老 超 超级 越来越 更 真 忒 贼 巨 这么 那么 有点 特 更加 还是")

#: The odorant of natural gas, as people describe it.
ODORANT = one_of("[臭烂坏]鸡?蛋 硫[磺黄]味 大?蒜臭?味 烂(?:大蒜|白菜|菜|韭菜)味? 硫味 生气味 生煤气")

#: What breaks a pipe, and how it breaks.
HIT = one_of(
    """
    挖 撞 钻 打 砸 钉 刨 弄 碰 压 咬 割 锯 切 凿 刮 铲 扎 戳 扯 拽 拉 踢 踩 撬 拔 碾 轧 崩 啃 剪 敲 掰 锤 轧 顶
    """
)
DAMAGE = one_of("断 破 穿 漏 裂 坏 到 中 爆 烂 开 了 着")
BROKEN = one_of(
    """
    断(?![供气水电]) 破 裂 爆 烂 穿 洞 脱落 掉了 掉下来 松了 松脱 弹开 弹出来 咬 撞 挖 砸 钻 刨 撬 扯 拽 弄坏 锈穿
    没卡住 没插 崩 啃 拔 碾 轧 折断 剪 脱(?!销|单) 松动 掰断 掰坏 刮 断开 敲
    """
)

# --- harm ------------------------------------------------------------------------------------------------------

COLLAPSE = one_of(
    """
    晕倒 昏倒 昏迷 昏过去 晕过去 晕了过去 昏厥 晕厥 人晕 晕在 昏在 昏了 叫不[醒应动] 喊不[醒应动] 没反应 不省人事
    倒在 倒地 休克 抽搐 没意识 失去意识 没知觉 口吐白沫 喘不[上过] 呼吸困难 不动了 unconscious passed.out collapsed
    瘫在 瘫倒 躺在地 倒下 没动静 不理我 叫[^没]{0,2}不醒 fainted fainting 意识模糊 神志不清 没声了 没声音了 没声儿
    叫不起来 叫不应 不应声 眼前一黑 两眼发黑 醒不过来 醒不来 洗澡[^没不]{0,2}倒 爬?起不来 爬不起
    """
)
UNWELL = one_of(
    """
    头晕 头昏 头疼 头痛 头[好很]?有?点?[晕痛疼昏] 脑壳[昏痛疼晕] 脑袋[昏痛疼晕] 晕乎 晕晕 昏昏沉沉 发晕 犯晕 恶心
    想吐 呕吐 吐了 作呕 想[哕呕] 干呕 胸闷 没力气 没劲 四肢无力 浑身无力 浑身没 发软 腿软 站不[稳住起] dizzy
    headache nausea nauseous vomiting 都吐 吐得 头重脚轻 心慌 心悸 脸通红 脸发红 嘴唇发[紫红] 迷迷糊糊 晕晕乎乎
    全身无力 没有力气 胸口闷 眼睛?发黑 眼前发黑 喘不过 喘得 气短 没精神 迷糊 手脚发?麻 犯困 恍惚 发蒙 懵
    头[^没不发费]{0,3}[晕痛疼昏]
    """
)
#: What burns gas or coal, and the closed rooms in which it does: makes of 头晕 a poisoning.
BURNER_OR_CLOSED_ROOM = one_of(
    r"""
    热水器 热水炉 洗澡 洗完澡 冲凉 浴室 壁挂炉 锅炉 炉子 煤炉 炭 取暖 烤火 门窗 关着窗 窗户?都?关 关窗 灶 厨房 气味
    怪味 煤气(?![费公卡表站本]) 燃气(?![费公卡表]) 天然气(?![费公卡表]) 瓦斯 boiler heater shower 澡 洗着 煤炉 火炉
    烧炭 一氧化碳 \bco\b 煤(?!气)
    """
)

# --- look-alikes -----------------------------------------------------------------------------------------------

#: Things that leak, burst or vent, but not gas. Weighed only where nobody names the gas.
OTHER_THINGS = one_of(
    """
    水(?=漏|管) 水管 水龙头 龙头 水表 水箱 水桶 下水 排水 滴水 渗水 漏水 冒水 喷水 水压 净水 饮水机 洗手盆 脸盆 水槽
    水池 洗碗池 洗菜池 浴缸 马桶 花洒 卫生间漏 洗衣机 暖气 地暖 供暖 热力 蒸汽 蒸气 热气 水汽 空调 冰箱 屋顶 房顶
    天花板 太阳能 轮胎 车胎 胎 气球 篮球 足球 皮球 床垫 充气 皮划艇 打气筒 高压锅 电饭锅 保温杯 密封袋 真空 电线
    电缆 光缆 网线 插座 跳闸 汽车 油箱 油烟机漏 自行车 电动车 摩托 三轮车 气门芯 自来水(?!公司) 游泳圈 泳圈 救生圈
    皮艇 气垫 热水袋 打火机漏 [一滩积]水 地上.{0,3}水
    """
)
#: Where a slip of the pen happens: a bare 漏 near these is an omission.
PAPERWORK = one_of(
    """
    抄 交费 缴费 发票 账单 记录 登记 报数 补贴 优惠 通知 资料 位数 数字 余额 名单 合同 短信 信息 补发 扣费 计费 统计
    气量 收据 的钱 多少钱 电话漏 评价 积分 费
    """
)
#: 泄露 of these is a matter of privacy.
SECRETS = one_of("信息 隐私 电话号?码? 手机号?码? 资料 密码 身份证 地址 号码 机密 客户 姓名 住址")
#: Sources of a smell that are no gas. Weighed only where nobody names the gas or its odorant.
OTHER_SMELLS = "(?<!(?<!是)不是)(?<!不像)(?<!不像是)(?<!不是从)" + one_of(
    """
    下水道? 地漏 厕所 马桶 化粪池  油漆 装修味 装修的味 装修味道 甲醛 塑料 塑胶 橡胶味 垃圾[桶站堆房味臭] 霉味 发霉 抽烟 吸烟 香烟 烟味 香味 药味 汽油 柴油 消毒 漂白粉? 铁锈味 糊味 烧糊 焦味 烤糊 油味 尿   冰箱 自来水 炒菜 炒辣椒 做饭的味 辣椒 咸鱼 臭豆腐 榴莲 的水有 水里 热水有 家具 衣服 被子 沙发 床垫 人情味 口味 风味 美味 品味 趣味 火药味 味精 鞋 脚臭 汗 空调 香水 杀虫剂 蚊香 沼气池 樟脑 药的味 蟑螂 煎 煮 炖 熬药 中药 烧烤味 厕 洗手间有 猫[味臭屎砂尿] 狗[味臭屎尿] 养[狗猫] 油烟(?!机) 馊 剩菜 刷的墙 刷墙 漆味 死老鼠 腐肉 酸菜 臭鱼 屁 新(?:的)?(?:橱柜|家具|灶|锅|房|车|买)
    """
)
#: Where a smell stands for itself, whatever the neighbouring clauses talk of.
NEAR_GAS = one_of("厨房 灶 气表 表箱 气管 管子 橱柜 热水器 顺便 另外 还有 而且 对了")
#: 恶心, 头疼 as a way of speaking, or an illness the customer names.
UNWELL_OF_SPEECH = one_of(
    """
    气得 气的我 让人 令人 叫人 搞得 弄得 看得 听得 态度 服务 收费 账单 费用 钱 太恶心 真恶心 恶心人 血压 颈椎 感冒
    心脏病 糖尿病 客服 跑了 换个人 让别人
    """
)
#: Fire and explosion as a way of speaking, and words that only look like them.
FIRE_OF_SPEECH = one_of(
    """
    爆炸性 价格爆炸 信息爆炸 爆表 爆满 爆款 爆单 爆仓 打爆 火爆 气炸 气得 炸锅 炸毛 炸鸡 油炸 肺 心态 炸群 群里 看得
    看炸 等得 人都 发火 恼火 火大 火气 火冒三丈 冒火的 急眼 爆料 爆竹 鞭炮 烟花 爆米花 爆炒 防爆 防火 火锅 火车
    消防验收 嗓子 人气 忙得 急得 业主群 群都 群炸 我他妈 老子 肺都 我都快 跟着火 着火似 着火一样 冒火星一样 热火
    (?<!灶)(?<!炉)上火 口碑 气到
    """
)
#: 着火 as what a stove should do: a stove that will not stay lit is no fire.
IGNITION = one_of("熄火 就灭 松手 自动灭 又灭 打火 打不 点不 点火 灶眼 火小 一会就 才着 慢慢着")
#: An alarm that peeps for its battery, or is spoken of as goods.
ALARM_AS_GOODS = one_of("没电 电池 过期 安装 哪里买 多少钱 坏了 更换 测试 自检 电量 检测(?!仪) 一般是 误报")

# --- what takes a sign back ------------------------------------------------------------------------------------

#: 是不是, 有没有, 漏没漏 ask and deny nothing.
NOT = one_of(
    """
    (?:(?<=没漏)|(?<![有漏响闻])(?<!差点))没有? 未 (?<!是)不是 无 并非 (?<!是)不 冇 不存在 查无 排除 不再 没再 不算
    从没有? 从来没有? 别
    """
)
#: May stand between the negation and what it denies.
NOT_FILLER = one_of(
    """
    发现 检测[到出] 检查[到出] 查[到出] 测[到出] 闻[到见着] 听[到见] 看[到见] 感觉到? 出现 发生 存在 任何 什么 啥
    一点儿? 半点 明显的? 过 再 有 在 的 异常 到 出 煤气 天然气 燃气 瓦斯 管道 怪 异 臭 着 是 报警器? 大 报 说 来
    那个 嘶嘶 滋滋 家里 我家 你家 他家 气
    """
)
#: After a sign: it has ended.
GONE = "[道儿]?(?:就|已经?|都|也|全|基本|早)?(?:没有?了|没啦|散[了掉去完]|消失|不见|停了|不响了|没有|不大)"
#: Before a sign: a belief that proved wrong.
TAKEN_FOR = "(?:以为|当成|当作|误以为)[是有又]?"

#: Long ago. 昨天, 前天 and 刚才 are not here: nobody has been there yet.
LONG_AGO = one_of(
    """
    去年 前年 大前年 往年 上个?月 上个?星期 上个?礼拜 上周 上次 上回 上一次 以前 之前 从前 曾经? 早前 前几年 前些年
    年前 个月前 那次 那年 那回 小时候 当年 前段时间 [一二三四五六七八九十0-9]月份?[那的]
    """
)
#: It is still so, or again so: takes every "long ago" and "repaired" back.
NOW = one_of(
    """
    现在 又 还在 还有 还是[有漏能闻在] 还没 还漏 仍 依然 依旧 一直 至今 今天 今早 今晚 今儿 刚才 刚刚 刚 正在 再次
    这会 这几天 这两天 目前 到现在 开始 没人 没修 没管 没处理 没来 没解决 没到 老是 总是 总有 天天 每天 每次 快来
    赶紧 赶快 越来越 立刻 马上 救命 怎么还 最近[^0-9]{0,3}[有老总]
    """
)
REPAIRED = one_of(
    """
    修好 修复 修完 解决了 已解决 处理好 处理完 处理了 换好 弄好 搞好 搞定 正常了 一切正常 没事了 现在好了 都好了
    已经好了 就好了 虚惊 不漏了 没味道?了 没有味道?了 (?<!疏)散了 结了 结单 关单 闻错了 搞错了 弄错了 不用来了
    不用派人?了 误报 排除了 抢修完
    """
)
#: Before "repaired": it is not, or only said so.
NOT_YET = one_of(
    """
    没 未 不 能 会 才 快 赶紧 什么时候 啥时候 多久 何时 尽快 帮我 麻烦 请 怎么 说 还要 等 需要 说是 以为
    """
)

IF = one_of(
    r"""
    如果(?!不是|方便|可以|有空|能) (?<!主)要是(?!方便|可以|有空|能) 万一 假如 假设 假使 倘若 若是? 一旦 哪天 有一天
    平时 平常 日常 将来 以后要 就算 设想 比如 例如 没人的时候 不在家的时候 \bif\b suppose
    """
)
ASKING = one_of("怎么 咋 如何 怎样 吗 会不会 能不能 是不是要 该 谁 哪 什么 多久 多少 还是先")
#: Before a sign: it is what shall not happen, or might some day. 怕是, 会不会是 suspect that it has.
AVERTED = one_of(
    """
    预防 防止 防 避免 免得 以免 以防 杜绝 谨防 怕(?!是) 担心(?!是) 会不会(?!是) 会(?!是) 容易 可以 能不能 不能
    要不然 不然 否则 小心 引起 导致 造成 有没有可能 什么叫 什么是 当心 想要? 别 为了 应对 模拟 查 测 检查 检测 试
    保障 不放心 查一?次? 会不会有 关于
    """
)
AVERTED_FILLER = one_of("发生 出现 再 家里 老化 松动 煤气 天然气 燃气 瓦斯 管道 管子 软管 阀门 灶")
#: After a sign: it is a topic or a rule, not an event ("泄漏检测", "闻到燃气味时，应立即关闭阀门", "漏气会爆炸吗").
TOPIC = one_of(
    """
    [了的气]?(?:报警器|报警[和与及系装设]|危险吗?$|检测|探测|演练|应急|预案|知识|常识|危害|保护|风险|隐患|保险|症状|浓度|标准|事故|测试|概率|讲座|培训)
    [了的]?(?:原因|可能|后果|处理方法|宣传|自检|多少钱|收费|险|怎么测|属于|会?自动|会?切断|24小时)
    .?(?:detector|sensor) 会(?:不会)?(?:爆炸|中毒|着火|怎|有|影响|危|死)
    .{0,2}(?:应|请勿|切勿|严禁|请立即|请及时|务必) 时[应请怎如该要能] (?:的)?时候?$
    (?:的时候|时候|时|后)(?:首先|第一步|要立即|能不能|可不可以|可以|应) 的话 的?预防
    """
)
#: Anywhere in the clause: a general question.
GENERAL_QUESTION = one_of(
    """
    (?:怎么|如何|怎样|咋样?)(?:才能?|去|能)?(?:判断|知道|检查|检测|测|查|看出|分辨|辨别|区分|识别|预防|防|避免|确认|用)
    怎么样才能知道 有什么办法 是什么味 什么味道 闻起来像?什么 闻起来是什么 [气碳]有(?:没有)?[^道]{0,2}味道?吗
    哪[个种]味 本身 加臭 为什么是?有?臭 算是 算不算 什么味 什么情况 有哪些 有什么危害 为什么要 为啥要 应急 预案 演练
    知识 常识 科普 赔 安全手册 症状 假设 想了解 了解下 (?:会|有)(?:什么)?影响 什么后果 会怎样 怎样避免 谁负责
    谁的责任 属于谁 主要 24小时(?:都)?(?:能|有人|上门|值班|服务) what.(?:is|does).{0,20}smell
    how.(?:do|to|can).{0,12}(?:detect|prevent|check|know) 比空气 对身体 有害 害处 有毒吗 考试
    """
)
#: Somebody else's words: news, advertisements, forwarded notices, lessons.
MEDIA = one_of(
    """
    新闻 报道 抖音 快手 头条 微博 刷到 看到.{0,4}视频 爆炸视频 爆炸的视频 网上[说看传讲] 网传 朋友圈 公众号
    电视[上里报] 短信[说里] 宣传 传单 广告 推销 温馨提示 安全提[示醒] 友情提示 小知识 小贴士 科普 谣言 骗子?
    隔壁[省市县] 电影 听说(?:别|外|其他|某|哪|有人|人家|外地) 课上 老师讲 考试 考题 演练 培训 讲座 来讲 学习一下
    问下常识 保多少 作业[本上问里题] 作文 手抄报 老师让 老师布置 广播 诈骗 外地[的煤燃天爆有发] 推送说 电视剧
    某[地市县小餐饭] 提前了解 小红书 贴吧 知乎
    """
)
#: The customer's own place: takes "somebody else's words" back.
OWN_PLACE = one_of("我家 我们家 家里 家中 屋里 厨房 楼道 单元 隔壁家 邻居 我这里? 楼下 楼上 灶台 热水器里 我妈家")

# --- where -----------------------------------------------------------------------------------------------------

CORRIDOR = one_of(
    """
    楼道 楼梯 走廊 走道 过道 电梯 单元门 单元楼里 单元里 门洞 管道井 管井 表箱 楼层间 消防通道 通道里 楼到[里有]
    corridor [一二三四五六七八九0-9]楼到[一二三四五六七八九0-9]+楼 hallway staircase stairwell 楼栋里 爬楼
    上楼的?时候 下楼的?时候 每层楼 楼层 电井 水井房 拐角 我家门口 门口过道 门外走 公共区域 门栋 楼栋 水电井
    楼上楼下都
    """
)
OUTDOORS = one_of(
    """
    马路 路边 路上 路面 路口 路过 街上 街边 大街 街道上 人行道 井盖 窨井 阀门井 燃气井 绿化带 草坪 草地 花坛 工地
    施工 挖掘机 挖机 钩机 勾机 铲车 修路 挖路 挖沟 挖了 挖断 挖破 挖漏 挖穿 挖爆 挖到 挖坏 挖烂 刨断 钻漏 撞断 撞坏
    调压 院子外 院子里 小区院 小区门口 小区里 小区内 小区外 小区地下 小区楼下 楼下草 楼下的?(?:燃气|煤气|天然气)?管
    外墙 楼外 室外 户外 屋外 外面路 广场 公园 村口 村里 河边 桥下 主管道 标志桩 田里 加油站 公交站 车站 交叉口
    十字路口 门口马路 street road outside 桥头 大桥 地缝 地铁 花园 大道上? 巷子 胡同 树坑 草丛 楼前 楼后 停车的?地方
    停车位 村头 井子 沟里 操场 院里 街道 墙根 窗外 窗户外 路[旁段有灯] [东南西北中外内一二三四五]环 河堤 堤上 大门外
    楼外立管 外立管 村子里 田边 菜地 挖(?!苦|墙) 地下(?!室) 加气站 排水沟 水沟 马路牙
    """
)
INDOORS = one_of(
    """
    厨房 家里 家中 我家 屋里 屋内 室内 灶 热水器 壁挂炉 橱柜 柜子 卧室 客厅 阳台 后厨 食堂 宿舍 出租屋 饭店 店里
    软管 胶管 栋 室 单元
    """
)
