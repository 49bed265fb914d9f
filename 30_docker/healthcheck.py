"""Health of the container: what /readyz says, since Streamlit answers 200 on any path."""

import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

READYZ = f"http://127.0.0.1:{os.environ.get('PORT', '8501')}/readyz"


def read() -> bytes:
    """Return what is answered, with whatever status."""
    try:
        with urlopen(READYZ, timeout=4) as answer:
            return bytes(answer.read())
    except HTTPError as refusal:
        with refusal:
            return bytes(refusal.read())


try:
    said = json.loads(read())
except (OSError, ValueError) as error:
    sys.exit(f"{READYZ}: {error}")
if said.get("status") != "ready":
    # Who deploys reads this: the engine keeps it.
    sys.exit(f"{READYZ}: not ready: {said.get('reason')}")
