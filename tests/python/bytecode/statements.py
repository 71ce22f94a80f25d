# Statements of every kind.
import a
import a.b.c
import a.b.c as d, e
from a import b
from a import b as c, d
from . import a
from .. import (a, b)
from ... a.b import c
from a import *
x = 1
x, y = y, x
x, y, z = z, y, x
x, y = 1, 2
(x, y) = y, x
[x, y] = y
x, *y = z
*x, y = z
x, (y, [z]) = a
x = y = z = a
x, y = y = z
x.y = z
x.y.z = a
x.f().z = a
x[y] = z
x[y:z] = a
x[y].z[a] = b
x += y
x.y -= z
x[y] *= z
x.y[z] |= a
x.f(y).z += a
x @= y
x **= y
x: int
x: int = y
del x
del x.y, x[y], (y, z)
del x.y.z
pass
assert x
assert x, y
assert x and not y
x
x.y
x()
x.y()
if x:
    y
if x:
    y
else:
    z
if x:
    y
elif y:
    z
if x:
    y
elif y:
    z
elif z:
    a
else:
    b
if x:
    y
else:
    if y:
        z
    else:
        a
if x: y; z
while x:
    y
while x < y and not z:
    if a:
        break
    elif b:
        continue
else:
    c
for x in y:
    z
for x, y in z:
    for z in x:
        if a:
            break
        if b:
            continue
    else:
        c
for x.y in z: pass
for x[y] in z: pass
for x in range(10): y
for x in range(y): z
for x in range(1, y): z
for x in range(y, z, 2): a
for x in range(10, 0, -1): y
for x in range(0, 10, 0): y
for x in range(0, 10, y): y
for x in range(*y): y
for x in range(y, stop=z): y
for x in range(y.z, y[0] + 1):
    if y:
        break
    continue
else:
    z
for x in range(1000, 2000, 300):
    pass
else:
    y
for x, in range(3): pass
with x:
    y
with x as y, z as a.b:
    c
with x, y as (z, a):
    for b in c:
        with d:
            break
try:
    x
except:
    y
try:
    x
except y:
    z
except (y, z) as a:
    b
except a.b as c:
    raise
else:
    c
try:
    x
finally:
    y
try:
    x
except y:
    z
else:
    a
finally:
    b
while x:
    try:
        try:
            if y:
                break
            continue
        finally:
            z
    except a as b:
        break
    for x in y:
        try:
            break
        except z:
            continue
        finally:
            if a:
                break
raise x
raise x from y
raise
global u, v
