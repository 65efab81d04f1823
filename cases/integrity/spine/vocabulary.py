"""The words that all objects of the integrity side share, with their Chinese names.

Statuses and moves of one object stand in its own file, names beside them.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an object is; its page, its table and its pack key follow from it."""

    ORDER = "order"
    RECORD = "record"
    PUBLICATION = "publication"
    OBJECTION = "objection"
    REPAIR = "repair"
    SANCTION = "sanction"
    EXPOSURE = "exposure"
    COMMITMENT = "commitment"
    DISCLOSURE = "disclosure"
    LIST = "list"
    BLACKLIST = "blacklist"
    MEDIATION = "mediation"
    MOTION = "motion"
    HONOUR = "honour"
    WATCHER = "watcher"
    VISIT = "visit"
    EVALUATION = "evaluation"
    MANDATE = "mandate"


KIND_NAMES: dict[Kind, str] = {
    Kind.ORDER: "限期整改",
    Kind.RECORD: "失信记录",
    Kind.PUBLICATION: "公示",
    Kind.OBJECTION: "异议",
    Kind.REPAIR: "信用修复",
    Kind.SANCTION: "惩戒",
    Kind.EXPOSURE: "通报曝光",
    Kind.COMMITMENT: "承诺",
    Kind.DISCLOSURE: "限期公开",
    Kind.LIST: "四张清单",
    Kind.BLACKLIST: "招投标黑名单",
    Kind.MEDIATION: "调处",
    Kind.MOTION: "建议提案",
    Kind.HONOUR: "守信表彰",
    Kind.WATCHER: "社会监督员",
    Kind.VISIT: "监督任务",
    Kind.EVALUATION: "诚信评价",
    Kind.MANDATE: "第三方评价委托",
}
PREFIXES: dict[Kind, str] = {
    Kind.ORDER: "ZG",
    Kind.RECORD: "JL",
    Kind.PUBLICATION: "GS",
    Kind.OBJECTION: "YY",
    Kind.REPAIR: "XF",
    Kind.SANCTION: "CJ",
    Kind.EXPOSURE: "TB",
    Kind.COMMITMENT: "CN",
    Kind.DISCLOSURE: "GK",
    Kind.LIST: "QD",
    Kind.BLACKLIST: "HM",
    Kind.MEDIATION: "TJ",
    Kind.MOTION: "JY",
    Kind.HONOUR: "BZ",
    Kind.WATCHER: "JD",
    Kind.VISIT: "ZF",
    Kind.EVALUATION: "PJ",
    Kind.MANDATE: "WT",
}
"""What the number of an object begins with."""


class By(StrEnum):
    """How the actor must stand to the object."""

    KEEPER = "keeper"
    """Works in the department that keeps it."""
    LEAD = "lead"
    """Works in the department that leads on credit in the jurisdiction."""
    SUPERIOR = "superior"
    """Works in a department above the one that keeps it."""
    OVERSEER = "overseer"
    """Supervises the department that keeps it."""
    SUBJECT = "subject"
    """Represents the body it is about."""
    PERSON = "person"
    """Is the official it is about."""
    ASSIGNEE = "assignee"
    """Is the one who is to do it."""
    SYSTEM = "system"


BY_NAMES: dict[By, str] = {
    By.KEEPER: "经办单位",
    By.LEAD: "信用牵头单位",
    By.SUPERIOR: "上级单位",
    By.OVERSEER: "督办",
    By.SUBJECT: "被记录单位",
    By.PERSON: "本人",
    By.ASSIGNEE: "承担任务的人",
    By.SYSTEM: "系统",
}


class BodyKind(StrEnum):
    """What the subject is."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    INSTITUTION = "institution"
    VILLAGE = "village"


BODY_KIND_NAMES: dict[BodyKind, str] = {
    BodyKind.GOVERNMENT: "人民政府",
    BodyKind.DEPARTMENT: "政府部门",
    BodyKind.INSTITUTION: "事业单位",
    BodyKind.VILLAGE: "村（居）民委员会",
}
