"""Where the store's settings come from, and what is said when one is missing or malformed."""

from pathlib import Path

import pytest

from mangetamain_data_utils.exceptions import SettingRefused
from mangetamain_data_utils.publishing.settings import SETTINGS, StoreSettings

README = Path(__file__).parents[2] / "README.md"
ENVIRON = {
    "AWS_ENDPOINT_URL_S3": "http://s3.example.org:3910/",
    "AWS_REGION": "elsewhere",
    "AWS_ACCESS_KEY_ID": "GKenv",
    "AWS_SECRET_ACCESS_KEY": "env-secret",
    "MANGETAMAIN_BUCKET": "other-bucket",
}
BOTH = """
[s3fast]
endpoint_url = http://site.example.org
aws_access_key_id = GKsite
aws_secret_access_key = site%secret
region = here

[s3fast-publisher]
endpoint_url = http://publisher.example.org
aws_access_key_id = GKpublisher
aws_secret_access_key = publisher-secret
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "credentials"


def read(environ: dict[str, str], file: Path, *, to_write: bool = True) -> StoreSettings:
    return StoreSettings.from_environ(environ, to_write=to_write, credentials_file=file)


def test_the_environment_is_enough(file) -> None:
    assert read(ENVIRON, file) == StoreSettings(
        endpoint="http://s3.example.org:3910",
        region="elsewhere",
        bucket="other-bucket",
        access_key_id="GKenv",
        secret_access_key="env-secret",
        key_source="the environment",
    )


@pytest.mark.parametrize(
    ("to_write", "expected"),
    [
        (True, ("http://publisher.example.org", "garage-fast", "GKpublisher", "publisher-secret")),
        (False, ("http://site.example.org", "here", "GKsite", "site%secret")),
    ],
)
def test_writing_and_reading_have_profiles_of_their_own(file, to_write, expected) -> None:
    file.write_text(BOTH)
    settings = read({}, file, to_write=to_write)
    found = (settings.endpoint, settings.region, settings.access_key_id, settings.secret_access_key)
    assert found == expected
    assert settings.bucket == "mangetamain"


def test_the_only_profile_serves_for_both(file) -> None:
    file.write_text(BOTH.partition("[s3fast-publisher]")[0])
    assert read({}, file).access_key_id == "GKsite"
    file.write_text("[s3fast-publisher]" + BOTH.partition("[s3fast-publisher]")[2])
    assert read({}, file, to_write=False).access_key_id == "GKpublisher"


def test_a_variable_wins_over_the_profile(file) -> None:
    file.write_text(BOTH)
    settings = read({"AWS_ENDPOINT_URL_S3": "https://other.example.org", "AWS_REGION": " "}, file)
    assert settings.endpoint == "https://other.example.org"
    assert settings.access_key_id == "GKpublisher"


def test_half_a_key_is_not_completed_from_elsewhere(file) -> None:
    file.write_text(BOTH)
    with pytest.raises(SettingRefused, match="AWS_SECRET_ACCESS_KEY is not set, and .*credentials"):
        read({"AWS_ACCESS_KEY_ID": "GKenv"}, file)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("AWS_ENDPOINT_URL_S3", "", "AWS_ENDPOINT_URL_S3 is not set, and .* does not exist"),
        (
            "AWS_ENDPOINT_URL_S3",
            "s3.example.org",
            "AWS_ENDPOINT_URL_S3='s3.example.org': must be a",
        ),
        ("AWS_ENDPOINT_URL_S3", "http://a:b", "must be a scheme and a host, such as http://s3fast"),
        (
            "AWS_ENDPOINT_URL_S3",
            "http://a/bucket",
            "'http://a/bucket': must be a scheme and a host",
        ),
        ("AWS_ENDPOINT_URL_S3", "ftp://a", "must be a scheme and a host"),
        ("AWS_REGION", "garage fast", "AWS_REGION='garage fast': must be one word"),
        ("MANGETAMAIN_BUCKET", "No Bucket", "MANGETAMAIN_BUCKET='No Bucket': must be the name of"),
    ],
)
def test_a_malformed_value_is_named_and_quoted(file, name, text, message) -> None:
    with pytest.raises(SettingRefused, match=message):
        read(ENVIRON | {name: text}, file)


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_a_malformed_key_is_named_and_not_quoted(file, name) -> None:
    with pytest.raises(SettingRefused, match=f"^{name}: must be one word") as caught:
        read(ENVIRON | {name: "two words"}, file)
    assert "two words" not in str(caught.value)


def test_a_password_in_the_address_is_refused_and_not_quoted(file) -> None:
    with pytest.raises(SettingRefused, match="AWS_ENDPOINT_URL_S3: must hold no name") as caught:
        read(ENVIRON | {"AWS_ENDPOINT_URL_S3": "http://me:hunter2@s3.example.org"}, file)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_ini_is_refused_and_not_quoted(file) -> None:
    file.write_text("aws_secret_access_key = hunter2\n")
    with pytest.raises(SettingRefused, match="credentials: is not an INI file") as caught:
        read(ENVIRON, file)
    assert "hunter2" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path) -> None:
    with pytest.raises(SettingRefused, match="cannot be read: Is a directory"):
        read(ENVIRON, tmp_path)


def test_no_secret_shows_when_settings_are_printed(file) -> None:
    settings = read(ENVIRON, file)
    for text in (str(settings), repr(settings)):
        assert "env-secret" not in text
    assert str(settings) == "bucket other-bucket at http://s3.example.org:3910"


def test_the_readme_lists_every_setting_with_its_default() -> None:
    text = README.read_text(encoding="utf-8")
    for setting in SETTINGS:
        [row] = [line for line in text.splitlines() if line.startswith(f"| `{setting.name}`")]
        assert setting.help in row
        assert (f"`{setting.default}`" in row) or setting.default is None
