# Slices and indices, of builtin sequences and through special methods.
l = list(range(10))
print(l[2:5], l[:3], l[7:], l[:], l[::2], l[::-1], l[-3:], l[:-7], l[5:2], l[100:], l[-100:2])
# -> [2, 3, 4] [0, 1, 2] [7, 8, 9] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [0, 2, 4, 6, 8] [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] [7, 8, 9] [0, 1, 2] [] [] [0, 1]
print("abcdef"[1:4], "abcdef"[-2:], (1, 2, 3)[1:], b"abcdef"[2:4], "abc"[5:], "abc"[1], "abc"[-1])
# -> bcd ef (2, 3) b'cd'  b c
print(range(10)[2:5], range(10)[::3], range(0, 20, 3)[2], range(10)[-1])  # -> range(2, 5) range(0, 10, 3) 6 9
m = l[:]
m[2:5] = list("xyz")
m[0:0] = [-2, -1]
m[len(m):] = [10]
del m[3:6]
print(m)  # -> [-2, -1, 0, 'z', 5, 6, 7, 8, 9, 10]
m[1:3] = []
print(m)  # -> [-2, 'z', 5, 6, 7, 8, 9, 10]
del m[-1], m[0]
print(m)  # -> ['z', 5, 6, 7, 8, 9]
e = list(range(6))
del e[:2]
print(e)  # -> [2, 3, 4, 5]


class Recorder:
    def __getitem__(self, k):
        return k

    def __setitem__(self, k, v):
        print("set", k, v)

    def __delitem__(self, k):
        print("del", k)


r = Recorder()
print(r[1], r[1:2], r[1:2:3], r[:], r[::2], r[1, 2], r[1:2, 3], r[...], r[()], r["k"], r[None:None])
# -> 1 slice(1, 2, None) slice(1, 2, 3) slice(None, None, None) slice(None, None, 2) (1, 2) (slice(1, 2, None), 3) Ellipsis () k slice(None, None, None)
r[1:2] = 3  # -> set slice(1, 2, None) 3
r[:, 0] = 1  # -> set (slice(None, None, None), 0) 1
del r[:]  # -> del slice(None, None, None)
del r[1:2, 3]  # -> del (slice(1, 2, None), 3)


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)


attempt(lambda: [1, 2][2])  # -> IndexError: list index out of range
attempt(lambda: [1, 2][-3])  # -> IndexError: list index out of range
attempt(lambda: "ab"[2])  # -> IndexError: string index out of range
attempt(lambda: (1,)[1])  # -> IndexError: tuple index out of range
attempt(lambda: [1]["a"])  # -> TypeError: list indices must be integers, not str
attempt(lambda: [1][1.0])  # -> TypeError: list indices must be integers, not float
attempt(lambda: "abc"[::-1])  # -> NotImplementedError: only slices with step=1 (aka None) are supported
attempt(lambda: "abc"[::0])  # -> NotImplementedError: only slices with step=1 (aka None) are supported
attempt(lambda: [1][::0])  # -> ValueError: slice step can't be zero
attempt(lambda: {}[1:2])  # -> KeyError: slice(1, 2, None)
attempt(lambda: [1, 2][True])  # -> 2
b = bytearray(b"hello")
b[1:3] = b"EY"
b[0] = 72
print(b, b[1], b[-1])  # -> bytearray(b'HEYlo') 69 111
n = [[0] * 3 for _ in range(2)]
n[1][2] = 5
n[0][:2] = 7, 8
print(n, n[1][-1], n[0][1:][0])  # -> [[7, 8, 0], [0, 0, 5]] 5 8
i = 2
print(l[i], l[-i], l[i:], l[:i], l[i - 1 : i + 1], l[i:-i])
# -> 2 8 [2, 3, 4, 5, 6, 7, 8, 9] [0, 1] [1, 2] [2, 3, 4, 5, 6, 7]

# Backwards, with bounds that lie before the first item.
x = [1, 2, 3]
print(x[-1:-4:-1], x[2:-9:-1], x[-9::-1], x[9:-9:-1], [][::-1], [][-2::-1], [1][-20::-1], x[:-9:-2])
# -> [3, 2, 1] [3, 2, 1] [] [3, 2, 1] [] [] [] [3, 1]
print(x[0::-1], x[:0:-1], x[-1:-1:-1], x[5:0:-1])  # -> [1] [3, 2] [] [3, 2]
