# Generators: chains of them, recursion with yield from, and send.
from measuring import measure


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def odd_squares(source):
    for x in source:
        if x & 1:
            yield x * x


def pairs(source):
    for a in source:
        b = next(source, None)
        if b is None:
            return
        yield a, b


def tree(low, high):
    if low < high:
        middle = (low + high) // 2
        yield from tree(low, middle)
        yield middle
        yield from tree(middle + 1, high)


def average():
    total = count = 0
    value = 0
    while True:
        value = yield value
        total += value
        count += 1
        value = total // count


def work(n):
    check = 0
    for a, b in pairs(odd_squares(numbers(n))):
        check = (check + a * 3 + b) % 1000003
    meter = average()
    next(meter)
    for x in tree(0, n // 4):
        check += meter.send(x)
    return check + sum(x % 7 for x in numbers(n) if x % 3) + max(len(str(x)) for x in numbers(n // 10))


measure(work, 60000, 6000)
