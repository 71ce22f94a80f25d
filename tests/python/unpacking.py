# Unpacking and assignment: targets of every kind, and the order in which they are made.
a, b = 1, 2
a, b = b, a
print(a, b)  # -> 2 1
(a, b), [c, d] = "xy", (3, 4)
print(a, b, c, d)  # -> x y 3 4
first, *rest = range(4)
*init, last = "abc"
head, *middle, tail = [1, 2]
print(first, rest, init, last, head, middle, tail)  # -> 0 [1, 2, 3] ['a', 'b'] c 1 [] 2
(a, *b), c = [1, 2, 3], 4
print(a, b, c)  # -> 1 [2, 3] 4
x = y = z = []
x.append(1)
print(x is y is z, z)  # -> True [1]


class Target:
    pass


t = Target()
items = [0] * 3
t.a, items[1], t.b = "pqr"
print(t.a, items, t.b)  # -> p [0, 'q', 0] r
i = 0
i, items[i] = 2, "at two"
print(i, items)  # -> 2 [0, 'q', 'at two']
for i, (p, q) in enumerate([(1, 2), (3, 4)]):
    print(i, p, q)
# -> 0 1 2
# -> 1 3 4
for t.loop in range(2):
    pass
for items[0] in "ab":
    pass
print(t.loop, items)  # -> 1 ['b', 'q', 'at two']
for k, *v in [(1, 2, 3), "xyz"]:
    print(k, v)
# -> 1 [2, 3]
# -> x ['y', 'z']


def attempt(source):
    try:
        exec(source)
    except Exception as e:
        print(type(e).__name__ + ":", e)


attempt("a, b = 1, 2, 3")  # -> ValueError: too many values to unpack (expected 2)
attempt("a, b = [1]")  # -> ValueError: need more than 1 values to unpack
attempt("a, b = 5")  # -> TypeError: 'int' object isn't iterable
attempt("a, *b, c = [1]")  # -> ValueError: need more than 1 values to unpack
attempt("a, b = iter([1, 2, 3])")  # -> ValueError: too many values to unpack (expected 2)


def order(n):
    print("value", n)
    return n


def lists():
    a = [1, 2, 3]
    a[order(0)], a[order(1)] = order(10), order(11)
    a[order(2)] += order(5)
    return a


print(lists())
# -> value 10
# -> value 11
# -> value 0
# -> value 1
# -> value 2
# -> value 5
# -> [10, 11, 8]


def swap(a, b, c):
    a, b, c = c, a, b
    a[0], a[1] = a[1], a[0]
    return a, b, c


print(swap(1, 2, [3, 4]))  # -> ([4, 3], 1, 2)
x = 5
x += 1
x -= 2
x *= 10
x //= 3
x **= 2
x %= 50
x <<= 3
x >>= 1
x |= 1
x &= 0xFF
x ^= 2
print(x)  # -> 79
x /= 2
print(x)  # -> 39.5
s = "a"
s += "b"
s *= 3
print(s)  # -> ababab
l = m = [1]
l += (2, 3)
l *= 2
print(m)  # -> [1, 2, 3]
d = {"k": 1}
d["k"] += 1
t.n = 1
t.n += 1
print(d, t.n)  # -> {'k': 2} 2
n: int = 3
print(n)  # -> 3
a = b = c = 0
a, b, c = c, 1, a
print(a, b, c)  # -> 0 1 0
(a) = 1
[a, b] = 2, 3
print(a, b)  # -> 2 3
a, = [9]
print(a)  # -> 9
