/** The framebuf module: drawing into the memory of a display. */
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, ObjectBase, type Buffer, type PyObject } from '../objects/object';
import { exception, valueError } from '../objects/raise';
import { machineInt } from '../objects/slice';
import { defineType } from '../objects/type';
import { typeError } from '../objects/raise';
import { truth } from '../interpreter/operators';
import { itemKind } from '../objects/array-item';
import { encodeUtf8 } from '../../bytes/utf8';
import { bytesArgument, textArgument, writableArgument } from './arguments';
import { glyphColumns, GLYPH_SIZE } from './font';

const Format = { MVLSB: 0, RGB565: 1, GS4_HMSB: 2, MHLSB: 3, MHMSB: 4, GS2_HMSB: 5, GS8: 6 } as const;

/** Bits of a pixel, and how the width of a line and the height are rounded up, by format. */
const LAYOUTS: Readonly<Record<number, { readonly bits: number; readonly wide?: number; readonly high?: number }>> = {
  [Format.MVLSB]: { bits: 1, high: 8 },
  [Format.RGB565]: { bits: 16 },
  [Format.GS4_HMSB]: { bits: 4, wide: 2 },
  [Format.MHLSB]: { bits: 1, wide: 8 },
  [Format.MHMSB]: { bits: 1, wide: 8 },
  [Format.GS2_HMSB]: { bits: 2, wide: 4 },
  [Format.GS8]: { bits: 8 },
};

const roundUp = (x: number, to: number): number => Math.ceil(x / to) * to;

/** Where a pixel is: its byte, how far its bits are shifted, and which they are. */
interface Spot {
  at: number;
  shift: number;
  mask: number;
}

class PyFrameBuffer extends ObjectBase {
  /** One object for all pixels, as drawing asks for many. */
  private readonly spot: Spot = { at: 0, shift: 0, mask: 0 };

  constructor(
    readonly object: PyObject,
    readonly bytes: Uint8Array,
    readonly width: number,
    readonly height: number,
    private readonly format: number,
    private readonly stride: number,
  ) {
    super();
  }

  private locate(x: number, y: number): Spot {
    const { spot } = this;
    const index = x + y * this.stride;
    switch (this.format) {
      case Format.MVLSB:
        spot.at = (y >> 3) * this.stride + x;
        spot.shift = y & 7;
        spot.mask = 1;
        break;
      case Format.MHLSB:
        spot.at = index >> 3;
        spot.shift = 7 - (x & 7);
        spot.mask = 1;
        break;
      case Format.MHMSB:
        spot.at = index >> 3;
        spot.shift = x & 7;
        spot.mask = 1;
        break;
      case Format.GS2_HMSB:
        spot.at = index >> 2;
        spot.shift = (x & 3) << 1;
        spot.mask = 3;
        break;
      case Format.GS4_HMSB:
        spot.at = index >> 1;
        spot.shift = x % 2 === 0 ? 4 : 0;
        spot.mask = 15;
        break;
      default:
        spot.at = index;
        spot.shift = 0;
        spot.mask = 255;
    }
    return spot;
  }

  contains(x: number, y: number): boolean {
    return x >= 0 && x < this.width && y >= 0 && y < this.height;
  }

  /** The colour of a pixel inside. */
  get(x: number, y: number): number {
    const { bytes } = this;
    if (this.format === Format.RGB565) {
      const at = 2 * (x + y * this.stride);
      return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    }
    const { at, shift, mask } = this.locate(x, y);
    return ((bytes[at] as number) >> shift) & mask;
  }

  /** Colours a pixel inside. */
  set(x: number, y: number, colour: number): void {
    const { bytes } = this;
    if (this.format === Format.RGB565) {
      const at = 2 * (x + y * this.stride);
      bytes[at] = colour;
      bytes[at + 1] = colour >> 8;
      return;
    }
    const { at, shift, mask } = this.locate(x, y);
    const bits = mask === 1 ? (colour === 0 ? 0 : 1) : colour & mask;
    bytes[at] = ((bytes[at] as number) & ~(mask << shift)) | (bits << shift);
  }

  /** Colours a pixel if it is inside. */
  draw(x: number, y: number, colour: number): void {
    if (this.contains(x, y)) this.set(x, y, colour);
  }

  fillRect(x: number, y: number, width: number, height: number, colour: number): void {
    const right = Math.min(this.width, x + width);
    const bottom = Math.min(this.height, y + height);
    for (let row = Math.max(0, y); row < bottom; row++) {
      for (let column = Math.max(0, x); column < right; column++) this.set(column, row, colour);
    }
  }

  /** A line with both its ends, by Bresenham. */
  line(x1: number, y1: number, x2: number, y2: number, colour: number): void {
    const steep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
    const [length, rise] = steep ? [Math.abs(y2 - y1), Math.abs(x2 - x1)] : [Math.abs(x2 - x1), Math.abs(y2 - y1)];
    const stepX = x2 - x1 > 0 ? 1 : -1;
    const stepY = y2 - y1 > 0 ? 1 : -1;
    let x = x1;
    let y = y1;
    let error = 2 * rise - length;
    for (let i = 0; i < length; i++) {
      this.draw(x, y, colour);
      while (error >= 0) {
        if (steep) x += stepX;
        else y += stepY;
        error -= 2 * length;
      }
      if (steep) y += stepY;
      else x += stepX;
      error += 2 * rise;
    }
    this.draw(x2, y2, colour);
  }

  override py_buffer(): Buffer | undefined {
    return this.object.py_buffer();
  }
}

/** A buffer with its size; raises ValueError where it is too small. */
function makeBuffer(
  bytesOf: (value: PyObject) => Uint8Array,
  [object, widthObject, heightObject, formatObject, strideObject]: readonly PyObject[],
): PyFrameBuffer {
  const width = machineInt(widthObject as PyObject);
  const height = machineInt(heightObject as PyObject);
  const format = machineInt(formatObject as PyObject);
  let stride = strideObject === undefined ? width : machineInt(strideObject);
  const most = 0xffff;
  if (width < 1 || height < 1 || width > most || height > most || stride > most || stride < width) {
    throw exception('ValueError');
  }
  const layout = LAYOUTS[format];
  if (layout === undefined) throw valueError('invalid format');
  const { bits, wide = 1, high = 1 } = layout;
  stride = roundUp(stride, wide);
  const fullHeight = roundUp(height, high);
  // All lines but the last (the last eight of a vertical format) are as long as the stride.
  const long = high === 1 ? height - 1 : fullHeight - high;
  const pixels = long * stride + (fullHeight - long) * roundUp(width, wide);
  const bytes = bytesOf(object as PyObject);
  if (Math.floor((pixels * bits) / 8) > bytes.length) throw exception('ValueError');
  return new PyFrameBuffer(object as PyObject, bytes, width, height, format, stride);
}

/** A method whose arguments are ints. */
const drawing =
  (draw: (self: PyFrameBuffer, ...numbers: number[]) => void) =>
  (self: PyFrameBuffer, ...args: PyObject[]): PyObject => {
    draw(self, ...args.map(machineInt));
    return None;
  };

function framebuf_pixel(self: PyFrameBuffer, xObject: PyObject, yObject: PyObject, colour?: PyObject): PyObject {
  const x = machineInt(xObject);
  const y = machineInt(yObject);
  if (!self.contains(x, y)) return None;
  if (colour === undefined) return self.get(x, y);
  self.set(x, y, machineInt(colour));
  return None;
}

function framebuf_rect(self: PyFrameBuffer, ...args: PyObject[]): PyObject {
  const [x, y, width, height, colour] = args.slice(0, 5).map(machineInt) as [number, number, number, number, number];
  if (args[5] !== undefined && truth(args[5])) self.fillRect(x, y, width, height, colour);
  else {
    const lines = [
      [x, y, width, 1],
      [x, y + height - 1, width, 1],
      [x, y, 1, height],
      [x + width - 1, y, 1, height],
    ] as const;
    for (const [left, top, w, h] of lines) if (width >= 1 || w === 1) self.fillRect(left, top, w, h, colour);
  }
  return None;
}

// ---- ellipse

const FILL = 0x10;
const ALL = 0x0f;
/** Quadrants: bit, and the direction of x and y in it. */
const QUADRANTS = [
  [1, 1, -1],
  [2, -1, -1],
  [4, -1, 1],
  [8, 1, 1],
] as const;

function ellipsePoints(
  self: PyFrameBuffer,
  cx: number,
  cy: number,
  x: number,
  y: number,
  colour: number,
  mask: number,
): void {
  for (const [bit, right, down] of QUADRANTS) {
    if ((mask & bit) === 0) continue;
    if ((mask & FILL) === 0) self.draw(cx + right * x, cy + down * y, colour);
    else self.fillRect(right > 0 ? cx : cx - x, cy + down * y, x + 1, 1, colour);
  }
}

/**
 * One half of a quadrant of an ellipse, from where it meets an axis to where it is as steep as a diagonal. `a` is the
 * radius along the axis on which it begins; `point(along, across)` draws.
 */
function ellipseArc(
  a: number,
  b: number,
  upTo: (stopping: number, other: number) => boolean,
  point: (along: number, across: number) => void,
): void {
  const twoA = 2 * a * a;
  const twoB = 2 * b * b;
  let along = a;
  let across = 0;
  let alongChange = b * b * (1 - 2 * a);
  let acrossChange = a * a;
  let error = 0;
  let stoppingAlong = twoB * a;
  let stoppingAcross = 0;
  while (upTo(stoppingAlong, stoppingAcross)) {
    point(along, across);
    across++;
    stoppingAcross += twoA;
    error += acrossChange;
    acrossChange += twoA;
    if (2 * error + alongChange > 0) {
      along--;
      stoppingAlong -= twoB;
      error += alongChange;
      alongChange += twoB;
    }
  }
}

function framebuf_ellipse(self: PyFrameBuffer, ...args: PyObject[]): PyObject {
  const [cx, cy, a, b, colour] = args.slice(0, 5).map(machineInt) as [number, number, number, number, number];
  const fill = args[5] !== undefined && truth(args[5]) ? FILL : 0;
  const mask = fill | (args[6] === undefined ? ALL : machineInt(args[6]) & ALL);
  if (a === 0 && b === 0) {
    if ((mask & ALL) !== 0) self.draw(cx, cy, colour);
    return None;
  }
  const reached = (along: number, across: number): boolean => along >= across;
  ellipseArc(a, b, reached, (x, y) => {
    ellipsePoints(self, cx, cy, x, y, colour, mask);
  });
  ellipseArc(b, a, reached, (y, x) => {
    ellipsePoints(self, cx, cy, x, y, colour, mask);
  });
  return None;
}

// ---- polygon

type Point = readonly [x: number, y: number];

/** The corners in an array of ints. */
function corners(object: PyObject): Point[] {
  const buffer = object.py_buffer();
  const kind = buffer === undefined ? undefined : itemKind(buffer.typecode);
  if (buffer === undefined || kind === undefined) throw typeError('object with buffer protocol required');
  const view = new DataView(buffer.bytes.buffer, buffer.bytes.byteOffset, buffer.bytes.byteLength);
  const points: Point[] = [];
  const size = 2 * kind.size;
  for (let at = 0; at + size <= buffer.bytes.length; at += size) {
    points.push([machineInt(kind.get(view, at)), machineInt(kind.get(view, at + kind.size))]);
  }
  return points;
}

/** Each edge, from the first corner backwards round. */
function edges(points: readonly Point[]): (readonly [Point, Point])[] {
  return points.map((_, i) => [
    points[(points.length - i) % points.length] as Point,
    points[points.length - 1 - i] as Point,
  ]);
}

/** Fills one row of a polygon at (x, y) between the places where edges cross it. */
function fillRow(
  self: PyFrameBuffer,
  x: number,
  y: number,
  row: number,
  sides: readonly (readonly [Point, Point])[],
  colour: number,
): void {
  const nodes: number[] = [];
  for (const [[x1, y1], [x2, y2]] of sides) {
    if (y1 !== y2 && ((y1 > row && y2 <= row) || (y1 <= row && y2 > row))) {
      nodes.push(Math.trunc((32 * x1 + Math.trunc((32 * (x2 - x1) * (row - y1)) / (y2 - y1)) + 16) / 32));
    } else if (row === Math.max(y1, y2)) {
      // The lowest pixels of an edge are not between two crossings.
      if (y1 < y2) self.draw(x + x2, y + y2, colour);
      else if (y2 < y1) self.draw(x + x1, y + y1, colour);
      else self.line(x + x1, y + y1, x + x2, y + y2, colour);
    }
  }
  nodes.sort((a, b) => a - b);
  for (let i = 0; i + 1 < nodes.length; i += 2) {
    const [from, to] = [nodes[i] as number, nodes[i + 1] as number];
    self.fillRect(x + from, y + row, to - from + 1, 1, colour);
  }
}

function framebuf_poly(
  self: PyFrameBuffer,
  xObject: PyObject,
  yObject: PyObject,
  object: PyObject,
  colourObject: PyObject,
  fill?: PyObject,
): PyObject {
  const x = machineInt(xObject);
  const y = machineInt(yObject);
  const points = corners(object);
  if (points.length === 0) return None;
  const colour = machineInt(colourObject);
  const sides = edges(points);
  if (fill !== undefined && truth(fill)) {
    const rows = points.map((p) => p[1]);
    for (let row = Math.min(...rows); row <= Math.max(...rows); row++) fillRow(self, x, y, row, sides, colour);
  } else {
    for (const [[x1, y1], [x2, y2]] of sides) self.line(x + x1, y + y1, x + x2, y + y2, colour);
  }
  return None;
}

// ---- copying

/** A frame buffer to read from: one, or the arguments to make one of. */
function sourceOf(value: PyObject): PyFrameBuffer {
  const own = value.native ?? value;
  if (own instanceof PyFrameBuffer) return own;
  if (own.la === undefined) throw typeError(`object '${value.cls.typeName}' isn't a tuple or list`);
  if (own.la.length < 4 || own.la.length > 5) throw exception('ValueError');
  return makeBuffer(bytesArgument, own.la);
}

function framebuf_blit(
  self: PyFrameBuffer,
  from: PyObject,
  xObject: PyObject,
  yObject: PyObject,
  keyObject?: PyObject,
  paletteObject: PyObject = None,
): PyObject {
  const source = sourceOf(from);
  const x = machineInt(xObject);
  const y = machineInt(yObject);
  const key = keyObject === undefined ? -1 : machineInt(keyObject);
  const palette = paletteObject === None ? undefined : sourceOf(paletteObject);
  const right = Math.min(self.width, x + source.width);
  const bottom = Math.min(self.height, y + source.height);
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = Math.max(0, x); column < right; column++) {
      let colour = source.get(column - x, row - y);
      if (palette !== undefined) colour = palette.get(colour, 0);
      if (colour !== key) self.set(column, row, colour);
    }
  }
  return None;
}

/** Moves everything; what comes in from outside stays as it was. */
function scroll(self: PyFrameBuffer, dx: number, dy: number): void {
  const { width, height } = self;
  if (Math.abs(dx) >= width || Math.abs(dy) >= height) return;
  const columns = Array.from({ length: width - Math.abs(dx) }, (_, i) => (dx < 0 ? i : width - 1 - i));
  const rows = Array.from({ length: height - Math.abs(dy) }, (_, i) => (dy < 0 ? i : height - 1 - i));
  for (const y of rows) for (const x of columns) self.set(x, y, self.get(x - dx, y - dy));
}

/** Letters of eight by eight pixels. */
function framebuf_text(
  self: PyFrameBuffer,
  text: PyObject,
  xObject: PyObject,
  yObject: PyObject,
  colourObject: PyObject = 1,
): PyObject {
  let x = machineInt(xObject);
  const y = machineInt(yObject);
  const colour = machineInt(colourObject);
  for (const byte of encodeUtf8(textArgument(text))) {
    const columns = glyphColumns(byte);
    for (let i = 0; i < GLYPH_SIZE; i++, x++) {
      const bits = columns[i] ?? 0;
      for (let row = 0; row < GLYPH_SIZE; row++) if (((bits >> row) & 1) !== 0) self.draw(x, y + row, colour);
    }
  }
  return None;
}

const frameBufferType = defineType({
  name: 'FrameBuffer',
  proto: PyFrameBuffer.prototype,
  make: [
    'FrameBuffer(buffer, width, height, format, stride=None, /)',
    (...args: PyObject[]) => makeBuffer(writableArgument, args),
  ],
  methods: [
    ['fill(self, c, /)', drawing((self, c = 0) => { self.fillRect(0, 0, self.width, self.height, c); })],
    ['fill_rect(self, x, y, w, h, c, /)', drawing((self, x = 0, y = 0, w = 0, h = 0, c = 0) => { self.fillRect(x, y, w, h, c); })],
    ['pixel(self, x, y, c=None, /)', framebuf_pixel],
    ['hline(self, x, y, w, c, /)', drawing((self, x = 0, y = 0, w = 0, c = 0) => { self.fillRect(x, y, w, 1, c); })],
    ['vline(self, x, y, h, c, /)', drawing((self, x = 0, y = 0, h = 0, c = 0) => { self.fillRect(x, y, 1, h, c); })],
    ['rect(self, x, y, w, h, c, fill=False, /)', framebuf_rect],
    ['line(self, x1, y1, x2, y2, c, /)', drawing((self, x1 = 0, y1 = 0, x2 = 0, y2 = 0, c = 0) => { self.line(x1, y1, x2, y2, c); })],
    ['ellipse(self, x, y, xr, yr, c, fill=False, m=15, /)', framebuf_ellipse],
    ['poly(self, x, y, coords, c, fill=False, /)', framebuf_poly],
    ['blit(self, fbuf, x, y, key=-1, palette=None, /)', framebuf_blit],
    ['scroll(self, xstep, ystep, /)', drawing((self, dx = 0, dy = 0) => { scroll(self, dx, dy); })],
    ['text(self, s, x, y, c=1, /)', framebuf_text],
  ],
}); // prettier-ignore

/** The class of old: its only format is vertical. */
const framebuf_FrameBuffer1 = (buffer: PyObject, width: PyObject, height: PyObject, stride?: PyObject): PyObject =>
  makeBuffer(writableArgument, [buffer, width, height, Format.MVLSB, stride ?? width]);

const rows: readonly ModuleRow[] = [
  ['FrameBuffer', frameBufferType, 'value'],
  ['FrameBuffer1(buffer, width, height, stride=None, /)', framebuf_FrameBuffer1],
  ['MVLSB', Format.MVLSB, 'value'],
  ['MONO_VLSB', Format.MVLSB, 'value'],
  ['RGB565', Format.RGB565, 'value'],
  ['GS2_HMSB', Format.GS2_HMSB, 'value'],
  ['GS4_HMSB', Format.GS4_HMSB, 'value'],
  ['GS8', Format.GS8, 'value'],
  ['MONO_HLSB', Format.MHLSB, 'value'],
  ['MONO_HMSB', Format.MHMSB, 'value'],
];

export function createFramebuf(): PyModule {
  return defineModule('framebuf', rows);
}
