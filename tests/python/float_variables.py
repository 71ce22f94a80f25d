# Variables that hold floats, and functions that make a float of one: what is kept without a box is the same from outside.
import math
from math import cos, sqrt


def counted(n, step=0.5):
    total = 0.0
    x = 1.5
    y = x
    for i in range(n):
        x, y = y, x + y * 0.5
        if x > 100.0:
            x = x / 8
        total += x * step
    return total, x, y, [x, -total]


print(counted(6))  # -> (10.0546875, 5.765625, 7.2890625, [5.765625, -10.0546875])  # board-> (10.0546872, 5.765625, 7.2890624, [5.765625, -10.0546872])


# A variable may hold anything else, too, and become a float again.
def changing(a):
    a *= 2.5
    kept = [a]
    try:
        a = a / 0
    except ZeroDivisionError as e:
        print(e, a)
    a = 3
    a = a + 4
    kept.append(a)
    a = a * 0.5
    kept.append(a)
    a = "ab"
    a += "c"
    kept.append(a)
    a = None
    kept.append(a)
    for a in (1, 2.5, "d"):
        a = a * 2
        kept.append(a)
    a = 1.5
    a **= 2
    a -= 1
    a //= 0.5
    return kept, a, -a


print(changing(2))
# -> divide by zero 5.0
# -> ([5.0, 7, 3.5, 'abc', None, 2, 5.0, 'dd'], 2.0, -2.0)


def unbound(flag):
    if flag:
        x = 0.5
    x += 1.5
    return x


print(unbound(True))  # -> 2.0
try:
    unbound(False)
except NameError as e:
    print(e)  # -> local variable referenced before assignment


def deleted():
    x = 2.5
    x = x * 2
    del x
    try:
        return x + 1.0
    except NameError:
        return "gone"


print(deleted())  # -> gone


# What other functions see, and what is looked at by `is`.
def shared():
    x = 0.5
    y = x = x * 3.0

    def inside():
        nonlocal x
        x += 1.0
        return x

    z = 2.5
    w = z
    return inside(), x, y, w is z, [z * i for i in range(3)]


print(shared())  # -> (2.5, 2.5, 1.5, True, [0.0, 2.5, 5.0])


def steps(x):
    y = 0.5
    while y < x:
        yield y
        y *= 2
        y = y + 0.25


print(list(steps(4)))  # -> [0.5, 1.25, 2.75]


class Meters:
    def __init__(self, n):
        self.n = n

    def __radd__(self, other):
        return Meters(other + self.n)

    def __rmul__(self, other):
        return Meters(other * self.n)


def reflected(m):
    x = 0.5
    x += m
    y = 2.0 * m
    return x.n, y.n


print(reflected(Meters(1)))  # -> (1.5, 2.0)


# True division of ints.
def quotients(a, b):
    c = 0.25
    return a / b, 1 / b, a / 4, a / b / 2, a / b + c, -a / b, 0 / b


print(quotients(3, -8))  # -> (-0.375, -0.125, 0.75, -0.1875, -0.125, 0.375, -0.0)
print(quotients(2**70, 2**68)[0], quotients(True, 2)[:2])  # -> 4.0 (0.5, 0.5)
try:
    quotients(1, 0)
except ZeroDivisionError as e:
    print(e)  # -> divide by zero


# Functions of one float.
def functions(v):
    x = sqrt(v)
    y = math.cos(x * 0.0) + abs(-x)
    print(x, y, math.fabs(-v), abs(v), abs(-3), abs(3 - 4j), cos(0), sqrt(16))
    for bad in (-1.5, float("inf"), "a"):
        for f in (math.sqrt, math.sin, math.exp):
            try:
                print("large" if f(bad) == float("inf") else "small")
            except (ValueError, TypeError) as e:
                print(type(e).__name__)
        try:
            x = sqrt(bad) + 1.0
            print(x)
        except (ValueError, TypeError) as e:
            print(e)


functions(4.0)
# -> 2.0 3.0 4.0 4.0 3 5.0 1.0 4.0
# -> ValueError
# -> small
# -> small
# -> math domain error
# -> large
# -> ValueError
# -> large
# -> inf
# -> TypeError
# -> TypeError
# -> TypeError
# -> can't convert str to float


# The names may stand for something else.
def mine(x):
    y = 0.5
    y = sqrt(y)
    return y, sqrt(x) + sqrt(x), abs(y)


print(mine(4))  # -> (0.7071067811865476, 4.0, 0.7071067811865476)  # board-> (0.707106736, 4.0, 0.707106736)


def sqrt(x):
    return x * 100.0


class math:
    @staticmethod
    def cos(x):
        return "cosine"


print(mine(4)[:2], math.cos(1.0))  # -> (50.0, 800.0) cosine


# An int between two comparisons.
def between(v, w):
    return v == 1 in w, 1.5 > v == 1 is not w, v < 2 not in w, v == 1 < 2 in w


print(between(1, [1]), between(1.0, [2]))  # -> (True, True, True, False) (False, True, False, True)
