import re
from dataclasses import fields
from pathlib import Path

import pytest

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.environment import Environment
from mangetamain_analytics.utils.settings import SETTINGS, Setting, Settings

REPOSITORY = Path(__file__).parents[4]


def described_variables() -> dict[str, tuple[str, str]]:
    """Name → (comment above it, value) of each variable of `.env.example`."""
    text = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    found = re.findall(r"^# (.+)\n([A-Z0-9_]+)=(.*)$", text, re.MULTILINE)
    return {name: (comment, value) for comment, name, value in found}


def test_the_example_file_describes_every_setting_and_nothing_else() -> None:
    assert {name: comment for name, (comment, _) in described_variables().items()} == {
        setting.name: setting.help for setting in SETTINGS
    }


def test_every_line_of_the_example_file_is_a_comment_or_a_described_variable() -> None:
    lines = (REPOSITORY / ".env.example").read_text(encoding="utf-8").splitlines()
    assignments = [line for line in lines if line and not line.startswith("#")]

    assert len(assignments) == len(SETTINGS)


def test_the_example_file_gives_the_defaults() -> None:
    example = {name: value for name, (_, value) in described_variables().items()}

    assert Settings.from_environ(example) == Settings.from_environ({})


def test_every_setting_has_its_field() -> None:
    assert {setting.field for setting in SETTINGS} == {f.name for f in fields(Settings)}


def test_without_variables_the_defaults_hold() -> None:
    settings = Settings.from_environ({})

    assert settings == Settings(
        app_env=None,
        host="127.0.0.1",
        port=8501,
        public_url=None,
        database=None,
        endpoint=None,
        region=None,
        access_key_id=None,
        secret_access_key=None,
        bucket="mangetamain",
        cache_dir=Path(".data/cache"),
        public_key=None,
        data_sha256=None,
        refresh_seconds=300,
        log_dir=None,
        commit=None,
    )


def test_every_variable_reaches_its_field() -> None:
    settings = Settings.from_environ(
        {
            "APP_ENV": " PreProd ",
            "HOST": "0.0.0.0",
            "PORT": "8500",
            "PUBLIC_URL": "https://mangetamain.lafrance.io/",
            "MANGETAMAIN_DB": "/data/site.duckdb",
            "AWS_ENDPOINT_URL_S3": "http://s3fast.lafrance.io/",
            "AWS_REGION": "garage-fast",
            "AWS_ACCESS_KEY_ID": "GK01",
            "AWS_SECRET_ACCESS_KEY": "0123",
            "MANGETAMAIN_BUCKET": "kitchen",
            "MANGETAMAIN_CACHE_DIR": "/var/cache/site",
            "MANGETAMAIN_PUBLIC_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "MANGETAMAIN_DATA_SHA256": "ab" * 32,
            "MANGETAMAIN_REFRESH_SECONDS": "60",
            "LOG_DIR": "logs",
            "APP_COMMIT": "abc123",
            "HOME": "/somewhere",
        }
    )

    assert settings == Settings(
        app_env=Environment.PREPROD,
        host="0.0.0.0",
        port=8500,
        public_url="https://mangetamain.lafrance.io",
        database=Path("/data/site.duckdb"),
        endpoint="http://s3fast.lafrance.io",
        region="garage-fast",
        access_key_id="GK01",
        secret_access_key="0123",
        bucket="kitchen",
        cache_dir=Path("/var/cache/site"),
        public_key=bytes(range(32)),
        data_sha256="ab" * 32,
        refresh_seconds=60,
        log_dir=Path("logs"),
        commit="abc123",
    )


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_value_counts_as_unset(empty: str) -> None:
    environ = {setting.name: empty for setting in SETTINGS}

    assert Settings.from_environ(environ) == Settings.from_environ({})


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("APP_ENV", "staging", "must be one of preprod, prod, local"),
        ("PORT", "http", "must be a port number"),
        ("PORT", "0", "must be a port number"),
        ("PORT", "65536", "must be a port number"),
        ("PORT", "-1", "must be a port number"),
        ("PORT", "80.5", "must be a port number"),
        ("PORT", "²", "must be a port number"),
        ("HOST", "http://0.0.0.0", "must be an address"),
        ("HOST", "a b", "must be an address"),
        ("PUBLIC_URL", "mangetamain.lafrance.io", "must be a scheme and a host"),
        ("PUBLIC_URL", "ftp://example.org", "must be a scheme and a host"),
        ("PUBLIC_URL", "https://example.org/trends", "must be a scheme and a host"),
        ("PUBLIC_URL", "https://example.org?a=b", "must be a scheme and a host"),
        ("PUBLIC_URL", "https://me:secret@example.org", "must be a scheme and a host"),
        ("PUBLIC_URL", "https://example.org:http", "must be a scheme and a host"),
        ("PUBLIC_URL", "https://", "must be a scheme and a host"),
        ("AWS_ENDPOINT_URL_S3", "s3fast.lafrance.io", "must be a scheme and a host"),
        ("MANGETAMAIN_BUCKET", "Kitchen", "must be a bucket's name"),
        ("MANGETAMAIN_BUCKET", "../kitchen", "must be a bucket's name"),
        ("MANGETAMAIN_PUBLIC_KEY", "AAAA", "must be the base64 of the 32 bytes"),
        ("MANGETAMAIN_PUBLIC_KEY", "ssh-ed25519 AAAA", "must be the base64 of the 32 bytes"),
        ("MANGETAMAIN_DATA_SHA256", "0123456789ab", "must be a sha256"),
        ("MANGETAMAIN_DATA_SHA256", "AB" * 32, "must be a sha256"),
        ("MANGETAMAIN_REFRESH_SECONDS", "0", "must be a number of seconds, 1 to 86400"),
        ("MANGETAMAIN_REFRESH_SECONDS", "5 min", "must be a number of seconds, 1 to 86400"),
        ("MANGETAMAIN_REFRESH_SECONDS", "86401", "must be a number of seconds, 1 to 86400"),
    ],
)
def test_a_malformed_value_is_named_with_the_reason(name: str, value: str, reason: str) -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environ({name: value})

    assert caught.value.name == name
    assert str(caught.value).startswith(f"{name}={value!r}: {reason}")


@pytest.mark.parametrize("url", ["http://localhost:8501", "https://[::1]", "https://example.org/"])
def test_a_public_address_is_kept_as_an_origin(url: str) -> None:
    assert Settings.from_environ({"PUBLIC_URL": url}).public_url == url.rstrip("/")


def test_an_unknown_name_of_ours_is_refused_with_a_hint() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environ({"MANGETAMAIN_BD": "/data/site.duckdb"})

    assert str(caught.value) == "MANGETAMAIN_BD: no such setting; did you mean MANGETAMAIN_DB?"


def test_a_site_refuses_to_hold_the_key_that_signs() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environ({"MANGETAMAIN_SIGNING_KEY": "hunter2"})

    message = "MANGETAMAIN_SIGNING_KEY: is for the publisher alone; a site must not hold it"
    assert str(caught.value) == message


def test_an_unknown_name_is_never_shown_with_its_value() -> None:
    with pytest.raises(SettingError) as caught:
        Settings.from_environ({"MANGETAMAIN_PASSWORD": "hunter2"})

    assert "hunter2" not in str(caught.value)


def test_names_of_others_are_left_alone() -> None:
    assert Settings.from_environ({"STREAMLIT_SERVER_PORT": "x", "PORTS": "y"}).port == 8501


def test_a_malformed_secret_is_never_quoted() -> None:
    def refuse(text: str) -> object:
        raise ValueError("must have 64 characters")

    setting = Setting("AWS_SECRET_ACCESS_KEY", "secret", None, "", refuse, secret=True)
    with pytest.raises(SettingError) as caught:
        setting.value_in({"AWS_SECRET_ACCESS_KEY": "hunter2"})

    assert str(caught.value) == "AWS_SECRET_ACCESS_KEY: must have 64 characters"
    assert "hunter2" not in repr(caught.value.args)
    assert caught.value.__cause__ is None


def test_settings_that_are_printed_show_no_secret() -> None:
    settings = Settings.from_environ({"AWS_SECRET_ACCESS_KEY": "hunter2"})

    assert settings.secret_access_key == "hunter2"
    assert "hunter2" not in repr(settings)


def test_a_path_may_start_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")

    assert Settings.from_environ({"LOG_DIR": "~/logs"}).log_dir == Path("/home/ada/logs")


def test_the_process_s_own_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8765")

    assert Settings.from_environ().port == 8765
