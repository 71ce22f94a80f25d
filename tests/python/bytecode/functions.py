# Functions, classes, closures, generators and coroutines.
def f(): pass
def f(a, b=1, *, c, d=2): return a
def f(*, a=1): return a
def f(a, *b, c=1, **d): return b, c, d
def f(a: int, b: str = 'x', *c: list, d: int = 2, **e: dict) -> int:
    return e
def f(*a): return a
def f(**a): return a
def f(a, b, c, d, e, f, g, h, i, j=1, k=2, l=3, *, m=4, n=5, o): return a + o
def f(x):
    if x:
        return 1
    return 2 if x else 3
    print('never')
def f(x):
    return (x if x else -x) or 1
def f(x):
    raise x
    return 1
def f():
    def g(): return x
    x = 1
    def h():
        nonlocal x
        x += 1
        del x
        return lambda: x
    return g, h
def f(a, b):
    return lambda c: lambda: a + b + c
def f(a):
    def g(b=a): return b
    class C:
        z = a
        def h(self): return a, self.z, __class__
    return C
def f():
    global x, y
    x = y
    y += 1
    del x
    def g():
        return x
    return g
def f():
    x: int
    y: int = 1
    return [x for x in y if y], {y for _ in z}, (i + x for i in (j for j in x))
def f():
    if any((y := i) for i in x):
        return y
    return [z := i for i in x]
def f():
    a = b = c = d = e = f = g = h = i = j = k = l = m = n = o = p = q = r = 0
    q = r
    del r
    p += q
    return p
def f():
    for i in range(3):
        try:
            return i
        finally:
            print(i)
    with x as y:
        return y
def f():
    try:
        pass
    except Exception as e:
        return e
    for x in y:
        try:
            continue
        except:
            break
def f():
    import a.b, c.d as e
    from g import h
    assert a, e
    return h
def f():
    yield
    x = yield 1
    y = yield from x
    yield x, y
    return (yield)
def f():
    x = lambda: (yield)
    return x
async def f(a):
    await a
    x = await a.b(1)
    async with a as b, c.d():
        await b
        return x
    async for i in a:
        if i: break
        if x: continue
        await i
    else:
        await (a.b)
    return [await_ for await_ in x]
async def f():
    pass
@a
@a.b
@a.b(1)
def f(): pass
@a
class C: pass
@a
async def f(): pass
@micropython.bytecode
def f(): return 1
class C:
    """Documented."""
    x = 1
    def f(self):
        """Documented."""
        return super().f(self.x)
    def g(self, a):
        super().__init__()
        super().g(a).h()
        x = super()
        return super().y
    @property
    def h(self): return self._h
    @h.setter
    def h(self, value): self._h = value
    class D(object):
        def f(): return __class__
class C(): pass
class C(a, b.c, metaclass=d, **e): x = y
class C(*a):
    for x in y:
        z = x
    [x for x in y]
    def f(): nonlocal_ = 1
super().f()
