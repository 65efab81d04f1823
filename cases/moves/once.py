"""A caller's key under which something is done once, and what was asked under it.

A repeat of the same wish is answered as the first time; another wish under the same key is refused, for it
would be swallowed with a success. It must not know what is asked: it compares keyed digests.
"""

from __future__ import annotations

from cases.errors import InvalidInput, Reason

KEY_IN_USE = Reason(
    "key-in-use", "这个编号已经用于另一次提交。本次内容没有保存，请换一个编号再提交，或刷新页面后再试。"
)


def once(name: str, asked: str) -> str:
    """The key to be stored: `asked` is a keyed digest of all that was asked."""
    return f"{name}#{asked}"


def name_of(key: str) -> str:
    """What makes two keys the same; all of a key without a digest."""
    name, _, _ = key.rpartition("#")
    return name or key


def is_repeat(stored: str, given: str) -> bool:
    """Whether this was done before under the same key. Raises InvalidInput when something else was."""
    if not given or name_of(stored) != name_of(given):
        return False
    if "#" in stored and stored != given:
        raise InvalidInput(KEY_IN_USE)
    return True
