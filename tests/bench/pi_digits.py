# Digits of pi, one after another, from fractions of large whole numbers.
from measuring import measure


def digits():
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < m * t:
            yield m
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2


def work(count):
    check = 0
    for place, digit in enumerate(digits()):
        if place == count:
            return check
        check = (check * 31 + digit) % 1000003


measure(work, 1200, 150)
