# A lock that one task holds at a time; those who wait get it in their turn.

from . import core


class Lock:
    def __init__(self):
        # The task that the lock was handed to and that has not run since, True when held, False when free.
        self.state = False
        self.waiting = core.TaskQueue()

    def locked(self):
        return self.state is True

    def release(self):
        if self.state is not True:
            raise RuntimeError("Lock not acquired")
        if self.waiting.peek():
            self.state = self.waiting.pop()
            core._task_queue.push(self.state)
        else:
            self.state = False

    def acquire(self):
        if self.state is not False:
            task = core.cur_task
            self.waiting.push(task)
            task.data = self.waiting
            try:
                yield
            except core.CancelledError:
                if self.state is task:
                    # It was cancelled just when it had got the lock.
                    self.state = True
                    self.release()
                raise
        self.state = True
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        return self.release()
