"""What every test of this folder is marked with."""

import pytest

BROWSER_TEST = [
    pytest.mark.browser,
    # The browser outlives the tests, so they share its event loop.
    pytest.mark.asyncio(loop_scope="session"),
    # Several windows, each waited for with patience, on a machine that may be busy.
    pytest.mark.timeout(120),
]
