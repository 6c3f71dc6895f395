"""How long what was said and sent is kept."""

from pydantic import Field

from bot.domain.company.base import Positive, Settings


class Records(Settings):
    """档案: the sources want customers' files kept safe and whole (S1 妥善保管用户档案), and name no end."""

    file_days: Positive | None = Field(
        default=None, description="Days after the end of its conversation that a file is kept; none: for ever"
    )
