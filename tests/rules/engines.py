"""For tests that compare the two engines."""

import pytest

from rules.engine import engine_name

needs_both_engines = pytest.mark.skipif(
    engine_name() != "durable",
    reason="no C compiler built durable-rules here: one engine runs, so nothing is to compare",
)
