# struct.pack: values that pack something themselves, long and short results, and places in a buffer.
import struct


class Packs:
    def __float__(self):
        return struct.unpack("<f", struct.pack("<f", 2.5))[0]


print(struct.pack("<HfH", 1, Packs(), 3))  # -> b'\x01\x00\x00\x00 @\x03\x00'
print(struct.pack("<10s2xH", b"abc", 7))  # -> b'abc\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\x00'
for size in (256, 257, 300):
    b = struct.pack("%ds" % size, b"x")
    print(len(b), b[:2], b[-1])
# -> 256 b'x\x00' 0
# -> 257 b'x\x00' 0
# -> 300 b'x\x00' 0
try:
    struct.pack("<HH", 0xFFFF, "a")
except TypeError as e:
    print(e)  # -> can't convert str to int
print(struct.pack("<HH", 9))  # -> b'\t\x00\x00\x00'
b = bytearray(12)
struct.pack_into("bI", b, 4, -1, 0xFFFFFFFF)
struct.pack_into("<hh", b, -4, -2, 3)
print(b)  # -> bytearray(b'\x00\x00\x00\x00\xff\x00\x00\x00\xfe\xff\x03\x00')
print(struct.pack("<I", -1), struct.pack("<B", 256), struct.pack("<h", 1 << 40), struct.pack("<I", (1 << 70) + 5))
# -> b'\xff\xff\xff\xff' b'\x00' b'\x00\x00' b'\x05\x00\x00\x00'
