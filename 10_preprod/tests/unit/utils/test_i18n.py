from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from mangetamain_analytics.exceptions import TranslationError
from mangetamain_analytics.utils.i18n import (
    LANGUAGES,
    Day,
    Interval,
    Message,
    Number,
    Paragraph,
    Percent,
    PValue,
    Translator,
    translator,
)

FTL = """
plain = Some text
greeting = Hello { $name }
recipes = { $n ->
    [0] no recipe
    [one] { $n } recipe
   *[other] { $n } recipes
}
quoting = { plain }, { greeting }
title = { CAPITALIZE($name) }!
unknown-function = { LOWER($name) }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        (tmp_path / language).mkdir()
        (tmp_path / language / "page.ftl").write_text(FTL, encoding="utf-8")
    return tmp_path


@pytest.fixture
def t(folder: Path) -> Translator:
    return Translator("en", folder)


def in_both(write: str, *args: object, **kwargs: object) -> tuple[str, str]:
    """English and French, with the invisible spaces made visible."""
    texts = [getattr(translator(language), write)(*args, **kwargs) for language in LANGUAGES]
    en, fr = (text.replace("\u00a0", "~").replace("\u202f", "_") for text in texts)
    return en, fr


# Numbers and dates. `~` is a no-break space, `_` a narrow one, `−` the minus sign.


@pytest.mark.parametrize(
    ("x", "digits", "en", "fr"),
    [
        (1_234_567, 0, "1,234,567", "1_234_567"),
        (1234.567, 2, "1,234.57", "1_234,57"),
        (-0.4641, 2, "−0.46", "−0,46"),
        (-0.001, 2, "0.00", "0,00"),
        (3, 1, "3.0", "3,0"),
        (np.float64(0.25), 1, "0.2", "0,2"),
        (np.int64(1999), 0, "1,999", "1_999"),
    ],
)
def test_a_number_is_grouped_and_rounded(x: float, digits: int, en: str, fr: str) -> None:
    assert in_both("number", x, digits) == (en, fr)


@pytest.mark.parametrize(
    ("x", "en", "fr"),
    [(1.5, "+1.5", "+1,5"), (-1.5, "−1.5", "−1,5"), (0.04, "0.0", "0,0"), (-0.04, "0.0", "0,0")],
)
def test_a_signed_number_shows_its_sign_unless_it_rounds_to_zero(
    x: float, en: str, fr: str
) -> None:
    assert in_both("signed", x, 1) == (en, fr)


@pytest.mark.parametrize(
    ("x", "digits", "is_signed", "en", "fr"),
    [
        (0.2131, 1, False, "21.3%", "21,3~%"),
        (-0.2131, 0, False, "−21%", "−21~%"),
        (0.2131, 0, True, "+21%", "+21~%"),
        (-0.2131, 0, True, "−21%", "−21~%"),
        (0.0001, 1, True, "0.0%", "0,0~%"),
        (12.0, 0, False, "1,200%", "1_200~%"),
    ],
)
def test_a_fraction_is_shown_in_percent(
    x: float, digits: int, is_signed: bool, en: str, fr: str
) -> None:
    assert in_both("percent", x, digits, is_signed=is_signed) == (en, fr)


@given(x=st.floats(-1e8, 1e8), digits=st.integers(0, 4))
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_babel_writes_them(language: str, x: float, digits: int) -> None:
    t, whole = translator(language), f"#,##0{'.' if digits else ''}{'0' * digits}"
    shown, fraction = round(x, digits) + 0.0, round(x, digits + 2) + 0.0
    signed = f"+{whole};-{whole}" if shown else whole
    percent = whole + {"en": "%", "fr": "\N{NO-BREAK SPACE}%"}[language]
    signed_percent = f"+{percent};-{percent}" if fraction else percent

    written = (
        t.number(x, digits),
        t.signed(x, digits),
        t.percent(x, digits),
        t.percent(x, digits, is_signed=True),
    )

    assert written == tuple(
        text.replace("-", "\N{MINUS SIGN}")
        for text in (
            format_decimal(shown, format=whole, locale=language),
            format_decimal(shown, format=signed, locale=language),
            format_percent(fraction, format=percent, locale=language),
            format_percent(fraction, format=signed_percent, locale=language),
        )
    )


@pytest.mark.parametrize("x", [float("nan"), float("inf"), float("-inf"), np.nan])
@pytest.mark.parametrize("write", ["number", "signed", "percent"])
def test_what_is_not_a_finite_number_is_never_shown(write: str, x: float) -> None:
    with pytest.raises(TranslationError, match="cannot be shown"):
        getattr(translator("fr"), write)(x, 1)


@pytest.mark.parametrize(
    ("p", "en", "fr"),
    [
        (0.0123, "p~=~0.012", "p~=~0,012"),
        (0.001, "p~=~0.001", "p~=~0,001"),
        (0.00099, "p~<~0.001", "p~<~0,001"),
        (0, "p~<~0.001", "p~<~0,001"),
        (0.9991, "p~>~0.999", "p~>~0,999"),
        (1, "p~>~0.999", "p~>~0,999"),
    ],
)
def test_a_p_value_is_never_shown_as_zero_or_one(p: float, en: str, fr: str) -> None:
    assert in_both("p_value", p) == (en, fr)


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_not_a_probability_is_never_shown_as_a_p_value(p: float) -> None:
    with pytest.raises(TranslationError, match="not a probability"):
        translator("en").p_value(p)


def test_an_interval_shows_both_ends() -> None:
    assert in_both("interval", -0.612, 1.3, 2) == ("−0.61 to 1.30", "de~−0,61 à~1,30")


def test_a_day_is_written_in_full() -> None:
    assert in_both("date", date(2018, 12, 4)) == ("December 4, 2018", "4 décembre 2018")


def test_a_month_is_written_with_its_year() -> None:
    assert in_both("month", date(2002, 1, 31)) == ("January 2002", "janvier 2002")


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2018, 12, 4, 13, 5),
        datetime(2018, 12, 4, 13, 5, tzinfo=UTC),
        datetime(2018, 12, 4, 15, 5, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_moment_is_written_in_utc(moment: datetime) -> None:
    assert in_both("datetime", moment) == (
        "December 4, 2018 at 1:05_PM UTC",
        "4 décembre 2018 à~13:05 UTC",
    )


# Texts.


def test_arguments_take_their_place(t: Translator) -> None:
    assert t("plain") == "Some text"
    assert t("greeting", name="Ada") == "Hello Ada"
    assert t("quoting", name="Ada") == "Some text, Hello Ada"


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 0, "no recipe"),
        ("en", 1, "1 recipe"),
        ("en", -1, "−1 recipe"),
        ("en", np.int64(1234), "1,234 recipes"),
        ("fr", 1, "1 recipe"),
        ("fr", 1_000_000, "1\u202f000\u202f000 recipes"),
        ("fr", Number(1.94, digits=1), "1,9 recipe"),
        ("fr", Number(1.96, digits=1), "2,0 recipes"),
        ("fr", Number(-1.5, digits=1), "−1,5 recipe"),
        ("en", Number(-1.5, digits=1, is_signed=True), "−1.5 recipes"),
    ],
)
def test_the_plural_follows_the_number_shown(
    folder: Path, language: str, n: int | Number, text: str
) -> None:
    assert Translator(language, folder)("recipes", n=n) == text


def test_an_argument_is_written_in_the_language_of_the_sentence(t: Translator) -> None:
    assert t("greeting", name=Number(1.5, 1)) == "Hello 1.5"
    assert t("greeting", name=Percent(0.5, 1, is_signed=True)) == "Hello +50.0%"
    assert t("greeting", name=Day(date(2018, 12, 4))) == "Hello December 4, 2018"
    assert t("greeting", name=Message("plain")) == "Hello Some text"


def test_p_values_and_intervals_can_be_arguments() -> None:
    t = translator("fr")

    assert PValue(0.0123).text(t) == t.p_value(0.0123)
    assert Interval(1, 2, 1).text(t) == t.interval(1, 2, 1)


def test_a_message_waits_for_its_language(folder: Path) -> None:
    message = Message("recipes", {"n": 1234})

    assert message.text(Translator("en", folder)) == "1,234 recipes"
    assert message.text(Translator("fr", folder)) == "1\u202f234 recipes"


def test_sentences_follow_each_other(t: Translator) -> None:
    assert Paragraph((Message("plain"), Message("recipes", {"n": 2}))).text(t) == (
        "Some text 2 recipes"
    )


def test_a_title_can_start_with_a_capital(t: Translator) -> None:
    assert t("title", name="élan vital") == "Élan vital!"


def test_a_visitor_cannot_inject_fluent(t: Translator) -> None:
    assert t("greeting", name="{ plain } { $name }") == "Hello { plain } { $name }"


# What must never reach a page.


@pytest.mark.parametrize(
    ("key", "args", "reason"),
    [
        ("no-such-key", {}, "no such key"),
        ("greeting", {}, r"missing argument \['name'\]"),
        ("quoting", {}, r"missing argument \['name'\]"),
        ("recipes", {}, r"missing argument \['n'\]"),
        ("greeting", {"name": "a", "nane": "b"}, r"unknown argument \['nane'\]"),
        ("greeting", {"name": 0.1 + 0.2}, "argument name is a float"),
        ("greeting", {"name": None}, "argument name is a NoneType"),
        ("greeting", {"name": True}, "argument name is a bool"),
        ("greeting", {"name": date(2018, 12, 4)}, "argument name is a date"),
        ("greeting", {"name": Number(float("nan"), 1)}, "nan cannot be shown"),
        ("greeting", {"name": Message("no-such-key")}, "no such key"),
        ("unknown-function", {"name": "a"}, "LOWER"),
        ("greeting", {"name": "a" * 3000}, "Too many characters"),
    ],
)
def test_a_text_that_cannot_be_written_raises(
    t: Translator, key: str, args: dict[str, object], reason: str
) -> None:
    with pytest.raises(TranslationError, match=reason):
        t(key, **args)


def test_an_unknown_language_raises() -> None:
    with pytest.raises(TranslationError, match="the languages are en, fr"):
        translator("de")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("broken = { $name", "page.ftl holds something else than messages: 'broken"),
        ("plain = a\nplain = b", "'plain'.*defined again in page.ftl"),
        ("-brand = a", "something else"),
        ("with-attribute = a\n    .title = b", "something else"),
        ("a = { b }", "quotes the unknown key 'b'"),
        ("a = { a }", "quotes itself"),
        ("a = { b }\nb = { a }", "'a'.*quotes itself through 'b'"),
    ],
)
def test_a_broken_file_stops_the_translator(folder: Path, content: str, reason: str) -> None:
    (folder / "en" / "page.ftl").write_text(content, encoding="utf-8")

    with pytest.raises(TranslationError, match=reason):
        Translator("en", folder)


def test_each_language_is_read_once() -> None:
    assert translator("fr") is translator("fr")
    assert translator("fr").language == "fr"
    assert translator("en").language == "en"
