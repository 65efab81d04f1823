"""Settings of the process, from the environment or `.env`: checked once, before anything starts.

Every fault becomes one sentence in Chinese and English. No value of a secret is ever repeated in it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.faults import SettingsFault
from cases.vocabulary import Language

ALERT_HOURS_SHAPE = r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
TOKEN_SHAPE = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
WEBHOOK_SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
ONION_SHAPE = r"^https?://[a-z2-7]{56}\.onion(:\d{1,5})?/?$"
MIN_SECRET_LENGTH = 32

Names = Annotated[tuple[str, ...], NoDecode]


MUST_BE: dict[str, tuple[str, str]] = {
    "BOT_TOKEN": (
        "必须是 BotFather 给出的令牌，形如 123456:ABC…",
        "must be the token BotFather gave, like 123456:ABC…",
    ),
    "TELEGRAM_API_URL": (
        "必须是以 http:// 或 https:// 开头的地址",
        "must be an address that starts with http:// or https://",
    ),
    "WEBHOOK_URL": (
        "必须是以 http:// 或 https:// 开头的地址",
        "must be an address that starts with http:// or https://",
    ),
    "WEBHOOK_SECRET": (
        "只能由 1 到 256 个字母、数字、下划线或连字符组成",
        "must consist of 1 to 256 letters, digits, underscores or hyphens",
    ),
    "MONGODB_URI": (
        "必须以 mongodb:// 或 mongodb+srv:// 开头",
        "must start with mongodb:// or mongodb+srv://",
    ),
    "MONGODB_DATABASE": (
        "只能由 1 到 38 个字母、数字、下划线或连字符组成",
        "must consist of 1 to 38 letters, digits, underscores or hyphens",
    ),
    "DATA_DIR": ("必须是一个文件夹的路径", "must be the path of a folder"),
    "DISK_RESERVE_MB": (
        "必须是 0 到 1000000 的整数，单位 MB",
        "must be a whole number of megabytes from 0 to 1000000",
    ),
    "EMERGENCY_ESCALATE_MINUTES": (
        "必须是 1 到 1440 的整数，单位分钟",
        "must be a whole number of minutes from 1 to 1440",
    ),
    "FOLLOW_UP_DAYS": ("必须是 0 到 60 的整数，单位天", "must be a whole number of days from 0 to 60"),
    "TOKEN_PER_MINUTE": (
        "必须是 0 到 1000000 的整数",
        "must be a whole number from 0 to 1000000",
    ),
    "TELEGRAM_PER_SECOND": (
        "必须是 1 到 1000 的整数",
        "must be a whole number from 1 to 1000",
    ),
    "LOOKS_AN_HOUR": (
        "必须是 1 到 100000 的整数",
        "must be a whole number from 1 to 100000",
    ),
    "TURN_PAUSE": (
        "必须是 0 到 20 的秒数",
        "must be a number of seconds from 0 to 20",
    ),
    "HTTP_HOST": (
        "必须是要监听的主机名或 IP 地址",
        "must be the host name or IP address to listen on",
    ),
    "HTTP_PORT": ("必须是 0 到 65535 的整数", "must be a whole number from 0 to 65535"),
    "SECRET_KEY": (
        f"至少要有 {MIN_SECRET_LENGTH} 个字符，请用随机值",
        f"must have at least {MIN_SECRET_LENGTH} characters and be random",
    ),
    "SECRET_KEY_COMMAND": ("必须是一条能运行的命令", "must be a command that can be run"),
    "SECRET_KEY_FILE": (
        "必须是一个可读文件的路径，其中只有密钥",
        "must be the path of a readable file that holds the key and nothing else",
    ),
    "JURISDICTIONS": (
        "必须是用逗号分开的辖区名",
        "must be names of jurisdictions separated by commas",
    ),
    "CREDIT_TERMS": (
        "必须是用逗号分开的“期限=天数”，例如 rectify=30,hearing=5",
        "must be terms and days separated by commas, such as rectify=30,hearing=5",
    ),
    "EVALUATION_WEIGHTS": (
        "必须是用逗号分开的“指标=权重”，例如 promise=30,order=20",
        "must be parts and weights separated by commas, such as promise=30,order=20",
    ),
    "ALERT_HOURS": (
        "必须是上班和下班的时刻，例如 08:30-18:00",
        "must be when work begins and ends, such as 08:30-18:00",
    ),
    "PACKS_DIR": (
        "必须是一个文件夹的路径",
        "must be the path of a folder",
    ),
    "DEPARTMENTS_FILE": (
        "必须是一个可读的 TOML 文件的路径",
        "must be the path of a readable TOML file",
    ),
    "CALENDAR_DIR": (
        "必须是一个可读文件夹的路径，其中每年一个日历文件",
        "must be the path of a readable folder that holds one calendar file per year",
    ),
    "CLAMAV_SOCKET": (
        "必须是 clamd 的套接字文件的绝对路径",
        "must be the absolute path of clamd's socket file",
    ),
    "PUBLISH_MOTIONS": ("必须是 true 或 false", "must be true or false"),
    "LETTER_FONT": ("指向的字体文件不存在", "must be a font file that exists"),
    "DEFAULT_LANGUAGE": (
        "必须是 zh-Hans、zh-Hant 或 en",
        "must be zh-Hans, zh-Hant or en",
    ),
    "LOG_LEVEL": (
        "必须是 DEBUG、INFO、WARNING 或 ERROR",
        "must be DEBUG, INFO, WARNING or ERROR",
    ),
    "LOG_FORMAT": ("必须是 text 或 json", "must be text or json"),
    "PUBLIC_URL": (
        "必须是以 http:// 或 https:// 开头的地址",
        "must be an address that starts with http:// or https://",
    ),
    "ONION_URL": (
        "必须是 http:// 加 56 个字符的 .onion 地址，后面没有路径",
        "must be http:// and an .onion address of 56 characters, with no path",
    ),
    "EXIT_URL": (
        "必须是以 http:// 或 https:// 开头的地址",
        "must be an address that starts with http:// or https://",
    ),
    "METRICS_TOKEN": (
        "至少要有 16 个字符",
        "must have at least 16 characters",
    ),
    "TRUSTED_PROXIES": (
        "必须是用逗号分开的 IP 地址或网段",
        "must be IP addresses or networks separated by commas",
    ),
    "EXCHANGE_UPPER": (
        "必须是以 http:// 或 https:// 开头的地址",
        "must be an address that starts with http:// or https://",
    ),
    "EXCHANGE_NAME": (
        "只能由 1 到 40 个小写字母、数字或连字符组成",
        "must consist of 1 to 40 small letters, digits or hyphens",
    ),
    "EXCHANGE_PARTNERS": (
        "必须是一个可读的 TOML 文件的路径",
        "must be the path of a readable TOML file",
    ),
    "WEBHOOK_ALLOW_PRIVATE": (
        "必须是用逗号分开的 IP 地址或网段",
        "must be IP addresses or networks separated by commas",
    ),
}


class Settings(BaseSettings):
    """All that can be set. `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    mongodb_uri: SecretStr | None = None
    mongodb_database: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,38}$")] = "shouxin"
    data_dir: Path = Path("var")
    disk_reserve_mb: Annotated[int, Field(ge=0, le=1_000_000)] = 512
    emergency_escalate_minutes: Annotated[int, Field(ge=1, le=1440)] = 10
    follow_up_days: Annotated[int, Field(ge=0, le=60)] = 7
    alert_hours: Annotated[str, Field(pattern=ALERT_HOURS_SHAPE)] = ""
    token_per_minute: Annotated[int, Field(ge=0, le=1_000_000)] = 1200
    telegram_per_second: Annotated[int, Field(ge=1, le=1000)] = 30
    looks_an_hour: Annotated[int, Field(ge=1, le=100_000)] = 60
    turn_pause: Annotated[float, Field(ge=0, le=20)] = 4
    http_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None
    secret_key_command: str | None = None
    jurisdictions: Names = ()
    credit_terms: Names = ()
    evaluation_weights: Names = ()
    packs_dir: Path | None = None
    departments_file: Path | None = None
    calendar_dir: Path | None = None
    clamav_socket: Path | None = None
    letter_font: Path | None = None
    publish_motions: bool = False
    default_language: Language = Language.ZH_HANS
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    public_url: str | None = None
    onion_url: Annotated[str, Field(pattern=ONION_SHAPE)] | None = None
    exit_url: str = "https://www.weather.com.cn"
    trusted_proxies: Names = ()
    webhook_allow_private: Names = ()
    exchange_upper: str | None = None
    exchange_name: Annotated[str, Field(pattern=r"^[a-z0-9-]{0,40}$")] = ""
    exchange_partners: Path | None = None
    metrics_token: Annotated[SecretStr, Field(min_length=16)] | None = None

    @field_validator("log_level", mode="before")
    @classmethod
    def _ignore_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator(
        "jurisdictions",
        "credit_terms",
        "evaluation_weights",
        "trusted_proxies",
        "webhook_allow_private",
        mode="before",
    )
    @classmethod
    def _split_names(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies", "webhook_allow_private")
    @classmethod
    def _only_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        import ipaddress

        for part in value:
            ipaddress.ip_network(part, strict=False)
        return value

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not TOKEN_SHAPE.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not WEBHOOK_SECRET_SHAPE.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    @field_validator(
        "telegram_api_url", "webhook_url", "public_url", "onion_url", "exit_url", "exchange_upper"
    )
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError
        return value.rstrip("/")

    @field_validator("mongodb_uri")
    @classmethod
    def _is_a_mongodb_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("mongodb://", "mongodb+srv://")):
            raise ValueError
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < MIN_SECRET_LENGTH:
            raise ValueError
        return value

    @field_validator("alert_hours")
    @classmethod
    def _ends_after_it_begins(cls, value: str) -> str:
        if value and value[:5] >= value[6:]:
            raise ValueError
        return value

    @field_validator("departments_file", "secret_key_file", "letter_font", "exchange_partners")
    @classmethod
    def _is_a_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError
        return value

    @field_validator("calendar_dir", "packs_dir")
    @classmethod
    def _is_a_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError
        return value

    @field_validator("clamav_socket")
    @classmethod
    def _is_absolute(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_absolute():
            raise ValueError
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.mongodb_uri and not (self.secret_key or self.secret_key_file or self.secret_key_command):
            raise ValueError(
                "使用 MONGODB_URI 时必须设置 SECRET_KEY、SECRET_KEY_FILE 或 SECRET_KEY_COMMAND。"
                " SECRET_KEY, SECRET_KEY_FILE or SECRET_KEY_COMMAND is required together with MONGODB_URI."
            )
        if self.webhook_url and not self.bot_token:
            raise ValueError(
                "设置 WEBHOOK_URL 时必须设置 BOT_TOKEN。 BOT_TOKEN is required together with WEBHOOK_URL."
            )
        if self.onion_url and not self.public_url:
            raise ValueError(
                "设置 ONION_URL 时必须设置 PUBLIC_URL。 PUBLIC_URL is required together with ONION_URL."
            )
        if self.exchange_upper and not (self.exchange_name and self.exchange_partners):
            raise ValueError(
                "设置 EXCHANGE_UPPER 时必须设置 EXCHANGE_NAME 和 EXCHANGE_PARTNERS。"
                " EXCHANGE_NAME and EXCHANGE_PARTNERS are required together with EXCHANGE_UPPER."
            )
        return self

    @property
    def token(self) -> str | None:
        return self.bot_token.get_secret_value() if self.bot_token else None

    @property
    def embedded(self) -> bool:
        """Whether this process starts its own MongoDB."""
        return self.mongodb_uri is None


def load_settings(**given: object) -> Settings:
    """Read everything; raises SettingsFault with one sentence per fault."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as broken:
        # Values are left out on purpose: one of them may be a secret.
        raise SettingsFault(*_sentences(broken)) from None


def _sentences(broken: ValidationError) -> list[str]:
    sentences: list[str] = []
    for error in broken.errors(include_input=False, include_url=False):
        name = str(error["loc"][0]).upper() if error["loc"] else ""
        if name in MUST_BE:
            chinese, english = MUST_BE[name]
            sentence = f"{name} {chinese}。 {name} {english}."
        else:
            sentence = error["msg"].removeprefix("Value error, ")
        if sentence not in sentences:
            sentences.append(sentence)
    return sentences
