"""`python -m bot verify`: whether a proof is ours and unchanged; works without settings and offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.running import NOT_AS_LEFT
from cases.service.public.log import check_inclusion, find_fault
from cases.service.public.proofs import BadProof, check_proof, read_proof, read_public_key


def verify_proof(
    file: Annotated[Path, typer.Argument(help="凭证文件 the proof")],
    key: Annotated[Path, typer.Option("--key", help="公钥文件，从 /verify/key.pem 下载 the public key")],
) -> None:
    """核验凭证，不联网、不需要任何设置。Check a proof offline, without any settings."""
    try:
        content = _checked(read_proof(file.read_bytes()), read_public_key(key.read_bytes()))
    except OSError as error:
        typer.echo(f"文件不能读取：{error.strerror}。 The file cannot be read.", err=True)
        raise typer.Exit(1) from None
    except BadProof as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(NOT_AS_LEFT) from None
    typer.echo("凭证有效，没有被改动。 The proof is valid and unchanged.")
    for name in ("issuer", "kind", "number", "filed_at", "digest", "day", "seq", "hash", "included"):
        if content.get(name):
            typer.echo(f"  {name:<9} {content[name]}")


def _checked(given: Any, public_key: bytes) -> dict[str, Any]:
    """What a proof says: one alone, a receipt with its place in the public log, or the whole log."""
    if isinstance(given, dict) and "line" in given:
        receipt, day = check_inclusion(given, public_key)
        return {**receipt, "included": day}
    if isinstance(given, dict) and isinstance(lines := given.get("lines"), list):
        if not lines or find_fault(lines, public_key) is not None:
            raise BadProof("changed")
        content: dict[str, Any] = lines[-1]["content"]
        return {**content, "seq": len(lines), "hash": content["log"]["root"]}
    return check_proof(given, public_key)
