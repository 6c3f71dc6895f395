"""GASDESK_TRAINING__*: how long models are kept (docs/retraining.md)."""

from pydantic import BaseModel, Field


class TrainingSettings(BaseModel):
    #: At most so many, and none for longer; the live one and the one to roll back to stay in any case.
    keep_models: int = Field(default=10, ge=2, le=1000)
    keep_days: int = Field(default=90, ge=1, le=3650)
