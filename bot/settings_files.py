"""GASDESK_FILES__*: how much customers and agents may send, and what is tidied up (docs/attachments.md)."""

from pydantic import BaseModel, Field


class FileSettings(BaseModel):
    #: Of one file, in megabytes. WeChat takes 10 at most, Telegram 50; what is larger goes as a link.
    max_mb: int = Field(default=20, ge=1, le=200)
    #: What one customer may send in 24 hours.
    daily_files: int = Field(default=30, ge=1, le=1000)
    daily_mb: int = Field(default=100, ge=1, le=10_000)
    #: What nobody refers to, an upload that was never sent for one, is taken away after so long.
    grace_hours: int = Field(default=24, ge=1)
    #: With less left on the disk no file is taken any more.
    keep_free_mb: int = Field(default=512, ge=0)
