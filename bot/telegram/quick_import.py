"""Imports aiogram in a third of the time: its 300 types are completed when first used, not all at import.

At import aiogram completes each type by itself, and pydantic writes the shapes of all the others into each
(5 s of a 6 s start). Here neither is tried before it is needed: pydantic completes a class by itself at first
use when it knows the names its fields mention, which is all that is given here. Nothing else changes in
either library.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

from pydantic import BaseModel

RETURNED = ("Message", "User", "File", "Chat", "WebhookInfo")
"""Types that answers of the Bot API are read into; a generic does not complete what it is made of."""


def import_aiogram() -> None:
    """Import it quickly, unless somebody imported it already."""
    if "aiogram" in sys.modules:
        return
    completing = BaseModel.__dict__["model_rebuild"]
    names: dict[str, Any] = {}

    def put_off(cls: type[BaseModel], /, **given: Any) -> bool | None:
        known = given.get("_types_namespace")
        if known is None or not cls.__module__.startswith("aiogram.types"):
            again: bool | None = completing.__func__(cls, **given)
            return again
        names.update(known)
        cls.__pydantic_parent_namespace__ = names
        return None

    BaseModel.model_rebuild = classmethod(put_off)  # type: ignore[assignment, method-assign]
    BaseModel.model_config["defer_build"] = True
    try:
        types = importlib.import_module("aiogram.types")
    finally:
        BaseModel.model_rebuild = completing  # type: ignore[method-assign]
        del BaseModel.model_config["defer_build"]
    _tell_names(vars(importlib.import_module("aiogram.methods")), names)
    for name in RETURNED:
        getattr(types, name).model_rebuild()


def _tell_names(members: dict[str, Any], names: dict[str, Any]) -> None:
    for member in members.values():
        if isinstance(member, type) and issubclass(member, BaseModel):
            member.__pydantic_parent_namespace__ = names
