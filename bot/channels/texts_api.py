"""Responses, articles and new intents over REST (docs/retraining.md): looked at as customers see them, then written."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.auth import Dependency
from bot.channels.changes_api import Reason, change_shape
from bot.channels.errors import ApiError, error_response
from bot.domain.knowledge.article import Category
from bot.domain.staff import Staff
from bot.training.editing import Editing, EditPreview
from bot.training.edits import BadEdit, Kind, Value
from bot.training.new_intents import FEWEST_EXAMPLES, PURPOSES, suggested_name

Json = dict[str, Any]
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=3000)]
Key = Annotated[str, Field(min_length=1, max_length=80)]


class ResponseIn(BaseModel):
    texts: Annotated[list[Annotated[str, Field(min_length=1, max_length=3000)]], Field(min_length=1, max_length=20)]


class ArticleIn(BaseModel):
    question: Short
    wordings: Annotated[list[Short], Field(max_length=60)] = []
    answer: Long
    keywords: Annotated[list[Short], Field(max_length=60)] = []
    category: Category
    refines: Annotated[list[Short], Field(max_length=20)] = []
    follows: Annotated[list[Short], Field(max_length=20)] = []
    follow_ups: Annotated[list[Short], Field(max_length=60)] = []
    valid_from: Annotated[str, Field(max_length=10)] = ""
    valid_to: Annotated[str, Field(max_length=10)] = ""
    source: Short

    def value(self, article_id: str) -> Value:
        """As it stands in the file: what is empty is left out."""
        said = self.model_dump(mode="json")
        lists = {name: [each.strip() for each in said[name] if each.strip()] for name in _LISTS}
        texts = {name: said[name].replace("\r\n", "\n").strip() for name in said if name not in _LISTS}
        return {"id": article_id, **{name: each for name, each in {**texts, **lists}.items() if each}}


_LISTS = ("wordings", "keywords", "refines", "follows", "follow_ups")


class IntentIn(BaseModel):
    label: Short
    description: Short
    texts: Annotated[list[Long], Field(min_length=1, max_length=1)]
    examples: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=500)]

    def value(self) -> Value:
        examples = dict.fromkeys(each.strip() for each in self.examples if each.strip())
        return {
            "label": self.label.strip(),
            "description": self.description.strip(),
            "texts": [text.strip() for text in self.texts],
            "examples": list(examples),
        }


class EditIn(BaseModel):
    """One of the three says what it is to be; none: it is to be taken away."""

    kind: Kind
    key: Key
    response: ResponseIn | None = None
    article: ArticleIn | None = None
    intent: IntentIn | None = None

    def value(self) -> Value | None:
        match self.kind:
            case Kind.RESPONSE if self.response:
                return {"texts": self.response.texts}
            case Kind.ARTICLE if self.article:
                return self.article.value(self.key)
            case Kind.INTENT if self.intent:
                return self.intent.value()
            case Kind.ARTICLE:
                return None
        raise BadEdit("没有写要改成什么。")


class WriteIn(EditIn):
    #: Of the preview that was looked at.
    token: Annotated[str, Field(min_length=1, max_length=40)]
    reason: Reason = ""


def texts_routes(*, managing: Dependency, editing: Editing, buttons: Callable[[str], list[str]]) -> APIRouter:
    """`managing` returns the administrator who acts; `buttons` the titles below a response."""
    router = APIRouter(prefix="/api/training", tags=["话术和知识"])
    Admin = Annotated[Staff, Depends(managing)]

    @router.get("/texts", summary="话术和知识文章", description="话术训练并发布后生效，知识文章保存后马上生效。")
    async def texts(_: Admin) -> Json:
        return {
            "responses": [{"name": name, **value} for name, value in (await editing.all(Kind.RESPONSE)).items()],
            "articles": [dict(value) for value in (await editing.all(Kind.ARTICLE)).values()],
            "intents": [{"name": name, **value} for name, value in (await editing.all(Kind.INTENT)).items()],
            "categories": [category.value for category in Category],
            "purposes": [{"name": name, "label": label} for name, label in PURPOSES.items()],
            "fewest_examples": FEWEST_EXAMPLES,
        }

    @router.get("/texts/intent-name", summary="给新意图起编号")
    async def name(_: Admin, purpose: Key, label: Key) -> Json:
        return {"name": suggested_name(purpose, label)}

    @router.post(
        "/texts/check", summary="检查并预览", description="检查结果、用户看到的样子和文件差异；什么都不会改动。"
    )
    async def look(body: EditIn, _: Admin) -> Json:
        looked = await editing.look(body.kind, body.key, body.value())
        return _preview(looked, buttons(body.key) if body.kind is Kind.RESPONSE else [])

    @router.post("/texts", summary="保存修改")
    async def write(body: WriteIn, who: Admin) -> Json:
        change = await editing.write(body.kind, body.key, body.value(), body.token, who.staff_id, body.reason)
        return {"change": change_shape(change)}

    return router


def _preview(found: EditPreview, buttons: list[str]) -> Json:
    return {
        "token": found.token,
        "findings": [{"level": one.level.value, "text": one.text, "words": one.words} for one in found.findings],
        "needs_reason": found.needs_reason,
        "stopped": found.stopped,
        "changed": bool(found.diff),
        "diff": found.diff,
        "shown": [{"bubbles": list(bubbles), "buttons": buttons} for bubbles in found.shown],
        "at_once": found.edit.kind is Kind.ARTICLE,
    }


def install_text_refusals(app: FastAPI) -> None:
    async def refuse(_: Request, problem: Exception) -> Response:
        return error_response(ApiError(422, "bad_edit", str(problem)))

    app.add_exception_handler(BadEdit, refuse)
