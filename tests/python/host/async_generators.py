# Asynchronous generators, as in CPython: `yield` in an `async def`, and generator expressions that await.


def run(coro, sent=()):
    sent = list(sent)
    log = []
    try:
        x = coro.send(None)
        while True:
            log.append(x)
            x = coro.send(sent.pop(0) if sent else None)
    except StopIteration as e:
        return log, e.value


class Pause:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        got = yield self.v
        return got


def attempt(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


async def agen(n):
    try:
        for i in range(n):
            print('got', await Pause(('p', i)))
            r = yield i
            print('r', r)
    except ValueError as e:
        print('caught', e)
        yield 'after'
    finally:
        print('finally')


async def use():
    out = []
    async for x in agen(3):
        out.append(x)
    return out


attempt(lambda: run(use()))
# -> got None
# -> r None
# -> got None
# -> r None
# -> got None
# -> r None
# -> finally
# -> ([('p', 0), ('p', 1), ('p', 2)], [0, 1, 2])


async def use():
    return [x async for x in agen(3)], {x: y async for x, y in pairs() if x}, {x async for x in agen(1)}


async def pairs():
    yield 0, 1
    yield 1, 2


attempt(lambda: run(use()))
# -> got None
# -> r None
# -> got None
# -> r None
# -> got None
# -> r None
# -> finally
# -> got None
# -> r None
# -> finally
# -> ([('p', 0), ('p', 1), ('p', 2), ('p', 0)], ([0, 1, 2], {1: 2}, {0}))


async def use():
    a = agen(3)
    print(type(a).__name__)
    print(await a.__anext__())
    print(await a.asend('sent'))
    print(await a.athrow(ValueError('thrown')))
    try:
        print(await a.__anext__())
    except StopAsyncIteration as e:
        print('end', e.args)
    try:
        print(await a.__anext__())
    except StopAsyncIteration as e:
        print('end', e.args)
    print(await a.aclose())


attempt(lambda: run(use()))
# -> async_generator
# -> got None
# -> 0
# -> r sent
# -> got None
# -> 1
# -> caught thrown
# -> after
# -> finally
# -> end ()
# -> end ()
# -> None
# -> ([('p', 0), ('p', 1)], None)


async def use():
    a = agen(3)
    print(await a.__anext__())
    print(await a.aclose())
    try:
        await a.__anext__()
    except StopAsyncIteration:
        print('stopped')
    print(await a.aclose())
    try:
        await a.athrow(KeyError)
    except BaseException as e:
        print(type(e).__name__)


attempt(lambda: run(use()))
# -> got None
# -> 0
# -> finally
# -> None
# -> stopped
# -> None
# -> ([('p', 0)], None)


async def use():
    a = agen(3)
    await a.asend(5)


attempt(lambda: run(use()))
# -> TypeError can't send non-None value to a just-started async generator


async def ignoring():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print('ignored')


async def use():
    a = ignoring()
    await a.__anext__()
    await a.aclose()


attempt(lambda: run(use()))
# -> ignored
# -> RuntimeError async generator ignored GeneratorExit


async def stops():
    yield 1
    raise StopIteration(3)


async def use():
    async for x in stops():
        print(x)


attempt(lambda: run(use()))
# -> 1
# -> RuntimeError async generator raised StopIteration


async def stops():
    yield 1
    raise StopAsyncIteration(3)


attempt(lambda: run(use()))
# -> 1
# -> RuntimeError async generator raised StopAsyncIteration


async def use():
    a = agen(2)
    s = a.__anext__()
    print(await s)
    try:
        await s
    except RuntimeError as e:
        print(e)
    c = a.aclose(); await c
    try:
        await c
    except RuntimeError as e:
        print(e)


attempt(lambda: run(use()))
# -> got None
# -> 0
# -> cannot reuse already awaited __anext__()/asend()
# -> finally
# -> cannot reuse already awaited aclose()/athrow()
# -> ([('p', 0)], None)


async def use():
    a = agen(2)
    s = a.__anext__()
    s.send(None)
    for m in (a.__anext__, a.aclose, lambda:
        a.athrow(ValueError)):
        try:
            m().send(None)
        except RuntimeError as e:
            print(e)
    try:
        s.send('x')
    except StopIteration as e:
        print('item', e.value)


attempt(lambda: run(use()))
# -> anext(): asynchronous generator is already running
# -> aclose(): asynchronous generator is already running
# -> athrow(): asynchronous generator is already running
# -> got x
# -> item 0
# -> ([], None)


async def use():
    a = agen(2)
    try:
        await a.athrow(KeyError('k'))
    except KeyError as e:
        print('key', e.args)
    try:
        await a.__anext__()
    except StopAsyncIteration:
        print('over')


attempt(lambda: run(use()))
# -> key ('k',)
# -> over
# -> ([], None)


async def use():
    a = agen(2)
    print(await a.aclose())
    try:
        await a.__anext__()
    except StopAsyncIteration:
        print('over')


attempt(lambda: run(use()))
# -> None
# -> over
# -> ([], None)


async def early():
    yield 1
    return
    yield 2


async def use():
    g = (x * 2 async for x in early())
    print(type(g).__name__)
    async for x in g:
        print(x)
    h = (await Pause(i) for i in range(3))
    print(type(h).__name__, [x async for x in h])
    print([await Pause(x) async for x in early()])


attempt(lambda: run(use(), 'abcdefg'))
# -> async_generator
# -> 2
# -> async_generator ['a', 'b', 'c']
# -> ['d']
# -> ([0, 1, 2, 1], None)


async def cleanup():
    try:
        yield 1
    finally:
        print('cleaning', await Pause('clean'))


async def use():
    a = cleanup()
    async for x in a:
        break
    print(await a.aclose())


attempt(lambda: run(use(), ['water']))
# -> cleaning water
# -> None
# -> (['clean'], None)


class C:
    async def items(self, *, k=2, **kw):
        for i in range(k):
            yield i
        yield kw


async def use():
    return [x async for x in C().items(k=1, z=3)]


attempt(lambda: run(use()))
# -> ([], [0, {'z': 3}])


async def nested():
    async for x in early():
        yield x
    async for x in agen(1):
        yield x


async def use():
    async for x in nested():
        print(x)
    else:
        print('else')


attempt(lambda: run(use()))
# -> 1
# -> got None
# -> 0
# -> r None
# -> finally
# -> else
# -> ([('p', 0)], None)


async def raising():
    yield 1
    1/0


async def use():
    try:
        async for x in raising():
            print(x)
    except ZeroDivisionError:
        print('zero')


attempt(lambda: run(use()))
# -> 1
# -> zero
# -> ([], None)
a = agen(1)
print(a.__aiter__() is a, hasattr(a, '__iter__'), hasattr(a, 'asend'))
# -> True False True
for bad in ('async def f():\n yield 1\n return 2', 'async def f():\n return 2\n yield 1', 'async def f():\n def g(): return 1\n yield 1'):
    try:
        exec(bad); print('ok')
    except SyntaxError as e:
        print('SyntaxError', e.args[0])
# -> SyntaxError 'return' with value in async generator
# -> SyntaxError 'return' with value in async generator
# -> ok


async def use():
    a = agen(3)
    s = a.__anext__()
    print(s.send(None))
    try:
        s.throw(ValueError('into await'))
    except StopIteration as e:
        print('item', e.value)
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: run(use()))
# -> ('p', 0)
# -> caught into await
# -> item after
# -> ([], None)
