# Generators: next, send, throw, close, yield from, and generator expressions.
def count(n):
    i = 0
    while i < n:
        got = yield i
        if got is not None:
            print("got", got)
        i += 1
    return "done"


g = count(3)
print(next(g), g.send("a"), g.send(None))
# -> got a
# -> 0 1 2
try:
    next(g)
except StopIteration as e:
    print("StopIteration", e.value)
# -> StopIteration done
print(list(g), next(g, "default"))  # -> [] default
try:
    count(1).send("too early")
except TypeError as e:
    print("TypeError:", e)
# -> TypeError: can't send non-None value to a just-started generator


def careful():
    try:
        while True:
            try:
                x = yield "ready"
                print("x", x)
            except ValueError as e:
                print("caught", e.args)
                yield "recovered"
    finally:
        print("cleanup")


g = careful()
print(next(g), g.throw(ValueError("v", 1)), next(g), g.send(2))
# -> caught ('v', 1)
# -> x 2
# -> ready recovered ready ready
g.close()  # -> cleanup
g.close()
print(list(g))  # -> []
g = careful()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError as e:
    print("KeyError", e)
# -> cleanup
# -> KeyError k
g = careful()
try:
    g.throw(ValueError)
except ValueError:
    print("not begun")
# -> not begun


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
try:
    g.close()
except RuntimeError as e:
    print("RuntimeError:", e)
# -> RuntimeError: generator ignored GeneratorExit


def raises_stop():
    yield 1
    raise StopIteration


try:
    print(list(raises_stop()))
except RuntimeError as e:
    print("RuntimeError:", e)
# -> RuntimeError: generator raised StopIteration


# yield from: values, sends, throws and the value of the whole.
def inner():
    try:
        x = yield 1
        print("inner", x)
        y = yield 2
        print("inner", y)
    except ValueError as e:
        print("inner caught", e)
        yield "after"
    finally:
        print("inner finally")
    return "result"


def outer():
    r = yield from inner()
    print("outer", r)
    yield from (10, 20)
    r = yield from "ab"
    print(r)
    return "end"


g = outer()
print(next(g), g.send("s1"), g.send("s2"), list(g))
# -> inner s1
# -> inner s2
# -> inner finally
# -> outer result
# -> None
# -> 1 2 10 [20, 'a', 'b']
g = outer()
next(g)
print(g.throw(ValueError("thrown")), next(g))
# -> inner caught thrown
# -> inner finally
# -> outer result
# -> after 10
g.close()
g = outer()
next(g)
g.close()  # -> inner finally


def depth(n):
    if n:
        yield from depth(n - 1)
    yield n


print(sum(depth(200)), list(depth(3)))  # -> 20100 [0, 1, 2, 3]


class Sub:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration("value of stop")


def from_class():
    print((yield from Sub()))
    yield "x"


print(list(from_class()))
# -> value of stop
# -> ['x']


def tree(t):
    if isinstance(t, tuple):
        for x in t:
            yield from tree(x)
    else:
        yield t


print(list(tree((1, (2, (3, 4)), ((5,), 6)))))  # -> [1, 2, 3, 4, 5, 6]


# Yield is an expression.
def echo():
    got = []
    while len(got) < 3:
        got.append((yield len(got)) or "nothing")
    a = [(yield), (yield)]
    return got, a, (yield "last")


g = echo()
r = [next(g)]
try:
    for v in "abcdefg":
        r.append(g.send(v))
except StopIteration as e:
    print(r, e.value)
# -> [0, 1, 2, None, None, 'last'] (['a', 'b', 'c'], ['d', 'e'], 'f')

gen = (x * y for x in range(3) for y in range(x) if y or x)
print(type(gen), list(gen), list(gen))  # -> <class 'generator'> [0, 0, 2] []
print(sum(x for x in range(10)), max(x % 7 for x in range(20)), any(x > 3 for x in range(5)), all(x > 3 for x in range(5)))
# -> 45 6 True False
print(dict((k, v) for k, v in zip("ab", (1, 2))), tuple(x for x in "xyz"), "-".join(str(i) for i in range(4)))
# -> {'a': 1, 'b': 2} ('x', 'y', 'z') 0-1-2-3
early = (print("evaluated", x) for x in [1, 2])
next(early)  # -> evaluated 1
try:
    (x for x in 5)
except TypeError as e:
    print("TypeError:", e)
# -> TypeError: 'int' object isn't iterable


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


f = fib()
print([next(f) for _ in range(12)])  # -> [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
z = zip(fib(), count(3), "abcdef")
print(list(z))  # -> [(0, 0, 'a'), (1, 1, 'b'), (1, 2, 'c')]
for i, x in enumerate(fib()):
    if i == 60:
        print(x)
        break
# -> 1548008755920


def delegating_finally():
    try:
        yield from count(2)
    finally:
        print("delegating finally")


for x in delegating_finally():
    print(x)
# -> 0
# -> 1
# -> delegating finally


def reentrant():
    next(me)
    yield


me = reentrant()
try:
    next(me)
except ValueError as e:
    print("ValueError:", e)
# -> ValueError: generator already executing


def returns_at_once():
    return 5
    yield


try:
    next(returns_at_once())
except StopIteration as e:
    print(e.value, e.args)
# -> 5 (5,)


# pend_throw puts an exception aside for the next resumption.
def counting():
    n = 0
    while True:
        try:
            yield n
        except KeyError as e:
            print("caught", repr(e))
        n += 1


g = counting()
print(next(g), g.pend_throw(KeyError(1)), next(g))
# -> caught KeyError(1,)
# -> 0 None 1
print(repr(g.pend_throw(KeyError)), g.pend_throw(None) is KeyError, next(g))  # -> None True 2
try:
    counting().throw(ValueError)
except ValueError as e:
    print(repr(e))  # -> ValueError()
try:
    (x for x in [1]).throw(KeyError)
except KeyError as e:
    print(repr(e))  # -> KeyError()


class Numbers:
    def __getitem__(self, i):
        if i > 1:
            raise IndexError
        return i


it = iter(Numbers())
print(it, next(it), next(it), next(it, "end"))  # -> <iterator> 0 1 end
print(counting().__next__(7), (x for x in []).__next__("none"))  # -> 0 none


# What is sent to a `yield from` of something that takes nothing is refused; what is thrown comes out again.
def passing(x):
    yield from x


for x in ("ab", [1, 2], {1: 2}, {1: 2}.items(), {3, 4}, map(abs, [1, 2]), enumerate("ab"), filter(None, [1, 2]), Numbers()):
    g = passing(x)
    next(g)
    try:
        g.send(1)
    except AttributeError as e:
        print(e, end="; ")
    g = passing(x)
    next(g)
    try:
        g.throw(KeyError)
    except KeyError as e:
        print(repr(e))
# -> 'iterator' object has no attribute 'send'; KeyError()
# -> 'iterator' object has no attribute 'send'; KeyError()
# -> 'iterator' object has no attribute 'send'; KeyError()
# -> 'iterator' object has no attribute 'send'; KeyError()
# -> 'iterator' object has no attribute 'send'; KeyError()
# -> 'map' object has no attribute 'send'; KeyError()
# -> 'enumerate' object has no attribute 'send'; KeyError()
# -> 'filter' object has no attribute 'send'; KeyError()
# -> 'iterator' object has no attribute 'send'; KeyError()
