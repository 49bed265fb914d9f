"""What the home page tells of the data beside the findings."""

import pytest

from mangetamain_analytics.utils.i18n import LANGUAGES, translator
from mangetamain_analytics.utils.insights import Verdict
from mangetamain_analytics.visualization.home import MEANING_KEYS


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def panel(site, n):
    return plain(" ".join(site.soup.select(".mm-panel")[n].stripped_strings))


def test_freshness_tells_version_day_and_period(open_site, edited_db):
    database = edited_db("update build_info set built_at = timestamp '2026-11-05 09:07:00'")
    assert panel(open_site(database), 0) == (
        "How fresh the data are up to date "
        "Version edited000000, built on November 5, 2026 at 9:07 AM UTC. "
        "Recipes from January 1, 2000 to October 13, 2007. "
        "Ratings from March 3, 2001 to February 29, 2004."
    )
    assert "Recettes du 1er janvier 2000 au 13 octobre 2007." in panel(
        open_site(database, lang="fr"), 0
    )


def test_the_summary_of_the_cleaning_names_the_rule_that_removed_most(open_site, small_db):
    """Of 43 recipes seven are left out, three by their minutes; of 18 comments three."""
    site = open_site(small_db)
    text = panel(site, 1)
    assert (
        "7 recipes (16.3%), chiefly by the rule “Between 1 minute and 3 hours: outside, "
        "typing errors and marinades”: 3."
    ) in text
    assert "3 comments (16.7%), chiefly by the rule “1 to 5 stars: a 0" in text
    assert [link["href"] for link in site.soup.select(".mm-panel a")] == ["#cleaning", "#method"]
    all_by_one = translator("fr")(
        "cleaning-summary-interactions", n=3, others=0, removed=3, share="16,7 %", rule="Une date"
    )
    assert plain(all_by_one) == "3 avis (16,7 %), tous par la règle « Une date »."
    anchors = [node.proto.anchor for node in site.nodes("header")]
    assert anchors == ["cleaning", "method"]


def test_nothing_removed_is_told_as_such(open_site, edited_db):
    site = open_site(edited_db("update cleaning_steps set rows_removed = 0"), lang="fr")
    assert "Aucune recette." in panel(site, 1)
    assert "Aucun avis." in panel(site, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_explained_beside_its_badge(open_site, small_db, language):
    site, t = open_site(small_db, lang=language), translator(language)
    assert set(MEANING_KEYS) == set(Verdict)
    badges = [badge.text for badge in site.soup.select(".mm-verdicts dt")]
    meanings = [meaning.text for meaning in site.soup.select(".mm-verdicts dd")]
    assert len(set(badges)) == len(badges) == len(Verdict)
    assert meanings == [t(key) for key in MEANING_KEYS.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_recipes_the_home_page_says_so_and_nothing_else(open_site, edited_db, language):
    site = open_site(edited_db("delete from recipes"), lang=language)
    assert not site.app.exception
    t = translator(language)
    assert site.soup.h1.text == t("home-title")
    assert [node.value for node in site.nodes("info")] == [t("no-recipes")]
    assert not site.soup.select(".mm-top, .mm-panel, .mm-card")
