# Recursion: calls of functions and little else.
from measuring import measure


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, source, target, spare):
    if n == 0:
        return 0
    return hanoi(n - 1, source, spare, target) + 1 + hanoi(n - 1, spare, target, source)


def work(n):
    return fib(n) * 1000 + ackermann(2, n) + hanoi(n - 10, "a", "b", "c")


measure(work, 30, 20)
