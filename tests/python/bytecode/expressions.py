# Expressions of every kind, for a look at their bytecode: nothing here is meant to run.
import math

a = b = c = d = e = 1
x = a + b - c
x = (a + b) + c
x = a * b // c / d % e @ a
x = a | b ^ c & d << e >> a
x = -a ** -b
x = ~a + +b
x = not a and not (b or c)
x = (a and b) or (c and d)
x = a < b <= c != d
x = a is b, a is not b, a in b, a not in b
x = b if a else c
x = a if b and not c or d else e
x = (y := a) + (z := b)
x = [a, b, c] if 0 else [a]
x = {a: b, c: d}
x = {a, b}, {}, [], ()
x = a[b], a[b, c], a[b:c], a[:], a[::b], a[b:c:d], a[:, b:]
x = a.b.c, a.b(c).d, (a.b)(c), a.b(c)(d), (a)(b)
x = a(b, *c, d=e, **b), a.f(*b), a.f(b=c), a(*b, *c)
x = a(i for i in b), a((i for i in b)), sum(i for i in b if i)
x = lambda: a
x = lambda p, q=a, *r, s=b, t, **u: p
x = [i for i in a], {i for i in a}, {i: j for i, j in a}
x = [i + j for i in a if i for j in b if j if not i]
x = [[j for j in i] for i in a]
x = (
    a.b
    .c
    (d)
    [e]
)
x = [
    (
        a
        + b
    )
    for a in
    b
]
x = {
    a:
    b,
    c
    :d,
}
x = f'{a}{b!r:>{c}}{{}} {d=}' f'{e.f}'
x = (f'{a.b} '
     f'{a.c()}'
     ' end')
x = f'plain' 'text', 'text' f'{a}'.strip()
x = 'short', 'a text that is longer', b'bytes', 'interned_because_used' , interned_because_used, 'interned_because_used'
x = 'ätext', 'äääää', 'ääääää', '\ud800', '\U0001f600'
x = None, True, False, ...
x = print(...) or print(None)
x = 0, 1, -1, 47, 48, -16, -17, 63, 64, -64, -65, 8191, 8192, 2 ** 30, 2 ** 62, -2 ** 62, 2 ** 62 - 1, -2 ** 62 - 1, 2 ** 64
x = 1000
x = -1000
x = 123456789012
x = 4611686018427387903
x = 4611686018427387904
x = 1e3
x = 1.5e-300, -0.0, 0.0, 2j, -2j
x = math.pi + 1
x = OrderedDict({a: b, c: d})
x = OrderedDict({})
x = OrderedDict(a)
x = {
    (
        a
        .b
    ): c for a in b
}
x = a((
    b + c) for b in
    d)
x = a.b(
    (b if b else c)
    for b in
    d
)
for x in range((i for i in a)): pass
for x in range((i) for i in a): pass
