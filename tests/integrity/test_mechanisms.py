"""Which jurisdiction has what: as the documents say, with the section; else a national rule."""

from __future__ import annotations

import pytest

from cases.errors import NotFound
from cases.integrity.books import BOOKS, book
from cases.integrity.spine.mechanisms import basis_of, find_basis
from cases.integrity.spine.vocabulary import Kind
from tests.town.rules import RULES

NATIONAL, ABSENT = "national", "—"
MATRIX: dict[Kind, dict[str, str]] = {
    Kind.ORDER: {
        "heilongjiang": NATIONAL,
        "qinghai": "三(二)3",
        "jilin": NATIONAL,
        "huicheng": "第9段",
        "harbin": NATIONAL,
    },
    Kind.COMMITMENT: {
        "heilongjiang": "二(二)6",
        "qinghai": "二(二)4",
        "jilin": "三(二)一",
        "huicheng": "第6段",
        "harbin": "六",
    },
    Kind.DISCLOSURE: {
        "heilongjiang": NATIONAL,
        "qinghai": "二(二)2",
        "jilin": NATIONAL,
        "huicheng": "第4段",
        "harbin": NATIONAL,
    },
    Kind.LIST: {
        "heilongjiang": ABSENT,
        "qinghai": ABSENT,
        "jilin": "三(一)一",
        "huicheng": ABSENT,
        "harbin": ABSENT,
    },
    Kind.BLACKLIST: {
        "heilongjiang": ABSENT,
        "qinghai": "三(三)3",
        "jilin": ABSENT,
        "huicheng": ABSENT,
        "harbin": ABSENT,
    },
    Kind.MEDIATION: {
        "heilongjiang": ABSENT,
        "qinghai": "四(一)",
        "jilin": ABSENT,
        "huicheng": ABSENT,
        "harbin": ABSENT,
    },
    Kind.MOTION: {
        "heilongjiang": ABSENT,
        "qinghai": "三(一)2",
        "jilin": "三(二)四",
        "huicheng": "第8段",
        "harbin": "五",
    },
    Kind.WATCHER: {
        "heilongjiang": ABSENT,
        "qinghai": ABSENT,
        "jilin": ABSENT,
        "huicheng": ABSENT,
        "harbin": "七",
    },
    Kind.VISIT: {
        "heilongjiang": ABSENT,
        "qinghai": ABSENT,
        "jilin": ABSENT,
        "huicheng": ABSENT,
        "harbin": "七",
    },
    Kind.HONOUR: {
        "heilongjiang": ABSENT,
        "qinghai": "三(二)3、4",
        "jilin": "三(一)二",
        "huicheng": "第7段、第9段",
        "harbin": "八",
    },
    Kind.EVALUATION: {
        "heilongjiang": "二(一)3",
        "qinghai": "三(一)3",
        "jilin": "三(二)四",
        "huicheng": "第8段",
        "harbin": "七",
    },
    Kind.MANDATE: {
        "heilongjiang": ABSENT,
        "qinghai": "三(一)3",
        "jilin": "三(二)四",
        "huicheng": "第8段",
        "harbin": ABSENT,
    },
    Kind.RECORD: {
        "heilongjiang": "二(一)2",
        "qinghai": "三(二)2",
        "jilin": "三(一)二",
        "huicheng": "第7段",
        "harbin": "八",
    },
    Kind.PUBLICATION: {
        "heilongjiang": "二(一)2",
        "qinghai": "三(二)2",
        "jilin": "三(一)二",
        "huicheng": "第7段",
        "harbin": "三",
    },
    Kind.OBJECTION: {
        "heilongjiang": "二(一)4",
        "qinghai": "三(二)4",
        "jilin": ABSENT,
        "huicheng": "第10段",
        "harbin": "七",
    },
    Kind.REPAIR: {
        "heilongjiang": "二(一)4",
        "qinghai": "三(二)4",
        "jilin": "三(三)三",
        "huicheng": "第10段",
        "harbin": NATIONAL,
    },
    Kind.SANCTION: {
        "heilongjiang": "二(一)3",
        "qinghai": "三(二)3",
        "jilin": "三(三)二",
        "huicheng": "第9段",
        "harbin": "六",
    },
    Kind.EXPOSURE: {
        "heilongjiang": ABSENT,
        "qinghai": "二(二)5、三(二)3",
        "jilin": ABSENT,
        "huicheng": "第9段",
        "harbin": "六",
    },
}
CELLS = [(kind, home, cell) for kind, row in MATRIX.items() for home, cell in row.items()]


@pytest.mark.parametrize(("kind", "home", "cell"), CELLS)
def test_each_cell_of_the_matrix(kind: Kind, home: str, cell: str) -> None:
    jurisdiction = RULES.jurisdictions.get(home)
    basis = find_basis(book(kind), jurisdiction)
    if cell == ABSENT:
        assert basis is None
        with pytest.raises(NotFound, match="本辖区文件未设此制度"):
            basis_of(book(kind), jurisdiction)
        return
    assert basis is not None
    assert basis.national is (cell == NATIONAL)
    if cell != NATIONAL:
        assert basis.citation == f"《{jurisdiction.document}》{cell}"


def test_the_matrix_knows_every_kind() -> None:
    assert set(MATRIX) <= set(BOOKS)
