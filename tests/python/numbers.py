# Numbers, where a computer and a board agree.
# What hash() shows are whole numbers, floats without their fraction, and 16 bits for text.
print(hash(7.25), hash(-2.5), hash(0.1), hash(True))  # -> 7 -2 0 1
print(hash(1j), hash(1.5 + 2j))  # -> 1 3
print(hash("abc"), hash("\u00e9"), hash(b"abc"), hash(""))  # -> 12933 25231 12933 5381
print(hash(12345), hash(-12345), hash(2**70 + 123))  # -> 12345 -12345 123
