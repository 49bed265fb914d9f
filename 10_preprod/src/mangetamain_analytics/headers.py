"""What every answer tells browsers: which scripts may run, and that nobody may frame the site."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mangetamain_analytics.documents import streamlit_document

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def content_security_policy(document: str) -> str:
    """Return the policy under which this document runs: its own inline scripts by their hash.

    Streamlit and Plotly write styles into the page, draw images from data and blob addresses, and
    Plotly's maps and tables may start workers; none of them needs ``eval``. ``'self'`` covers the
    WebSocket.
    """
    digests = (hashlib.sha256(text.encode()).digest() for text in INLINE_SCRIPT.findall(document))
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self'{hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        )
    )


class SecurityHeaders:
    """ASGI middleware: adds the headers to every answer, Streamlit's included.

    ``strict-transport-security`` is left to the proxy that ends TLS.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {
            "content-security-policy": content_security_policy(streamlit_document()),
            "x-content-type-options": "nosniff",
            # Choices stand in addresses: no other site is told them, not even by a link.
            "referrer-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers; WebSockets have none."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)
