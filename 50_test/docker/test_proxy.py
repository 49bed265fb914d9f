"""What the proxy gives, hides and refuses, in front of one replica."""

import gzip
import http.client
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from .conftest import HARDENED, ask, docker, free_port, readyz, wait_until

NAME = f"mmt{os.getpid()}-proxy"
LIMIT = 1000  # requests of one address in ten seconds, of haproxy.cfg


@dataclass(frozen=True)
class Proxies:
    """Two proxies in front of one site; one believes the address that these tests come from."""

    trusting: int
    distrusting: int


@pytest.fixture(scope="module")
def proxies(site_image: str, proxy_image: str) -> Iterator[Proxies]:
    made = Proxies(free_port(), free_port())
    docker("network", "create", "--subnet", "10.235.0.0/24", "--gateway", "10.235.0.1", NAME)
    try:
        docker(
            *["run", "--detach", "--name", f"{NAME}-site", "--network", NAME],
            *["--network-alias", "site", "--env=DEMO_SCALE=0.02", *HARDENED, site_image],
        )
        for port, believed in ((made.trusting, "10.235.0.1"), (made.distrusting, "192.0.2.7")):
            docker(
                *["run", "--detach", "--name", f"{NAME}-{port}", "--network", NAME, *HARDENED],
                *["--env=SITE=site", f"--env=TRUSTED_PROXY={believed}"],
                *[f"--publish=127.0.0.1:{port}:8080", proxy_image],
            )
        for port in (made.trusting, made.distrusting):
            wait_until(lambda port=port: readyz(port).get("status") == "ready", 60, "ready")
        yield made
    finally:
        names = [NAME + end for end in ("-site", f"-{made.trusting}", f"-{made.distrusting}")]
        docker("rm", "--force", "--volumes", *names)
        docker("network", "rm", NAME)


def test_every_answer_carries_the_security_headers(proxies: Proxies) -> None:
    for path in ("/trends", "/assets/site.css", "/no-such-page", "/metrics"):
        headers = ask(proxies.distrusting, path).headers

        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Server"] is None


def test_policy_of_the_site_is_passed_on_as_it_is(proxies: Proxies) -> None:
    policy = ask(proxies.distrusting, "/trends").headers["Content-Security-Policy"]

    assert "script-src 'self' 'sha256-" in policy and "connect-src 'self'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/_stcore/metrics",
        "/metrics/",
        "//metrics",
        "/_stcore//metrics",
        "/%6detrics",
        "/_stcore/%6Detrics",
        "/METRICS",
        "/metrics?x=1",
    ],
)
def test_figures_about_the_inside_stay_inside(proxies: Proxies, path: str) -> None:
    answer = ask(proxies.distrusting, path)

    assert answer.status == 404
    assert "session" not in answer.text


def test_texts_are_compressed(proxies: Proxies) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", proxies.distrusting, timeout=20)
    connection.request("GET", "/assets/site.css", headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(body) < len(gzip.decompress(body)) / 2


def test_visitor_stays_on_one_replica(proxies: Proxies) -> None:
    cookie = ask(proxies.distrusting, "/trends").headers["Set-Cookie"]

    assert cookie.startswith("replica=")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    again = ask(proxies.distrusting, "/trends", {"Cookie": cookie.split(";")[0]})
    assert again.headers["Set-Cookie"] is None


def test_only_the_trusted_proxy_says_that_a_visit_is_https(proxies: Proxies) -> None:
    over_tls = {"X-Forwarded-Proto": "https"}

    told = ask(proxies.trusting, "/trends", over_tls).headers
    assert told["Strict-Transport-Security"].startswith("max-age=")
    assert told["Set-Cookie"].endswith("; Secure")
    not_told = ask(proxies.distrusting, "/trends", over_tls).headers
    assert not_told["Strict-Transport-Security"] is None
    assert "Secure" not in not_told["Set-Cookie"]


def test_web_socket_of_a_session_passes(proxies: Proxies) -> None:
    with socket.create_connection(("127.0.0.1", proxies.distrusting), timeout=20) as connection:
        connection.sendall(
            b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert connection.recv(64).startswith(b"HTTP/1.1 101")


def flood(port: int, headers: dict[str, str] | None = None, n: int = LIMIT + 100) -> list[int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    statuses = []
    for _ in range(n):
        connection.request("GET", "/robots.txt", headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        statuses.append(answer.status)
    connection.close()
    return statuses


def test_one_address_gets_its_share_and_no_more(proxies: Proxies) -> None:
    greedy = {"X-Forwarded-For": "203.0.113.9"}

    statuses = flood(proxies.trusting, greedy)

    assert statuses[:500] == [200] * 500
    assert statuses[-1] == 429
    refused = ask(proxies.trusting, "/trends", greedy)
    assert refused.headers["Retry-After"] == "10"
    assert "Too many cooks" in refused.text
    # Somebody else behind the same trusted proxy is served.
    assert ask(proxies.trusting, "/trends", {"X-Forwarded-For": "203.0.113.10"}).status == 200


def test_nobody_gets_a_new_share_by_claiming_another_address(proxies: Proxies) -> None:
    flood(proxies.distrusting, n=LIMIT)

    claims = [{"X-Forwarded-For": f"203.0.113.{index}"} for index in range(100)]
    statuses = [ask(proxies.distrusting, "/robots.txt", claim).status for claim in claims]

    assert 429 in statuses


def test_proxy_logs_no_address_of_a_visitor(proxies: Proxies) -> None:
    ask(proxies.trusting, "/trends?secret=choice", {"X-Forwarded-For": "203.0.113.99"})

    logs = docker("logs", f"{NAME}-{proxies.trusting}")
    assert "203.0.113" not in logs and "choice" not in logs
    assert json.loads(docker("inspect", f"{NAME}-{proxies.trusting}"))[0]["State"]["Running"]
