# Operators: precedence, chains, short circuits, and special methods, reflected and in place.
print(2 + 3 * 4 ** 2 // 5 - -1, (2 + 3) * 4, 2 ** 3 ** 2, -2 ** 2, not 1 == 2, 7 // 2, -7 // 2, 7 % -3, -7 % 3)
# -> 12 20 512 -4 True 3 -4 -2 2
print(1 << 40, 1 << 100 >> 98, 5 & 6 | 8 ^ 3, ~5, ~-1, 6 // 4 * 4 + 6 % 4)  # -> 1099511627776 4 15 -6 0 6
print(1 < 2 < 3, 1 < 3 < 2, 1 < 2 > 0 != 5, 3 > 2 == 2, 1 == 1 == True, "a" < "b" <= "b" in "abc")
# -> True False True True True True


def say(x):
    print("say", x)
    return x


print(say(1) < say(2) < say(0) < say(5))
# -> say 1
# -> say 2
# -> say 0
# -> False
print(say(0) or say("") or say("end"), say(1) and say(0) and say(2), say(3) if say(0) else say(4))
# -> say 0
# -> say
# -> say end
# -> say 1
# -> say 0
# -> say 0
# -> say 4
# -> end 0 4
print(0 or None, 1 and [], not [], not not "x", (1 or 2) and 3, None is None, 1 is not None)
# -> None [] True True 3 True True
print(1 in [1, 2], 3 not in (1, 2), "b" in "abc", "k" in {"k": 1}, 1 in {1}, b"a" in b"abc")
# -> True True True True True True
print(2147483647 + 1, -2147483648 - 1, 2147483648 * 2, 9007199254740991 + 1, 9007199254740993 - 1, 2 ** 53 * 3 + 1)
# -> 2147483648 -2147483649 4294967296 9007199254740992 9007199254740992 27021597764222977
print(4611686018427387904 * 2 // 3, -(2 ** 63), (2 ** 64) % 1000, 10 ** 20 // 7, 123456789 * 987654321, -0, 0 * -5)
# -> 3074457345618258602 -9223372036854775808 616 14285714285714285714 121932631112635269 0 0
print(7 / 2, 6 / 3, 1e3 + 1, 2 ** -1, 0.5 // 0.2, -1.5 % 1, 3 * 0.5, 1.0 == 1, 1 == True, "1" == 1, None == 0)
# -> 3.5 2.0 1001.0 0.5 2.0 0.5 1.5 True True False False
print([1] + [2], (1,) * 2, "ab" * 2, 2 * [0], [1, 2] < [1, 3], (1, 2) == (1, 2), [1] == (1,), "%d-%s" % (1, "x"))
# -> [1, 2] (1, 1) abab [0, 0] True True False 1-x


class Vector:
    def __init__(self, *v):
        self.v = v

    def __repr__(self):
        return "V" + repr(self.v)

    def __add__(self, o):
        if not isinstance(o, Vector):
            return NotImplemented
        return Vector(*[a + b for a, b in zip(self.v, o.v)])

    def __mul__(self, k):
        return Vector(*[a * k for a in self.v])

    def __rmul__(self, k):
        return Vector("r", k)

    def __sub__(self, o):
        return ("sub", o)

    def __rsub__(self, o):
        return ("rsub", o)

    def __neg__(self):
        return Vector(*[-a for a in self.v])

    def __pos__(self):
        return "pos"

    def __invert__(self):
        return "invert"

    def __abs__(self):
        return sum(self.v)

    def __matmul__(self, o):
        return "matmul"

    def __iadd__(self, o):
        self.v += (o,)
        return self

    def __lt__(self, o):
        return ("lt", o)

    def __ge__(self, o):
        return len(self.v) >= len(o.v)

    def __eq__(self, o):
        return "equal"

    def __contains__(self, o):
        return o in self.v

    def __floordiv__(self, o):
        return "floordiv"

    def __truediv__(self, o):
        return "truediv"

    def __mod__(self, o):
        return "mod"

    def __rmod__(self, o):
        return "rmod"

    def __pow__(self, o):
        return "pow"

    def __lshift__(self, o):
        return "lshift"

    def __rrshift__(self, o):
        return "rrshift"

    def __and__(self, o):
        return "and"

    def __ror__(self, o):
        return "ror"

    def __xor__(self, o):
        return "xor"

    def __divmod__(self, o):
        return "divmod"


v, w = Vector(1, 2), Vector(3, 4)
print(v + w, v * 3, 3 * v, v - 1, 1 - v, -v, +v, ~v, abs(v), v @ w)
# -> V(4, 6) V(3, 6) V('r', 3) ('sub', 1) ('rsub', 1) V(-1, -2) pos invert 3 matmul
print(v < w, v >= w, v == w, v == 1, 1 in v, 9 in v, 9 not in v)
# -> ('lt', V(3, 4)) True equal equal True False True
print(v // 1, v / 1, v % 1, 1 % v, v ** 2, v << 1, 1 >> v, v & 1, 1 | v, v ^ 1)
# -> floordiv truediv mod rmod pow lshift rrshift and ror xor
before = v
v += 5
print(v, v is before)  # -> V(1, 2, 5) True
w *= 2
print(w)  # -> V(6, 8)
w -= 1
print(w)  # -> ('sub', 1)


def attempt(f):
    try:
        print(f())
    except TypeError as e:
        print("TypeError:", e)


attempt(lambda: Vector() + 1)  # -> TypeError: unsupported types for __add__: 'Vector', 'int'
attempt(lambda: 1 + Vector())  # -> TypeError: unsupported types for __add__: 'int', 'Vector'
attempt(lambda: 1 @ 2)  # -> TypeError: unsupported types for __matmul__: 'int', 'int'
attempt(lambda: 1 + None)  # -> TypeError: unsupported types for __add__: 'int', 'NoneType'
attempt(lambda: [] - [])  # -> TypeError: unsupported types for __sub__: 'list', 'list'
attempt(lambda: {} < {})  # -> TypeError: unsupported types for __lt__: 'dict', 'dict'
attempt(lambda: ~1.5)  # -> TypeError: unsupported type for __invert__: 'float'
attempt(lambda: "x" in 5)  # -> TypeError: 'int' object isn't iterable
attempt(lambda: "a" % 5)  # -> TypeError: format string didn't convert all arguments
attempt(lambda: 1 << -1 if False else "a" * "b")  # -> TypeError: unsupported types for __mul__: 'str', 'str'


class Left:
    def __add__(self, o):
        return "Left.add"

    def __radd__(self, o):
        return "Left.radd"


class Right:
    def __radd__(self, o):
        return "Right.radd"


print(Left() + Right(), Right.__radd__(Right(), 1), 1 + Right(), [] + Right(), 1.5 + Left(), "a" + Left())
# -> Left.add Right.radd Right.radd Right.radd Left.radd Left.radd


class Same:
    pass


a, b = Same(), Same()
print(a == a, a == b, a != b, a is a, [a] == [a], a in [b, a], (a, 1) == (a, 1))
# -> True False True True True True True


# Small and large ints meet at the border of what a machine holds.
for n in (2 ** 30, 2 ** 31, 2 ** 53, 2 ** 62, 2 ** 63):
    print(n - 1, n, n + 1, -n - 1, n * n, (n - 1) * (n + 1) == n * n - 1, n // 7, -n // 7, n % 10, -n % 10, n >> 5, n & 0xFFFF, n ^ 1, n | 3)
# -> 1073741823 1073741824 1073741825 -1073741825 1152921504606846976 True 153391689 -153391690 4 6 33554432 0 1073741825 1073741827
# -> 2147483647 2147483648 2147483649 -2147483649 4611686018427387904 True 306783378 -306783379 8 2 67108864 0 2147483649 2147483651
# -> 9007199254740991 9007199254740992 9007199254740993 -9007199254740993 81129638414606681695789005144064 True 1286742750677284 -1286742750677285 2 8 281474976710656 0 9007199254740993 9007199254740995
# -> 4611686018427387903 4611686018427387904 4611686018427387905 -4611686018427387905 21267647932558653966460912964485513216 True 658812288346769700 -658812288346769701 4 6 144115188075855872 0 4611686018427387905 4611686018427387907
# -> 9223372036854775807 9223372036854775808 9223372036854775809 -9223372036854775809 85070591730234615865843651857942052864 True 1317624576693539401 -1317624576693539402 8 2 288230376151711744 0 9223372036854775809 9223372036854775811

# Signs of signs, with a float beside them.
print(-(-7) + 5.25, (-(-7)) * (5.25 + 2), -(-0) * 1.5)  # -> 12.25 50.75 0.0
print(-9007199254740990 // 6589, 9007199254740991 // -2, -9007199254740991 // 4503599627370497)
# -> -1367005502314 -4503599627370496 -2
print(pow(3, 4, -7), pow(7, 0, 1))
# -> -3 0

# Two ranges are never equal, as on a board: they are not compared by what they hold.
r = range(3)
print(r == r, r == range(3), r != range(3), [r] == [range(3)], range(3) in [r], r in [r])
# -> True False True False False True
