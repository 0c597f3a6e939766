"""Where batches are parsed and predicted: in this process, or wherever an executor runs them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

from job.model.contract import Model
from job.registry.registry import Registry
from job.registry.sent import Sent

T = TypeVar("T")
R = TypeVar("R")


class InProcess(Executor):
    """Calls a function when it is submitted, in the thread that submits it."""

    def submit(self, function: Callable[..., R], /, *arguments: Any, **named: Any) -> Future[R]:
        """Call the function; the future is done."""
        done: Future[R] = Future()
        try:
            done.set_result(function(*arguments, **named))
        except Exception as error:  # kept for whoever asks for the result, as in other executors
            done.set_exception(error)
        return done


@dataclass(frozen=True)
class Workers:
    """An executor, and how many batches it may be given before the oldest of them is used, which bounds memory."""

    executor: Executor
    ahead: int

    def submit(self, function: Callable[..., R], *arguments: object) -> Future[R]:
        """Let a worker call a function that can be pickled."""
        return self.executor.submit(function, *arguments)

    def result(self, future: "Future[R]") -> R:
        """Wait for a result. Raises what the function raised."""
        return future.result()

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Like the built-in map, with up to `ahead` calls at once.

        An error of `items` is raised after the results of all items before it.
        """
        iterator, futures, failure = iter(items), deque[Future[R]](), None
        while True:
            try:
                item = next(iterator)
            except StopIteration:
                break
            except Exception as error:
                failure = error
                break
            futures.append(self.submit(function, item))
            if len(futures) == self.ahead:
                yield self.result(futures.popleft())
        while futures:
            yield self.result(futures.popleft())
        if failure:
            raise failure

    def send(self, model: Model, registry: Registry) -> Model | Sent:  # noqa: ARG002 - those of a cluster need it
        """The model as the functions that are submitted take it."""
        return model


HERE = Workers(InProcess(), ahead=1)
