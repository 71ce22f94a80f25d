/** The time module. Time comes from the interpreter's machine. */
import type { Interpreter } from '../interpreter/interpreter';
import { floatOperand, makeFloat } from '../objects/float';
import { intOperand, normal } from '../objects/int';
import { hasNarrowWords } from '../objects/machine-word';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { raise, typeError } from '../objects/raise';
import { PyTuple } from '../objects/tuple';

/** Ticks wrap where small ints do: at 2**30 on a board, at 2**62 on a computer. Half of that is the longest difference. */
const period = (): bigint => (hasNarrowWords() ? 2n ** 30n : 2n ** 62n);

/** Within these bounds nothing wraps on any of them. */
const PLAIN = 2 ** 30;
const PLAIN_HALF = 2 ** 29;

function ticks(x: number): PyObject {
  const t = Math.floor(x);
  return t >= 0 && t < PLAIN ? t : wrapped(BigInt(t));
}

const wrapped = (x: bigint): PyObject => normal(x & (period() - 1n));

function number(x: PyObject): number {
  const n = floatOperand(x);
  if (n === undefined) throw typeError(`can't convert ${x.cls.typeName} to float`);
  return n;
}

function int(x: PyObject): number {
  return Number(wholeInt(x));
}

function wholeInt(x: PyObject): bigint {
  const n = intOperand(x);
  if (n === undefined) throw typeError(`can't convert ${x.cls.typeName} to int`);
  return BigInt(n);
}

function ticks_diff(a: PyObject, b: PyObject): PyObject {
  if (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < PLAIN_HALF) return a - b;
  const half = period() / 2n;
  return normal(((wholeInt(a) - wholeInt(b) + half) & (period() - 1n)) - half);
}

function ticks_add(a: PyObject, b: PyObject): PyObject {
  if (typeof a === 'number' && typeof b === 'number' && Math.abs(b) < PLAIN_HALF && a + b >= 0 && a + b < PLAIN) {
    return a + b;
  }
  const delta = wholeInt(b);
  const half = period() / 2n;
  if (delta >= half || delta <= -half) raise('OverflowError', 'ticks interval overflow');
  return wrapped(wholeInt(a) + delta);
}

/** Seconds between 1970 and 2000: the epoch of ports without an operating system. */
export const EPOCH_2000 = 946684800;

const DAY = 86400000;

/** The time tuple of seconds since 1970. */
export function timeTuple(seconds: number, withDst: boolean): PyTuple {
  const d = new Date(seconds * 1000);
  const year = d.getUTCFullYear();
  const yday = Math.floor((Date.UTC(year, d.getUTCMonth(), d.getUTCDate()) - Date.UTC(year, 0, 1)) / DAY) + 1;
  const items = [
    year,
    d.getUTCMonth() + 1,
    d.getUTCDate(),
    d.getUTCHours(),
    d.getUTCMinutes(),
    d.getUTCSeconds(),
    (d.getUTCDay() + 6) % 7,
    yday,
  ];
  return new PyTuple(withDst ? [...items, 0] : items);
}

export function createTime(interpreter: Interpreter): PyModule {
  const { hal, profile } = interpreter;
  const board = profile === 'board';
  const epoch = board ? EPOCH_2000 : 0;

  /** Sleeps while Ctrl-C and events are looked at. */
  const sleep = (milliseconds: number): PyObject => {
    const deadline = hal.now() + milliseconds;
    while (!hal.sleepUntil(deadline)) interpreter.poll();
    return None;
  };
  const nowSeconds = (): number => hal.epoch() / 1000 - epoch;
  const given = (t: PyObject | undefined): number =>
    (t === undefined || t === None ? Math.floor(nowSeconds()) : Math.floor(number(t))) + epoch;
  const convert = (t?: PyObject): PyObject => timeTuple(given(t), !board);

  const time_mktime = (tuple: PyObject): PyObject => {
    const items = tuple.la;
    if (items === undefined || items.length < 8 || items.length > 9) {
      throw typeError('mktime needs a tuple of length 8 or 9');
    }
    const [y, mo, d, h, mi, s] = items.map(int) as [number, number, number, number, number, number];
    return Math.floor(Date.UTC(y, mo - 1, d, h, mi, s) / 1000) - epoch;
  };

  const rows: ModuleRow[] = [
    ['sleep(seconds, /)', (s: PyObject) => sleep(Math.max(0, number(s)) * 1000)],
    ['sleep_ms(ms, /)', (ms: PyObject) => sleep(Math.max(0, int(ms)))],
    ['sleep_us(us, /)', (us: PyObject) => sleep(Math.max(0, int(us)) / 1000)],
    ['ticks_ms()', () => ticks(hal.now())],
    ['ticks_us()', () => ticks(hal.now() * 1000)],
    ['ticks_cpu()', () => ticks(hal.now() * (board ? 168000 : 1000))],
    ['ticks_diff(end, start, /)', ticks_diff],
    ['ticks_add(ticks, delta, /)', ticks_add],
    ['time()', () => (board ? Math.floor(nowSeconds()) : makeFloat(nowSeconds()))],
    ['time_ns()', () => normalNanoseconds(hal.epoch() - epoch * 1000)],
    ['localtime(seconds=None, /)', convert],
    ['gmtime(seconds=None, /)', convert],
    ['mktime(tuple, /)', time_mktime],
  ];
  if (!board) rows.push(['clock()', () => makeFloat(hal.now() / 1000)]);
  return defineModule('time', rows);
}

function normalNanoseconds(milliseconds: number): PyObject {
  const n = BigInt(Math.floor(milliseconds * 1000)) * 1000n;
  return n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n;
}
