"""A function is mapped over batches in order, with a bounded number of calls at once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from job.scoring.workers import HERE, Workers

SECONDS = 30  # enough for any machine


class Broken(Exception):
    """A test's error."""


def numbers(count: int, read: list[int], error: Exception | None = None) -> Iterator[int]:
    """Yield the numbers from 1, noting each in `read`, then raise the error, if any."""
    for number in range(1, count + 1):
        read.append(number)
        yield number
    if error:
        raise error


def test_in_this_process_one_batch_is_read_at_a_time() -> None:
    """The next is read only when the result before it has been used."""
    read: list[int] = []
    results = HERE.map(lambda number: -number, numbers(3, read))
    assert (next(results), read) == (-1, [1])
    assert (next(results), read) == (-2, [1, 2])


def test_results_come_in_order_and_a_bounded_number_ahead() -> None:
    """The first call cannot end before the third has started, yet its result comes first, with three batches read."""
    read: list[int] = []
    has_read_all, limit = threading.Event(), 3

    def call(number: int) -> int:
        if number == limit:
            has_read_all.set()
        if number == 1:
            assert has_read_all.wait(SECONDS)
        return -number

    with ThreadPoolExecutor(limit) as threads:
        results = Workers(threads, ahead=limit).map(call, numbers(9, read))
        assert next(results) == -1
        assert read == [1, 2, 3]
        assert list(results) == list(range(-2, -10, -1))


@pytest.mark.parametrize("ahead", [1, 2, 9])
def test_an_error_while_reading_comes_after_all_results(ahead: int) -> None:
    """Every batch before it can be committed."""
    results: list[int] = []
    with ThreadPoolExecutor(2) as threads, pytest.raises(Broken, match="reading"):
        results.extend(Workers(threads, ahead).map(abs, numbers(5, [], Broken("reading"))))
    assert results == [1, 2, 3, 4, 5]


def test_an_error_of_a_call_comes_after_the_results_before_it() -> None:
    """Whatever comes later is dropped, even an error while reading."""
    results: list[float] = []
    with pytest.raises(ZeroDivisionError):
        results.extend(HERE.map(lambda number: 1 / (number - 3), numbers(5, [], Broken("reading"))))
    assert results == [-0.5, -1]
