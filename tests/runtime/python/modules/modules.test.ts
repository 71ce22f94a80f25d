import { describe, expect, it } from 'vitest';
import { endOf, runPython } from '../../../support/run-python';

/** What an expression shows, after an import. */
const shown = (imports: string, expression: string): string => endOf(`import ${imports}\nprint(${expression})`);

/** Expected values are those of MicroPython. */
const expressions: readonly (readonly [imports: string, expression: string, expected: string])[] = [
  ['math', 'math.sqrt(2)', '1.4142135623730951'],
  ['math', 'math.factorial(25)', '15511210043330985984000000'],
  ['math', 'math.frexp(-10.5)', '(-0.65625, 4)'],
  ['math', 'math.modf(-2.5)', '(-0.5, -2.0)'],
  ['math', 'math.floor(-1e20)', '-100000000000000000000'],
  ['math', "'%.10f %.10f' % (math.erf(0.5), math.erfc(3))", '0.5204998778 0.0000220905'],
  ['math', "'%.8f %.8f' % (math.gamma(5.5), math.lgamma(100.5))", '52.34277778 361.43554047'],
  ['math', 'math.pow(1, math.nan), math.pow(-1, -math.inf)', '1.0 1.0'],
  ['cmath', "'%.6f' % cmath.polar(3 + 4j)[1]", '0.927295'],
  ['struct', "struct.pack('<hIs', -2, 1 << 31, b'ab')", "b'\\xfe\\xff\\x00\\x00\\x00\\x80a'"],
  ['struct', "struct.calcsize('bq'), struct.calcsize('<bq')", '16 9'],
  ['struct', "struct.unpack('>e2xB', b'\\x3c\\x00\\x00\\x00\\xff')", '(1.0, 255)'],
  ['struct', "struct.unpack('OO', struct.pack('OO', None, 'a'))", "(None, 'a')"],
  ['struct, uctypes', "struct.unpack('S', struct.pack('S', uctypes.addressof('abc')))", "('abc',)"],
  ['array', "array.array('O', [1, 'x', None, [3]])", "array('O', [1, 'x', None, [3]])"],
  ['array', "array.array('P', [1, -1])", "array('P', [1, -1])"],
  ['gc', 'gc.threshold(100), gc.threshold(), gc.threshold(-1), gc.threshold()', 'None 96 None -1'],
  ['binascii', "binascii.a2b_base64(b'Zm9v YmE=')", "b'fooba'"],
  ['binascii', "binascii.crc32(b'123456789')", '3421780262'],
  ['hashlib', "hashlib.md5(b'abc').digest()[:4]", "b'\\x90\\x01P\\x98'"],
  ['hashlib', "hashlib.sha1(b'abc').digest()[:4]", "b'\\xa9\\x99>6'"],
  ['json', 'json.loads(\'{"a": [1, 2.5, null, true, "\\\\u00e9\\\\n"]}\')', "{'a': [1, 2.5, None, True, '\\xe9\\n']}"],
  ['json', "json.dumps({'a': (1, None), 2: '\\x01\"'})", '{"a": [1, null], "2": "\\u0001\\""}'],
  ['collections', "collections.namedtuple('P', 'x y')(1, y=2)", 'P(x=1, y=2)'],
  ['collections', 'list(collections.deque((1, 2, 3), 2))', '[2, 3]'],
  ['collections', 'collections.OrderedDict(a=1) == {"a": 1}, {"a": 1} == collections.OrderedDict(a=1)', 'False False'],
  ['collections', "hasattr(collections.namedtuple('P', 'x')(1), '_asdict')", 'False'],
  ['re', "re.match('(a+)(b)?', 'aac').group(1)", 'aa'],
  ['re', "re.sub('(.)-(.)', r'\\2\\g<1>', 'a-b c-d')", 'ba dc'],
  ['re', "re.compile('[,;]').split('a,b;c')", "['a', 'b', 'c']"],
  ['re', "re.search('é+', 'xéé').group(0)", 'é'],
  ['io', "io.StringIO('añb').read(2)", 'añ'],
  ['errno', 'errno.errorcode[errno.ENOENT]', 'ENOENT'],
  ['os', 'os.sep, os.getcwd()', '/ /'],
  ['uctypes', "uctypes.sizeof({'a': 0 | uctypes.UINT8, 'b': 4 | uctypes.UINT32})", '8'],
];

const mistakes: readonly (readonly [imports: string, expression: string, expected: string])[] = [
  ['math', 'math.log(0)', 'ValueError: math domain error'],
  ['math', 'math.floor(math.nan)', "ValueError: can't convert NaN to int"],
  ['random', 'random.getrandbits(33)', 'ValueError: bits must be 32 or less'],
  ['struct', "struct.pack('z', 1)", 'ValueError: bad typecode'],
  ['struct', "struct.unpack('h', b'1')", 'ValueError: buffer too small'],
  ['struct', "struct.unpack('S', bytes(8))", 'OSError: 14'],
  ['array', "array.array('O', [1]) == array.array('q', [1])", 'NotImplementedError:'],
  ['binascii', "binascii.unhexlify('4')", 'ValueError: non-hex digit'],
  ['json', "json.loads('[1')", 'ValueError: syntax error in JSON'],
  ['re', "re.compile('a(')", 'ValueError: regex too complex'],
  ['re', "re.compile('a)')", 'ValueError: error in regex'],
  ['re', "re.match('(a*)*b', 'a')", 'RuntimeError: maximum recursion depth exceeded'],
  ['heapq', 'heapq.heappop([])', 'IndexError: empty heap'],
  ['os', "os.stat('/missing')", 'OSError: [Errno 2] ENOENT'],
  ['io', "io.open('/missing', 'r', 'x')", "TypeError: can't convert str to int"],
  ['uctypes', "uctypes.struct(16, {'a': uctypes.UINT8}).a", 'OSError: 14'],
];

describe('the builtin modules', () => {
  it.each(expressions)('%s: %s', (imports, expression, expected) => {
    expect(shown(imports, expression)).toBe(expected);
  });

  it.each(mistakes)('%s: %s raises', (imports, expression, expected) => {
    expect(shown(imports, expression)).toBe(expected);
  });
});

describe('random', () => {
  it('gives the numbers of MicroPython for a seed', () => {
    const source = [
      'import random',
      'random.seed(42)',
      'print(random.getrandbits(32), random.getrandbits(32), random.random(), random.randint(1, 100))',
    ].join('\n');
    expect(runPython(source).output).toBe('2003356 1421623288 0.5287931159787087 88\n');
  });
});

describe('files', () => {
  it('are read by lines and characters, and found again', () => {
    const source = [
      "with open('/a.txt', 'w') as f:",
      "    f.write('één\\ntwee\\n')",
      "with open('/a.txt') as f:",
      '    print(f.read(2), f.tell(), f.readline(), f.readlines())',
      "print(open('/a.txt', 'rb').read())",
      'import os',
      "print(os.listdir('/'), os.stat('/a.txt')[6])",
    ].join('\n');
    expect(runPython(source).output).toBe("éé 4 n\n ['twee\\n']\nb'\\xc3\\xa9\\xc3\\xa9n\\ntwee\\n'\n['a.txt'] 11\n");
  });

  it('stand where the program thinks they are when it reads and writes by turns', () => {
    const source = [
      "f = open('/a', 'w+b')",
      "f.write(b'0123456789')",
      'f.seek(2)',
      'print(f.read(3))',
      "f.write(b'xy')",
      'f.seek(0)',
      'print(f.read())',
    ].join('\n');
    expect(runPython(source).output).toBe("b'234'\nb'01234xy789'\n");
  });
});

describe('a FAT file system on a block device written in Python', () => {
  it('is formatted, mounted and used', () => {
    const source = [
      'import vfs, os',
      'class Disk:',
      '    def __init__(self): self.data = bytearray(64 * 512)',
      '    def readblocks(self, n, buf): buf[:] = self.data[n * 512 : n * 512 + len(buf)]',
      '    def writeblocks(self, n, buf): self.data[n * 512 : n * 512 + len(buf)] = buf',
      '    def ioctl(self, op, arg): return 64 if op == 4 else 512 if op == 5 else 0',
      'disk = Disk()',
      'vfs.VfsFat.mkfs(disk)',
      "vfs.mount(disk, '/ram')",
      "open('/ram/x', 'w').close()",
      "print(os.listdir('/ram'))",
      "vfs.umount('/ram')",
    ].join('\n');
    expect(runPython(source)).toMatchObject({ output: "['x']\n", error: '' });
  });
});

describe('cryptolib and deflate', () => {
  it('decrypt what they encrypt', () => {
    const source = [
      'from cryptolib import aes',
      "print(aes(b'k' * 16, 2, b'i' * 16).decrypt(aes(b'k' * 16, 2, b'i' * 16).encrypt(b'0123456789abcdef' * 2)))",
    ].join('\n');
    expect(runPython(source).output).toBe("b'0123456789abcdef0123456789abcdef'\n");
  });

  it('encrypt the block of FIPS 197', () => {
    const source = [
      'from cryptolib import aes',
      'print(aes(bytes(range(16)), 1).encrypt(bytes(i * 17 for i in range(16))).hex())',
    ].join('\n');
    expect(runPython(source).output).toBe('69c4e0d86a7b0430d8cdb78070b4c55a\n');
  });

  it('inflate fixed and stored blocks, and check the sum', () => {
    const source = [
      'import deflate, io',
      "z = b'x\\x9cKLJN\\x04\\x92\\x00\\x0b\\x00\\x03/'",
      'try:',
      '    print(deflate.DeflateIO(io.BytesIO(z)).read())',
      'except OSError as e:',
      '    print(e.errno)',
      "print(deflate.DeflateIO(io.BytesIO(b'\\x01\\x03\\x00\\xfc\\xffabc'), deflate.RAW).read())",
    ].join('\n');
    expect(runPython(source).output).toBe("22\nb'abc'\n");
  });
});
