# @micropython.viper: values have the types of the machine, and pointers read and write memory.
import micropython


@micropython.viper
def add(x: int, y: int) -> int:
    return x + y + 3


print(add(1, 2), add(-5, 1))  # -> 6 -1


@micropython.viper
def objects(x, y: object):
    z = x + y
    return (z, 1, True, None)


print(objects("a", "b"))  # -> ('ab', 1, True, None)


@micropython.viper
def nothing() -> int:
    pass


@micropython.viper
def also_nothing(x: int) -> bool:
    if x:
        return None
    return x == 0


print(nothing(), also_nothing(0), also_nothing(1))  # -> 0 True False


# Words wrap around, whatever their width is.
@micropython.viper
def square(x: int) -> int:
    return x * x


@micropython.viper
def bits(x: uint) -> int:
    n = 0
    while x != uint(0):
        x >>= 1
        n += 1
    return n


width = bits(-1)
half = 1 << (width // 2)
print(width in (32, 64), square(half), square(half + 1) == 2 * half + 1)  # -> True 0 True


@micropython.viper
def shifts(x: int, y: uint):
    return (x << 3, x >> 1, int(y >> 1) & 0xFF, -(x + 0), ~(x + 0), +x, x // 3, x % 3, x & 6, x | 1, x ^ 3)


print(shifts(-7, 255))  # -> (-56, -4, 127, 7, 6, -7, -3, 2, 0, -7, -6)


@micropython.viper
def unsigned(x: uint, y: uint):
    return (x < y, x > y, x == y)


print(unsigned(1, -1), unsigned(-1, 1), unsigned(-1, -1))  # -> (True, False, False) (False, True, False) (False, False, True)


@micropython.viper
def between(x: int, y: int) -> bool:
    return 0 < x <= y < 10


print(between(1, 5), between(6, 5), between(5, 50))  # -> True False False


@micropython.viper
def choose(x: int, y: int) -> int:
    z = x if x > y else y
    return z and (x or y)


print(choose(0, 3), choose(2, 1), choose(0, 0))  # -> 3 2 0


# Conversions.
@micropython.viper
def truth(x: bool, y) -> bool:
    if x:
        return bool(y)
    return x


print(truth([], 1), truth([1], ""), truth(1, 2))  # -> False False True


@micropython.viper
def convert(x) -> int:
    return int(x) + int(True) + int(uint(2))


print(convert(4), convert(True))  # -> 7 4
for wrong in ("1", 1.5, None):
    try:
        convert(wrong)
    except TypeError as e:
        print(e)
# -> can't convert str to int
# -> can't convert float to int
# -> can't convert NoneType to int


# Pointers.
@micropython.viper
def fill(p: ptr8, value: int, n: int):
    for i in range(n):
        p[i] = value + i


@micropython.viper
def total(p: ptr8, n: int) -> int:
    s = 0
    for i in range(n - 1, -1, -1):
        s += p[i]
    return s


b = bytearray(8)
fill(b, 254, 5)
print(b, total(b, 8), total(b"abc", 3))  # -> bytearray(b'\xfe\xff\x00\x01\x02\x00\x00\x00') 512 294


@micropython.viper
def words(p: ptr16, q: ptr32, i: int) -> int:
    p[i] = 0x1234
    p[i + 1] += 0x101
    q[i] = uint(q[0]) & 0xFFFFFF | 0x15000000
    return p[0] + (p[i] << 1)


b = bytearray(range(8))
print(hex(words(b, b, 1)), b)  # -> 0x2568 bytearray(b'\x00\x014\x12\x00\x014\x15')


@micropython.viper
def address(p: ptr8) -> ptr8:
    return p


@micropython.viper
def at(p: int, offset: int) -> int:
    q = ptr8(p + offset)
    return q[0] + ptr16(q)[0]


a = address(b)
print(type(a), at(a, 1) == 1 + 0x3401, at(a, 3) == 0x12 * 2)  # -> <class 'int'> True True
fill(a + 2, 7, 2)
print(b)  # -> bytearray(b'\x00\x01\x07\x08\x00\x014\x15')


# Objects in it are written as anywhere else.
@micropython.viper
def mixture(x: int, items):
    try:
        for item in items:
            with open_nothing():
                print(x, int(item) + 1, [x, item], f"{x}:{item}", len(items), end=";")
        items[x]
    except IndexError:
        print("index")
    items[0] = x
    items[1] += items[0]
    return [i for i in items]


class open_nothing:
    def __enter__(self):
        pass

    def __exit__(self, *args):
        pass


print(mixture(5, [1, 2]))
# -> 5 2 [5, 1] 5:1 2;5 3 [5, 2] 5:2 2;index
# -> [5, 7]


@micropython.viper
def outer(x: int):
    @micropython.viper
    def inner(y: int) -> int:
        return y * 2

    global kept
    kept = x
    return inner


print(outer(4)(5), kept)  # -> 10 4


@micropython.viper
def leave(n: int) -> int:
    i = 0
    while True:
        i += 1
        if i == n:
            break
        if i & 1:
            continue
    else:
        i = 0
    for i in range(i, i + 3):
        pass
    return i


print(leave(5))  # -> 7

# The number of arguments.
for args in ((), (1,), (1, 2, 3)):
    try:
        add(*args)
    except TypeError as e:
        print(e)
# -> function takes 2 positional arguments but 0 were given
# -> function takes 2 positional arguments but 1 were given
# -> function takes 2 positional arguments but 3 were given


# What the types do not allow.
def mistake(text):
    try:
        exec("@micropython.viper\n" + text)
    except Exception as e:
        print(type(e).__name__ + ":", e)


mistake("def f(x: 1): pass")  # -> SyntaxError: annotation must be an identifier
mistake("def f() -> 1: pass")  # -> SyntaxError: annotation must be an identifier
mistake("def f(x: number): pass")  # -> ViperTypeError: unknown type 'number'
mistake("def f():\n print(x)\n x = 1")  # -> ViperTypeError: local 'x' used before type known
mistake("def f():\n x = 1\n x = []")  # -> ViperTypeError: local 'x' has type 'int' but source is 'object'
mistake("def f(x: ptr):\n if x: pass")  # -> ViperTypeError: can't implicitly convert 'ptr' to 'bool'
mistake("def f() -> int: return []")  # -> ViperTypeError: return expected 'int' but got 'object'
mistake("def f(x: ptr): -x")  # -> ViperTypeError: can't do unary op of 'ptr'
mistake("def f(): 1 + []")  # -> ViperTypeError: can't do binary op between 'int' and 'object'
mistake("def f(x: int, y: uint): x < y")  # -> ViperTypeError: comparison of int and uint
mistake("def f(x: int, y: object): x[y]")  # -> ViperTypeError: can't load from 'int'
mistake("def f(x: ptr8, y): x[y]")  # -> ViperTypeError: can't load with 'object' index
mistake("def f(x: ptr8, y): x[y] = 1")  # -> ViperTypeError: can't store with 'object' index
mistake("def f(x: int): x[0] = x")  # -> ViperTypeError: can't store to 'int'
mistake("def f(x: ptr32): x[0] = None")  # -> ViperTypeError: can't store 'None'
mistake("def f(): raise 1")  # -> ViperTypeError: must raise an object
mistake("def f(x: int): not x")  # -> ViperTypeError: 'not' not implemented
mistake("def f(x: uint, y: uint): x // y")  # -> ViperTypeError: div/mod not implemented for uint
mistake("def f(x: int): x / x")  # -> ViperTypeError: binary op __truediv__ not implemented
mistake("def f(x): return x is None")  # -> ViperTypeError: can't do binary op between 'object' and 'None'
mistake("def f(x):\n for i in range(x): pass")  # -> ViperTypeError: can't do binary op between 'int' and 'object'
mistake("def f(x: int):\n del x")  # -> ViperTypeError: local 'x' has type 'int' but source is 'None'
mistake("def f():\n y = 1\n def g(): return y")  # -> ViperTypeError: local 'y' used before type known
mistake("def f(): yield")  # -> NotImplementedError: native yield
mistake("def f(): raise E from E")  # -> NotImplementedError: native raise
mistake("def f(): print(ptr(1))")  # -> NotImplementedError: conversion to object
mistake("def f(): int(int)")  # -> NotImplementedError: casting


# Words with the highest of 32 bits set, and sums beyond them.
@micropython.viper
def crc32(data: ptr8, n: int) -> uint:
    c = uint(0xFFFFFFFF)
    for i in range(n):
        c ^= data[i]
        for k in range(8):
            if c & 1:
                c = (c >> 1) ^ uint(0xEDB88320)
            else:
                c = c >> 1
    return c ^ uint(0xFFFFFFFF)


@micropython.viper
def sums(n: int) -> int:
    s = 0
    for i in range(n):
        s += 0x3FFFFFF0 + i
        s = s - 1
    return s


@micropython.viper
def mixed(a: uint, b: uint) -> uint:
    return ((a | b) ^ (a & b)) + (a | uint(0x80000001))


print(hex(crc32(b"123456789", 9)))  # -> 0xcbf43926
print(sums(5), sums(100000))  # -> 5368709045 107379180650000  # board-> 1073741749 703282704
print(mixed(0xF0000000, 0x0FFFFFFF), mixed(0, 0x80000000))  # -> 8321499136 4294967297  # board-> 4026531840 1
