"""The chat on a company's own site: its script, and which sites may frame the page (docs/embedding.md)."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import FileResponse


def framed_by(policy: str, sites: Sequence[str]) -> str:
    """The page's policy with the sites that may frame it; none but gasdesk itself unless told."""
    return policy.replace("frame-ancestors 'self'", " ".join(("frame-ancestors 'self'", *sites)))


def embedding_routes(web: Path) -> APIRouter:
    router = APIRouter()

    @router.get("/embed.js", include_in_schema=False)
    async def script() -> FileResponse:
        headers = {
            "Cache-Control": "public, max-age=300",
            # Also for a site that lets nothing in which does not say so (COEP).
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return FileResponse(web / "embed" / "embed.js", media_type="text/javascript", headers=headers)

    return router
