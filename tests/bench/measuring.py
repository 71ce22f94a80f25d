"""Runs a program's work, and prints a checksum of what it computed and the microseconds it took."""
try:
    from time import ticks_diff, ticks_us
except ImportError:
    from time import perf_counter_ns

    def ticks_us():
        return perf_counter_ns() // 1000

    def ticks_diff(end, start):
        return end - start


# How the work is measured: "middle" once; "short" once, on the smaller size; "steady" on the smaller size, when it
# has been done twenty times before. The benchmark puts another word here.
LENGTH = "middle"


def timed(work, size):
    start = ticks_us()
    checksum = work(size)
    return checksum, ticks_diff(ticks_us(), start)


def measure(work, size, small):
    """Calls `work` with its size, or with the smaller one."""
    if LENGTH != "steady":
        print(*timed(work, size if LENGTH == "middle" else small))
        return
    for _ in range(20):
        work(small)
    runs = [timed(work, small) for _ in range(9)]
    print(runs[0][0], sorted(took for _, took in runs)[4])
