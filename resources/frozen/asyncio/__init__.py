# The asyncio package; what is used seldom is imported when it is asked for.

from .core import *

_ORIGIN = {
    "wait_for": "funcs",
    "wait_for_ms": "funcs",
    "gather": "funcs",
    "Event": "event",
    "ThreadSafeFlag": "event",
    "Lock": "lock",
    "open_connection": "stream",
    "start_server": "stream",
    "StreamReader": "stream",
    "StreamWriter": "stream",
}


def __getattr__(name):
    module = _ORIGIN.get(name)
    if module is None:
        raise AttributeError(name)
    value = getattr(__import__(module, globals(), None, [name], 1), name)
    globals()[name] = value
    return value
