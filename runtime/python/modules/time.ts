/** The time module. Time comes from the interpreter's machine. */
import type { Interpreter } from '../interpreter/interpreter';
import { floatOperand, makeFloat } from '../objects/float';
import { intOperand } from '../objects/int';
import { defineModule, type ModuleRow, type PyModule } from '../objects/module';
import { None, type PyObject } from '../objects/object';
import { raise, typeError } from '../objects/raise';
import { PyTuple } from '../objects/tuple';

/** Ticks wrap at 2**30, as small ints of a 32-bit port do; half of that is the longest difference. */
const TICKS_PERIOD = 2 ** 30;

const ticks = (x: number): number => {
  const t = Math.floor(x) % TICKS_PERIOD;
  return t < 0 ? t + TICKS_PERIOD : t;
};

function number(x: PyObject): number {
  const n = floatOperand(x);
  if (n === undefined) throw typeError(`can't convert ${x.cls.typeName} to float`);
  return n;
}

function int(x: PyObject): number {
  const n = intOperand(x);
  if (n === undefined) throw typeError(`can't convert ${x.cls.typeName} to int`);
  return Number(n);
}

function ticks_diff(a: PyObject, b: PyObject): PyObject {
  const half = TICKS_PERIOD / 2;
  return ((((int(a) - int(b) + half) % TICKS_PERIOD) + TICKS_PERIOD) % TICKS_PERIOD) - half;
}

function ticks_add(a: PyObject, b: PyObject): PyObject {
  const delta = int(b);
  if (Math.abs(delta) >= TICKS_PERIOD / 2) raise('OverflowError', 'ticks interval overflow');
  return ticks(int(a) + delta);
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
