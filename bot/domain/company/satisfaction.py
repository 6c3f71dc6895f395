"""The satisfaction survey after a conversation (S2 回访, S3): what is asked, and what is answered."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Sentence, Settings, Text


class Satisfaction(Settings):
    """Five grades, the best first; who is not satisfied is asked why."""

    ask: bool = Field(default=True, description="Ask after each conversation with a person, emergencies excepted")
    question: Sentence = Field(
        default="请您对本次服务作出评价，谢谢！（也可以直接回复数字：5分最满意，1分最不满意）",
        description="Sent after the closing script",
    )
    grades: Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)] = Field(
        default=("非常满意", "满意", "一般", "不满意", "非常不满意"), description="5 points to 1 point"
    )
    why: Sentence = Field(
        default="很抱歉没有让您满意。请问是哪方面的原因？也可以回复“评价原因：”加上您的意见。",
        description="The answer was 3 points or fewer (S2 回访: the reason is asked for)",
    )
    reasons: tuple[Text, ...] = Field(
        default=("服务态度", "等待太久", "答复不清楚", "问题没有解决", "其他"),
        description="Buttons under that question",
    )
    thanks: Sentence = Field(default="感谢您的评价，祝您生活愉快！", description="After the answer")
    thanks_for_reason: Sentence = Field(
        default="感谢您的意见，我们会认真改进。", description="After the reason was told"
    )
