"""Quality inspection (质检): how many conversations are drawn, what is held against them (S1 质检员, S3 录音质检)."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.domain.company.base import Count, Positive, Settings, Text

_KEY = re.compile(r"[a-z_]{1,30}")


def _plain(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("应只含小写英文字母和下划线，至多 30 个")
    return key


class Criterion(Settings):
    """One thing that can go wrong, and what it costs each time."""

    key: Annotated[str, AfterValidator(_plain)] = Field(description="Stays the same when the words change")
    group: Annotated[Text, Field(max_length=20)] = Field(description="Heading it stands under")
    name: Annotated[Text, Field(max_length=60)] = Field(description="What went wrong, as agents read it")
    points: Positive = Field(description="Taken off each time it happened")
    fatal: bool = Field(default=False, description="Once is enough: the whole conversation gets no points")
    source: str = Field(default="", description="Where the rule stands")


class Band(Settings):
    """What an average is worth in the month's hundred points (S3: 40 of them)."""

    at_least: Count = Field(description="From this average on")
    points: Count = Field(description="Points of the month")


def _of(group: str, source: str, *items: tuple[str, int, str]) -> tuple[Criterion, ...]:
    made = (Criterion(key=key, group=group, name=name, points=points, source=source) for key, points, name in items)
    return tuple(made)


#: The points are the sources'; where they speak of calls, these speak of messages.
_CRITERIA = (
    *_of("开始语、结束语", "S3 录音质检", ("opening", 2, "没有使用标准开头语"), ("closing", 2, "没有使用标准结束语")),
    *_of(
        "服务态度",
        "S3 录音质检",
        ("attitude", 5, "态度不端正，未换位思考，不理解用户心情"),
        ("slow_reply", 10, "不及时回复、拒绝回复"),
        ("guidance", 5, "不能正确引导用户说明问题"),
        ("harsh", 5, "用语生硬、辱骂、挖苦、埋怨用户"),
    ),
    Criterion(
        key="refusal",
        group="服务态度",
        name="无故推诿，应当受理的不受理",
        points=10,
        fatal=True,
        source="S3 录音质检：如违反，本条不得分",
    ),
    *_of(
        "服务用语",
        "S3 录音质检",
        ("counter_question", 5, "使用反问语"),
        ("forbidden", 5, "说“我不知道、不清楚”等服务忌语"),
        ("polite", 2, "未使用规范用语：您好、请、谢谢、对不起、再见"),
        ("address_form", 2, "没有礼貌称呼用户"),
    ),
    *_of(
        "沟通能力",
        "S3 录音质检",
        ("comprehension", 5, "不能一遍看懂问题，反复询问"),
        ("focus", 3, "抓不住问题重点，不懂得对关键问题提问"),
        ("clarify", 3, "不能引导用户说清不清楚的问题"),
        ("confirm_information", 3, "没有对用户提供的信息进行确认"),
        ("confirm_understood", 4, "提供信息后未确认用户是否已明白"),
        ("expression", 4, "表达错误"),
        ("fluency", 3, "语言不流畅，答复没有条理"),
        ("waiting_words", 3, "让用户长时间等待时无提示、无结束语"),
    ),
    *_of(
        "业务知识",
        "S3 录音质检",
        ("off_topic", 5, "答非所问、绕圈，造成简单问题复杂化"),
        ("baseless", 9, "没有依据随意答复，自由发挥"),
        ("wrong_answer", 5, "错误领会统一口径，提供错误的回答"),
    ),
    *_of(
        "业务流程",
        "S3 录音质检",
        ("no_record", 5, "没有做记录"),
        ("ask_around", 5, "简单问题反复请教他人"),
        ("no_follow_up", 5, "相关单位暂时无人接听，却不再联系"),
    ),
    *_of(
        "燃气业务",
        "S0 绩效考核",
        ("leak_advice", 3, "泄漏报修没有按要求告知用户"),
        ("late_dispatch", 3, "险情没有按时派单到相关部门"),
        ("wrong_details", 3, "地址等用户信息记录错误"),
        ("wrong_charges", 3, "收费标准告知或解释错误"),
        ("wrong_order", 2, "派单超时、录单错误、报修类型选错"),
        ("told_details", 2, "主动报出用户的姓名、地址等信息"),
    ),
)
_BANDS = tuple(
    Band(at_least=at_least, points=points)
    for at_least, points in ((95, 40), (90, 35), (85, 30), (80, 25), (75, 20), (70, 15), (65, 10), (60, 5), (0, 0))
)


class Inspection(Settings):
    """What inspectors look at and how they score it."""

    per_agent_month: Positive = Field(
        default=5, description="Conversations drawn of each agent and month (S1 质检员 3: 1 to 5; S3: 30)"
    )
    low_satisfaction: Annotated[int, Field(ge=1, le=4)] = Field(
        default=2, description="Customers who gave so many points or fewer were dissatisfied (不满意); looked at first"
    )
    full_marks: Positive = Field(default=100, description="What a conversation without fault gets (S3)")
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=60)] = Field(
        default=_CRITERIA, description="What is held against a conversation (S3 录音质检, S0 绩效考核)"
    )
    bands: tuple[Band, ...] = Field(
        default=_BANDS, description="From the average to points of the month (S3), best first"
    )

    @model_validator(mode="after")
    def _no_key_twice_and_bands_in_order(self) -> Self:
        keys = [each.key for each in self.criteria]
        if twice := next((key for number, key in enumerate(keys) if key in keys[:number]), None):
            raise ValueError(f"评分项 {twice} 写了两次")
        limits = [band.at_least for band in self.bands]
        if limits != sorted(set(limits), reverse=True):
            raise ValueError("bands 应从高分到低分排列，不能重复")
        return self

    def month_points(self, average: float) -> int:
        """What this average is worth in the month (S3 录音质检: 40 points)."""
        return next((band.points for band in self.bands if average >= band.at_least), 0)
