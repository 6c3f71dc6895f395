"""When this happens, do that: the reaction table."""

from bot.channels.agent_desk import AgentDesk
from bot.channels.live_board import LiveBoard
from bot.channels.web_chat import WebChat
from bot.domain import events
from bot.metrics import Metrics
from bot.parts import Core, Training
from bot.reactions import Table


def reaction_table(
    web_chat: WebChat, desk: AgentDesk, board: LiveBoard, core: Core, metrics: Metrics, training: Training
) -> Table:
    """When this happens, do that."""
    return {
        events.MessagePosted: [core.outbox.deliver, web_chat.echo, desk.show_message, metrics.count_message],
        events.ConversationChanged: [desk.show_conversation, desk.show_loads, web_chat.show_status, board.changed],
        events.AssistantOwesAnswer: [lambda event: core.turns.start(event.conversation_id)],
        events.AssistantReady: [lambda _: core.turns.start_owed(), web_chat.assistant_is_ready],
        events.QueueChanged: [lambda _: core.queue.wake()],
        events.AssistantUnderstood: [training.recorder.understood],
        events.EmergencyRaised: [desk.alarm, training.recorder.emergency],
        events.NoteWritten: [desk.show_note, training.flags.noted],
        events.EmergencyUndispatched: [desk.alarm],
        events.EmergencyAccepted: [desk.alarm_over],
        events.AgentWarned: [desk.warn],
        events.PromiseBroken: [desk.show_breach, metrics.count_breach, board.changed],
        events.MovedAfterBreach: [desk.show_move],
        events.StaffChanged: [desk.show_staff],
        events.StayedAway: [desk.show_absence, board.changed],
    }
