"""Work on threads ends with the call, also where Ctrl-C comes while they start."""
from threading import Event, Thread

import pytest

from tfrseg.core import run_threads


@pytest.mark.parametrize("nth", (1, 2))
def test_a_thread_that_ctrl_c_cuts_off_does_no_work(monkeypatch, nth):
    "Whoever starts a thread may be interrupted before it knows of it; then nobody waits for what that thread does."
    began, started, real = Event(), [], Thread.start

    def start(thread):
        real(thread)
        started.append(thread)
        if len(started) < nth: return
        began.wait(0.3)  # no longer than it takes where it begins at once
        raise KeyboardInterrupt

    monkeypatch.setattr(Thread, "start", start)
    with pytest.raises(KeyboardInterrupt): run_threads(lambda item, on_step: began.set(), range(9), print, workers=2)
    for thread in started: thread.join()
    assert not began.is_set()
