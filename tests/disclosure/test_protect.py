"""What is hidden of a table of counts, held against a reader who tries every table that fits what is shown."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from savnet.disclosure import SMALLEST_SHOWN, Cell, NotATable, Table, protect
from savnet.disclosure.network import bounds

ROWS, COLUMNS = ("Nord", "Sør", "Øst"), ("2024", "2025", "2026")


def table(*rows: tuple[int, ...]) -> Table:
    """A table with these counts, read along the rows."""
    names = tuple(zip(ROWS, rows, strict=False))
    columns = COLUMNS[: len(rows[0])]
    return Table(
        tuple(name for name, _ in names),
        columns,
        {(name, column): n for name, row in names for column, n in zip(columns, row, strict=True)},
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Small tables with many small counts, as ours are."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    count = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return table(*(tuple(draw(count) for _ in range(width)) for _ in range(height)))


MOST = 11


def fitting(made: Table, shown: Mapping[Cell, int]) -> list[dict[Cell, int]]:
    """Every table of two by two, counts up to MOST, that agrees with all that is shown: the patient reader's work."""
    (one, two), (left, right) = made.rows, made.columns
    inner = [Cell(one, left), Cell(one, right), Cell(two, left), Cell(two, right)]
    choices = [(shown[cell],) if cell in shown else range(MOST + 1) for cell in inner]
    totals = [Cell(one, None), Cell(two, None), Cell(None, left), Cell(None, right), Cell(None, None)]
    fits = []
    for a, b, c, d in product(*choices):
        guess = dict(zip([*inner, *totals], (a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d), strict=True))
        if all(guess[cell] == count for cell, count in shown.items()):
            fits.append(guess)
    return fits


def test_a_table_without_small_counts_is_shown_whole() -> None:
    protected = protect(table((5, 7), (0, 12)))
    assert not protected.hidden
    assert protected.shown[Cell(None, None)] == 24


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_from_one_to_four_are_hidden(count: int, hidden: bool) -> None:
    protected = protect(table((count, 20, 30), (20, 20, 20), (30, 20, 25)))
    assert (Cell("Nord", "2024") in protected.hidden) is hidden


def test_one_hidden_count_alone_would_be_the_total_less_the_others() -> None:
    protected = protect(table((2, 20), (20, 20)))
    assert {Cell("Nord", "2024"), Cell("Nord", "2025"), Cell("Sør", "2024"), Cell("Sør", "2025")} <= protected.hidden


def test_a_small_total_is_hidden_too() -> None:
    protected = protect(table((1, 1), (30, 30)))
    assert Cell("Nord", None) in protected.hidden


def test_a_table_of_one_child_is_withheld_whole() -> None:
    assert protect(
        table(
            (1,),
        )
    ).withheld


def test_no_more_is_hidden_than_it_takes() -> None:
    protected = protect(table((2, 20, 30), (20, 9, 40), (30, 40, 50)))
    assert len(protected.hidden) == 4


@pytest.mark.parametrize(
    ("rows", "columns", "counts"),
    [
        (("Nord",), ("2024",), {("Nord", "2024"): -1}),
        (("Nord",), ("2024",), {("Sør", "2024"): 1}),
        (("Nord", "Nord"), ("2024",), {}),
        ((), ("2024",), {}),
    ],
)
def test_what_is_no_table_is_refused(
    rows: tuple[str, ...], columns: tuple[str, ...], counts: dict[tuple[str, str], int]
) -> None:
    with pytest.raises(NotATable):
        Table(rows, columns, counts)


@given(tables())
def test_whatever_is_shown_is_true_and_never_small(made: Table) -> None:
    protected = protect(made)
    for cell, shown in protected.shown.items():
        assert shown == made.values[cell]
        assert not 0 < shown < SMALLEST_SHOWN


@given(tables())
def test_every_cell_is_either_shown_or_hidden(made: Table) -> None:
    protected = protect(made)
    assert set(protected.shown) | protected.hidden == set(made.values)
    assert not set(protected.shown) & protected.hidden


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[st.integers(0, 7)] * 4))
def test_who_tries_every_table_can_neither_tell_that_a_small_count_is_some_nor_that_it_is_small(
    counts: tuple[int, int, int, int],
) -> None:
    made = table(counts[:2], counts[2:])
    protected = protect(made)
    fits = fitting(made, protected.shown)
    for cell, count in made.values.items():
        if 0 < count < SMALLEST_SHOWN:
            possible = {guess[cell] for guess in fits}
            assert min(possible) == 0
            assert max(possible) >= SMALLEST_SHOWN


PLACES = sorted(table((0, 0), (0, 0)).values, key=repr)


@settings(max_examples=25, deadline=None)
@given(st.tuples(*[st.integers(0, 4)] * 4), st.sets(st.sampled_from(PLACES)))
def test_the_bounds_are_those_that_trying_every_table_gives(counts: tuple[int, ...], hidden: set[Cell]) -> None:
    made = table(counts[:2], counts[2:])
    fits = fitting(made, {cell: count for cell, count in made.values.items() if cell not in hidden})
    for cell in hidden:
        least, most = bounds(cell, made.values, hidden)
        possible = {guess[cell] for guess in fits}
        assert least == min(possible)
        # The patient reader stops at MOST; where nothing stops a count, every one below it was found to fit.
        assert most == max(possible) if most < MOST else max(possible) >= MOST
