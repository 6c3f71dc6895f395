"""Work orders after they were filed: limits on the way, and what customers are told of the progress."""

from typing import Annotated

from pydantic import Field

from bot.domain.company.base import Positive, Settings, Text, sentence

OrderSentence = Annotated[Text, sentence("number", "type")]


class Casework(Settings):
    """Limits of an order's life. The daily cut-offs are `service.dispatch_cutoffs`, the promises `working_days`."""

    hand_on_hours: Positive = Field(
        default=2, description="An accepted case is passed on to the responsible unit, in hours of service (S3)"
    )
    warning_minutes: Positive = Field(
        default=20, description="What has not left is shown red so long before it must have left (S0 派单业务 2)"
    )
    reminder_days: Positive = Field(
        default=1, description="Working days before the limit: reminder, and last moment to ask for more time (S3)"
    )
    report_link_days: Positive = Field(default=7, description="How long a field worker's link works, in days")


class OrderScripts(Settings):
    """Notices to the customer; `CompanyProfile.fill` completes them."""

    dispatched: Annotated[Text, sentence("number", "type", "unit")] = Field(
        default="您的工单 {number}（{type}）已转给{unit}处理，请保持电话畅通。", description="On its way to a unit"
    )
    on_site: OrderSentence = Field(
        default="您的工单 {number}（{type}）：工作人员已到现场处理。", description="The field unit is there"
    )
    solved: OrderSentence = Field(
        default="您的工单 {number}（{type}）已处理完成，感谢您的配合。如仍有问题，请随时告诉我们。",
        description="The field unit reports it solved",
    )
    unsolved: OrderSentence = Field(
        default="您的工单 {number}（{type}）还没有处理完，我们会继续跟进，尽快答复您。",
        description="The field unit reports it not solved",
    )
    answered: Annotated[Text, sentence("number", "type", "answer")] = Field(
        default="您的工单 {number}（{type}）答复如下：{answer}", description="The desk answers (S3 答复)"
    )
    extended: Annotated[Text, sentence("number", "type", "date")] = Field(
        default="很抱歉，您的工单 {number}（{type}）需要延长办理时间，预计{date}前办结，请您谅解。",
        description="More time was granted: the customer is told the day before the limit (S3 办理时限 3)",
    )
