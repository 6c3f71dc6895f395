"""Where ids come from."""

import uuid


def new_id() -> str:
    return str(uuid.uuid4())
