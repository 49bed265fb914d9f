"""Addresses within the site that a visitor may follow in their language and theme."""

from urllib.parse import urlencode

import streamlit as st

KEPT = ("lang", "light")  # parameters of the address that every page reads


def address(path: str, anchor: str) -> str:
    """Return where a part of a page is, in the language and the theme of the visitor's address."""
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    query = f"?{urlencode(kept)}" if kept else ""
    return f"/{path}{query}#{anchor}"
