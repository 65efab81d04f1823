"""`python -m classify` as people and scripts use it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from classify.__main__ import main


def test_json_lines_come_out_with_the_agreed_keys(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"id": "a1", "title": "拖欠工程款", "text": "五常市教育局欠工程款二十来万"}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(row, ensure_ascii=False) + "\n\n"))
    assert main(["--jsonl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert list(record) == [
        "id",
        "domain",
        "confidence",
        "candidates",
        "evidence",
        "region",
        "accused",
        "mentioned",
        "amount_yuan",
    ]
    assert record["id"] == "a1"
    assert record["domain"] == "debt"
    assert record["amount_yuan"] == 200_000
    assert record["region"]["code"] == "230184"
    assert set(record["evidence"][0]) == {"phrase", "matched", "span", "score"}
    assert record["accused"] == [{"name": "五常市教育局", "level": "county", "span": [6, 12]}]
    assert record["mentioned"] == []
    assert set(record["candidates"][0]) == {"domain", "score"}


def test_a_lone_surrogate_does_not_stop_the_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id":"b","text":"拖欠\\ud800工资"}\n'))
    assert main(["--jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "b"


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_classified(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('no json\n{"id":1,"text":"拖欠工程款"}\n[]\n{"id":2}\n'))
    assert main(["--jsonl"]) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == [1]
    assert [line[:3] for line in said.err.splitlines()] == ["第1行", "第3行", "第4行"]


def test_who_has_read_enough_ends_it_quietly(tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text(f"{json.dumps({'id': 1, 'text': '县政府欠我们工程款'})}\n" * 1000, encoding="utf-8")
    command = [sys.executable, "-m", "classify", "--jsonl"]
    with asked.open() as lines, subprocess.Popen(command, stdin=lines, stdout=-1, stderr=-1) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["id"] == 1
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 0


def test_an_explanation_reads_like_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--explain", "惠城区水口街道办事处拖欠我工程款12万元,请求尽快支付"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("领域：政府债务与拖欠")
    assert "地点：广东省惠州市惠城区水口街道" in out
    assert "被投诉主体：惠城区水口街道办事处（乡镇街道）" in out
    assert "金额：12万元" in out


def test_the_check_passes_on_the_packaged_lexicons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""
