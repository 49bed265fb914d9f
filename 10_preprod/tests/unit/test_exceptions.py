import pickle
from pathlib import Path

import pytest

from mangetamain_analytics import exceptions
from mangetamain_analytics.exceptions import (
    DataUnavailableError,
    MangetamainError,
    QueryError,
    SettingError,
    TranslationError,
)

ERRORS_AND_TEXTS = [
    (SettingError("PORT", "must be a number", "http"), "PORT='http': must be a number"),
    (SettingError("AWS_SECRET", "must not be empty"), "AWS_SECRET: must not be empty"),
    (DataUnavailableError(Path("a/b.duckdb"), "no such file"), "data 'a/b.duckdb': no such file"),
    (
        QueryError("trends_volume.sql", {"first_year": 1999}, "no such table: recipes"),
        "query trends_volume.sql with {'first_year': 1999}: no such table: recipes",
    ),
    (TranslationError("page-title", "fr", "no such key"), "text 'page-title' in 'fr': no such key"),
]


@pytest.mark.parametrize(("error", "text"), ERRORS_AND_TEXTS, ids=lambda value: str(value)[:20])
def test_each_error_names_the_culprit_and_its_value(error: MangetamainError, text: str) -> None:
    assert str(error) == text


@pytest.mark.parametrize("error", [error for error, _ in ERRORS_AND_TEXTS], ids=str)
def test_each_error_survives_a_queue_between_processes(error: MangetamainError) -> None:
    copy = pickle.loads(pickle.dumps(error))

    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_there_are_five_classes_and_one_is_the_base_of_all() -> None:
    classes = {
        value
        for value in vars(exceptions).values()
        if isinstance(value, type) and value.__module__ == exceptions.__name__
    }

    assert len(classes) == 5
    assert all(issubclass(error_class, MangetamainError) for error_class in classes)


def test_query_parameters_are_kept_as_they_were_when_it_failed() -> None:
    parameters = {"year": 1999}
    error = QueryError("a.sql", parameters, "boom")
    parameters["year"] = 2018

    assert error.parameters == {"year": 1999}
    assert pickle.loads(pickle.dumps(error)).parameters == {"year": 1999}
