# Numbers on a board: floats of single precision, words of 32 bits, small ints of 31.
import array
import math
import struct
import time


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


# Every operation is rounded, and shown with the digits that read back.
print(1 / 3, 2 / 3, 0.1 + 0.2)  # -> 0.33333334 0.6666667 0.3
print(math.pi, math.e, math.sqrt(2))  # -> 3.1415928 2.7182818 1.4142135
print(sum([0.1] * 10))  # -> 1.0000001
x = 3.0
print(x * 0.1, 100.0 / 3.0)  # -> 0.3 33.333332
print(1e38 * 10, -1e38 * 10, 1e-46)  # -> inf -inf 0.0
print("%.3f %g %e" % (1 / 3, 1e10, 12345.678))  # -> 0.333 1e+10 1.234568e+04
print("{:.2f} {:8.3f}".format(2.5, math.pi))  # -> 2.50    3.142

# Complex numbers, too, are rounded at every step.
print(((0.1 + 0.1j) ** 2).real, abs(3.1 + 4.1j))  # -> -8.742279e-10 5.140039

# An int beside a float becomes one of single precision first.
print(16777217 == 16777216.0)  # -> True
print(16777217 < 16777216.5, 1.0 + 16777217)  # -> False 16777216.0
print(16777217 / 1, 2**40 / 3)  # -> 16777216.0 366503900000.0
print(10**39 * 1.0, 10**38 / 10**37)  # -> inf 10.0
print(int(16777217.0), int(123456789.0))  # -> 16777216 123456792
print(round(1e15))  # -> 999999986991104
attempt(lambda: int(1e38 * 10))  # -> OverflowError can't convert inf to int

# Whole numbers stay exact, however large.
print(2**31, 2**64, -(2**31) - 1)  # -> 2147483648 18446744073709551616 -2147483649
attempt(lambda: range(2**31))  # -> OverflowError overflow converting long int to machine word
attempt(lambda: [0][2**31])  # -> OverflowError overflow converting long int to machine word
attempt(lambda: [0][2**31 - 1])  # -> IndexError list index out of range
attempt(lambda: "ab" * 2**31)  # -> OverflowError overflow converting long int to machine word
attempt(lambda: bytearray(2**32))  # -> OverflowError overflow converting long int to machine word

# Sizes of machine types.
print([struct.calcsize(c) for c in "bhilqPfd"])  # -> [1, 2, 4, 4, 8, 4, 4, 8]
print([len(bytes(array.array(c, [1]))) for c in "bhilqfd"])  # -> [1, 2, 4, 4, 8, 4, 8]
print(array.array("l", [2**31]), array.array("L", [2**32 + 5]))  # -> array('l', [-2147483648]) array('L', [5])
print(struct.unpack("<f", struct.pack("<f", 0.1)), struct.unpack("<d", struct.pack("<d", 0.1)))  # -> (0.1,) (0.1,)

# Hashes are small ints.
print(hash(1.5), hash(2**30 - 1), hash(2**30), hash(2**33 + 7))  # -> 1 1073741823 -1073741824 7
print(hash("abc"), hash(b"abc"), hash(-(2**64) - 5))  # -> 12933 12933 -5
print(0x20000000 < id(object()) < 2**31)  # -> True

# Ticks wrap at 2**30.
print(time.ticks_add(2**30 - 1, 2), time.ticks_diff(1, 2**30 - 1))  # -> 1 2
attempt(lambda: time.ticks_add(0, 2**29))  # -> OverflowError ticks interval overflow
