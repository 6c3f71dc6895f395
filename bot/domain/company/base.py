"""What every part of the company profile is made of: frozen models, hours, checked sentences."""

import re
from datetime import time
from decimal import Decimal
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_serializer, model_validator


class Settings(BaseModel):
    """A group of settings: unknown keys are refused, so a misspelt one never passes for a default."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=True)


Text = Annotated[str, Field(min_length=1)]
Yuan = Annotated[Decimal, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]

_HOURS = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})")


class Hours(Settings):
    """A daily span of local time, written "08:00-20:00". May pass midnight; "00:00-24:00" is the whole day."""

    opens: time
    closes: time

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        found = _HOURS.fullmatch(value.strip())
        if found is None:
            raise ValueError('应写成 "08:00-20:00" 这样的时间段')
        hour, minute, end_hour, end_minute = map(int, found.groups())
        return {"opens": _clock_time(hour, minute), "closes": _clock_time(end_hour, end_minute)}

    @model_serializer
    def __str__(self) -> str:
        closes = "24:00" if self.closes == time(0) else f"{self.closes:%H:%M}"
        return f"{self.opens:%H:%M}-{closes}"

    def contains(self, moment: time) -> bool:
        """Whether local time `moment` falls within; the closing minute itself is outside."""
        if self.opens < self.closes:
            return self.opens <= moment < self.closes
        return moment >= self.opens or moment < self.closes


def _clock_time(hour: int, minute: int) -> time:
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise ValueError(f"没有 {hour:02}:{minute:02} 这个时间")
    return time(hour, minute)


#: What any sentence of the profile may name; the profile itself fills these in.
COMMON_PLACEHOLDERS = frozenset(
    {"company", "city", "hotline", "minutes", "visit_days", "callback_days", "complaint_days", "online_hours"}
)


def sentence(*names: str) -> AfterValidator:
    """Check that a sentence names only {placeholders} it will be given: the common ones and `names`."""
    allowed = COMMON_PLACEHOLDERS | set(names)

    def check(text: str) -> str:
        for name in _placeholders(text):
            if name not in allowed:
                known = "、".join(f"{{{name}}}" for name in (*names, *sorted(COMMON_PLACEHOLDERS)))
                raise ValueError(f"不认识占位符 {{{name}}}，这里可用：{known}")
        return text

    return AfterValidator(check)


def _placeholders(text: str) -> list[str]:
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text)]
    except ValueError:
        raise ValueError("花括号不成对；占位符应写成 {company} 这样") from None
    for name, spec, conversion in fields:
        if name is not None and (spec or conversion):
            raise ValueError(f"占位符 {{{name}}} 里只能写名字")
    return [name for name, _, _ in fields if name is not None]


#: A sentence with nothing to fill in but the common placeholders.
Sentence = Annotated[Text, sentence()]
