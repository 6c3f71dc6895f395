"""What the product says where customers write on WeChat, Telegram and the like."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Sentence, Settings, Text, sentence


class ChannelScripts(Settings):
    """Welcome, and answers to what the assistant cannot read."""

    welcome: Sentence = Field(
        default="您好，欢迎使用{company}在线客服。请直接写下您的问题；需要人工请回“转人工”。"
        "如遇燃气泄漏，请马上告诉我，或到室外拨打24小时热线{hotline}。",
        description="The customer opens the conversation (/start, subscribe)",
    )
    help: Sentence = Field(
        default="您可以直接写下问题，例如查气费、报装、报修、预约安检；发送“转人工”接通人工客服。"
        "如遇燃气泄漏，请马上告诉我，或到室外拨打24小时热线{hotline}。",
        description="/help",
    )
    person_wanted: Sentence = Field(
        default="转人工客服", description="What /human and a menu item say for the customer"
    )
    picture_kept: Sentence = Field(
        default="收到您的图片，已为客服保留。我看不懂图片，请您再用文字说明一下问题；需要人工请回“转人工”。",
        description="A picture without words",
    )
    voice_kept: Sentence = Field(
        default="收到您的语音，已为客服保留。我听不懂语音，请您用文字写下问题；需要人工请回“转人工”。"
        "如遇燃气泄漏，请到室外拨打24小时热线{hotline}。",
        description="A voice note",
    )
    file_kept: Sentence = Field(
        default="收到您发来的文件，已为客服保留。请您再用文字说明一下问题；需要人工请回“转人工”。",
        description="A video or a file without words",
    )
    location_kept: Sentence = Field(
        default="收到您的定位，已经记下。请再写出小区、楼号、单元和房号，以及您的问题。",
        description="A place on the map without an address",
    )
    unreadable: Sentence = Field(
        default="很抱歉，我看不懂这类消息，已为客服保留。请您用文字写下问题；需要人工请回“转人工”。"
        "如遇燃气泄漏，请到室外拨打24小时热线{hotline}。",
        description="Anything else",
    )
    file_link: Annotated[Text, sentence("file", "link", "days")] = Field(
        default="客服给您发送了{file}，请点击查看（{days}天内有效）：{link}",
        description="A file of an agent's, where the platform does not take it as it is",
    )
    file_link_days: int = Field(default=7, ge=1, le=365, description="How long such a link may be opened")
