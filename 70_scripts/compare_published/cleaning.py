"""What the cleaning removed and what it left."""

from .registry import Figures, Value, registering
from .site import Site

FIGURES: Figures = {}
compares = registering(FIGURES)


@compares(r"(?:recipes\.raw|tables\.RAW_recipes)\.rows")
def _(site: Site) -> Value:
    return site.step("one_row_per_id")["rows_before"]


@compares(r"tables\.RAW_interactions\.rows")
def _(site: Site) -> Value:
    return site.step("rating_between_1_and_5")["rows_before"]


@compares(r"recipes\.clean\.(step1\.duplicates|step2\.minutes|step2b\.outliers)_removed")
def _(site: Site, step: str) -> Value:
    rules = {
        "step1.duplicates": "one_row_per_id",
        "step2.minutes": "minutes_between_1_and_180",
        "step2b.outliers": "steps_and_ingredients_within_quantiles",
    }
    return site.step(rules[step])["rows_removed"]


@compares(r"recipes\.clean\.step2\.rows_after")
def _(site: Site) -> Value:
    return site.step("steps_and_ingredients_within_quantiles")["rows_before"]


@compares(r"recipes\.clean\.step4_7\.null_removed")
def _(site: Site) -> Value:
    last = ("name_and_date_present", "calories_and_ingredients_present")
    return sum(site.step(rule)["rows_removed"] for rule in last)


@compares(r"recipes\.clean\.(rows|removed_total)")
def _(site: Site, what: str) -> Value:
    n = site.visit.data.snapshot.info.row_counts["recipes"]
    return n if what == "rows" else site.step("one_row_per_id")["rows_before"] - n


@compares(r"recipes\.clean\.thresholds\.(n_steps|n_ingredients)")
def _(site: Site, column: str) -> Value:
    return [site.sql(f"select {end}({column}) from recipes") for end in ("min", "max")]


@compares(r"recipes\.clean\.(minutes|n_steps|n_ingredients)_(median|mean|max)")
def _(site: Site, column: str, function: str) -> Value:
    return site.sql(f"select {function}({column}) from recipes")


@compares(r"recipes\.clean\.date_(min|max)")
def _(site: Site, function: str) -> Value:
    return str(site.sql(f"select {function}(submitted) from recipes"))
