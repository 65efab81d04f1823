"""The page on which a person links a Telegram chat for alerts: shows a one-time code, or unlinks.

Mounted only where there is a Telegram bot. Nobody else's account is touched here.
"""

from __future__ import annotations

from aiohttp import web

from cases.errors import InvalidInput
from cases.service.staff.links import StaffLinks
from handlers.web.access.policy import signed_in, staff_of
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

LINKS: web.AppKey[StaffLinks] = web.AppKey("links")


@signed_in()
async def show_alerts(request: web.Request) -> web.StreamResponse:
    return render("web/alerts.html", request, {"code": None})


@signed_in()
async def make_link_code(request: web.Request) -> web.StreamResponse:
    """The code is shown on this answer only."""
    try:
        code = await request.app[LINKS].new_code(staff_of(request).id)
    except InvalidInput as error:
        flash(request, str(error), "error")
        raise web.HTTPSeeOther("/account/alerts") from None
    return render("web/alerts.html", request, {"code": code})


@signed_in()
async def unlink_chat(request: web.Request) -> web.StreamResponse:
    await request.app[LINKS].unlink(staff_of(request).id)
    flash(request, "已解除绑定，不再向该聊天发送提醒。", "success")
    raise web.HTTPSeeOther("/account/alerts")


def setup_alerts(app: web.Application, links: StaffLinks) -> None:
    """Call after `handlers.web.setup.setup`."""
    app[LINKS] = links
    app.router.add_get("/account/alerts", show_alerts)
    app.router.add_post("/account/alerts/code", make_link_code)
    app.router.add_post("/account/alerts/unlink", unlink_chat)
