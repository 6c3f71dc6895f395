"""What the core needs from the outside world. Adapters implement these; nothing here does IO.

This page names everything; a file tells what it promises. Import from here: `from bot.ports import Conversations`.
"""

from bot.ports.assistant import Assistant, AssistantAnswer, AssistantDown, Bubble, Waited
from bot.ports.conversations import Beside, Contact, Conversations, NoSuchConversation, Work
from bot.ports.people import Exclusive, StaffDirectory
from bot.ports.reading import Inbox, Mark, Transcripts
from bot.ports.records import BackOffice, Casework
from bot.ports.timers import Timer, TimerStore

__all__ = [
    "Assistant",
    "AssistantAnswer",
    "AssistantDown",
    "BackOffice",
    "Beside",
    "Bubble",
    "Casework",
    "Contact",
    "Conversations",
    "Exclusive",
    "Inbox",
    "Mark",
    "NoSuchConversation",
    "StaffDirectory",
    "Timer",
    "TimerStore",
    "Transcripts",
    "Waited",
    "Work",
]
