"""What of the sources a translator is asked for: no code, no formula, nothing of English pages."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata


class LeaveOut(SphinxTransform):
    """Takes what needs no translation from the catalogue, before Sphinx looks it up there."""

    default_priority = 15  # Sphinx translates at 20

    def apply(self, **kwargs: object) -> None:
        """Mark it."""
        is_english = self.env.docname in self.config.english_documents
        kept = set(_title_and_notes(self.document)) if is_english else set()
        for node in self.document.findall(nodes.TextElement):
            if isinstance(node, nodes.Inline) and "translatable" not in node:
                continue  # a part of a text; Sphinx moves a marked one to the end of its text
            if (is_english and node not in kept) or not _has_words(node):
                node["translatable"] = False


def _title_and_notes(document: nodes.document) -> Iterator[nodes.Node]:
    """The title of an English page, and the note that says why it is in English."""
    yield from list(document.findall(nodes.title))[:1]
    for note in document.findall(nodes.note):
        yield from note.findall(nodes.TextElement)


def _has_words(node: nodes.TextElement) -> bool:
    """Tell whether anything but code and formulas is said."""
    return any(
        any(letter.isalpha() for letter in text)
        for text in node.findall(nodes.Text)
        if not isinstance(text.parent, nodes.literal | nodes.math | nodes.math_block)
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform and the list of English pages."""
    app.add_config_value("english_documents", [], "env")
    app.add_transform(LeaveOut)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
