# Lines far apart, long lines, and jumps of either size.




x = 1; y = 2
def f(): # a comment



    # another

    return (x +

            y)





















































































x = [
    y,


    z(1,
      2)

    .a

    .b(

    ),
]
x = y \
    + z
x = """a text
over lines""" + y
x = f"""{a}
{b.c}
""" + y.z
if x:
    y = [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
    y = [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
    if y:
        y = [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
        z = x or y or [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
    else:
        z
while x:
    try:
        y = [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
        y = [x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x]
        break
    except a:
        continue
if x: a
elif y: b; c
else: c; d
for x in y: a; b
def g(a,
      b=c.d,
      *, e=
      f): return a
@a(
    b)
def h(): pass
class C(
    D
):

    x = 1
