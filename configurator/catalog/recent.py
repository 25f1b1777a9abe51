"""What a process has worked out lately and may need again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The last `kept` things by key; thread-safe, forgets first what was unused longest.

    Two threads may work out the same thing at once: nobody waits for another's work.
    """

    def __init__(self, kept: int) -> None:
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._most = kept
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """What `key` names, made now if it is not at hand."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
