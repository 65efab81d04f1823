"""Runs the process until it is told to stop, and says where everything is."""

from __future__ import annotations

import asyncio
import signal
import time

import typer

from bot.settings import Settings
from bot.surroundings.reach import only_this_machine
from bot.surroundings.service_manager import tell
from bot.wiring import App, FirstLogin, Prepare, build_app


async def serve(settings: Settings, started: float, *, prepare: Prepare | None = None) -> None:
    """Until SIGINT or SIGTERM. Raises SettingsFault or StartFault when it cannot start."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, told_to_stop.set)
    running = asyncio.create_task(_run(settings, started, told_to_stop, prepare))
    stopping = asyncio.create_task(told_to_stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await running


async def _run(
    settings: Settings,
    started: float,
    told_to_stop: asyncio.Event,
    prepare: Prepare | None,
) -> None:
    async with build_app(settings, prepare=prepare) as app:
        if not told_to_stop.is_set():
            async with app.first_login() as first:
                typer.echo(greeting(app, first, time.monotonic() - started))
                if first is None:
                    warn_of_empty(await app.core.services.staffing.empty_departments())
            tell("READY=1")
            typer.echo("  按 Ctrl-C 停止。 Ctrl-C stops everything.\n")
        await told_to_stop.wait()
        tell("STOPPING=1")
        typer.echo("正在停止…… Stopping…")
    typer.echo("已停止。 Stopped.")


def warn_of_empty(departments: tuple[str, ...]) -> None:
    """Cases would go to these departments, and nobody there could work them."""
    if departments:
        typer.echo(f"  没有可用账号的牵头单位 Departments without accounts: {'、'.join(departments)}")


def greeting(app: App, first: FirstLogin | None, seconds: float) -> str:
    """Where the three faces are and how to log in first."""
    base = app.settings.public_url or app.address
    lines = [
        "",
        f"守信已启动，用时 {seconds:.1f} 秒。 Shouxin is running.",
        f"  群众对话   Citizen chat      {base}/",
        f"  部门工作台 Department desk   {base}/desk",
        f"  督办看板   Supervisor board  {base}/board",
    ]
    lines += app.notes
    if app.notes:
        pass
    elif first is not None:
        lines += [
            f"  首次登录   First login       账号 {first.login}  密码 {first.password}",
            "             密码只显示这一次，登录后须修改。 Shown only now; change it after logging in.",
        ]
    else:
        lines.append(
            "  登录账号已建立；忘记密码请运行 python -m bot staff reset-password admin 。"
            " Accounts exist already."
        )
    if app.settings.embedded:
        lines += [
            "  数据库     Database          内置 MongoDB，用于试用和很小的单位；正式使用请设置 MONGODB_URI。",
            "             Embedded MongoDB, for trying out and small desks; set MONGODB_URI for production.",
        ]
    if only_this_machine(app.settings):
        lines += [
            "  本机试用   This machine only 督办员、管理员登录不要求动态验证码；",
            "             设置 PUBLIC_URL 或改变 HTTP_HOST 之后即要求。",
            "             No one-time code is demanded until PUBLIC_URL or another HTTP_HOST is set.",
        ]
    if app.settings.token is None:
        lines.append("  Telegram   未设置 BOT_TOKEN，只有网页对话。 No BOT_TOKEN: web chat only.")
    return "\n".join(lines)
