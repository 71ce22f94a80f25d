# Comprehensions: their loops, tests and scopes.
x = "outside"
print([x * 2 for x in range(4)], x)  # -> [0, 2, 4, 6] outside
print({x % 3 for x in range(10)} == {0, 1, 2}, {k: v for k, v in zip("abc", range(3))} == {"a": 0, "b": 1, "c": 2})
# -> True True
print([(a, b) for a in range(3) for b in range(a)], [a for a in range(20) if a % 2 if a % 3])
# -> [(1, 0), (2, 0), (2, 1)] [1, 5, 7, 11, 13, 17, 19]
print([[i * j for j in range(3)] for i in range(3)])  # -> [[0, 0, 0], [0, 1, 2], [0, 2, 4]]
print([y for x in [[1, 2], [3]] for y in x])  # -> [1, 2, 3]
print([a + b for a, b in [(1, 2), (3, 4)]], [c for [a, *b] in ["xyz", "pq"] for c in b])
# -> [3, 7] ['y', 'z', 'q']
print([x if x > 1 else -x for x in range(4)])  # -> [0, -1, 2, 3]
print([f(2) for f in [lambda v: v + 1, lambda v: v * v]])  # -> [3, 4]


def scope(n):
    m = [n for n in range(n)]
    return m, n


print(scope(3))  # -> ([0, 1, 2], 3)


class Body:
    items = [1, 2, 3]
    doubled = [i * 2 for i in items]
    pairs = {i: i for i in items}


print(Body.doubled, Body.pairs)  # -> [2, 4, 6] {1: 1, 2: 2, 3: 3}


def walrus(data):
    found = [y for v in data if (y := v * 2) > 2]
    return found, y


print(walrus([1, 2, 3]))  # -> ([4, 6], 6)
if (n := len("four")) > 3:
    print(n)
# -> 4


def walrus_order(x):
    return x + (x := 5) + x, [x, x := 6, x], (x, (x := 7), x)


print(walrus_order(1))  # -> (11, [5, 6, 6], (6, 7, 7))


def while_walrus():
    it = iter([3, 2, 1, 0, 9])
    out = []
    while v := next(it):
        out.append(v)
    return out


print(while_walrus())  # -> [3, 2, 1]


def first_over(limit):
    return any((last := v) > limit for v in [1, 2, 3, 4]), last


print(first_over(2))  # -> (True, 3)
try:
    [1 / v for v in (2, 1, 0)]
except ZeroDivisionError as e:
    print(e)
# -> divide by zero
print(sum([i for i in range(1000)]), len({i // 2 for i in range(100)}), sorted({-i: i for i in range(3)}.items()))
# -> 499500 50 [(-2, 2), (-1, 1), (0, 0)]
nested = [[[k for k in range(j)] for j in range(i)] for i in range(4)]
print(nested)  # -> [[], [[]], [[], [0]], [[], [0], [0, 1]]]
print(list(map(lambda t: [t * u for u in range(t)], range(4))))  # -> [[], [0], [0, 2], [0, 3, 6]]
print([i for i in range(5) if not [j for j in range(2, i) if i % j == 0]])  # -> [0, 1, 2, 3]
