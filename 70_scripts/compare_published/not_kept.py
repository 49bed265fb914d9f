"""Published figures that the site does not keep: why."""

_WEIGHTED_SPEARMAN = (
    "weighted Spearman has no accepted test; Mann–Kendall with Sen's slope is the robust "
    "companion (§2.2)"
)
NOT_KEPT = {
    r"recipes\.raw\.columns|recipes\.clean\.columns": "columns of their own tables, not of ours",
    r"recipes\.clean\.null_description": "the site's file holds no descriptions",
    r"recipes\.clean\.prefilter\..*": "the site's file holds no recipe that the cleaning removed; "
    "the quantiles taken there are compared as thresholds",
    r"trends\.(minutes|tags\.diversity)\.spearman_weighted": _WEIGHTED_SPEARMAN,
    r"ratings\.train\.spearman_(time|volume_quality)_weighted": _WEIGHTED_SPEARMAN,
    r"trends\.complexity\.formula|weekend\.definition": "a definition in words; the same as ours "
    "(§1.2), and its results are compared",
    r"season\.nutrition\.\w+\.pseudo_chi2": "not a test: the sum has no χ² distribution (§3 (1)); "
    "Kruskal–Wallis is run",
    r"season\.nutrition\.\w+\.weighted_cv_pct|season\.nutrition\.zscore_weighted": "a second "
    "normalisation of the means, which are compared; the page shows unweighted z-scores",
    r"ratings\.train\.(raw_rows|removed)|tables\.(PP_\w+|interactions_\w+)\.rows": "rows of a "
    "source file that the built file does not count; the tests of the generator do",
    r"ratings\.train\.bias_corr_pct": "compares a Spearman with a Kendall coefficient",
    r"ingratings\.season\.(n|by_season)|ingratings\.weekend\.(n|by_period|by_day)": "sums over 16 "
    "ingredients that are not all named",
    r"ingratings\.season\.means|ingratings\.weekend\.daily": "counts and means of single "
    "ingredients by group with uncleaned recipes; the demo data calibrate none of them",
}
