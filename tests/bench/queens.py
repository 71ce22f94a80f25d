# Queens on a board, by backtracking with lists, with sets, and with bits.
from measuring import measure


def with_lists(n):
    columns, up, down = [False] * n, [False] * (2 * n), [False] * (2 * n)

    def place(row):
        if row == n:
            return 1
        found = 0
        for c in range(n):
            if not (columns[c] or up[row + c] or down[row - c + n]):
                columns[c] = up[row + c] = down[row - c + n] = True
                found += place(row + 1)
                columns[c] = up[row + c] = down[row - c + n] = False
        return found

    return place(0)


def with_tuples(n, placed=()):
    if len(placed) == n:
        return [placed]
    row = len(placed)
    found = []
    for c in range(n):
        if all(c != q and abs(c - q) != row - r for r, q in enumerate(placed)):
            found += with_tuples(n, placed + (c,))
    return found


def with_bits(everywhere, columns=0, left=0, right=0):
    if columns == everywhere:
        return 1
    found = 0
    free = everywhere & ~(columns | left | right)
    while free:
        bit = free & -free
        free ^= bit
        found += with_bits(everywhere, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return found


def work(n):
    solutions = with_tuples(n - 1)
    check = sum(sum(i * q for i, q in enumerate(s)) for s in solutions)
    return with_lists(n) * 10000 + with_bits((1 << n) - 1) + check


measure(work, 10, 7)
