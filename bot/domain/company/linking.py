"""The same customer on two channels: how he proves it, and what he is told."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Positive, Sentence, Settings, Text, sentence


class Linking(Settings):
    """关联渠道: a code shown on one channel and sent on the other."""

    code_minutes: Positive = Field(default=10, description="How long a code is good for")
    codes_per_hour: Positive = Field(default=5, description="Codes a customer gets within an hour")
    tries: Positive = Field(default=5, description="Wrong codes of one customer before he has to wait")
    tries_of_all: Positive = Field(default=100, description="Wrong codes of all customers before everybody has to wait")
    ask: tuple[Text, ...] = Field(
        default=("绑定", "关联", "绑定账号", "关联账号", "绑定渠道", "关联渠道", "绑定微信", "关联微信"),
        description="What a customer writes to get a code, and nothing else",
    )
    undo: tuple[Text, ...] = Field(
        default=("取消关联", "解除关联", "取消绑定", "解除绑定", "解绑"), description="What he writes to undo it"
    )
    code: Annotated[Text, sentence("code", "valid")] = Field(
        default="关联验证码：{code}，{valid}分钟内有效，只能用一次。请在您的另一个渠道（网页、微信或Telegram）里"
        "发送“绑定 {code}”，不要告诉别人。如果另一个渠道已经给了您验证码，请在这里发送“绑定”加验证码。",
        description="A code, for the other channel",
    )
    linked: Annotated[Text, sentence("channel")] = Field(
        default="关联成功：客服现在能看到您在{channel}的咨询记录。如需取消，请发送“取消关联”。",
        description="Where the code was sent",
    )
    linked_there: Annotated[Text, sentence("channel")] = Field(
        default="您在{channel}的咨询已与这里关联。如果不是您本人操作，请马上发送“取消关联”。",
        description="Where the code was shown",
    )
    wrong: Sentence = Field(
        default="验证码不对，或者已经过期。请核对后重新发送“绑定”加验证码，也可以发送“绑定”重新获取。",
        description="No such code",
    )
    void: Sentence = Field(
        default="为了您的信息安全，这个验证码已经作废。需要关联另一个渠道，请发送“绑定”重新获取。",
        description="A code that was sent without its word: it is used up, so that nobody tries codes out",
    )
    too_often: Annotated[Text, sentence("valid")] = Field(
        default="操作太频繁，请{valid}分钟后再试。", description="Too many codes, or too many wrong ones"
    )
    undone: Sentence = Field(default="已取消关联，客服不再能看到您其他渠道的咨询记录。", description="Undone")
    alone: Sentence = Field(default="您还没有关联其他渠道。", description="Nothing to undo")
