# Tasks, the queue of those that are due, and the loop that runs them.

from time import ticks_ms as ticks, ticks_diff, ticks_add
import select
import sys


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# What the exception handler gets; made beforehand, one for all.
_context = {"message": "Task exception wasn't retrieved", "exception": None, "future": None}


# Tasks in the order of their times; those of the same time in the order in which they came.
class TaskQueue:
    def __init__(self):
        self.tasks = []

    def peek(self):
        return self.tasks[0] if self.tasks else None

    def push(self, task, key=None):
        task.data = None
        task.ph_key = key if key is not None else ticks()
        tasks = self.tasks
        at = len(tasks)
        while at > 0 and ticks_diff(tasks[at - 1].ph_key, task.ph_key) > 0:
            at -= 1
        tasks.insert(at, task)

    def pop(self):
        return self.tasks.pop(0)

    def remove(self, task):
        self.tasks.remove(task)


# A coroutine that runs by itself. `state` is True while it runs and nobody waits for it, the queue of those who wait,
# or a function to be called at its end; None once it has ended and nobody has asked how, False once somebody has.
# `data` is, while it waits, what it waits on: a task, or what has `remove`; the exception to be raised in it; or, once
# it has ended, the exception that it ended with.
class Task:
    def __init__(self, coro, globals=None):
        self.coro = coro
        self.data = None
        self.state = True
        self.ph_key = 0

    def __iter__(self):
        if not self.state:
            self.state = False
        elif self.state is True:
            self.state = TaskQueue()
        elif type(self.state) is not TaskQueue:
            raise RuntimeError("can't wait")
        return self

    def __next__(self):
        if not self.state:
            raise self.data
        self.state.push(cur_task)
        cur_task.data = self

    def done(self):
        return not self.state

    def cancel(self):
        if not self.state:
            return False
        if self is cur_task:
            raise RuntimeError("can't cancel self")
        # It is the task at the end of a row of waiting ones that can be woken.
        task = self
        while isinstance(task.data, Task):
            task = task.data
        if hasattr(task.data, "remove"):
            task.data.remove(task)
            _task_queue.push(task)
        elif ticks_diff(task.ph_key, ticks()) > 0:
            _task_queue.remove(task)
            _task_queue.push(task)
        task.data = CancelledError()
        return True

    # Ends with an exception: wakes who waits. `awaited` says that the loop itself waits.
    def _end(self, error, awaited):
        state = self.state
        self.state = False
        if state is True:
            if not awaited:
                self.state = None
        elif callable(state):
            state(self, error)
            awaited = True
        else:
            while state.peek():
                _task_queue.push(state.pop())
                awaited = True
        if not awaited and not isinstance(error, (CancelledError, StopIteration)):
            # It comes back at the end of the queue, to see whether somebody has asked meanwhile.
            _task_queue.push(self)
        self.data = error


# Tasks that wait for streams.
class IOQueue:
    def __init__(self):
        self.poller = select.poll()
        # By the identity of the stream: who waits to read, who to write, the stream.
        self.map = {}

    def _add(self, stream, index):
        entry = self.map.get(id(stream))
        if entry is None:
            entry = [None, None, stream]
            self.map[id(stream)] = entry
            self.poller.register(stream, (select.POLLIN, select.POLLOUT)[index])
        else:
            assert entry[index] is None
            self.poller.modify(stream, select.POLLIN | select.POLLOUT)
        entry[index] = cur_task
        cur_task.data = self

    def queue_read(self, stream):
        self._add(stream, 0)

    def queue_write(self, stream):
        self._add(stream, 1)

    def _update(self, entry):
        stream = entry[2]
        if entry[0] is None and entry[1] is None:
            del self.map[id(stream)]
            self.poller.unregister(stream)
        elif entry[0] is None:
            self.poller.modify(stream, select.POLLOUT)
        else:
            self.poller.modify(stream, select.POLLIN)

    def remove(self, task):
        for entry in list(self.map.values()):
            if task is entry[0] or task is entry[1]:
                del self.map[id(entry[2])]
                self.poller.unregister(entry[2])

    def wait_io_event(self, timeout):
        for stream, events in self.poller.ipoll(timeout):
            entry = self.map[id(stream)]
            if events & ~select.POLLOUT and entry[0] is not None:
                _task_queue.push(entry[0])
                entry[0] = None
            if events & ~select.POLLIN and entry[1] is not None:
                _task_queue.push(entry[1])
                entry[1] = None
            self._update(entry)


# What `sleep_ms` gives: it stops its task once. There is one for all, so that sleeping takes no memory.
class _Sleep:
    def __init__(self):
        self.until = None

    def __iter__(self):
        return self

    def __next__(self):
        if self.until is None:
            raise StopIteration
        _task_queue.push(cur_task, self.until)
        self.until = None


_sleep = _Sleep()


def sleep_ms(t, sgen=_sleep):
    sgen.until = ticks_add(ticks(), max(0, t))
    return sgen


def sleep(t):
    return sleep_ms(int(t * 1000))


def _promote_to_task(aw):
    return aw if isinstance(aw, Task) else create_task(aw)


def create_task(coro):
    if not hasattr(coro, "send"):
        raise TypeError("coroutine expected")
    task = Task(coro, globals())
    _task_queue.push(task)
    return task


# How long to wait, in milliseconds, where nothing of ours can wake a task but an interrupt may.
_IDLE = 3


# Waits until a task is due; False when there is none, and none that the caller waits for.
def _wait(main_task):
    global cur_task
    while True:
        task = _task_queue.peek()
        if task is not None:
            delay = max(0, ticks_diff(task.ph_key, ticks()))
        elif _io_queue.map:
            delay = -1
        else:
            cur_task = None
            if main_task is None or not main_task.state:
                return False
            delay = _IDLE
        _io_queue.wait_io_event(delay)
        if delay == 0:
            return True


# Runs until a task has ended, or there is nothing to do.
def run_until_complete(main_task=None):
    global cur_task
    while _wait(main_task):
        task = _task_queue.pop()
        if not task.state:
            # It has ended and came back to see whether somebody has asked how.
            if task.state is None:
                _context["exception"] = task.data
                _context["future"] = task
                Loop.call_exception_handler(_context)
            continue
        cur_task = task
        try:
            error = task.data
            if error is None:
                task.coro.send(None)
            else:
                task.data = None
                task.coro.throw(error)
        except (CancelledError, Exception) as er:
            is_main = task is main_task
            if is_main:
                cur_task = None
                if not isinstance(er, StopIteration):
                    task.state = False
                    raise er
            task._end(er, is_main)
            if is_main:
                return er.value
    return None


def run(coro):
    return run_until_complete(create_task(coro))


# The task that `run_forever` waits for; it is not in the queue until somebody says stop.
async def _stop():
    pass


class Loop:
    _handler = None
    _stop = None

    def create_task(coro):
        return create_task(coro)

    def run_forever():
        Loop._stop = Task(_stop(), globals())
        run_until_complete(Loop._stop)

    def run_until_complete(aw):
        return run_until_complete(_promote_to_task(aw))

    def stop():
        if Loop._stop is not None:
            _task_queue.push(Loop._stop)
            Loop._stop = None

    def close():
        pass

    def set_exception_handler(handler):
        Loop._handler = handler

    def get_exception_handler():
        return Loop._handler

    def default_exception_handler(loop, context):
        print(context["message"], file=sys.stderr)
        print("future:", context["future"], "coro=", context["future"].coro, file=sys.stderr)
        sys.print_exception(context["exception"], sys.stderr)

    def call_exception_handler(context):
        (Loop._handler or Loop.default_exception_handler)(Loop, context)


def get_event_loop(runq_len=0, waitq_len=0):
    return Loop


def current_task():
    if cur_task is None:
        raise RuntimeError("no running event loop")
    return cur_task


def new_event_loop():
    global _task_queue, _io_queue, cur_task
    _task_queue = TaskQueue()
    _io_queue = IOQueue()
    cur_task = None
    return Loop


new_event_loop()
