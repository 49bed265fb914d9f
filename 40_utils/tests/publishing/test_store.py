"""What is said about answers that the real servers of `50_test` do not give when asked to."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mangetamain_data_utils.exceptions import StoreRefused, VersionRefused
from mangetamain_data_utils.publishing.settings import StoreSettings
from mangetamain_data_utils.publishing.store import Store


class Scripted(HTTPServer):
    """Gives the same answer to every request."""

    status = 200
    body = b""


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_GET(self) -> None:  # noqa: N802
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(self.server.status)
        self.send_header("content-length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_POST = do_PUT = do_GET

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def store(server) -> Store:
    endpoint = f"http://127.0.0.1:{server.server_port}"
    return Store(StoreSettings(endpoint, "here", "bucket", "GKid", "the-secret", "the environment"))


@pytest.mark.parametrize(
    ("status", "code", "said", "message"),
    [
        (400, "AuthorizationHeaderMalformed", "scope", "check AWS_REGION=here$"),
        (
            500,
            "InternalError",
            "disk full",
            r"in trouble \(InternalError: disk full\): look at its",
        ),
        (503, "SlowDown", "", r"the store is in trouble \(SlowDown\): look at its log and at its"),
        (
            403,
            "RequestTimeTooSkewed",
            "server's time",
            "the clock of this machine is wrong, set it$",
        ),
        (
            403,
            "AccessDenied",
            "Operation is not allowed",
            "may not do this .*: the publisher's key",
        ),
        (400, "SomethingNew", "GKid the-secret", r"refused \(SomethingNew: \*\*\* \*\*\*\)$"),
    ],
)
def test_an_error_of_the_store_says_what_to_look_at(
    server, store, status, code, said, message
) -> None:
    server.status = status
    server.body = f"<Error><Code>{code}</Code><Message>{said}</Message></Error>".encode()
    with pytest.raises(StoreRefused, match=message) as caught:
        store.put("current.json", b"{}")
    assert str(caught.value).startswith(f"bucket bucket at {store.settings.endpoint}, current.json")


def test_an_object_that_cannot_be_deleted_is_named(server, store) -> None:
    server.body = (
        b"<DeleteResult><Error><Key>data/x</Key><Code>AccessDenied</Code>"
        b"<Message>no</Message></Error></DeleteResult>"
    )
    with pytest.raises(StoreRefused, match="data/x cannot be deleted: no$"):
        store.delete(["data/x"])


def test_an_object_that_is_gone_need_not_be_deleted(server, store) -> None:
    """Garage says so; S3 does not."""
    server.body = (
        b"<DeleteResult><Error><Key>data/x</Key><Code>NoSuchKey</Code></Error></DeleteResult>"
    )
    store.delete(["data/x"])


def test_a_pointer_of_a_gigabyte_is_not_read_into_memory(server, store) -> None:
    server.body = b" " * 70_000
    with pytest.raises(VersionRefused, match="^current.json: is larger than 65,536 bytes$"):
        store.get("current.json")
