"""From the desk: a message the assistant got wrong is pointed out to the administrators (docs/retraining.md)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path
from pydantic import AfterValidator, BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.conversation_id import ConversationId
from bot.channels.errors import ApiError, error_response
from bot.domain.staff import Staff
from bot.domain.text import tidy
from bot.training.flagging import CannotFlag, FlagMessages
from bot.training.flags import LONGEST_REASON
from bot.training.review import State

Json = dict[str, Any]
Seq = Annotated[int, Path(ge=1, le=2**31 - 1)]

_BECAME = {
    State.OPEN: "已标记，管理员会在“待标注”里看到。",
    State.ACCEPTED: "已标记。管理员之前标注过这句话，训练并发布后才会生效。",
    State.REJECTED: "已标记。管理员之前看过这句话，认为不用于训练。",
}


class FlagIn(BaseModel):
    #: Why; may be told later, with the same call.
    reason: Annotated[str, AfterValidator(tidy), Field(max_length=LONGEST_REASON)] = ""


def flag_routes(*, serving: Dependency, flags: FlagMessages) -> APIRouter:
    """`serving` is a dependency that returns the agent or lead who acts."""
    router = APIRouter(prefix="/api/conversations/{conversation_id}/messages", tags=["坐席"])
    Agent = Annotated[Staff, Depends(serving)]

    @router.post(
        "/{seq}/flag",
        summary="标记助手没听懂的话",
        description="这句话会出现在管理员的“待标注”里，注明是谁标记的和原因。再标一次只更新原因。",
    )
    async def flag(conversation_id: ConversationId, seq: Seq, body: FlagIn, who: Agent) -> Json:
        state = await flags.flag(conversation_id, seq, who.staff_id, body.reason)
        return {"state": state.value, "words": _BECAME[state]}

    return router


def install_flag_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        return error_response(ApiError(409, "refused", str(problem)))

    app.add_exception_handler(CannotFlag, refuse)
