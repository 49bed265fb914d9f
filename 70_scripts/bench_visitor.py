"""A visitor as the server sees one: a socket that asks for pages, for the benches."""

import random
import time
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.sync.client import ClientConnection, connect

ANSWER_SECONDS = 60.0  # a visitor who waits longer has left


def visit(port: int) -> ClientConnection:
    """Open a session on this machine."""
    return connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None)


@dataclass
class ScriptRun:
    """What the server sent until the page was complete."""

    seconds: float = 0.0
    n_bytes: int = 0
    elements: list = field(default_factory=list)

    @property
    def years(self) -> Slider | None:
        """The filter of years, if the page has one."""
        sliders = [e.slider for e in self.elements if e.WhichOneof("type") == "slider"]
        return next((slider for slider in sliders if slider.id.endswith("-years")), None)

    @property
    def has_failed(self) -> bool:
        """Whether the visitor reads of an error."""
        return any(
            element.WhichOneof("type") == "exception"
            or (element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR)
            for element in self.elements
        )


def run_script(connection: ClientConnection, path: str, states: WidgetStates) -> ScriptRun:
    """Ask for the page with these widgets and wait until it is complete."""
    message = BackMsg()
    message.rerun_script.page_name = path
    message.rerun_script.widget_states.CopyFrom(states)
    started, run = time.perf_counter(), ScriptRun()
    connection.send(message.SerializeToString())
    while True:
        frame = connection.recv(timeout=ANSWER_SECONDS)
        run.n_bytes += len(frame)
        forward = ForwardMsg.FromString(frame)
        kind = forward.WhichOneof("type")
        if kind == "delta" and forward.delta.WhichOneof("type") == "new_element":
            run.elements.append(forward.delta.new_element)
        if kind == "script_finished":
            run.seconds = time.perf_counter() - started
            return run


def chosen_years(slider: Slider) -> WidgetStates:
    """Return the state of a slider on two years at random."""
    low, high = sorted(random.sample(range(int(slider.min), int(slider.max) + 1), 2))
    states = WidgetStates()
    state = states.widgets.add(id=slider.id)
    state.double_array_value.data.extend([low, high])
    return states
