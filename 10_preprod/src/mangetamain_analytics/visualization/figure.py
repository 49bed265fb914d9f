"""A Plotly figure that costs what it weighs: it is sent as it was written down."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import plotly.graph_objects as go

Trace = dict[str, Any]


class Figure(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A figure written as plain dictionaries.

    Plotly would make objects of them, copy all of it and take it apart again, for every figure
    that is sent: a tenth of what a visitor waits for. Its objects are made, and checked, for those
    who look at ``data`` or ``layout``, and sent from then on.
    """

    def __init__(self, data: Sequence[Trace], layout: Mapping[str, Any]) -> None:
        # Not go.Figure's own, which makes the objects.
        self._written = {"data": list(data), "layout": dict(layout)}

    def to_dict(self) -> dict[str, Any]:
        """Return what is sent."""
        looked_at: go.Figure | None = self.__dict__.get("_checked")
        return self._written if looked_at is None else looked_at.to_dict()

    @property
    def data(self) -> tuple[Any, ...]:
        """The traces."""
        return tuple(self._checked.data)

    @property
    def layout(self) -> go.Layout:
        """The layout."""
        return self._checked.layout

    @cached_property
    def _checked(self) -> go.Figure:
        return go.Figure(self._written)
