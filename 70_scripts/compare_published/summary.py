"""Tells a comparison in Markdown, family by family."""

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .comparison import Comparison, Row
from .registry import Value

LONGEST_VALUE = 160  # characters


def summary(comparison: Comparison) -> str:
    """Return everything in Markdown."""
    parts = (
        _totals(comparison),
        "\n".join(_families(comparison)),
        _p_values(comparison.numbers),
        f"Numbers that the data lack: {', '.join(comparison.missing) or 'none'}.",
        "\n".join(_corrected(comparison)),
        "\n".join(_not_kept(comparison)),
    )
    return "\n\n".join(parts) + "\n"


def _totals(comparison: Comparison) -> str:
    return (
        f"{len(comparison.published)} published figures: {len(comparison.compared)} compared "
        f"({len(comparison.numbers)} numbers), "
        f"{sum(len(figures) for figures, *_ in comparison.corrected.values())} "
        f"corrected on purpose, "
        f"{sum(len(figures) for figures, _ in comparison.not_kept.values())} not kept."
    )


def _families(comparison: Comparison) -> Iterator[str]:
    families: dict[str, list[list[Row]]] = defaultdict(list)
    for figure, found in comparison.compared.items():
        families[Row(figure, 0, 0).family].append([row for row in found if not row.is_p_value])
    yield "| family | figures | numbers | median gap | largest gap | where (published → ours) |"
    yield "|---|---:|---:|---:|---:|---|"
    for family, figures in families.items():
        rows = [row for found in figures for row in found]
        if not rows:
            continue
        worst = max(rows, key=lambda row: abs(row.gap))
        median = statistics.median(abs(row.gap) for row in rows)
        where = f"{worst.figure} ({worst.published:g} → {worst.computed:.6g})" if worst.gap else "–"
        yield (
            f"| {family} | {len(figures)} | {len(rows)} | {median:.2%} | {worst.gap:+.1%} | "
            f"{where} |"
        )


def _p_values(numbers: Sequence[Row]) -> str:
    p_values = [row for row in numbers if row.is_p_value]
    turned = [
        f"{row.figure} ({row.published:.3g} → {row.computed:.3g})"
        for row in p_values
        if not row.same_side
    ]
    return (
        f"P-values: {len(p_values)}, {len(p_values) - len(turned)} of them on the same "
        f"side of 0.05. On the other side: {', '.join(turned) or 'none'}."
    )


def _corrected(comparison: Comparison) -> Iterator[str]:
    yield "| corrected | published | ours | why |"
    yield "|---|---|---|---|"
    for figures, why, ours in comparison.corrected.values():
        theirs = "; ".join(f"{f} = {_short(comparison.published[f])}" for f in figures)
        yield f"| {', '.join(figures)} | {theirs} | {ours} | {why} |"


def _not_kept(comparison: Comparison) -> Iterator[str]:
    yield "| not kept | why |"
    yield "|---|---|"
    for figures, why in comparison.not_kept.values():
        yield f"| {', '.join(figures)} | {why} |"


def _short(value: Value) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
