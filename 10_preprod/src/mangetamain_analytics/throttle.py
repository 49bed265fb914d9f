"""What one visitor's WebSocket may do: come from our own pages, and ask at a human pace."""

import asyncio
from urllib.parse import urlsplit

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.proto.BackMsg_pb2 import BackMsg

# Frames per second, and how many may come at once. Measured: a slider dragged without pause sends
# fewer than 5, and one client that sends 200 keeps a server from answering for minutes.
FRAMES_PER_SECOND = 5.0
BURST = 20.0

# What a browser says to a site without uploads. Left out are above all `clear_cache`, two bytes
# that would empty everybody's caches, and what only developers need.
KNOWN_FRAMES = frozenset(
    {"rerun_script", "stop_script", "app_heartbeat", "backend_operation_request"}
)

POLICY_VIOLATION = 1008


class TokenBucket:
    """Says how long to wait so that a rate is kept, after a first burst."""

    def __init__(self, per_second: float, burst: float, now: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._tokens, self._counted_at = burst, now

    def seconds_to_wait(self, now: float) -> float:
        """Take a token and return the seconds until it is there."""
        earned = (now - self._counted_at) * self._per_second
        self._tokens = min(self._burst, self._tokens + earned) - 1
        self._counted_at = now
        return max(0.0, -self._tokens / self._per_second)


class SessionThrottle:
    """ASGI middleware: refuses sockets of foreign pages, slows frames down, drops unknown ones.

    Streamlit checks the origin too, but looks its own address up on the internet first, and
    nobody else is answered meanwhile.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is not a WebSocket, or comes from our own pages."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
        elif _is_ours(Headers(scope=scope)):
            await self._app(scope, _throttled(receive), send)
        else:
            await WebSocketClose(POLICY_VIOLATION, "foreign origin")(scope, receive, send)


def _is_ours(headers: Headers) -> bool:
    """Browsers always name the origin; programs, which nobody can lure, need not."""
    origin = headers.get("origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return True
    return urlsplit(origin).netloc == headers.get("host")


def _throttled(receive: Receive) -> Receive:
    """Wait rather than drop: the last position of a slider counts."""
    clock = asyncio.get_running_loop().time
    bucket = TokenBucket(FRAMES_PER_SECOND, BURST, clock())

    async def receive_known() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            await asyncio.sleep(bucket.seconds_to_wait(clock()))
            if _is_known(message.get("bytes") or b""):
                return message

    return receive_known


def _is_known(frame: bytes) -> bool:
    """What cannot be read passes: Streamlit closes the socket then."""
    try:
        return BackMsg.FromString(frame).WhichOneof("type") in {*KNOWN_FRAMES, None}
    except DecodeError:
        return True
