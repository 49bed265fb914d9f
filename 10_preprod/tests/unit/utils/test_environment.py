from collections.abc import Iterator
from pathlib import Path

import pytest

from mangetamain_analytics.exceptions import SettingError
from mangetamain_analytics.utils.environment import (
    Environment,
    EnvironmentDetector,
    environment_of,
)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    EnvironmentDetector.reset_cache()
    yield
    EnvironmentDetector.reset_cache()


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("preprod", Environment.PREPROD),
        ("PROD", Environment.PROD),
        ("Local", Environment.LOCAL),
        (" prod ", Environment.PROD),
    ],
)
def test_app_env_decides_in_any_case_of_letters(name: str, environment: Environment) -> None:
    assert environment_of({"APP_ENV": name}, Path("/srv/10_preprod")) is environment


@pytest.mark.parametrize(
    ("folder", "environment"),
    [
        ("/srv/site/10_preprod", Environment.PREPROD),
        ("/srv/site/10_preprod/src/mangetamain_analytics", Environment.PREPROD),
        ("/srv/site/20_prod", Environment.PROD),
        ("/srv/site/20_prod/logs", Environment.PROD),
        ("/srv/10_preprod/20_prod", Environment.PROD),
        ("/srv/20_prod/10_preprod", Environment.PREPROD),
        ("/srv/site", Environment.LOCAL),
        ("/srv/not_10_preprod/20_production", Environment.LOCAL),
        ("/", Environment.LOCAL),
    ],
)
@pytest.mark.parametrize("environ", [{}, {"APP_ENV": ""}, {"APP_ENV": "  "}])
def test_without_app_env_the_folder_decides(
    environ: dict[str, str], folder: str, environment: Environment
) -> None:
    assert environment_of(environ, Path(folder)) is environment


def test_a_bad_app_env_is_named_with_the_choices() -> None:
    with pytest.raises(SettingError) as caught:
        environment_of({"APP_ENV": "staging"}, Path("/srv/20_prod"))

    assert str(caught.value) == "APP_ENV='staging': must be one of preprod, prod, local"


def test_the_environment_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ENV", "prod")
    assert EnvironmentDetector.detect() is Environment.PROD
    monkeypatch.setenv("APP_ENV", "preprod")

    assert EnvironmentDetector.detect() is Environment.PROD
    EnvironmentDetector.reset_cache()
    assert EnvironmentDetector.detect() is Environment.PREPROD


def test_the_name_is_in_upper_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ENV", "preprod")

    assert EnvironmentDetector.get_name() == "PREPROD"


def test_the_working_directory_is_the_folder_examined(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("APP_ENV", raising=False)
    (tmp_path / "20_prod").mkdir()
    monkeypatch.chdir(tmp_path / "20_prod")

    assert EnvironmentDetector.detect() is Environment.PROD


def test_a_bad_app_env_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ENV", "staging")
    with pytest.raises(SettingError):
        EnvironmentDetector.detect()
    monkeypatch.setenv("APP_ENV", "local")

    assert EnvironmentDetector.get_name() == "LOCAL"
