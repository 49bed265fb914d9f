import pytest

from mangetamain_analytics.utils.insights import Item
from mangetamain_analytics.visualization import item_choice
from mangetamain_analytics.visualization.item_choice import (
    ChosenItems,
    choice_note,
    offered_names,
)


@pytest.fixture
def data(edited_snapshot):
    """Items in 60, 40, 20 and 19 recipes, the second with a name of 7,994 bytes."""
    rows = [("salt", 60), ("é" * 3997, 40), ("flour", 20), ("saffron", 19)]
    values = ", ".join(f"('ingredient', '{name}', 2003, {n})" for name, n in rows)
    return edited_snapshot("delete from item_years", f"insert into item_years values {values}")


def test_the_list_holds_the_most_used_until_its_bytes_are_spent(visit, data):
    assert offered_names(visit(data=data), Item.INGREDIENT) == ["salt", "é" * 3997]
    assert offered_names(visit(data=data), Item.TAG) == []


def test_the_list_holds_no_rare_item(visit, data, monkeypatch):
    monkeypatch.setattr(item_choice, "OFFERED_BYTES", 9_000)
    assert offered_names(visit(data=data), Item.INGREDIENT) == ["salt", "é" * 3997, "flour"]


def test_what_is_left_out_is_said_by_name(visit):
    chosen = ChosenItems(("salt",), ("half & half, fat-free", "baker’s ‘own’"))
    assert choice_note(visit(), chosen, ["kale"]) == (
        "Left out, for the data do not know it: “half & half, fat-free” and “baker’s ‘own’”."
        " No recipe of the chosen years carries “kale”."
    )
    assert choice_note(visit(), ChosenItems(("salt",))) == ""


def test_a_link_among_the_names_is_none_in_the_note(visit):
    note = choice_note(visit(), ChosenItems((), ("[win](x)",)))
    assert note == r"Left out, for the data do not know it: “\[win\](x)”."
