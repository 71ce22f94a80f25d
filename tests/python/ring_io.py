# micropython.RingIO: what is written comes out again in order, up to the size of the ring.
from micropython import RingIO

r = RingIO(4)
print(r, r.any(), r.read())  # -> <RingIO> 0 b''
print(r.write(b"abcdef"), r.any(), r.write(b"g"))  # -> 4 4 0
print(r.read(3), r.any())  # -> b'abc' 1
print(r.write(b"xy\nz"), r.readline(), r.readline())  # -> 3 b'dxy\n' b''
b = bytearray(3)
r.write("pq")
print(r.readinto(b), b, r.readinto(b))  # -> 2 bytearray(b'pq\x00') 0
print(r.close(), r.write("12"), r.read(1), r.any())  # -> None 2 b'1' 1

# The ring may use memory that is there already; one byte of it stays free.
memory = bytearray(3)
r = RingIO(memory)
print(r.write(b"abc"), memory, r.read())  # -> 2 bytearray(b'ab\x00') b'ab'


def attempt(*args):
    try:
        print(RingIO(*args))
    except Exception as e:
        print(type(e).__name__, e)


attempt(1)  # -> <RingIO>
attempt(0)  # -> ValueError
attempt(bytearray(1))  # -> ValueError
attempt(65535)  # -> ValueError
attempt("abc")  # -> TypeError can't convert str to int
attempt(None)  # -> TypeError can't convert NoneType to int
try:
    iter(r)
except TypeError as e:
    print(e)  # -> 'RingIO' object isn't iterable
