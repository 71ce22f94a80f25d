/** The deflate module: reading compressed streams. */
import { defineModule, type PyModule } from '../objects/module';
import type { PyObject } from '../objects/object';
import { exception, osError, valueError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { defineType } from '../objects/type';
import { truth } from '../interpreter/operators';
import { Errno } from '../../vfs/errno';
import { crc32 } from './crc32';
import { InflateError, Inflater } from './deflate/inflate';
import { PyStream, WOULD_BLOCK, streamMethods } from './stream';
import { streamOf } from './user-stream';

const AUTO = 0;
const RAW = 1;
const ZLIB = 2;
const GZIP = 3;

const DEFAULT_WINDOW_BITS = 8;
const GZIP_WINDOW_BITS = 15;

/** Parts of a gzip header that may be there, by their bits. */
const Flag = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

function adler32(bytes: Uint8Array, before: number): number {
  let a = before & 0xffff;
  let b = before >>> 16;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

class PyDeflateIO extends PyStream {
  readonly isText = false;
  private inflater: Inflater | undefined;
  private ended = false;
  private closed = false;
  /** The format that was found. */
  private format: number;
  private checksum = 0;
  private readonly byte = new Uint8Array(1);

  constructor(
    private readonly stream: PyStream,
    format: number,
    private readonly windowBits: number,
    private readonly closes: boolean,
  ) {
    super();
    this.format = format;
  }

  /** The next byte of the compressed stream. */
  private readonly next = (): number => {
    const count = this.stream.readInto(this.byte);
    if (count === WOULD_BLOCK) throw osError(Errno.EAGAIN);
    if (count === 0) throw exception('EOFError');
    return this.byte[0] as number;
  };

  private start(): Inflater {
    let bits = this.windowBits;
    if (this.format === RAW) bits = bits === 0 ? DEFAULT_WINDOW_BITS : bits;
    else {
      const header = this.header();
      if (bits === 0 || header < bits) bits = header;
    }
    this.checksum = this.format === ZLIB ? 1 : 0;
    return (this.inflater = new Inflater(this.next, 1 << bits));
  }

  /** Reads the header of zlib or gzip; gives the bits of the window that it says. */
  private header(): number {
    const first = this.next();
    const second = this.next();
    const isGzip = first === 0x1f && second === 0x8b;
    const wanted = this.format;
    this.format = isGzip ? GZIP : ZLIB;
    if (wanted !== AUTO && wanted !== this.format) throw osError(Errno.EINVAL);
    if (isGzip) {
      this.gzipHeader();
      return GZIP_WINDOW_BITS;
    }
    const method = first & 15;
    const bits = (first >> 4) + 8;
    if (method !== 8 || bits > 15 || (first * 256 + second) % 31 !== 0 || (second & 0x20) !== 0) {
      throw osError(Errno.EINVAL);
    }
    return bits;
  }

  private gzipHeader(): void {
    if (this.next() !== 8) throw osError(Errno.EINVAL);
    const flags = this.next();
    for (let i = 0; i < 6; i++) this.next();
    if ((flags & Flag.extra) !== 0) {
      for (let left = this.next() | (this.next() << 8); left > 0; left--) this.next();
    }
    for (const text of [Flag.name, Flag.comment]) if ((flags & text) !== 0) while (this.next() !== 0);
    if ((flags & Flag.headerCrc) !== 0) {
      this.next();
      this.next();
    }
  }

  override readInto(buffer: Uint8Array): number {
    if (this.closed) throw osError(Errno.EINVAL);
    if (this.ended || buffer.length === 0) return 0;
    try {
      const count = (this.inflater ?? this.start()).readInto(buffer);
      this.check(buffer.subarray(0, count));
      if (count < buffer.length) this.end();
      return count;
    } catch (e) {
      if (e instanceof InflateError) throw osError(Errno.EINVAL);
      throw e;
    }
  }

  private check(bytes: Uint8Array): void {
    if (this.format === ZLIB) this.checksum = adler32(bytes, this.checksum);
    else if (this.format === GZIP) this.checksum = crc32(bytes, this.checksum);
  }

  /** Compares the checksum behind the data. */
  private end(): void {
    this.ended = true;
    if (this.format === RAW) return;
    const bytes = [this.next(), this.next(), this.next(), this.next()];
    if (this.format === ZLIB) bytes.reverse();
    const expected = bytes.reduce((sum, byte, i) => sum + byte * 2 ** (8 * i), 0);
    if (this.format === GZIP) for (let i = 0; i < 4; i++) this.next();
    if (expected !== this.checksum) throw osError(Errno.EINVAL);
  }

  override close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.closes) this.stream.close();
  }
}

function deflate_make(
  stream: PyObject,
  format: PyObject = AUTO,
  wbits: PyObject = 0,
  close: PyObject = false,
): PyObject {
  const kind = machineInt(format);
  const bits = machineInt(wbits);
  if (kind < AUTO || kind > GZIP) throw valueError('format');
  if (bits !== 0 && (bits < 5 || bits > 15)) throw valueError('wbits');
  return new PyDeflateIO(streamOf(stream), kind, bits, truth(close));
}

const deflateIOType = defineType({
  name: 'DeflateIO',
  proto: PyDeflateIO.prototype,
  make: ['DeflateIO(stream, format=AUTO, wbits=0, close=False, /)', deflate_make],
  methods: streamMethods('read', 'readinto', 'readline', 'close', '__enter__', '__exit__'),
});

export function createDeflate(): PyModule {
  return defineModule('deflate', [
    ['DeflateIO', deflateIOType, 'value'],
    ['AUTO', AUTO, 'value'],
    ['RAW', RAW, 'value'],
    ['ZLIB', ZLIB, 'value'],
    ['GZIP', GZIP, 'value'],
  ]);
}
