"""Conversations and messages: frozen data, and the few rules that touch nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.domain.emergencies import EmergencyKind
from bot.domain.files import StoredFile


class Owner(StrEnum):
    """Who has to answer the customer."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"
    CLOSED = "closed"


class Speaker(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Kind(StrEnum):
    """What a message is to the customer (`metadata.kind`)."""

    TEXT = "text"  # the customer's own
    ANSWER = "answer"
    QUESTION = "question"
    SAFETY = "safety"
    GREETING = "greeting"
    WAITING_PROMPT = "waiting_prompt"
    NOTICE = "notice"
    SURVEY = "survey"
    LINKING = "linking"  # the customer's own, about linking his channels: without the code

    @property
    def settled(self) -> bool:
        """A customer's message of this kind was dealt with as it came: nobody owes an answer."""
        return self in (Kind.SURVEY, Kind.LINKING)


class Delivery(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    #: The channel did not say whether it arrived; shown so, and not blindly repeated.
    UNCERTAIN = "uncertain"
    FAILED = "failed"


class Priority(IntEnum):
    NORMAL = 0
    HIGH = 1
    EMERGENCY = 2


@dataclass(frozen=True)
class Button:
    title: str
    #: Sent back as the customer's message when tapped.
    payload: str


class AttachmentKind(StrEnum):
    """What a message may carry beside words."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    LOCATION = "location"
    #: Something the channel, or gasdesk, cannot read (a sticker, a red packet…).
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Attachment:
    kind: AttachmentKind
    #: How the agent sees it named: "图片", "语音 12 秒", "定位（北纬31.23040，东经121.47370）".
    label: str
    #: By what the channel can fetch it; "" if there is nothing to fetch.
    reference: str = ""
    #: What gasdesk keeps itself, read by its id (bot/files/shelf.py): what came by the web page, and what agents send.
    file: StoredFile | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    #: Chosen by the sender, so a resend is recognised as the same message.
    id: str
    conversation_id: str
    #: 1, 2, 3 … per contact, over all speakers and conversations.
    seq: int
    at: datetime
    speaker: Speaker
    kind: Kind
    text: str
    staff_id: str | None = None
    buttons: tuple[Button, ...] = ()
    delivery: Delivery = Delivery.PENDING
    attachment: Attachment | None = None

    @property
    def wordless(self) -> bool:
        """Carries something, and nothing that the assistant could read."""
        return self.attachment is not None and self.text == self.attachment.label

    @property
    def caption(self) -> str:
        """The words beside what it carries; "" if there are none."""
        return "" if self.wordless else self.text


class EmergencyStep(StrEnum):
    ADDRESS = "address"  # the customer was asked where
    CONFIRM = "confirm"  # the address was read back
    DISPATCHED = "dispatched"
    DISMISSED = "dismissed"  # a person judged it a false alarm


@dataclass(frozen=True, kw_only=True)
class Emergency:
    kind: EmergencyKind
    raised_at: datetime
    step: EmergencyStep = EmergencyStep.ADDRESS
    address: str = ""
    confirmed: bool = False
    #: How often the customer was asked for the address.
    asked: int = 0
    #: When the customer last named a place to which somebody can be sent; the crew goes there if he says no more.
    located_at: datetime | None = None
    #: Where he can be called, if he says so.
    phone: str = ""
    #: When he was last told what to do.
    instructed_at: datetime | None = None
    accepted_by: str | None = None
    order_number: str | None = None
    #: How often the 60-second alarm "not dispatched yet" has sounded.
    overdue_alarms: int = 0
    #: The customer says that it is none; staff still check.
    taken_back: bool = False

    @property
    def open(self) -> bool:
        """Neither dispatched nor dismissed."""
        return self.step in (EmergencyStep.ADDRESS, EmergencyStep.CONFIRM)

    @property
    def alarming(self) -> bool:
        """Nobody of the staff has accepted it yet."""
        return self.accepted_by is None and self.step is not EmergencyStep.DISMISSED

    @property
    def concerns_everybody(self) -> bool:
        """Shown to all agents: not accepted, or not dispatched yet."""
        return self.alarming or self.open


@dataclass(frozen=True)
class Collected:
    """Something the assistant learnt, for the agent: a label and a value, both Chinese."""

    label: str
    value: str


UNFINISHED = "未办完"
"""Label of what the customer can go on with, while a dialogue of the assistant waits for an answer."""


@dataclass(frozen=True)
class SeenIntent:
    name: str
    confidence: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Conversation:
    id: str
    #: The customer on one channel: "web:…", "telegram:…".
    contact_id: str
    channel: str
    owner: Owner = Owner.BOT
    #: The agent who has it, or had it when it was closed.
    staff_id: str | None = None
    opened_at: datetime
    closed_at: datetime | None = None
    last_at: datetime
    last_seq: int = 0
    #: The last customer message, and the last one the assistant has dealt with.
    customer_seq: int = 0
    answered_seq: int = 0
    #: The assistant is being asked until then; past it the turn is taken again.
    turn_until: datetime | None = None
    assistant_notice: bool = False

    #: The first customer message that nobody has answered. Prompts and notices do not answer.
    waiting_since: datetime | None = None
    #: How many 45-second waiting prompts of this wait are settled (sent, or overtaken by a later one).
    prompts: int = 0

    queued_at: datetime | None = None
    priority: Priority = Priority.NORMAL
    handoff_reason: str = ""
    #: The team lead serves it, if one is there.
    for_lead: bool = False
    #: Left as a message: nobody was on duty.
    offline: bool = False

    #: Who of the staff served this customer last, here or in the conversation before.
    served_by: str | None = None
    #: The skill group it was given to by hand; "" leaves it to what the customer talked about.
    skill_group: str = ""

    #: When it was first given to people, and when one of them first answered. A left message counts from when it is
    #: taken; who leaves the queue unserved was never given to anybody.
    asked_at: datetime | None = None
    first_reply_at: datetime | None = None

    #: When the present agent's two minutes began.
    agent_since: datetime | None = None
    #: When an agent last asked this waiting customer to wait; the prompts are counted from then on.
    held_at: datetime | None = None
    warned: bool = False
    #: Agents who let this wait lapse; they are skipped.
    lapsed: tuple[str, ...] = ()
    breaches: int = 0

    emergency: Emergency | None = None
    collected: tuple[Collected, ...] = ()
    intents: tuple[SeenIntent, ...] = ()
    account_number: str | None = None
    account_state: str = "unknown"
    #: Who of the staff verified the account; None: the assistant.
    account_by: str | None = None

    #: What it was about, as its agent said on closing it (报修类型).
    category: str = ""

    @property
    def silent_since(self) -> datetime | None:
        """What the waiting prompts are counted from: the customer's first unanswered message, or 请您稍等 after it."""
        return self.held_at or self.waiting_since

    @property
    def on_hold(self) -> bool:
        """The agent who has it asked the customer to wait, and has not come back."""
        return self.held_at is not None and self.agent_since == self.held_at

    @property
    def closed(self) -> bool:
        return self.owner is Owner.CLOSED

    @property
    def unfinished(self) -> str:
        """What the customer writes to go on with a dialogue that was waiting for an answer; "" if none was."""
        return next((item.value for item in self.collected if item.label == UNFINISHED), "")

    @property
    def left_message(self) -> bool:
        """It waits for somebody to come on duty; meanwhile the assistant answers what it can."""
        return self.owner is Owner.QUEUE and self.offline and self.emergency is None

    @property
    def assistant_may_speak(self) -> bool:
        return self.owner is Owner.BOT or self.left_message

    @property
    def assistant_owes(self) -> bool:
        """The assistant has a customer message to deal with."""
        return self.assistant_may_speak and self.answered_seq < self.customer_seq


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of a conversation's timeline: evidence of who did what when."""

    conversation_id: str
    at: datetime
    what: str
    text: str
    staff_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A promise of the service clock that was broken: two points (S0)."""

    conversation_id: str
    at: datetime
    promise: str
    staff_id: str | None
    waited_seconds: float
    moved_to: str | None


@dataclass(frozen=True)
class Draft:
    """A message before it has a number."""

    speaker: Speaker
    kind: Kind
    text: str
    buttons: tuple[Button, ...] = field(default=())
    staff_id: str | None = None
    #: Set by senders that can repeat themselves (browsers, agents); otherwise one is made.
    id: str | None = None
    attachment: Attachment | None = None
