"""Sets what the site shows beside the figures that others published from the real files.

    make data SCALE=1.0 compare    the demo data of full size
    make compare MANGETAMAIN_DB=FILE    another file of the site

They stay outside git, in ../shared/published_figures.json; `--published` names another place and
`--markdown FILE` writes the summary.

Every published figure ends in one of three ways: compared, corrected on purpose (both values and
the reason are told), or not kept (the reason is told). None is left out in silence.
"""
