# Constants that the compiler computes, and branches it leaves out.
from micropython import const
import math

A = const(1 + 2 * 3)
_B = const(A << 4)
TEXT = const('text')
_LONG = const('a text that is longer')
_TUPLE = const((A, _B, 'x', (1.5, None)))
_EMPTY = const(())
_NONE = const(None)
_BYTES = const(b'b')
_FLOAT: float = const(2.5)
x = A, _B, TEXT
x = TEXT
x = _LONG
x = _TUPLE
x = _EMPTY
x = _NONE
x = [_BYTES, _FLOAT, -_FLOAT, _B - 200]
x = 1 + 2 + x
x = (1 + 2) + x
x = x + (1 + 2)
x = 1 << 70 >> 69, 7 // -2, -7 % 3, 2 ** -1, 2 ** 0.5, ~5, +5, -(-5)
x = 1 / 0
x = 1 % 0
x = 1 << -1
x = (-8) ** 0.5
x = 'a' * 3
x = 1.5 // 0.5 * 2
x = ~1.5
x = not 1, not 0, not 'a', not (), not x
x = 0 or x
x = 1 or x
x = x or 0 or y
x = x or 1 or y
x = x and 1 and y
x = x and 0 and y
x = 1 and 2
x = math.pi, math.e, math.inf, math.nan, -math.nan
x = (
    1,
    2,
)
x = (
    1,
    (2,
     3)
)
x = (

    'a',

    'b',

    'c'
)
'a lonely text'
12
(1, 2)
()
x = {1: (2, 3), 4: -5}
if 0:
    print('never')
if 1:
    print('always')
else:
    print('never')
if x:
    print(1)
elif 0:
    print('never')
elif 1:
    print(2)
else:
    print('never')
if not 1:
    print('never')
if 1 and x:
    print(3)
if 0 or x or ():
    print(4)
if x and 0:
    print('never')
while 0:
    print('never')
else:
    print('once')
while 1:
    if x:
        break
    continue
while 'a':
    break
assert 1
assert 0, x
assert __debug__
x = 1 if 0 else 2
x = x if _EMPTY else y
def f():
    _C = const(1)
    return _C
