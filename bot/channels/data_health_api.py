"""All examples examined over REST (docs/retraining.md)."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from bot.channels.auth import Dependency
from bot.channels.errors import ApiError
from bot.domain.staff import Staff

Json = dict[str, Any]
#: More than anybody reads at once.
MOST_LINES = 300


def health_routes(*, managing: Dependency, examine: Callable[[], Awaitable[Json]]) -> APIRouter:
    """`managing` returns the administrator who acts; `examine` raises RuntimeError or OSError."""
    router = APIRouter(prefix="/api/training", tags=["重新训练"])

    @router.get(
        "/health",
        summary="训练数据体检",
        description="不同意图里几乎相同的话、例句过多过少的意图、和测试句几乎相同的话。",
    )
    async def look(_: Annotated[Staff, Depends(managing)]) -> Json:
        try:
            found = await examine()
        except (RuntimeError, OSError) as problem:
            raise ApiError(409, "refused", f"体检没有完成，请稍后重试或联系运维人员（{problem}）。") from problem
        return {"lines": found["lines"][:MOST_LINES]}

    return router
