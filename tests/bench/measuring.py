"""Runs a program's work, and prints a checksum of what it computed and the microseconds it took."""
import sys

try:
    from time import ticks_diff, ticks_us
except ImportError:
    from time import perf_counter_ns

    def ticks_us():
        return perf_counter_ns() // 1000

    def ticks_diff(end, start):
        return end - start


def measure(work, size, quick):
    """Calls `work` with its size, or with the smaller one where the command line says --quick."""
    size = quick if "--quick" in sys.argv else size
    start = ticks_us()
    checksum = work(size)
    took = ticks_diff(ticks_us(), start)
    print(checksum, took)
