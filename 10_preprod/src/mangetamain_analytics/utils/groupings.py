"""The groups of recipes that are compared, and how a sentence names them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from babel.dates import get_month_names

from mangetamain_analytics.utils.i18n import Message, Translator


@dataclass(frozen=True)
class MonthName:
    """A month, 1 to 12, as it reads inside a sentence."""

    month: int

    def text(self, t: Translator) -> str:
        """Give the name in the language of `t`."""
        return str(get_month_names("wide", locale=t.language)[self.month])


class Timed(Protocol):
    """A group that a sentence can say the time of."""

    @property
    def when(self) -> Message:
        """The time as it reads inside a sentence: “in winter”."""


@dataclass(frozen=True)
class Month:
    """A group of the recipes of a month, 1 to 12."""

    month: int

    @property
    def when(self) -> Message:
        """The month as it reads inside a sentence: “in January”."""
        return Message("when-month", {"month": MonthName(self.month)})


@dataclass(frozen=True)
class Group:
    """The name of a group, and how a sentence says when it is."""

    label_key: str
    when_key: str

    @property
    def label(self) -> Message:
        """The name as it stands on an axis."""
        return Message(self.label_key)

    @property
    def when(self) -> Message:
        """The name as it reads inside a sentence: “in winter”."""
        return Message(self.when_key)


@dataclass(frozen=True)
class Grouping:
    """Groups that are compared with each other, with the words for all of them."""

    groups: tuple[Group, ...]
    on_key: str
    between_key: str

    def only(self, chosen: Sequence[int]) -> "Grouping":
        """Return some of the groups, in their order."""
        return replace(self, groups=tuple(self.groups[i] for i in chosen))


SEASONS = Grouping(
    (
        Group(label_key="group-winter", when_key="when-winter"),
        Group(label_key="group-spring", when_key="when-spring"),
        Group(label_key="group-summer", when_key="when-summer"),
        Group(label_key="group-autumn", when_key="when-autumn"),
    ),
    on_key="on-season",
    between_key="between-seasons",
)

WEEKDAYS = Grouping(
    (
        Group(label_key="group-monday", when_key="when-monday"),
        Group(label_key="group-tuesday", when_key="when-tuesday"),
        Group(label_key="group-wednesday", when_key="when-wednesday"),
        Group(label_key="group-thursday", when_key="when-thursday"),
        Group(label_key="group-friday", when_key="when-friday"),
        Group(label_key="group-saturday", when_key="when-saturday"),
        Group(label_key="group-sunday", when_key="when-sunday"),
    ),
    on_key="on-day",
    between_key="between-days",
)

MONTHS = tuple(Month(month) for month in range(1, 13))
