"""绩效考核附件: a settled evaluation as a paper, PDF and Word; who took one out is on record."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from aiohttp import web

from cases.errors import IllegalMove, NotFound
from cases.integrity.registers.evaluation_model import Evaluation
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from cases.ports.audit import AuditAction, AuditEntry
from cases.rules.evaluation_parts import EvaluationRules
from handlers.credit.reasons import NOT_SETTLED
from handlers.credit.roles import ARCHIVE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.chinese_font import find_font
from handlers.web.keys import AUDIT, NOW, OPTIONS, SERVICES
from handlers.web.pages.filters import chinese_date
from handlers.web.papers.blocks import DOCX, Block, Heading, Sentence, Table

TYPES = {"pdf": "application/pdf", "docx": DOCX}


@allow(*ARCHIVE_ROLES)
async def send_attachment(request: web.Request) -> web.StreamResponse:
    """As PDF or Word. Raises IllegalMove before it is settled, NoFont where no Chinese font is."""
    services, actor, ending = request.app[SERVICES], actor_of(request), request.match_info["ending"]
    at = await services.integrity.get(request.match_info["id"], actor)
    evaluation = at.dossier
    if not isinstance(evaluation, Evaluation) or ending not in TYPES:
        raise NotFound(NO_SUCH_DOSSIER)
    if not evaluation.is_settled:
        raise IllegalMove(NOT_SETTLED)
    basis = services.integrity.basis(evaluation.kind, evaluation.jurisdiction).citation
    title = f"{evaluation.subject.name}{evaluation.for_year}年政务诚信评价"
    about = f"绩效考核附件　{evaluation.id}　{evaluation.keeper_name}"
    blocks = tuple(blocks_of(evaluation, services.rules.evaluation, basis))
    font, now = find_font(request.app[OPTIONS].letter_font), request.app[NOW]()
    if ending == "pdf":
        # half a second that a start need not wait for
        from handlers.web.papers.pdf import write_pdf

        body = await asyncio.to_thread(write_pdf, title, about, blocks, font)
    else:
        from handlers.web.papers.word import write_word

        body = await asyncio.to_thread(write_word, title, about, now, blocks, font)
    entry = AuditEntry(now, actor.id or "", AuditAction.EVALUATION_EXPORTED, evaluation.id, {"file": ending})
    await request.app[AUDIT].append(entry)
    headers = {"Content-Disposition": f'attachment; filename="{evaluation.id}.{ending}"'}
    return web.Response(body=body, content_type=TYPES[ending], headers=headers)


def blocks_of(evaluation: Evaluation, rules: EvaluationRules, basis: str) -> Iterator[Block]:
    yield Heading("一、评价结果")
    yield Sentence(evaluation.result)
    if evaluation.taken_on:
        yield Sentence(
            f"依据{basis}。数字截至{chinese_date(evaluation.taken_on)}，固定在本评价中。", small=True
        )
    yield Heading("二、各项指标")
    rows = ((part.label, str(part.weight), part.said) for part in evaluation.parts)
    yield Table(("指标", "权重", "数字"), tuple(rows))
    yield Heading("三、计算方法")
    yield Sentence(evaluation.formula)
    for rule in rules.parts:
        if rule.key in {part.key for part in evaluation.parts}:
            basis_of_it = f"依据：{rule.rule}。" if rule.rule else ""
            yield Sentence(f"{rule.label}：{rule.words}{basis_of_it}", small=True)
    yield Heading("四、查看和异议")
    yield Sentence(_course(evaluation))


def _course(evaluation: Evaluation) -> str:
    if evaluation.objection is None:
        return "被评价单位在期限内没有提出异议。"
    left_out = f"不计入的事项：{'、'.join(evaluation.left_out)}。" if evaluation.left_out else ""
    return f"异议：{evaluation.objection}\n决定：{evaluation.decided_because or ''}\n{left_out}"
