"""Health of the container: what /readyz says, since Streamlit answers 200 on any path."""

import json
import os
import sys
from urllib.request import urlopen

READYZ = f"http://127.0.0.1:{os.environ.get('PORT', '8501')}/readyz"

try:
    with urlopen(READYZ, timeout=4) as answer:
        is_ready = json.load(answer).get("status") == "ready"
except (OSError, ValueError) as error:
    sys.exit(f"{READYZ}: {error}")
sys.exit(0 if is_ready else f"{READYZ}: not ready")
