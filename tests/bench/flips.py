# How often the front of a permutation must be turned over until 0 stands first, over all permutations.
from measuring import measure


def flips(order):
    p = order[:]
    count = 0
    first = p[0]
    while first:
        p[: first + 1] = p[first::-1]
        count += 1
        first = p[0]
    return count


def work(n):
    order = list(range(n))
    turns = [0] * n
    most = check = sign = 0
    sign = 1
    while True:
        if order[0]:
            count = flips(order)
            if count > most:
                most = count
            check += sign * count
        sign = -sign
        i = 1
        while i < n:
            order.insert(i, order.pop(0))
            turns[i] += 1
            if turns[i] <= i:
                break
            turns[i] = 0
            i += 1
        else:
            return check * 100 + most


measure(work, 9, 7)
