import { beforeEach, describe, expect, test } from 'vitest';
import { OutputGate } from '../../../main/boards/output-gate';
import type { OutputSource } from '../../../runtime/contract/types';

let timers: (() => void)[];
let sent: [viewer: string, text: string, source: OutputSource][];
let held: boolean[];
let gate: OutputGate<string>;

const bytes = (text: string): Uint8Array => Buffer.from(text);
const text = (of: Uint8Array): string => Buffer.from(of).toString();

beforeEach(() => {
  timers = [];
  sent = [];
  held = [];
  const clock = {
    now: () => 0,
    after: (_milliseconds: number, action: () => void) => {
      timers.push(action);
      return () => (timers = timers.filter((other) => other !== action));
    },
  };
  gate = new OutputGate(
    clock,
    (viewer, piece, source) => sent.push([viewer, text(piece), source]),
    (value) => held.push(value),
  );
});

describe('OutputGate', () => {
  test('gathers what comes quickly, and keeps sources apart and in order', () => {
    gate.add('a');
    for (const [piece, source] of [
      ['1', 'program'],
      ['2', 'program'],
      ['E', 'error'],
      ['3', 'program'],
    ] as const) {
      gate.push(bytes(piece), source);
    }
    expect(sent).toEqual([]);
    expect(timers).toHaveLength(1);
    timers[0]?.();
    expect(sent).toEqual([
      ['a', '12', 'program'],
      ['a', 'E', 'error'],
      ['a', '3', 'program'],
    ]);
  });

  test('gives a new viewer what was before, and sends it only what comes after', () => {
    gate.push(bytes('before'), 'terminal');
    expect(text(gate.add('a'))).toBe('before');
    gate.push(bytes('after'), 'terminal');
    gate.flush();
    expect(sent).toEqual([['a', 'after', 'terminal']]);
    expect(text(gate.add('b'))).toBe('beforeafter');
  });

  test('keeps the last 64 KB', () => {
    gate.push(bytes('x'.repeat(70_000)), 'terminal');
    gate.push(bytes('end'), 'terminal');
    const recent = gate.add('a');
    expect(recent.length).toBe(65_536);
    expect(text(recent.slice(-4))).toBe('xend');
  });

  test('holds the board while the slowest viewer is far behind, and until it has caught up by half', () => {
    gate.add('quick');
    gate.add('slow');
    gate.push(new Uint8Array(512 * 1024), 'program');
    gate.flush();
    expect(held).toEqual([true]);
    gate.shown('quick', 512 * 1024);
    gate.shown('slow', 200 * 1024);
    expect(held).toEqual([true]);
    gate.shown('slow', 57 * 1024);
    expect(held).toEqual([true, false]);
  });

  test('lets the board go on when the viewer that was behind goes away, and holds it for nobody', () => {
    gate.add('slow');
    gate.push(new Uint8Array(600 * 1024), 'program');
    gate.flush();
    gate.remove('slow');
    gate.push(new Uint8Array(600 * 1024), 'program');
    gate.flush();
    expect(held).toEqual([true, false]);
  });

  test('does not let a viewer that counts too much hold it back from others', () => {
    gate.add('odd');
    gate.shown('odd', 1e9);
    gate.shown('stranger', 5);
    gate.push(new Uint8Array(512 * 1024), 'program');
    gate.flush();
    expect(held).toEqual([true]);
  });
});
