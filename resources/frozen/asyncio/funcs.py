# Waiting for several things, or not for ever.

from . import core


# Waits for `aw` in place of `waiter`, and wakes that with the outcome.
async def _watch(waiter, aw):
    try:
        result = await aw
        outcome = True
    except BaseException as er:
        result = None
        outcome = er
    if waiter.data is None:
        if waiter.cancel():
            waiter.data = core.CancelledError(outcome, result)


async def wait_for(aw, timeout, sleep=core.sleep):
    aw = core._promote_to_task(aw)
    if timeout is None:
        return await aw
    watcher = core.create_task(_watch(core.cur_task, aw))
    try:
        await sleep(timeout)
    except core.CancelledError as er:
        outcome = er.value
        if outcome is None:
            # Somebody else cancelled the waiting task.
            watcher.cancel()
            raise er
        if outcome is True:
            return er.args[1]
        raise outcome
    watcher.cancel()
    await watcher
    raise core.TimeoutError


def wait_for_ms(aw, timeout):
    return wait_for(aw, timeout, core.sleep_ms)


# What a task waits on that cannot be taken out of a queue.
class _Nothing:
    @staticmethod
    def remove(task):
        pass


def gather(*aws, return_exceptions=False):
    if not aws:
        return []
    tasks = [core._promote_to_task(aw) for aw in aws]
    waiter = core.cur_task
    left = 0
    failure = None

    def ended(task, error):
        nonlocal left, failure
        if waiter.data is not _Nothing:
            # It does not wait any more.
            return
        left -= 1
        if not return_exceptions and not isinstance(error, StopIteration):
            failure = error
        elif left > 0:
            return
        core._task_queue.push(waiter)

    for task in tasks:
        if task.state is True:
            task.state = ended
            left += 1
        elif not task.state:
            if not isinstance(task.data, StopIteration) and not return_exceptions and failure is None:
                failure = task.data
        else:
            raise RuntimeError("can't gather")

    cancelled = False
    if left > 0 and failure is None:
        waiter.data = _Nothing
        try:
            yield
        except core.CancelledError as er:
            cancelled = True
            failure = er

    results = []
    for task in tasks:
        if task.state is ended:
            # Still running: it goes on by itself, or is cancelled with us.
            task.state = True
            if cancelled:
                task.cancel()
        elif isinstance(task.data, StopIteration):
            results.append(task.data.value)
        else:
            results.append(task.data)
    if failure is not None:
        raise failure
    return results
