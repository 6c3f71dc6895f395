"""How a complaint is graded at intake (S1 第九条 用户投诉处理管理)."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

from bot.domain.company.base import Settings, Text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split("[、，,\\s]+", text) if word)


def _split(value: object) -> object:
    return _words(value) if isinstance(value, str) else value


#: Written as people write a list: "记者、电视台、媒体".
Words = Annotated[tuple[Text, ...], BeforeValidator(_split), PlainSerializer("、".join)]


class Complaints(Settings):
    """Words that show how grave a complaint is; the gravest that the customer uses counts, otherwise it is 一般."""

    media: Words = Field(
        default=_words(
            "记者、电视台、电台、报社、媒体、新闻、曝光、热搜、发抖音、发微博、网上发、发到网上、消协、消费者协会、消委、12315、315晚会"
        ),
        description="媒体参与: news media or the consumer council take part, or are to (S1 第九条 4)",
    )
    severe: Words = Field(
        default=_words(
            "受伤、伤人、住院、烧伤、烫伤、死人、人命、去世、炸伤、动手打、打了人、被打、骚扰、起诉、律师、法院、打官司、报警了、"
            "派出所、集体、上访、信访局、纪委、堵门、拉横幅"
        ),
        description="严重: grave and rare, clear harm to people or to the company's name (S1 第九条 3)",
    )
    affecting: Words = Field(
        default=_words(
            "12345、市长热线、市长信箱、主管部门、第二次投诉、第三次投诉、又来投诉、再次投诉、投诉过、投诉好几次、投诉多次、"
            "没人处理、没人理、没人管、推来推去、踢皮球、赔偿、赔我、损失、停工、停业、全小区、整栋楼、整个小区"
        ),
        description="有影响: not everyday, may harm the company if handled badly; also upset customers (S1 第九条 2)",
    )
