"""What is kept in memory, and for how long: answers live and die with the build they are about.

A cache of a module that is keyed by a build would keep that build, and its database, for as long as
the server runs. So answers hang on the build itself, and nothing else holds one.
"""

import gc
import weakref
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Keeping(Protocol):
    """What answers can hang on: it has room for them, and can be held weakly."""

    @property
    def answers(self) -> dict[Callable[..., Any], Callable[..., Any]]:
        """The answers kept so far, by question."""
        ...


B = TypeVar("B", bound=Keeping)


def per_build(
    most: int = 1,
) -> Callable[[Callable[Concatenate[B, P], T]], Callable[Concatenate[B, P], T]]:
    """Keep the last answers of a question to a build with the build: `most` of them.

    The first parameter is the build, and the others can be hashed. An answer must not hold the
    build: it would then only be freed by a collection.
    """

    def decorate(question: Callable[Concatenate[B, P], T]) -> Callable[Concatenate[B, P], T]:
        @wraps(question)
        def answer(build: B, *rest: P.args, **named: P.kwargs) -> T:
            asked = build.answers.get(question)
            if asked is None:
                asked = build.answers.setdefault(question, _remember(build, question, most))
            return asked(*rest, **named)

        return answer

    return decorate


def _remember(build: B, question: Callable[Concatenate[B, P], T], most: int) -> Callable[..., T]:
    # Weakly, or the build would hold what holds the build, and outlive its last reader.
    weakly = weakref.ref(build)

    @lru_cache(maxsize=most)
    def ask(*rest: P.args, **named: P.kwargs) -> T:
        return question(weakly(), *rest, **named)  # ty: ignore - whoever asks holds the build

    return ask


def settle() -> None:
    """Collect, then keep what is left out of every later collection: it is here to stay.

    What is only being used at this moment is kept out too, until the next `unsettle`.
    """
    gc.collect()
    gc.freeze()


def unsettle() -> None:
    """Look through everything again, also what was thought to stay, and settle what is left."""
    gc.unfreeze()
    settle()
