import json

import plotly.graph_objects as go
import pytest

from mangetamain_analytics.visualization.figure import Figure

BARS = {"type": "bar", "x": ["salt", "kale"], "y": [3, 4]}
LAYOUT = {"title": {"text": "Words"}, "height": 300, "template": {"layout": {"bargap": 0.2}}}


def test_what_is_written_is_what_plotly_would_send():
    sent = json.loads(Figure([BARS], LAYOUT).to_json())
    assert sent == json.loads(go.Figure([BARS], LAYOUT).to_json())


def test_traces_and_layout_are_those_of_plotly_for_those_who_look():
    figure = Figure([BARS], LAYOUT)
    (bars,) = figure.data
    assert (bars.type, list(bars.y)) == ("bar", [3, 4])
    assert (figure.layout.title.text, figure.layout.height) == ("Words", 300)


def test_what_somebody_changed_is_sent_as_changed():
    figure = Figure([BARS], LAYOUT).update_layout(height=400)
    assert figure.to_dict()["layout"]["height"] == 400
    assert json.loads(figure.to_json())["data"][0]["y"] == [3, 4]


def test_a_mistake_is_told_to_those_who_look():
    with pytest.raises(ValueError, match="colour"):
        assert Figure([BARS | {"colour": "red"}], LAYOUT).data
