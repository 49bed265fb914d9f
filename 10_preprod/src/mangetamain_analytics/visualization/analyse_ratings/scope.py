"""The choice of all ratings or those of the train split, for every page that shows ratings."""

import streamlit as st

from mangetamain_analytics.visualization.page import Visit


def train_filter(visit: Visit) -> bool:
    """Show the choice if the data have a train split; return whether it alone is shown."""
    return visit.data.snapshot.info.has_train_split and st.toggle(
        visit.t("ratings-train-label"),
        key="train",
        bind="query-params",
        help=visit.t("ratings-train-help"),
    )
