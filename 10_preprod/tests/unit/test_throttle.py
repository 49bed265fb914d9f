import time
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from mangetamain_analytics import throttle
from mangetamain_analytics.throttle import KNOWN_FRAMES, SessionThrottle, TokenBucket

RERUN = BackMsg(rerun_script={"query_string": ""}).SerializeToString()
HEARTBEAT = BackMsg(app_heartbeat=True).SerializeToString()


def open_socket(server: Any, **options: Any) -> ClientConnection:
    url = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    return connect(url, subprotocols=["streamlit"], max_size=None, **options)


def until_finished(socket: ClientConnection) -> list[ForwardMsg]:
    """What the server says until its script has run."""
    messages = []
    while not messages or messages[-1].WhichOneof("type") != "script_finished":
        frame = socket.recv(timeout=60)  # bytes, although a socket might send text
        messages.append(ForwardMsg.FromString(frame))  # type: ignore[arg-type]
    return messages


# The rate.


def test_a_burst_passes_at_once_and_then_the_rate_counts() -> None:
    bucket = TokenBucket(per_second=5, burst=20, now=100.0)

    assert [bucket.seconds_to_wait(100.0) for _ in range(20)] == [0] * 20
    assert bucket.seconds_to_wait(100.0) == pytest.approx(0.2)
    assert bucket.seconds_to_wait(100.2) == pytest.approx(0.2)


def test_a_visitor_at_a_human_pace_never_waits() -> None:
    bucket = TokenBucket(per_second=5, burst=20, now=0.0)

    assert all(bucket.seconds_to_wait(turn / 4) == 0 for turn in range(1000))


def test_patience_is_not_saved_up_beyond_the_burst() -> None:
    bucket = TokenBucket(per_second=5, burst=3, now=0.0)
    waits = [bucket.seconds_to_wait(1000.0) for _ in range(4)]

    assert waits == [0, 0, 0, pytest.approx(0.2)]


def test_frames_that_a_browser_sends_are_known_by_their_real_names() -> None:
    names = {field.name for field in BackMsg.DESCRIPTOR.fields}

    assert KNOWN_FRAMES < names
    assert {"clear_cache", "set_run_on_save", "debug_shutdown_runtime"} <= names - KNOWN_FRAMES


# What reaches the server behind it.


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Send back each frame that arrives."""
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    async for frame in socket.iter_bytes():
        await socket.send_bytes(frame)


def echoed(*frames: bytes) -> list[bytes]:
    with TestClient(SessionThrottle(echo)).websocket_connect("/") as socket:
        for frame in frames:
            socket.send_bytes(frame)
        answers = []
        while not answers or answers[-1] != frames[-1]:
            answers.append(socket.receive_bytes())
    return answers


@pytest.mark.parametrize(
    "frame",
    [
        {"clear_cache": True},
        {"set_run_on_save": True},
        {"load_git_info": True},
        {"debug_shutdown_runtime": True},
        {"debug_disconnect_websocket": True},
    ],
    ids=lambda frame: next(iter(frame)),
)
def test_nobody_empties_everybodys_caches_nor_plays_developer(frame: dict[str, bool]) -> None:
    dropped = BackMsg(**frame).SerializeToString()

    assert echoed(RERUN, dropped, dropped, HEARTBEAT) == [RERUN, HEARTBEAT]


def test_frames_beyond_the_burst_wait_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "BURST", 2)
    monkeypatch.setattr(throttle, "FRAMES_PER_SECOND", 4)
    started = time.monotonic()

    assert echoed(RERUN, RERUN, RERUN, RERUN, HEARTBEAT) == [RERUN] * 4 + [HEARTBEAT]
    assert time.monotonic() - started > 0.74  # three frames more than the burst


# A real socket.


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:1",
        "http://example.org",
        "https://example.org.evil.example",
        "null",
    ],
)
def test_a_page_of_another_site_is_refused_without_a_session(server: Any, origin: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        open_socket(server, origin=origin)

    assert caught.value.response.status_code == 403
    assert "external IP" not in server.output.read_text()  # Streamlit would have asked for it


@pytest.mark.parametrize("own", ["https://example.org", "http://127.0.0.1:{port}", None])
def test_our_own_pages_get_an_answer(server: Any, own: str | None) -> None:
    origin = own and own.format(port=server.port)
    with open_socket(server, origin=origin) as socket:
        socket.send(RERUN)

        kinds = {message.WhichOneof("type") for message in until_finished(socket)}
        assert {"new_session", "delta", "script_finished"} <= kinds


def test_a_name_that_is_not_ours_is_refused(server: Any) -> None:
    """A foreign name that is made to point at this machine has an origin like its host."""
    evil = {"Host": "evil.example"}
    with pytest.raises(InvalidStatus):
        open_socket(server, origin="http://evil.example", additional_headers=evil)


def test_two_hundred_frames_at_once_leave_the_server_answering(server: Any) -> None:
    with open_socket(server) as socket:
        for _ in range(200):
            socket.send(RERUN)
        answers = [server.get("/healthz") for _ in range(5)]
        with open_socket(server) as other:
            other.send(RERUN)
            assert until_finished(other)

    assert [answer.status_code for answer in answers] == [200] * 5


def test_a_frame_that_cannot_be_read_ends_the_session_only(server: Any) -> None:
    with open_socket(server) as socket:
        socket.send(b"\xff\xff\xff")
        with pytest.raises(ConnectionClosed) as caught:
            while True:
                socket.recv(timeout=30)

    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == 1002
    assert server.get("/healthz").status_code == 200


def test_what_is_not_a_socket_passes(server: Any) -> None:
    answer = httpx2.get(server.url + "/healthz", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 200
