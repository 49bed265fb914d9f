"""Prints every number with its gap, then the summary."""

import argparse
import json
import sys
from pathlib import Path

from . import __doc__ as about
from .comparison import compare
from .site import Site
from .summary import summary

PUBLISHED = Path(__file__).parents[3] / "shared" / "published_figures.json"


def main() -> None:
    """Compare one data file."""
    parser = argparse.ArgumentParser("compare_published", description=about.splitlines()[0])
    parser.add_argument("--database", type=Path, required=True, help="the site's file")
    parser.add_argument("--published", type=Path, default=PUBLISHED)
    parser.add_argument("--markdown", type=Path, help="write the summary here too")
    options = parser.parse_args()
    if not options.published.is_file():
        sys.exit(f"{options.published} is not there: the published figures stay outside git")
    figures = json.loads(options.published.read_text(encoding="utf-8"))["figures"]
    comparison = compare(Site(options.database), {f["id"]: f["value"] for f in figures})
    for found in comparison.compared.values():
        for row in found:
            gap = f"{row.gap:+10.2%}" if not row.is_p_value else f"{'p-value':>10}"
            print(f"{row.family:<22}{row.figure:<70}{row.published:>16g}{row.computed:>16.6g}{gap}")
    print()
    print(summary(comparison), end="")
    if options.markdown:
        options.markdown.write_text(summary(comparison), encoding="utf-8")


main()
