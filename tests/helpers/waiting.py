"Waits for an event, and fails where it does not come."
import time
from collections.abc import Callable


def until(happened: Callable[[], object], what: str, seconds: float = 120,
          pause: Callable[[], object] = lambda: time.sleep(0.01)) -> None:
    """Waits until something has happened; a test that waits without an end would hang in silence.
    `pause` is what it does between two looks: a browser's page has its own, in which it hears of events."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"after {seconds:g} s: {what}"
        pause()
