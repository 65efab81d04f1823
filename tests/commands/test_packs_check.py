"""A province of one's own without a fork: its folder is checked entry by entry, walked, and served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.commands.cli import app
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.pack_files import EXAMPLE_DEPLOYMENT, PACKS

DOCS = Path(__file__).parents[2] / "docs" / "jurisdictions.md"
EXAMPLE = re.search(r'```toml\n(id = "example".*?)```', DOCS.read_text("utf-8"), re.DOTALL)


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    """The example of the documentation in a folder of its own, with these pieces replaced."""
    assert EXAMPLE is not None
    text = EXAMPLE.group(1)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / "example.toml").write_text(text, "utf-8")
    return folder


def checked(folder: Path, departments: Path = EXAMPLE_DEPLOYMENT) -> tuple[int, str]:
    done = CliRunner().invoke(
        app, ["packs", "check", str(folder), "--departments", str(departments)], catch_exceptions=False
    )
    return done.exit_code, done.output


def test_the_documented_example_passes_and_alone_is_served(tmp_path: Path) -> None:
    code, said = checked(written(tmp_path))
    assert code == 0, said
    assert "示例省：5个单位，3个地点" in said
    books = Jurisdictions.load(own=tmp_path)
    assert [j.id for j in books.all()] == ["example"]
    both = Jurisdictions.load(["qinghai", "example"], own=tmp_path)
    assert [j.id for j in both.all()] == ["qinghai", "example"]


def test_what_comes_along_passes_too() -> None:
    code, said = checked(PACKS)
    assert code == 0, said
    assert "青海省" in said


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('coordinator = "省信用办" ', 'coordinator = "省信用中心" ', "coordinator：省信用中心不在单位名单里"),
        ('lead = "省财政厅"', 'lead = "省财政局"', "domains.procurement.lead：省财政局不在单位名单里"),
        ('"prefecture"]', '"市州"]', "domains.procurement.participants：市州不在单位名单里"),
        ('departments = ["省信用办"]', 'departments = ["省档案局"]', "mechanisms.record.departments"),
        ('region_code = "990000" ', 'region_code = "990100" ', "region_code：990100不是这一级的代码"),
        ('990100 = "甲市"', '980100 = "甲市"', "local_places.980100：甲市的代码不在990000之内"),
        ('name = "省财政厅"\nsection', 'name = "省财政厅"\nnote', "departments.省财政厅.section"),
        ('name = "省财政厅"', 'name = "省信用办"', "departments：省信用办写了2次"),
        ('label = "政府采购"', 'lable = "政府采购"', "domains.procurement.lable：没有这样的项"),
        ('name = "示例省"\n', "", "name：缺少这一项"),
        ('id = "example"', 'id = "other"', "id：应与文件名相同：example"),
        ('level = "province" ', 'level = "national" ', "level：只能是"),
        ("order = 6", "order = ", "不是正确的TOML"),
    ],
)
def test_each_fault_is_told_with_its_entry(tmp_path: Path, before: str, after: str, told: str) -> None:
    code, said = checked(written(tmp_path, (before, after)))
    assert code == 2
    assert told in said
    assert "example.toml" in said


def test_all_faults_are_told_at_once_and_those_of_the_deployments_file(tmp_path: Path) -> None:
    written(tmp_path, ("990100 =", "980100 ="), ('objections = ["省信用办"]', 'objections = ["省法院"]'))
    own = tmp_path / "own.toml.txt"
    own.write_text('[example]\ncoordinator = "没有的单位"\nnonsense = 1\n', "utf-8")
    code, said = checked(tmp_path, own)
    assert code == 2
    for words in ("local_places.980100", "objections：省法院", "example.nonsense"):
        assert words in said
    own.write_text('[example]\ncoordinator = "没有的单位"\n', "utf-8")
    assert "部署文件：coordinator：没有的单位" in checked(tmp_path, own)[1]


def test_two_files_for_one_place_and_a_city_with_nobody_above_are_told(tmp_path: Path) -> None:
    text = (written(tmp_path) / "example.toml").read_text("utf-8")
    (tmp_path / "twin.toml").write_text(text.replace('id = "example"', 'id = "twin"'), "utf-8")
    assert "twin.toml：region_code：与example.toml相同" in checked(tmp_path)[1]
    (tmp_path / "twin.toml").unlink()
    written(
        tmp_path,
        ('level = "province" ', 'level = "prefecture" '),
        ('region_code = "990000" ', 'region_code = "990100" '),
        ('990100 = "甲市"\n990200 = "乙自治州"', '990102 = "丙区"'),
        ('name = "示例省"', 'name = "示例市"'),
    )
    code, said = checked(tmp_path)
    assert code == 2
    assert "上面没有可以办理的单位" in said
