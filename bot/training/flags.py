"""What agents tell about a message that was not understood: a flag set on the desk, or a note that corrects it."""

import re
from dataclasses import dataclass
from datetime import datetime

#: Longer reasons are cut: the message itself is what is looked at.
LONGEST_REASON = 200

_ASSISTANT = re.compile("机器人|智能|助手|系统自动|自动回复|AI", re.IGNORECASE)
_WENT_WRONG = re.compile(
    "听错|理解错|没听懂|没懂|听不懂|不懂|答非所问|答错|误解|认错|识别错|没识别|不对|错了|搞错|弄错|没理解"
)
#: "其实是要过户", "用户真正想问的是…", "应该算报修", "不是报修，是投诉".
_MEANT = re.compile(
    "(其实|实际上?|真正|本意|原意|想问的|意思)(是|想|要)|应(该)?(是|算|归|按)|不是[^，。,]{1,12}[，,]?\\s*(而)?是"
)


@dataclass(frozen=True)
class Flag:
    staff_id: str
    at: datetime
    #: Why; "" if he did not say.
    why: str = ""
    #: It is from a private note, not set with the key.
    by_note: bool = False


def corrects(note: str) -> bool:
    """Whether an agent's note says that the customer meant something else than was understood."""
    return _MEANT.search(note) is not None or (_ASSISTANT.search(note) and _WENT_WRONG.search(note)) is not None
