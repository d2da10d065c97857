"""What all tests share."""

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from inspections.signing_in import passwords


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes():
    """Make hashes that cost little: tests sign in all the time, and guess nothing by force."""
    slow, quick = passwords._hasher, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    passwords._hasher = quick
    yield
    passwords._hasher = slow


class _CompiledTemplates(BytecodeCache):
    """Templates as compiled by any application of this process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once():
    """Tests make many applications of the same templates; compiling them takes longest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", _CompiledTemplates())
        yield
