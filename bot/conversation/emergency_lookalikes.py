"""The words that take a sign of an emergency back: tables only, each with the reason why it is there."""

from bot.conversation.emergency_words import one_of

# --- something else leaks, smells, bursts ------------------------------------------------------------------------

#: 漏气 of these is no gas leak. Weighed only where nobody names the gas.
HOLDS_AIR = one_of(
    """
    轮胎 车胎 胎 气门芯 自行车 电动车 摩托 三轮车 气球 篮球 足球 皮球 床垫 充气 皮划艇 皮艇 泳圈 救生圈 气垫 热水袋
    打气筒 高压锅 电饭锅 保温杯 密封袋 真空 空调 冰箱 暖气 地暖 油烟机漏
    打翻 洒了 wifi 路由器 钱包 信号
    """
)
#: What a hand feels there is a draught.
DRAUGHT = one_of("窗 门缝 门底 出风口 风扇 天气 外面冷")
#: A bare 漏, a broken pipe or a hiss of these is none either.
HOLDS_WATER_OR_POWER = one_of(
    """
    水(?=漏|管) 水管 水龙头 龙头 水表 水箱 水桶 下水 排水 滴水 渗水 漏水 跑水 鱼缸 进水 出水 冒水 喷水 积水 [一滩]水
    地上.{0,3}水 水压 净水 饮水机 洗手盆 脸盆 水槽 水池 洗碗池 洗菜池 浴缸 马桶 花洒 卫生间漏 洗衣机 洗碗机 供暖 热力
    蒸汽 蒸气 热气 水汽 加湿器 洒水车 消[火防]栓
    屋顶 房顶 天花板 太阳能 电线 电缆 光缆 网线 插座 跳闸 汽车 油箱 自来水(?!公司)
    """
)
#: Where a slip of the pen happens: a bare 漏 near these is an omission.
PAPERWORK = one_of(
    """
    抄 费 交费 缴费 发票 账单 记录 登记 报数 补贴 优惠 通知 资料 位数 数字 余额 名单 合同 短信 信息 补发 统计 气量
    收据
    的钱 多少钱 电话漏 评价 积分
    """
)
#: "把我家漏了", just before 漏.
LEFT_OUT_BEFORE = "[把给]我们?[家楼栋]?(?:单元|小区)?[都给也]?$"
#: 泄露 of these is a matter of privacy.
SECRETS = one_of("信息 隐私 电话号?码? 手机号?码? 资料 密码 身份证 地址 号码 机密 客户 姓名 住址")

#: Sources of a smell that are no gas, unless said not to be the source. Weighed only where nobody names the gas.
OTHER_SMELLS = "(?<!(?<!是)不是)(?<!不像)(?<!不像是)(?<!不是从)" + one_of(
    """
    下水道? 地漏 厕所 马桶 化粪池 沼气池 垃圾[桶站堆房味臭] 油漆 漆味 刷墙 刷的墙 装修的?味 新装修 甲醛 塑料 塑胶
    橡胶味 霉味 发霉 油烟(?!机) [煎煮炖炒烤炸][^时的前后]{0,3}的?味 炒辣椒 做饭的味 烧烤 辣椒 糊味 烧糊 焦味 烤糊 油味
    抽烟 吸烟 香烟 烟味 香味 药味 药的味 熬药 中药 熬中药 樟脑 蟑螂 汽油 柴油 消毒[水液柜] 漂白粉? 铁锈味 尿[味骚]
    猫[味臭屎砂尿] 狗[味臭屎尿] 养[狗猫] 冰箱 空调 自来水 的水有 水里 热水有 家具 衣服 被子 沙发 床垫 鞋[味臭] 脚臭味
    汗[味臭] 狐臭 态度臭 臭脸 说话 废气 化工厂 污水 河水 垃圾车 菜坏 咸菜 腌 榨菜 猪圈 宠物 地板 打胶
    双面胶 醋 沥青 烟花 艾灸 韭菜 酸豆角 泡菜 沤肥 臭鳜鱼 香水 花露水 空气清新剂 发胶 染发 指甲油 酒[味气精] 白酒
    胶水 板材 板子味
    养[鸡猪鸭牛] 粪 肥料 秸秆 加油站 洗车 机油 烟饼 农药
    河涌 退潮 池塘
    鱼腥 海鲜 螺蛳粉 皮革 橡皮泥 蜡烛味 香薰 臭名 杀虫剂 蚊香 死老鼠 腐肉 馊 剩菜 酸菜 臭鱼 咸鱼 臭豆腐 榴莲 味精
    人情味 火药味 死鱼 [膻骚]味? 尿了 下水管 水封 灰尘 尘土 灰呛 加湿器 鞋柜
    臭水沟 风油精 清凉油 薄荷 膏药 油墨 除油剂 养了?[^没不]{0,3}[猫狗鸡鸭猪] 蒜[放都]*[坏烂]
    新(?:的)?(?:橱柜|家具|灶|锅|房|车|买)
    """
)
#: "是酸菜坛子的味": what stands before the smell names its source.
EXPLAINED = "^(?:就|原来|其实)?是[^不像那加]{1,8}的$"
#: "以为是下水道…就是灶那边来的": another source was thought of and ruled out, and one that burns gas is named.
RULED_OUT = "以为|(?<!是)不是|堵[上住]|一样的味|都?[扔倒]了|没坏"
FROM_GAS = "(?:灶|气表|表箱|阀门?|软管|热水器|壁挂炉)[^没不]{0,4}(?:来|传|飘|散|冒|发)(?:出来?|过来|的)"
#: Where a smell stands for itself, whatever the neighbouring clauses talk of.
NEAR_GAS = one_of("厨房 灶 气表 表箱 气管 管子 橱柜 热水器 顺便 另外 还有 而且 对了")

#: An alarm that is spoken of as goods; one that peeps for its battery.
ALARM_AS_GOODS = one_of(
    """
    过期 安装 哪里买 多少钱 坏了 更换 测试 自检 电量 检测(?!仪|的?小?盒|器) 一般是
    (?<!是)(?<!不是)误报(?!吗|吧|啊|呢|还是)
    """
)
FLAT_BATTERY = one_of("没电 电池")
#: Alarms that are none of gas.
OTHER_ALARMS = "电梯|车[子辆]?的?(?:防盗)?报警|防盗|门禁|闹钟|电动车[^没]{0,4}报警|水浸|漏水报警|漏电报警"
#: A red lamp of these tells of a credit that ran out, a fault, a battery being charged or a road.
OTHER_LAMPS = one_of(
    """
    表(?!箱|旁|边) 路口 路由 光猫 宽带 车 热水器(?!旁|边) 壁挂炉(?!旁|边) 插座 充电 手机 余额 冰箱 洗衣机 电饭 等红灯
    """
)

# --- ways of speaking --------------------------------------------------------------------------------------------

#: 恶心, 头疼 as a way of speaking, or an illness the customer names.
UNWELL_OF_SPEECH = one_of(
    """
    气得 气的我 叫人 搞得 弄得 看得 听得 态度 服务 收费 账单 费用 钱 太恶心 真恶心 恶心人 让人恶心 血压 颈椎 感冒
    怀孕吗 气晕 等得
    心脏病 糖尿病 腿脚不[好便灵利] [猫狗]叫不应 跑步 跑完步 健身 爬山 爬楼梯 客服 换个人 让别人 头疼死
    """
)
#: Why else somebody is unwell.
OTHER_ILLNESS = one_of(
    """
    喝[多醉高大]了?酒? 醉酒 宿醉 酒喝多 晕[车船机] 孕吐 中暑 低血糖 发烧 发热 高烧 肠胃 胃病 胃炎 吃坏 偏头痛 美尼尔
    例假 熬夜
    """
)
#: 火 of people, their temper and their success.
TEMPER = one_of(
    """
    (?:[他她它谁]|[你我]们?|[这那][家个店人]|店|歌|剧|舞|网上)[也就都可真又很当场一下夜]{0,4}火了 恼火
    (?<![灶炉马])上火(?![车锅灶炉]) 火大伤
    """
)
#: Fire and explosion as a way of speaking.
FIRE_OF_SPEECH = f"{TEMPER}|" + one_of(
    """
    爆炸性 价格爆炸 信息爆炸 气炸 气得 气到 (?<![煤燃然化])气爆 炸锅(?!起火|着) 一烧起来 炸开了?锅 炸毛 炸群 群炸
    刷爆 票房 股市 气晕
    心里 心中 [我他她]的?心[都也]?着火 嗓子 爱情
    等得 喊冒烟 喊得 群里?[跟像]放 群都 业主群
    看得 看炸 等得 忙得 急得 火大 火气 火冒三丈 肺都 [都快]要?冒烟 心态 我他妈 老子 我都快 人都要 口碑
    (?<!灶)(?<!炉)上火 热死 手机 头[都也]?[快要]*炸 我[都也]?[快要]+炸 疯了 二维码 系统 页面 太阳能 森林 变压器
    电视 都冒蓝火 明火灶 跟着火 游戏[里中] 特效 [他它她]家基地 着火似 着火一样 烟花 鞭炮(?!一样|似的|一般) 爆竹
    爆米花
    """
)
#: "热得要着火了": of people and the weather; of a thing that may burn it is meant.
OVERDONE = "[热晒渴饿困忙累急烦气愁催等跑说喊吼][得的].{0,4}(?:着火|冒火|冒烟|起火|自燃|烧起来|爆炸|炸)"
MAY_BURN = "[灶表管炉罐阀器机线]|插座|柜|墙|电池"
#: 中毒 of who cannot leave off: "对数字中毒", "这首歌听得我中毒".
FOND = (
    "对(?![^中]{0,6}(?:煤|气|碳))[^中]{1,8}中毒|(?:歌|剧|游戏|奶茶|直播|视频|手机|电脑)[^中]{0,6}中毒"
    "|中毒[^，]{0,6}循环"
)
#: What else goes bang.
OTHER_BANGS = "爆胎|打雷|放炮|炮仗|鞭炮|爆竹|关门|摔|掉地|砸门|装修|打桩|卸货|铁板"
#: 着火 as what a stove should do: a stove that will not stay lit is no fire.
IGNITION = one_of("起不来 变小 跟小火 熄火 就灭 松手 自动灭 又灭 打火 打不 点不 点火 灶眼 火小 一会就 才着 慢慢着")

# --- denied, over, supposed, told --------------------------------------------------------------------------------

#: 是不是, 有没有, 漏没漏 ask and deny nothing; 差点没 even affirms.
NOT = one_of(
    """
    (?:(?<=没漏)|(?<![有漏响闻])(?<!差点))没有? 谁说我? 哪有 不系 没说 没讲 未 (?<!是)不是 无 并非 冇 不存在 查无 排除
    没再 不算 从没有? 从来没有?
    闻不[到见着出] 听不[到见] (?<![特区分])别
    """
)
#: May stand between the negation and what it denies. Nothing here may end another statement ("没来有煤气味").
NOT_FILLER = one_of(
    """
    发现 检测[到出] 检查[到出] 查[到出] 测[到出] 闻[到见着] 听[到见] 看[到见] 感觉到? 出现 发生 存在 任何 什么 啥
    一点儿? 半点 明显的? 再 有 在 的 异常 煤气 天然气 燃气 瓦斯 管道 怪 异 臭 是 报警器? 报 说 来报 那个 嘶嘶 滋滋
    家里
    我家 你家 他家 人 得 哪个
    """
)
#: A bare 不 denies only what follows at once: "不漏", but "火不大有煤气味".
NOT_AT_ONCE = "(?<!是)不(?:再|会再)?$"
#: After a sign: it has ended.
GONE = "[道儿]?(?:就|已经?|都|也|全|基本|早)?" + one_of(
    "没有?了 没啦 散[了掉去完] 消失 不见 停了 没有 不大 .{0,2}不响 不[到见着出]"
)
#: Before a sign: a belief that proved wrong.
TAKEN_FOR = "(?:(?<!还)(?<!开始)以为|当成|当作|误以为)[是有又]?.{0,2}$"

#: Long ago. 昨天, 前天 and 刚才 are not here: nobody has been there yet. "睡觉之前" is no past, and what was
#: fitted last year may leak today ("去年装的表漏气").
LONG_AGO = (
    one_of(
        """
        去年 前年 往年 上个?月 上个?星期 上个?礼拜 上周 上次 上回 上一次 从前 曾经? 早前 前几年 前些年 年前 个月前
        那次
        那年 那回 小时候 当年 当时 当初 早几年 这些年 昨天报 前段时间 前阵子 
        [一二三四五六七八九十0-9]月份?(?:[那的]|报过|修过|漏过)
        以前(?!的)
        (?:^|[我你们家区栋楼里])之前
        """
    )
    + "(?!.{0,8}[装换买改接移建搬](?:的|了|过|好))"
)
#: After a sign: told as one case of the past.
ONE_CASE = (
    "是[前上去][^没]{1,3}的事"
    "|了?(?:过(?![去来])|[那这]次|[那这]回|那[年天晚夜会]|的那[次天]|维修的"
    "|以?后(?:[的新重申房装恢换修]|[^没]{0,4}空)|的(?:赔偿|维修|发票|理赔|处理结果))"
)
#: It is still so, or again so: takes every "long ago" and "repaired" back.
NOW = one_of(
    """
    现在 又 还在 还有 还是[有漏能闻在] 还没 还漏 仍 依然 依旧 一直 至今 今天 今早 今晚 今儿 今年 刚才 刚刚 刚 正在
    再次
    这会 这几天 这两天 目前 到现在 开始 没人 没修 没管 没处理 没来 没解决 没到 老是 总是 总有 天天 每天 每次 快来 赶紧
    赶快 越来越 立刻 马上 救命 怎么还 最近[^0-9]{0,3}[有老总]
    """
)
#: Takes "repaired" back. 今早 and 刚才 do not: "今早有味，师傅来查过，处理好了".
STILL = one_of(
    """
    现在(?!好|没|正常|一切|不) 又 还在 还有 还是[有漏能闻在] 还没 还漏 仍 依然 依旧 至今 再次 没人 没修 没管 没处理
    没来 没解决 没到 快来 赶紧 赶快
    越来越 立刻 马上 救命 怎么还 老是 总是 天天 每天
    """
)
#: In the clause after a past case: and now again.
AGAIN = "又[来开犯出是有漏]|再次|还是这样"
REPAIRED = one_of(
    """
    修好 修复 修完 解决了 已解决 处理好 处理完 处理了 处理妥当 换好 弄好 搞好 搞定 正常了 一切正常 没事了 现在好了
    都好了 已经好了 就好了 虚惊 不漏了 没味道?了 没有味道?了 (?<![疏人友])(?<!友都)散了 结了 结单 关单 闻错了
    搞错了 弄错了
    焊好 焊接完 复气 接好了 收队了?
    不用来[了人] 不用派[人车]?了? 排除了 补好 补上了 当场换 消了 已经在通 虚惊 已排除 抢修完
    """
)
#: Before "repaired": it is not, or only said so.
NOT_YET = one_of("没 未 不 能 会 才 快 赶紧 什么时候 啥时候 多久 何时 尽快 帮我 麻烦 请 怎么 说 还要 等 需要 以为")

IF = one_of(
    r"""
    如果(?!不是|方便|可以|有空|能) (?<!主)要是(?!方便|可以|有空|能) 万一 假如 假设 假使 倘若 若(?!干|无)是? 一旦 哪天
    打比方 好比 有一天 将来 以后要 真要 哪天要 别到时候 到时候 就怕 免不了 就算 设想 比如 例如 没人的时候
    不在家的时候 \bif\b
    suppose
    """
)
#: A habit asked about, when the clause asks; a habit told is a report ("平时就有煤气味").
USUALLY = one_of("平时 平常 日常")
ASKING = one_of("怎么 咋 如何 怎样 吗 会不会 能不能 是不是要 该 谁 哪 什么 多久 多少 还是先")

#: Just before a sign: it is what shall not happen, or might some day. 怕是, 会不会是 suspect that it has; 就会 tells.
AVERTED = one_of(
    """
    预防 防止 防 避免 免得 以免 以防 杜绝 谨防 怕(?!是) 担心(?!是) 会不会(?!是) (?<![就都也又总老])会(?!是) 会不会有
    容易 不能 能不能 要不然 不然 否则 (?<!不)小心 当心 (?:会|容易)(?:引起|导致|造成) 有没有可能 什么叫 什么是 应对
    模拟
    查 测 检查 检测 试 查一?次? (?<![特区分])别
    """
)
AVERTED_FILLER = one_of("发生 出现 再 家里 老化 松动 煤气 天然气 燃气 瓦斯 管道 管子 软管 阀门 灶")
#: Before a fire or a poisoning: feared, not seen.
FEARED = "怕(?!是)|担心(?!是)|等着|不然|会不会|否则|谁$"

#: After a sign: it is a topic, not an event ("泄漏检测", "漏气会爆炸吗"; but "漏气了会爆炸吗").
TOPIC = one_of(
    """
    [了的气]?(?:报警器|报警[和与及系装设]|检测|探测|演练|应急|预案|知识|常识|危害|保护|风险|隐患|保险|浓度|标准|事故|测试|概率)
    第一步 首先
    [了的气]*那一?[段节章部页] [了的气]*怎么办的
    [了的]?(?:讲座|培训|原因|可能|后果|处理方法|处置|流程|宣传|自检|多少钱|收费|险|怎么测|属于|会?自动|会?切断|24小时|症状有|有哪些症状)
    的?(?:报警|报修|抢险)?的?(?:电话|热线|号码)(?!.{0,4}(?:打不|没人|一直|占|不通|不接))
    会(?:不会)?(?:爆炸|中毒|着火|怎|有|影响|危|死) 危险吗?$ 的?预防 的话 .?(?:detector|sensor)
    """
)
#: After a sign: a rule of conduct. "漏气请立即派人" is none.
RULE = one_of(
    """
    .{0,2}(?:应(?!该)|请勿|切勿|严禁|请拨打?|(?:请立即|请及时|务必)(?:关|开|打开|撤|离|拨|停|疏|到)) 时[应请怎如该要能]
    (?:的时候|时候|时|后)(?:首先|第一步|要立即|能不能|可不可以|可以|应)
    """
)
#: "闻到煤气味时，请…": the rule may stand in the next clause.
WHEN, INSTRUCTS = "(?:的)?时候?$", "请|应|要|不要|不能|切勿|立即|首先|能|可以|怎么|该|先|第一"
#: Anywhere in the clause: a general question.
GENERAL_QUESTION = one_of(
    r"""
    (?:怎么|如何|怎样|咋样?)(?:才能?|去|能)?(?:判断|知道|检查|检测|测|查|看出|分辨|辨别|区分|识别|教|预防|防|避免|确认|用)
    多少浓度 浓度(?:多少|会) 会爆 教(?:孩子|小孩|老人|学生) 说明漏过 就一定是 一定是漏 写出 急救步骤 急救知识 模板
    推演 脚本
    背一?[遍下] 真的假的 辟个?谣 的那种 论文 考证 题目 展板 手抄报 存一个 怎么样才能知道 有什么办法 怎么教
    [气碳]有(?:没有)?[^道]{0,2}味道?吗 是什么味 什么味(?:道)?(?:算|才|是)
    闻起来像?什么 闻起来是什么 哪[个种]味 算是 算不算 本身 加臭(?!剂的?味) 为什么是?有?臭
    [为咋][什么啥]{0,2}[^了]{0,8}(?:不能|不可以|不要|要先|有臭) 为什么要 为啥要 为啥[^了]{0,4}有臭 正常情况 是不是一定
    多危险 条件是什么 什么灭火 什么情况下? 有哪些 什么危害 什么后果 应急 预案 演练 知识 常识 科普 保险.{0,3}赔 赔吗
    安全手册 哪些症状 什么症状 假设 想了解 了解下 (?:会|有)(?:什么)?影响 会怎样 怎样避免 谁负责 谁的责任 属于谁
    24小时(?:都)?(?:能|有人|上门|值班|服务) 比空气 对身体 有害 害处 有毒吗 考试 what.(?:is|does).{0,20}smell
    how.(?:do|to|can).{0,12}(?:detect|prevent|check|know)
    """
)
#: Somebody else's words: news, advertisements, forwarded notices, lessons.
MEDIA = one_of(
    """
    新闻 报道 报纸 报上 晚报 广播里 视频是 群里[转发传] 看别人 看人家 测试一下 测试测试 机器人怎么 毕业设计
    模拟用户 你们系统 做作业 做题 片子 剧情
    电视[上里报剧] 电影 抖音 快手 头条 微博 小红书 贴吧 知乎 刷到 看到.{0,4}视频 爆炸的?视频
    网上[说看传讲] 网传 朋友圈 公众号 推送说 短信[说里] 宣传 传单 广告 推销 温馨提[示醒] 安全提[示醒] 友情提示 小知识
    小贴士 科普 谣言 骗子? 诈骗 外地[的煤燃天爆有发] 隔壁[省市县区](?!域) 某[地市县小餐饭]
    听说(?:别|外|其他|某|哪|有人|人家|外[地省市]|隔壁[省市县]|橡胶|[^我楼家]{0,6}(?:管|喷|用|会)) 课上 老师[讲让布]
    作业[本上问里题] 作文 手抄报 稿子 考试 考题 演练 培训
    讲座 来讲 学习一下 提前了解 问下常识 保多少
    """
)
#: The customer's own place: takes "somebody else's words" back.
OWN_PLACE = one_of("我家 我们家 家里 家中 屋里 厨房 楼道 单元 隔壁家 邻居 我这里? 楼下 楼上 灶台 热水器里 我妈家")
