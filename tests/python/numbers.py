# Numbers, where a computer and a board agree.
# What hash() shows are whole numbers, floats without their fraction, and 16 bits for text.
print(hash(7.25), hash(-2.5), hash(0.1), hash(True))  # -> 7 -2 0 1
print(hash(1j), hash(1.5 + 2j))  # -> 1 3
print(hash("abc"), hash("\u00e9"), hash(b"abc"), hash(""))  # -> 12933 25231 12933 5381
print(hash(12345), hash(-12345), hash(2**70 + 123))  # -> 12345 -12345 123

# Ticks wrap where small ints do.
import time

print(time.ticks_add(2**30 - 1, 2), time.ticks_diff(5, 10))  # -> 1073741825 -5  # board-> 1 -5
print(time.ticks_diff(10, 2**40), time.ticks_add(0, -1))  # -> -1099511627766 4611686018427387903  # board-> 10 1073741823


# A complex number without imaginary part is the same key as the number it equals.
print({0j: 1, False: 2}, {1: 2, 1 + 0j: 3}, {1.5: 1}[1.5 + 0j], {(0j,): 1}.get((0,)), 1j in {1, 0})  # -> {0j: 2} {1: 3} 1 1 False
parts = {1 + 0j: "a"}
del parts[True]
print(parts)  # -> {}

# A float and an int are compared as floats.
n = 2**70 + 1
print(float(n) == n, n == float(n - 1), float(n) < n, n > float(n), float(n) != n)  # -> True True False False False
