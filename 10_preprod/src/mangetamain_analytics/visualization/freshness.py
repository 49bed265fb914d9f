"""How the data that are shown stand to those that are published, as a badge."""

from mangetamain_analytics.data.cached_loaders import data_report
from mangetamain_analytics.data.keeper import Freshness
from mangetamain_analytics.utils.i18n import Translator
from mangetamain_analytics.visualization import markup

FRESHNESS_KEYS = {
    Freshness.FRESH: "data-fresh",
    Freshness.NEWER_EXISTS: "data-stale",
    Freshness.UNCONFIRMED: "data-unconfirmed",
    Freshness.HELD: "data-held",
}


def freshness_badge(t: Translator) -> str:
    """Return the badge of the data that the site serves now."""
    freshness = data_report().freshness
    kind = "fresh" if freshness is Freshness.FRESH else "stale"
    return markup.badge(kind, t(FRESHNESS_KEYS[freshness]))
