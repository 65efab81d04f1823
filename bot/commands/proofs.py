"""`python -m bot verify`: whether a proof is ours and unchanged; works without settings and offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import NOT_AS_LEFT
from cases.service.proofs import BadProof, check_given, read_public_key


def verify_proof(
    file: Annotated[Path, typer.Argument(help="凭证文件 the proof")],
    key: Annotated[Path, typer.Option("--key", help="公钥文件，从 /verify/key.pem 下载 the public key")],
) -> None:
    """核验凭证，不联网、不需要任何设置。Check a proof offline, without any settings."""
    try:
        content = check_given(file.read_bytes(), read_public_key(key.read_bytes()))
    except OSError as error:
        typer.echo(f"文件不能读取：{error.strerror}。 The file cannot be read.", err=True)
        raise typer.Exit(1) from None
    except BadProof as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(NOT_AS_LEFT) from None
    typer.echo("凭证有效，没有被改动。 The proof is valid and unchanged.")
    for name in ("issuer", "kind", "number", "filed_at", "digest", "day", "seq", "hash"):
        if content.get(name):
            typer.echo(f"  {name:<9} {content[name]}")
