from pathlib import Path

import pytest

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.settings import Settings
from mangetamain_analytics.utils.store_access import StoreAccess, store_access

ENVIRON = {
    "AWS_ENDPOINT_URL_S3": "http://store.example:3910",
    "AWS_REGION": "here",
    "AWS_ACCESS_KEY_ID": "id-of-environ",
    "AWS_SECRET_ACCESS_KEY": "secret-of-environ",
}
PROFILE = """
[default]
region = elsewhere

[s3fast]
endpoint_url = http://s3fast.example/
aws_access_key_id = id-of-file
aws_secret_access_key = 50%secret#of;file
region = garage-fast
"""


@pytest.fixture
def credentials(tmp_path: Path) -> Path:
    path = tmp_path / "credentials"
    path.write_text(PROFILE)
    return path


def access(environ: dict[str, str], credentials: Path) -> StoreAccess | None:
    return store_access(Settings.from_environ(environ), credentials)


def refused(environ: dict[str, str], credentials: Path) -> str:
    with pytest.raises(SettingError) as caught:
        access(environ, credentials)
    return str(caught.value)


def test_the_environment_alone_leads_to_the_store(tmp_path: Path) -> None:
    environ = ENVIRON | {"MANGETAMAIN_BUCKET": "kitchen"}

    assert access(environ, tmp_path / "none") == StoreAccess(
        "http://store.example:3910", "here", "kitchen", "id-of-environ", "secret-of-environ"
    )


def test_the_profile_alone_leads_to_the_store(credentials: Path) -> None:
    assert access({}, credentials) == StoreAccess(
        "http://s3fast.example", "garage-fast", "mangetamain", "id-of-file", "50%secret#of;file"
    )


def test_the_environment_overrides_the_profile_and_the_key_stays_in_one_piece(
    credentials: Path,
) -> None:
    def given(*names: str) -> StoreAccess | None:
        return access({name: ENVIRON[name] for name in names}, credentials)

    file = ("http://s3fast.example", "garage-fast", "mangetamain", "id-of-file")
    secret = "50%secret#of;file"
    assert given("AWS_ENDPOINT_URL_S3") == StoreAccess(
        ENVIRON["AWS_ENDPOINT_URL_S3"], *file[1:], secret
    )
    assert given("AWS_REGION") == StoreAccess(file[0], "here", *file[2:], secret)
    assert given("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") == StoreAccess(
        *file[:3], "id-of-environ", "secret-of-environ"
    )
    assert given(*ENVIRON) == access(ENVIRON, credentials.parent / "none")


def test_a_file_that_is_set_wins_over_any_store(credentials: Path) -> None:
    assert access(ENVIRON | {"MANGETAMAIN_DB": "/data/site.duckdb"}, credentials) is None


@pytest.mark.parametrize(
    "environ", [{}, ENVIRON | {"MANGETAMAIN_DB": "/data/site.duckdb"}], ids=["no store", "a file"]
)
def test_a_published_file_is_not_held_without_the_store_that_has_it(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    held = environ | {"MANGETAMAIN_DATA_SHA256": "ab" * 32}

    assert refused(held, tmp_path / "none") == (
        "MANGETAMAIN_DATA_SHA256: needs a store, and no MANGETAMAIN_DB"
    )


def test_a_plain_laptop_asks_no_store(tmp_path: Path) -> None:
    assert access({}, tmp_path / "none") is None


def test_keys_for_another_program_ask_no_store(tmp_path: Path) -> None:
    theirs = {name: value for name, value in ENVIRON.items() if name != "AWS_ENDPOINT_URL_S3"}

    assert access(theirs, tmp_path / "none") is None


def test_the_region_is_that_of_the_publisher_unless_told(tmp_path: Path) -> None:
    environ = {name: value for name, value in ENVIRON.items() if name != "AWS_REGION"}
    found = access(environ, tmp_path / "none")

    assert found is not None
    assert found.region == "garage-fast"


@pytest.mark.parametrize(
    ("missing", "name"),
    [
        ("AWS_ACCESS_KEY_ID", "aws_access_key_id"),
        ("AWS_SECRET_ACCESS_KEY", "aws_secret_access_key"),
    ],
)
def test_half_an_access_is_refused_with_what_is_missing(
    tmp_path: Path, missing: str, name: str
) -> None:
    environ = {variable: value for variable, value in ENVIRON.items() if variable != missing}

    assert refused(environ, tmp_path / "none") == (
        f"{missing}: missing, here or as {name} in 96_keys/credentials;"
        " the store http://store.example:3910 asks for it"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("aws_secret_access_key = hunter2\n", "cannot be read as an INI file"),
        ("[s3fast]\nhunter2\n", "cannot be read as an INI file"),
        ("[s3fast]\nregion = a\nregion = hunter2\n", "cannot be read as an INI file"),
        ("[s3fast]\nregion = \xff\n", "cannot be read as an INI file"),
        ("[s3slow]\nregion = hunter2\n", "has no profile [s3fast]"),
    ],
    ids=["no section", "no value", "twice", "not UTF-8", "other profile"],
)
def test_a_file_that_cannot_be_used_is_named_and_never_quoted(
    credentials: Path, text: str, reason: str
) -> None:
    credentials.write_text(text, encoding="latin-1")

    assert refused({}, credentials) == f"{credentials}: {reason}"


def test_a_malformed_value_is_named_with_its_file_and_profile(credentials: Path) -> None:
    credentials.write_text("[s3fast]\nendpoint_url = s3fast.example\n")

    assert refused({}, credentials).startswith(
        f"{credentials} [s3fast] endpoint_url='s3fast.example': must be a scheme and a host"
    )


def test_an_access_that_is_printed_shows_neither_half_of_the_key(credentials: Path) -> None:
    found = access({}, credentials)

    assert "id-of-file" not in repr(found)
    assert "secret" not in repr(found)
    assert found is not None
    assert found.address == "http://s3fast.example/mangetamain"
