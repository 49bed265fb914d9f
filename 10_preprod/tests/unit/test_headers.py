"""What answers tell browsers, on our own routes and on Streamlit's."""

import base64
import hashlib
from typing import Any

import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mangetamain_analytics.headers import SecurityHeaders, content_security_policy
from mangetamain_analytics.routes import ROUTES

EVERYWHERE = [
    "/",
    "/trends?lang=fr",
    "/nowhere",
    "/healthz",
    "/readyz",
    "/theme.css",
    "/assets/site.js",
    "/assets/none.js",
    "/_stcore/health",
    "/favicon.png",
    "/media/none.csv",
]


def directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_the_headers(server: Any, path: str) -> None:
    headers = server.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    policy = directives(headers["content-security-policy"])
    assert policy["default-src"] == policy["connect-src"] == ["'self'"]
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    assert "strict-transport-security" not in headers


def test_a_browsers_copy_is_renewed_with_its_headers(server: Any) -> None:
    first = server.get("/assets/site.css")
    same = server.get("/assets/site.css", **{"If-None-Match": first.headers["etag"]})

    assert same.status_code == 304
    assert "content-security-policy" in same.headers


def test_the_inline_scripts_of_a_document_and_no_others_are_allowed(server: Any) -> None:
    """By the HTML parser, not by the expression that made the policy."""
    answer = server.get("/trends")
    scripts = BeautifulSoup(answer.text, "html.parser").find_all("script", src=False)
    hashes = {base64.b64encode(hashlib.sha256(s.text.encode()).digest()).decode() for s in scripts}
    allowed = directives(answer.headers["content-security-policy"])["script-src"]

    assert scripts
    assert set(allowed) == {"'self'"} | {f"'sha256-{digest}'" for digest in hashes}


def test_scripts_need_a_hash_of_their_own() -> None:
    document = '<script>a()</script><script type="module" src="x.js"></script><script>b()</script>'

    assert content_security_policy(document).count("'sha256-") == 2
    assert content_security_policy("<script>a()</script>") != content_security_policy(
        "<script>c()</script>"
    )
    assert "unsafe" not in " ".join(directives(content_security_policy(document))["script-src"])


def test_what_an_application_says_itself_is_replaced() -> None:
    app = Starlette(routes=list(ROUTES), middleware=[Middleware(SecurityHeaders)])

    assert TestClient(app).get("/robots.txt").headers.get_list("referrer-policy") == ["same-origin"]
