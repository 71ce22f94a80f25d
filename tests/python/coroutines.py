# async and await, driven by hand.
def Wait(value):
    got = yield value
    return got


def run(coroutine, *sent):
    out = []
    try:
        out.append(coroutine.send(None))
        for s in sent:
            out.append(coroutine.send(s))
    except StopIteration as e:
        out.append(("returned", e.value))
    return out


async def simple():
    return 5


async def awaits():
    a = await Wait(1)
    b = await Wait(2)
    return a, b, await simple()


print(run(awaits(), "x", "y"))  # -> [1, 2, ('returned', ('x', 'y', 5))]


async def nested():
    return [await awaits(), await simple()]


print(run(nested(), 1, 2))  # -> [1, 2, ('returned', [(1, 2, 5), 5])]


class Manager:
    async def __aenter__(self):
        print("aenter", await Wait("entering"))
        return "managed"

    async def __aexit__(self, kind, value, tb):
        print("aexit", kind and kind.__name__, await Wait("leaving"))
        return kind is KeyError


async def with_manager(error):
    async with Manager() as m:
        print(m)
        if error:
            raise error
    return "after"


print(run(with_manager(None), 1, 2))
# -> aenter 1
# -> managed
# -> aexit None 2
# -> ['entering', 'leaving', ('returned', 'after')]
print(run(with_manager(KeyError), 1, 2))
# -> aenter 1
# -> managed
# -> aexit KeyError 2
# -> ['entering', 'leaving', ('returned', 'after')]
try:
    run(with_manager(ValueError("passes")), 1, 2)
except ValueError as e:
    print("ValueError:", e)
# -> aenter 1
# -> managed
# -> aexit ValueError 2
# -> ValueError: passes


class Range:
    def __init__(self, n):
        self.n = n
        self.i = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i == self.n:
            raise StopAsyncIteration
        self.i += 1
        await Wait("step")
        return self.i


async def loop(n, stop):
    total = []
    async for x in Range(n):
        if x == 2:
            continue
        if x == stop:
            break
        total.append(x)
    else:
        total.append("else")
    return total


print(run(loop(4, None), *range(5)))  # -> ['step', 'step', 'step', 'step', ('returned', [1, 3, 4, 'else'])]
print(run(loop(4, 3), *range(5)))  # -> ['step', 'step', 'step', ('returned', [1])]


async def catches():
    try:
        await raising()
    except ValueError as e:
        return "caught " + str(e)
    finally:
        await Wait("in finally")


async def raising():
    await Wait("before")
    raise ValueError("from below")


print(run(catches(), 1, 2))  # -> ['before', 'in finally', ('returned', 'caught from below')]
c = catches()
c.send(None)
try:
    print(c.throw(KeyError("thrown in")))
    c.send(None)
except KeyError as e:
    print("KeyError", e)
# -> in finally
# -> KeyError thrown in
c = awaits()
c.send(None)
c.close()
print(run(c))  # -> [('returned', None)]


async def with_arguments(a, *b, c=3, **d):
    return a, b, c, d, await Wait("w")


print(run(with_arguments(1, 2, c=4, e=5), "sent"))  # -> ['w', ('returned', (1, (2,), 4, {'e': 5}, 'sent'))]
lam = [lambda: simple()]
print(run(lam[0]()))  # -> [('returned', 5)]


class Methods:
    async def get(self, x):
        return await self.other() + x

    async def other(self):
        return await Wait("method")


print(run(Methods().get(1), 10))  # -> ['method', ('returned', 11)]
