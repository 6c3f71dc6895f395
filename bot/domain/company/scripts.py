"""Standard scripts (标准话术) of the online service: what staff must say, so the product says it too."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Sentence, Settings, Text, sentence

WithStaff = Annotated[Text, sentence("staff_id")]
WithQueue = Annotated[Text, sentence("ahead")]


class Scripts(Settings):
    """Sentences with {placeholders}; `CompanyProfile.fill` completes them."""

    greeting: WithStaff = Field(
        default="您好，我是{company}客服{staff_id}号，很高兴为您服务！",
        description="An agent takes the conversation (S0 在线客服 2)",
    )
    take_note: Sentence = Field(default="请您记录一下，谢谢。", description="Something to write down (S0 在线客服 3)")
    beyond_scope: Sentence = Field(
        default="很抱歉，这超出我们的服务范围，恐怕我不能帮助您。", description="Outside the service (S0 在线客服 4)"
    )
    suggestion_thanks: Sentence = Field(
        default="感谢您提出的宝贵建议，我们将及时反馈给公司相关人员，再次感谢您对我们工作的关心和支持。",
        description="A suggestion (S0 在线客服 5)",
    )
    please_wait: Sentence = Field(default="请您稍等。", description="Asks to wait (S0 在线客服 7)")
    thanks_for_waiting: Sentence = Field(default="感谢您的耐心等待。", description="Is back (S0 在线客服 7)")
    waiting_prompt: Sentence = Field(
        default="很抱歉，我正在与您核实相关问题，请您耐心等待，谢谢！",
        description="Every 45 seconds of an agent's silence (S0 在线客服 8)",
    )
    manager_wanted: Sentence = Field(
        default="您的问题是属于我的职责范围内的，请您放心，我会按公司的规定处理，尽我的能力为您解决，"
        "请您放心交给我为您处理好吗？",
        description="Wants a manager in person (S0 在线客服 9)",
    )
    complaint_opening: Sentence = Field(
        default="对不起，由于我们工作的原因，给您的生活带来不便，请您谅解。",
        description="A complaint begins (S0 工作标准 5)",
    )
    complaint_closing: Sentence = Field(
        default="您所反映的情况我们将联系相关部门，请您留下您的联系方式，我们{complaint_days}个工作日内为您协调解决（答复）。",
        description="A complaint ends (S0 在线客服 10)",
    )
    service_closing: Sentence = Field(
        default="您的业务已经受理，工作人员会在{visit_days}个工作日内与您联系，请保持电话畅通，再见。",
        description="A service request ends (S0 工作标准 3)",
    )
    anything_else: Sentence = Field(default="请问还有什么可以帮助您吗？", description="Before closing (S0 工作标准 2)")
    consultation_closing: Sentence = Field(
        default="好的，感谢您的咨询。再见！", description="A consultation ends (S0 工作标准 2, in chat)"
    )
    queue_waiting: WithQueue = Field(
        default="很抱歉让您久等了，您前面还有{ahead}位用户在排队，请您耐心等待，谢谢！",
        description="Every 45 seconds in the queue, others ahead (S0 在线客服 8)",
    )
    queue_next: Sentence = Field(
        default="很抱歉让您久等了，您已排在第一位，客服人员马上为您服务，请您耐心等待，谢谢！",
        description="Every 45 seconds in the queue, first in line (S0 在线客服 8)",
    )
    late_reply_apology: Sentence = Field(
        default="很抱歉，刚才没有及时回复您，现在由另一位客服人员继续为您服务，请您稍等。",
        description="The reply limit passed and another agent takes over (S0 回复要求 3)",
    )
    nobody_online: Sentence = Field(
        default="很抱歉，现在没有客服人员在线（在线服务时间为每天{online_hours}）。"
        "请您留下问题和联系方式，我们上班后首先回复您；也可以回“继续问智能助手”。"
        "如遇燃气泄漏，请到室外拨打24小时热线{hotline}。",
        description="Leave a message (S0 系统操作 2)",
    )
    drop_out_apology: Sentence = Field(
        default="很抱歉，刚才系统出现故障，没能及时回复您，现在已经恢复，我们马上处理您的留言。",
        description="After a system drop-out (S0 系统操作 6)",
    )
    assistant_starting: Sentence = Field(
        default="很抱歉，智能助手正在启动，启动后会马上回答您的问题，请您稍等。"
        "如遇燃气泄漏，请直接告诉我，或到室外拨打24小时热线{hotline}。",
        description="The assistant is not up yet",
    )
