"""What staff may not say, and replies that are ready: the shape of wording.yml, which another company writes anew."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Sentence, Settings, Text


class ForbiddenRule(Settings):
    """Expressions that mean the same to a customer (服务忌语), and what to say instead."""

    phrases: tuple[Text, ...] = Field(default=(), description="Forbidden wherever they stand")
    alone: tuple[Text, ...] = Field(default=(), description="Forbidden only as a clause of their own")
    allowed: tuple[Text, ...] = Field(default=(), description="Expressions that hold a phrase and are harmless")
    #: Off where words that sound the same are ordinary ones.
    homophones: bool = Field(default=True, description="Also what sounds the same, from three syllables on")
    better: Sentence = Field(description="What to say instead")
    source: Text = Field(description="Where the rule comes from")


class ReadyReply(Settings):
    """A canned reply of the company; `{称呼}` and so on are filled in when it is used."""

    title: Annotated[Text, Field(max_length=40)]
    text: Annotated[Text, Field(max_length=1000)]


class Wording(Settings):
    forbidden: tuple[ForbiddenRule, ...] = Field(default=(), description="服务忌语")
    canned_replies: tuple[ReadyReply, ...] = Field(default=(), description="公司常用语")


NO_WORDING = Wording()

#: Variables of canned replies that are the same for everybody, as sentences of the company profile.
COMPANY_VARIABLES = {
    "公司": "{company}",
    "城市": "{city}",
    "热线": "{hotline}",
    "服务时间": "{online_hours}",
    "上门工作日": "{visit_days}",
    "回复工作日": "{callback_days}",
    "投诉工作日": "{complaint_days}",
}
