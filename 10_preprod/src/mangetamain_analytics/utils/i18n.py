"""What a visitor reads, in the visitor's language.

Texts live in Fluent files, `assets/locales/<language>/*.ftl`, with the same keys and
the same variables in every language. A `Translator` writes them:

    t = translator("fr")
    t("badge-built", date=t.date(built_on))
    t("card-recipes", recipes=200_066)                 an integer is grouped, picks the plural
    t("card-slope", slope=Number(-0.4641, digits=2))   a float always says its digits

A text that does not depend yet on a language is a `Message`: it is made where the
numbers are and written where the visitor is, `message.text(t)`. A message may be an
argument of another one, so a sentence can hold a metric's name or a unit.

Anything that would show a raw key, a hole, `nan` or an unrounded float raises
`TranslationError`: unknown key, missing or superfluous argument, bare float.
A year is passed as text, `str(year)`: as a number it would be grouped.

Keys are always literal strings, so that a test can find every key used:
- the first argument of a call named `t` or `Message`: `t("page-title")`;
- a keyword argument, a dictionary or a constant whose name ends with `_key`, `_keys`,
  `_KEY` or `_KEYS`: `Metric(name_key="metric-minutes")`; such a name may then be the
  first argument of `t` or `Message`: `t(metric.name_key)`, `t(LEVEL_KEYS[level])`;
- the `key` or `*_key` of a loop over a literal: `for key in ("band-low", "band-high")`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentFloat, FluentInt
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from mangetamain_analytics.exceptions import TranslationError

LANGUAGES = ("en", "fr")

LOCALES_FOLDER = Path(__file__).parents[1] / "assets" / "locales"
SMALLEST_SHOWN_P_VALUE = 0.001
GROUPED = "#,##0"  # how Babel writes the whole part of a number
MINUS_SIGN = "\N{MINUS SIGN}"  # what Plotly draws on its axes, and what a screen reader reads


@runtime_checkable
class Text(Protocol):
    """Anything that can be written in a language."""

    def text(self, t: "Translator") -> str:
        """Give the text in the language of `t`."""


Argument = str | int | Text


@dataclass(frozen=True)
class Message:
    """A text to be written later, in the visitor's language."""

    key: str
    args: Mapping[str, Argument] = field(default_factory=dict)

    def text(self, t: "Translator") -> str:
        """Give the message in the language of `t`."""
        return t.write(self.key, self.args)


@dataclass(frozen=True)
class Paragraph:
    """Sentences that follow each other."""

    sentences: tuple[Text, ...]

    def text(self, t: "Translator") -> str:
        """Give the sentences in the language of `t`, one after the other."""
        return " ".join(sentence.text(t) for sentence in self.sentences)


@dataclass(frozen=True)
class Number:
    """A number with the digits it is shown with; a variant `[one]` sees the shown value."""

    value: float
    digits: int = 0
    is_signed: bool = False

    def text(self, t: "Translator") -> str:
        """Give the number in the language of `t`."""
        write = t.signed if self.is_signed else t.number
        return write(self.value, self.digits)


@dataclass(frozen=True)
class Percent:
    """A fraction shown in percent: 0.21 is 21 %."""

    value: float
    digits: int = 0
    is_signed: bool = False

    def text(self, t: "Translator") -> str:
        """Give the percentage in the language of `t`."""
        return t.percent(self.value, self.digits, is_signed=self.is_signed)


@dataclass(frozen=True)
class Interval:
    """Two ends of an interval."""

    low: float
    high: float
    digits: int = 0

    def text(self, t: "Translator") -> str:
        """Give the interval in the language of `t`."""
        return t.interval(self.low, self.high, self.digits)


@dataclass(frozen=True)
class PValue:
    """A p-value."""

    value: float

    def text(self, t: "Translator") -> str:
        """Give the comparison, `p < 0.001`, in the language of `t`."""
        return t.p_value(self.value)


@dataclass(frozen=True)
class Day:
    """A calendar day."""

    value: date

    def text(self, t: "Translator") -> str:
        """Give the long form of the day in the language of `t`."""
        return t.date(self.value)


class _WrittenInteger(FluentInt):
    """A number already written, which still picks its plural form."""

    written: str

    def format(self, locale: Locale) -> str:
        return self.written


class _WrittenFloat(FluentFloat):
    written: str

    def format(self, locale: Locale) -> str:
        return self.written


class _References(Visitor):
    """The variables and the messages that a Fluent entry refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.messages.add(node.id.name)


class Translator:
    """Writes texts, numbers and dates in one language."""

    def __init__(self, language: str, folder: Path = LOCALES_FOLDER) -> None:
        if language not in LANGUAGES:
            raise TranslationError("", language, f"the languages are {', '.join(LANGUAGES)}")
        self.language = language
        self._locale = Locale.parse(language)
        self._messages = _read_messages(language, folder / language)
        functions: dict[str, Any] = {"CAPITALIZE": _capitalized}
        self._bundle = FluentBundle([language], functions, use_isolating=False)
        self._bundle.add_resource(ast.Resource(list(self._messages.values())))
        self._references = {key: _references_of(message) for key, message in self._messages.items()}
        self._variables = {key: self._variables_behind(key) for key in self._messages}
        self._without_arguments: Callable[[str], str] = cache(lambda key: self._formatted(key, {}))
        symbols = self._locale.number_symbols["latn"]
        self._from_python = str.maketrans(
            {",": symbols["group"], ".": symbols["decimal"], "-": MINUS_SIGN}
        )
        percent: str = self._locale.percent_formats[None].pattern
        self._percent_sign = percent.removeprefix(GROUPED)

    def __call__(self, key: str, /, **args: Argument) -> str:
        """Give the text of `key`.

        Raises:
            TranslationError: the key is unknown, an argument is missing, superfluous or
                of a type that has no single way to be written, or Fluent reports an error.
        """
        return self.write(key, args)

    def write(self, key: str, args: Mapping[str, Argument]) -> str:
        """Give the text of `key`; `args` and errors are those of a call."""
        self._check_arguments(key, args)
        if not args:
            return self._without_arguments(key)
        return self._formatted(
            key, {name: self._written(key, name, value) for name, value in args.items()}
        )

    @property
    def keys(self) -> frozenset[str]:
        """Every key that has a text."""
        return frozenset(self._messages)

    def variables(self, key: str) -> frozenset[str]:
        """Give the names of the arguments that `key` needs."""
        if key not in self._variables:
            raise TranslationError(key, self.language, "no such key")
        return self._variables[key]

    def messages_within(self, key: str) -> frozenset[str]:
        """Give the other keys that the text of `key` quotes."""
        return frozenset(self._references[key].messages)

    def number(self, x: float, digits: int = 0) -> str:
        """Give `x` rounded to `digits`, grouped: `1,234.5` or `1 234,5`."""
        return self._decimal(_rounded(x, digits, self), digits)

    def signed(self, x: float, digits: int = 0) -> str:
        """Give `x` with its sign, except for what rounds to zero: `+1.5`, `−1.5`, `0.0`."""
        return self._decimal(_rounded(x, digits, self), digits, is_signed=True)

    def percent(self, x: float, digits: int = 0, *, is_signed: bool = False) -> str:
        """Give the fraction `x` in percent: 0.21 is `21%` or `21 %`."""
        percent = 100 * _rounded(x, digits + 2, self)
        return self._decimal(percent, digits, is_signed=is_signed) + self._percent_sign

    def month(self, d: date) -> str:
        """Give the month of a day and its year: `December 2018`, `décembre 2018`."""
        return str(format_skeleton("yMMMM", d, locale=self._locale))

    def date(self, d: date) -> str:
        """Give the long form of a day: `December 4, 2018`, `4 décembre 2018`, `1er mai 2018`."""
        text = str(format_date(d, "long", locale=self._locale))
        # Babel knows no ordinal; French has one, for the first of a month.
        return f"1er{text[1:]}" if self.language == "fr" and d.day == 1 else text

    def datetime(self, d: datetime) -> str:
        """Give the day and the minute in UTC; a time without zone is one in UTC."""
        utc = d.replace(tzinfo=UTC) if d.tzinfo is None else d.astimezone(UTC)
        time = format_time(utc.time(), "short", locale=self._locale)
        return Message("date-and-time", {"date": self.date(utc.date()), "time": time}).text(self)

    def p_value(self, p: float) -> str:
        """Give `p = 0.012`, or a bound where three digits would say 0 or 1.

        Raises:
            TranslationError: `p` is not between 0 and 1.
        """
        if not 0 <= p <= 1:
            raise TranslationError("p-value", self.language, f"{p!r} is not a probability")
        if p < SMALLEST_SHOWN_P_VALUE:
            return Message("p-value-below", {"p": Number(SMALLEST_SHOWN_P_VALUE, 3)}).text(self)
        largest_shown = 1 - SMALLEST_SHOWN_P_VALUE
        if p > largest_shown:
            return Message("p-value-above", {"p": Number(largest_shown, 3)}).text(self)
        return Message("p-value-equal", {"p": Number(p, 3)}).text(self)

    def interval(self, low: float, high: float, digits: int = 0) -> str:
        """Give both ends: `−0.61 to −0.32`, `de −0,61 à −0,32`."""
        ends = {"low": Number(low, digits), "high": Number(high, digits)}
        return Message("interval", ends).text(self)

    def _decimal(self, shown: float, digits: int, *, is_signed: bool = False) -> str:
        """Write as Babel does, which takes fifteen times as long; a page has hundreds of these."""
        sign = "+" if is_signed and shown else ""
        return f"{shown:{sign},.{digits}f}".translate(self._from_python)

    def _formatted(self, key: str, written: dict[str, object]) -> str:
        # Not FluentBundle.format_pattern: it would write our numbers again, its own way.
        errors: list[Exception] = []
        scope = ResolverEnvironment(self._bundle, errors, CurrentEnvironment(written))
        pattern: Any = self._bundle.get_message(key).value
        try:
            text = str(pattern(scope))
        except (TypeError, ValueError) as error:
            errors.append(error)
        if errors:
            raise TranslationError(key, self.language, "; ".join(map(str, errors)))
        return text

    def _written(self, key: str, name: str, value: object) -> object:
        if isinstance(value, str):
            return value
        if isinstance(value, Number):
            return self._written_number(value)
        if isinstance(value, int | np.integer) and not isinstance(value, bool):
            return self._written_number(Number(int(value)))
        if isinstance(value, Text):  # last: to recognize a protocol takes long
            return value.text(self)
        raise TranslationError(
            key, self.language, f"argument {name} is a {type(value).__name__}: give Number, Day…"
        )

    def _written_number(self, number: Number) -> FluentInt | FluentFloat:
        shown = _rounded(number.value, number.digits, self)
        written = _WrittenFloat(shown) if number.digits else _WrittenInteger(int(shown))
        written.written = number.text(self)
        return written

    def _check_arguments(self, key: str, args: Mapping[str, object]) -> None:
        expected = self.variables(key)
        if expected == args.keys():
            return
        if missing := expected - args.keys():
            raise TranslationError(key, self.language, f"missing argument {sorted(missing)}")
        if superfluous := args.keys() - expected:
            raise TranslationError(key, self.language, f"unknown argument {sorted(superfluous)}")

    def _variables_behind(self, key: str) -> frozenset[str]:
        """Variables of the message and of those it quotes."""
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            current = waiting.pop()
            if current not in self._references:
                raise TranslationError(key, self.language, f"quotes the unknown key {current!r}")
            if key in self._references[current].messages:
                raise TranslationError(key, self.language, f"quotes itself through {current!r}")
            if current not in seen:
                seen.add(current)
                waiting.extend(self._references[current].messages)
        return frozenset().union(*(self._references[name].variables for name in seen))


@lru_cache(maxsize=len(LANGUAGES))
def translator(language: str) -> Translator:
    """Give the one translator of `language`, with its files read once per process.

    Raises:
        TranslationError: the language is not one of `LANGUAGES`, or one of its files
            holds an error or defines a key twice.
    """
    return Translator(language)


def _read_messages(language: str, folder: Path) -> dict[str, ast.Message]:
    messages: dict[str, ast.Message] = {}
    for path in sorted(folder.glob("*.ftl")):
        resource = FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.BaseComment):
                continue
            if not isinstance(entry, ast.Message) or entry.value is None or entry.attributes:
                raise TranslationError(
                    getattr(getattr(entry, "id", None), "name", ""),
                    language,
                    f"{path.name} holds something else than messages: {_excerpt(entry)}",
                )
            if entry.id.name in messages:
                raise TranslationError(entry.id.name, language, f"defined again in {path.name}")
            messages[entry.id.name] = entry
    return messages


def _excerpt(entry: ast.EntryType) -> str:
    content = entry.content if isinstance(entry, ast.Junk) else None
    return repr((content or type(entry).__name__)[:60])


def _references_of(message: ast.Message) -> _References:
    references = _References()
    references.visit(message)
    return references


def _capitalized(text: object) -> str:
    written = str(text)
    return written[:1].upper() + written[1:]


def _rounded(x: float, digits: int, t: Translator) -> float:
    """Round, and turn what rounds to minus zero into zero."""
    if not math.isfinite(x):
        raise TranslationError("number", t.language, f"{x!r} cannot be shown")
    return round(float(x), digits) + 0.0
