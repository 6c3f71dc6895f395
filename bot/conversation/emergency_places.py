"""Where a leak is, from the words of the report: decides which field unit goes (S0 在线客服: indoors, outdoors)."""

import re

from bot.conversation.emergency_words import one_of
from bot.domain.emergencies import EmergencyKind

_CORRIDOR = one_of(
    """
    对门 门缝
    楼道 楼梯 走廊 走道 过道 电梯 楼洞 整层都能 [一二三四五六七八九0-9]楼和 单元门 单元楼里 单元里 门洞 门栋 楼栋 楼层
    每层楼
    [一二三四五0-9]到[一二三四五六七八0-9]楼 拐角 我家门口 门外走 消防通道 通道里 公共区域 管道[井间] 管井 电井
    上下楼 楼往[上下] 储藏室 地下室 表箱 爬楼
    上楼的?时候 下楼的?时候 楼上楼下都 楼到[里有] [一二三四五六七八九0-9]楼到[一二三四五六七八九0-9]+楼 corridor
    整个单元 单元的人 整栋 [一二三四五六0-9]楼半 楼大厅 [一二三四五六0-9]层到 气表间 外廊 天台 楼门 消防门 公共阀 竖管
    hallway stairwell staircase
    """
)
#: A road in an address ("建设路12号") is none of these, nor is a community's name.
_OUTDOORS = one_of(
    """
    路(?:那|附近|这边) [走骑开路经]过?[到在过].{0,6}路(?![0-9一二三四五六七八九十]+号)
    整条街 步行道 冰面 河面 过河
    马路 路[边旁上面口段过有灯] 街上 街边 大街 街道 大道上? 巷子 胡同 人行道 [东南西北中外内一二三四五]环 交叉口
    围挡 红绿灯 田坎 黄桩 铁桩 绿地 地上[^没]{0,3}裂缝 地[面都]裂 地质 菜市场 小道 卸货 桥头
    桥下 大桥 河堤 堤上 河边 排水沟 水沟 沟里 地缝 井盖 窨井 阀门井 燃气井 井子 绿化带 草坪 草地 草丛 花坛 花园 树坑
    公园 广场 操场 田里 田边 菜地 村口 村头 村里 村子里 工地 施工 修路 地铁 挖(?!苦|墙) 钩机 勾机 铲车 刨断 钻漏 撞断
    撞坏 调压 加油站 加气站 公交站 车库 钻探 骑车 经过.{0,6}路 车站 停车的?地方 停车位
    围墙外 水泥盖 早餐摊 种菜 院子外 院子里 院里 小区院
    小区门口 小区[里内外] 小区地下 小区楼下 楼下草 楼前 楼后 楼下的?(?:燃气|煤气|天然气)?管 大门外 外墙 墙根 楼外
    阀井 (?<![管电])井(?:[里边口]|冒) 气井 人孔井 雨水井 桥[洞底墩] 栈道 基坑 坑[底里] 滑坡 坡坎 草皮 雪地
    冻土 路口 道口 货场 打桩 打井 塔吊 叉车 停车场 地面 地塌 绿篱 院墙 后墙 外头 湖 海面 站台 警示桩 街
    撞歪 被车 菜场 外立管 窗外 窗户外 室外 户外 屋外 外面路 主管道 标志桩 地下(?!室|储藏) street road outside
    """
)
_INDOORS = one_of(
    """
    厨房 家里 家中 我家 屋里 屋内 室内 灶 热水器 壁挂炉 橱柜 柜子 卧室 客厅 阳台 后厨 食堂 宿舍 出租屋 饭店 店里 软管
    胶管 栋 (?<!教)室 单元
    """
)
#: In this order: who smells it "在楼道里，不是我家" is in the corridor.
_PLACES = (
    (re.compile(_CORRIDOR), EmergencyKind.CORRIDOR_LEAK),
    (re.compile(_OUTDOORS), EmergencyKind.OUTDOOR_LEAK),
    (re.compile(_INDOORS), EmergencyKind.INDOOR_LEAK),
)


def leak_at(report: str, message: str) -> EmergencyKind:
    """The kind of leak: by the clauses that report it, then by the whole message; indoors when no place is told."""
    for told in (report, message):
        for place, kind in _PLACES:
            if place.search(told):
                return kind
    return EmergencyKind.INDOOR_LEAK
