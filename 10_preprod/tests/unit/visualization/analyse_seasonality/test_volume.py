from mangetamain_analytics.utils.color_theme import ColorTheme
from mangetamain_analytics.visualization.analyse_seasonality.volume import month_axis


def test_each_month_has_the_colour_of_its_season(visit):
    seasons = ColorTheme.get_seasonal_colors("dark")

    by_month = dict(zip(month_axis(visit()).ticks, month_axis(visit()).colors, strict=True))

    assert by_month == {
        **dict.fromkeys(("Dec", "Jan", "Feb"), seasons["Winter"]),
        **dict.fromkeys(("Mar", "Apr", "May"), seasons["Spring"]),
        **dict.fromkeys(("Jun", "Jul", "Aug"), seasons["Summer"]),
        **dict.fromkeys(("Sep", "Oct", "Nov"), seasons["Autumn"]),
    }
