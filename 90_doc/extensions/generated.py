"""What the code knows, written into the pages when they are built: nobody can forget to copy it.

```{generated} settings             a table
:columns: Variable, Default, Meaning
```
{value}`utils.insights.SIGNIFICANCE`       a constant of the site, as the language writes it
{percent}`utils.insights.SMALLEST_CHANGE`  the same in percent
{default}`PORT`                            the default of a setting
{text}`unavailable-title`                  what a visitor reads, in the page's language
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import duckdb
from babel.numbers import format_decimal, format_percent
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata, OptionSpec

from mangetamain_analytics.exceptions import TranslationError
from mangetamain_analytics.utils.i18n import Translator, translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.utils.settings import SETTINGS
from mangetamain_analytics.visualization import PAGES
from mangetamain_analytics.visualization.home import MEANING_KEYS
from mangetamain_analytics.visualization.home.cleaning import RULE_KEYS
from mangetamain_analytics.visualization.markup import VERDICT_KEYS
from mangetamain_data_utils.models import check_names, read_sql
from mangetamain_data_utils.publishing.settings import SETTINGS as PUBLISHER_SETTINGS

MAKEFILE = Path(__file__).parents[2] / "Makefile"


class Code(str):
    """A cell in a fixed pitch, the same in every language."""


class Said(str):
    """A cell that the site itself has written in the reader's language."""


Row = Sequence[str]  # a plain str is English that the catalogue translates


def _pages(t: Translator) -> Iterator[Row]:
    for page in PAGES:
        yield Code(f"/{page.path}"), Said(t(page.title_key)), Said(t(page.description_key))


def _verdicts(t: Translator) -> Iterator[Row]:
    for verdict in Verdict:
        yield Said(t(VERDICT_KEYS[verdict])), Said(t(MEANING_KEYS[verdict]))


def _cleaning_rules(t: Translator) -> Iterator[Row]:
    for rule, key in RULE_KEYS.items():
        yield Code(rule), Said(t(key))


def _columns(t: Translator) -> Iterator[Row]:
    named = ""
    for table, column, kind in contract():
        yield Code("" if table == named else table), Code(column), Code(kind)
        named = table


def _data_rules(t: Translator) -> Iterator[Row]:
    return ((Code(name),) for name in check_names())


def _settings(t: Translator) -> Iterator[Row]:
    for setting in SETTINGS:
        default = "" if setting.default is None else Code(setting.default)
        yield Code(setting.name), default, setting.help


def _publisher_settings(t: Translator) -> Iterator[Row]:
    for setting in PUBLISHER_SETTINGS:
        yield Code(setting.name), Code(setting.default or ""), setting.help


def make_targets() -> list[tuple[str, str]]:
    """Return the targets of the Makefile with their help."""
    return re.findall(r"^([a-z-]+):.*?## (.*)", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE)


def _make_targets(t: Translator) -> Iterator[Row]:
    return ((Code(f"make {target}"), text) for target, text in make_targets())


def contract() -> list[tuple[str, str, str]]:
    """Return table, column and type of all that the data package hands to the site."""
    declared = read_sql("checks/schema_equals_contract").split("found_columns as")[0]
    query = f"{declared.rstrip().rstrip(',')} select table_name, column_name, data_type"
    return duckdb.sql(f"{query} from expected_columns").fetchall()


TABLES: dict[str, Callable[[Translator], Iterator[Row]]] = {
    "cleaning-rules": _cleaning_rules,
    "columns": _columns,
    "data-rules": _data_rules,
    "make-targets": _make_targets,
    "pages": _pages,
    "publisher-settings": _publisher_settings,
    "settings": _settings,
    "verdicts": _verdicts,
}


class Generated(SphinxDirective):
    """A table of what the code knows."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"columns": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.env.note_reread()  # the code may have changed although the page has not
        name = self.arguments[0]
        if name not in TABLES:
            raise self.error(f"{name!r} is not among {', '.join(TABLES)}")
        header = [column.strip() for column in self.options["columns"].split(",")]
        rows = list(TABLES[name](translator(self.config.language)))
        group = nodes.tgroup(cols=len(header))
        group += [nodes.colspec(colwidth=1) for _ in header]
        group += nodes.thead("", self._row(header))
        group += nodes.tbody("", *(self._row(row) for row in rows))
        return [nodes.table("", group, classes=["generated", name])]

    def _row(self, cells: Row) -> nodes.row:
        return nodes.row("", *(nodes.entry("", *self._content(cell)) for cell in cells))

    def _content(self, cell: str) -> list[nodes.paragraph]:
        if not cell:
            return []
        if isinstance(cell, Code):
            return [nodes.paragraph("", "", nodes.literal(cell, cell))]
        if isinstance(cell, Said):
            return [nodes.paragraph("", cell, translatable=False)]
        inline, _ = self.parse_inline(cell, lineno=self.lineno)
        paragraph = nodes.paragraph(cell, "", *inline)
        self.set_source_info(paragraph)
        return [paragraph]


def _error(role: SphinxRole, reason: str) -> nodes.system_message:
    return role.inliner.reporter.error(f"{role.text}: {reason}", line=role.lineno)


class Value(SphinxRole):
    """A constant of the site: a module of `mangetamain_analytics`, a dot, its name."""

    def __init__(self, write: Callable[..., str]) -> None:
        self.write = write

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the constant as the reader's language writes it."""
        module, _, name = self.text.rpartition(".")
        try:
            number = getattr(import_module(f"mangetamain_analytics.{module}"), name)
        except (ImportError, AttributeError) as error:
            return [], [_error(self, str(error))]
        return [nodes.inline("", self.write(number, locale=self.config.language))], []


class Default(SphinxRole):
    """The default of a setting of the site."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return it as it would be typed."""
        found = [setting.default for setting in SETTINGS if setting.name == self.text]
        if not found:
            return [], [_error(self, "no such setting")]
        return [nodes.inline("", str(found[0]))], []


class VisitorsText(SphinxRole):
    """A text of the site that needs no argument."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return it in the language of the page."""
        try:
            text = translator(self.config.language)(self.text)
        except TranslationError as error:
            return [], [_error(self, str(error))]
        return [nodes.inline("", text)], []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register directive and roles."""
    app.add_directive("generated", Generated)
    app.add_role("value", Value(partial(format_decimal, decimal_quantization=False)))
    app.add_role("percent", Value(partial(format_percent, decimal_quantization=False)))
    app.add_role("default", Default())
    app.add_role("text", VisitorsText())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
