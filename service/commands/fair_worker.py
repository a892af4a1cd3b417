"""A web process that leaves a new connection to one with fewer, so that no core idles beside a busy one."""

from __future__ import annotations

import socket
import time

from gunicorn.workers.gthread import ThreadWorker

STEP_S = 0.0005
"""What a process waits per connection that it has. An idle one takes a connection within a tenth of this."""

MOST_STEPS = 4


class FairWorker(ThreadWorker):  # type: ignore[misc]
    """Threads as in gunicorn; connections are shared out.

    Every process hears of a new connection and the first to take it keeps it, often for many requests: of
    four clients that come together one process could get all.
    """

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, if no process with fewer has taken it in the meantime."""
        time.sleep(STEP_S * min(self.nr_conns, MOST_STEPS))
        super().accept(listener)
