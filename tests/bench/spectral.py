# The norm of a matrix that is never stored: calls of a small function, and sums over generators.
from measuring import measure


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    n = len(v)
    return [sum(element(i, j) * v[j] for j in range(n)) for i in range(n)]


def transposed_times(v):
    n = len(v)
    result = []
    for i in range(n):
        total = 0.0
        for j, x in enumerate(v):
            total += element(j, i) * x
        result.append(total)
    return result


def work(n):
    u = [1.0] * n
    for _ in range(6):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    product = square = 0.0
    for a, b in zip(u, v):
        product += a * b
        square += b * b
    return int((product / square) ** 0.5 * 1000000)


measure(work, 170, 40)
