"""Settings: complete examples, clear sentences, and no secret repeated in a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.faults import SettingsFault
from bot.settings import MUST_BE, Settings, load_settings
from bot.wiring import load_rules
from cases.vocabulary import ClockKind

EXAMPLE = Path(__file__).parents[2] / ".env.example"
SECRET = "k" * 48


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def example_entries() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))


def test_the_example_names_every_setting_and_no_other() -> None:
    assert set(example_entries()) == {name.upper() for name in Settings.model_fields}


def test_the_example_shows_the_defaults() -> None:
    entries = example_entries()
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "" if default in (None, ()) else str(getattr(default, "value", default))
        shown = shown.lower() if isinstance(default, bool) else shown
        assert entries[name.upper()] == shown, name


def test_the_example_explains_every_setting_in_both_languages() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")
    for block in blocks:
        if re.search(r"^[A-Z_]+=", block, re.MULTILINE):
            assert re.search(r"^#.*[一-鿿]", block, re.MULTILINE), block
            assert re.search(r"^#.*[A-Za-z]{3} [a-z]{2}", block, re.MULTILINE), block


def test_the_example_itself_loads(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_settings() == Settings.model_construct(
        **{name: field.default for name, field in Settings.model_fields.items()}
    )


def test_every_setting_says_what_it_must_be() -> None:
    assert set(MUST_BE) == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret-but-wrong"),
        ("TELEGRAM_API_URL", "ftp://files"),
        ("WEBHOOK_URL", "example.org"),
        ("WEBHOOK_SECRET", "has spaces in it"),
        ("EXCHANGE_UPPER", "example.org"),
        ("EXCHANGE_NAME", "西宁"),
        ("EXCHANGE_PARTNERS", "/nowhere/partners.toml"),
        ("MONGODB_URI", "postgres://db"),
        ("MONGODB_DATABASE", "a/b"),
        ("HTTP_PORT", "70000"),
        ("HTTP_PORT", "eighty"),
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY_FILE", "/nowhere/key"),
        ("DEPARTMENTS_FILE", "/nowhere/departments.toml"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("ONION_URL", "http://shouxin.onion"),
        ("ONION_URL", "http://" + "a" * 56 + ".onion/desk"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,everyone"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsFault) as fault:
        load_settings()
    assert len(fault.value.sentences) == 1
    assert fault.value.sentences[0].startswith(f"{name} ")
    assert value not in fault.value.sentences[0]


def test_several_faults_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", "-1")
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(SettingsFault) as fault:
        load_settings()
    assert len(fault.value.sentences) == 2


def test_a_real_database_needs_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONGODB_URI", "mongodb://db/?replicaSet=rs0")
    with pytest.raises(SettingsFault, match="SECRET_KEY"):
        load_settings()
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert not load_settings().embedded


def test_an_onion_address_stands_beside_a_public_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONION_URL", "http://" + "a" * 56 + ".onion/")
    with pytest.raises(SettingsFault, match="PUBLIC_URL is required"):
        load_settings()
    monkeypatch.setenv("PUBLIC_URL", "https://shouxin.example")
    assert load_settings().onion_url == "http://" + "a" * 56 + ".onion"


def test_a_webhook_needs_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://shouxin.example.org")
    with pytest.raises(SettingsFault, match="BOT_TOKEN"):
        load_settings()


def test_a_level_above_needs_our_name_and_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXCHANGE_UPPER", "https://shouxin.example.org")
    with pytest.raises(SettingsFault, match="EXCHANGE_PARTNERS"):
        load_settings()


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JURISDICTIONS", "qinghai, heilongjiang ,")
    assert load_settings().jurisdictions == ("qinghai", "heilongjiang")


def test_settings_never_show_their_secrets() -> None:
    settings = load_settings(secret_key=SECRET, bot_token="123456:" + "A" * 35)
    assert SECRET not in repr(settings)
    assert "AAAA" not in repr(settings)


def test_a_term_that_no_text_sets_may_be_set_and_a_laws_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDIT_TERMS", "rectify=45, hearing=7")
    terms = load_rules(load_settings()).terms
    assert [terms[kind].amount for kind in (ClockKind.RECTIFY, ClockKind.HEARING)] == [45, 7]
    for wrong in ("withdraw=5", "hearing=0", "hearing=x", "nothing=1"):
        with pytest.raises(SettingsFault, match="CREDIT_TERMS"):
            load_rules(load_settings(credit_terms=(wrong,)))


def test_the_weights_of_an_evaluation_are_a_setting() -> None:
    parts = load_rules(load_settings(evaluation_weights=("promise=40", "objection=5"))).evaluation.parts
    assert {part.key: part.weight for part in parts if part.key in {"promise", "objection", "order"}} == {
        "promise": 40,
        "order": 20,
        "objection": 5,
    }
    none = tuple(f"{part.key}=0" for part in parts)
    for wrong in (("nothing=5",), ("promise=101",), ("promise=-1",), ("promise=x",), none):
        with pytest.raises(SettingsFault, match="EVALUATION_WEIGHTS"):
            load_rules(load_settings(evaluation_weights=wrong))
