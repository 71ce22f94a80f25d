import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { ByteRing } from '../../../runtime/bytes/byte-ring';

function ringOf(capacity: number): ByteRing {
  return new ByteRing(ByteRing.allocate(capacity));
}

function bytesOf(ring: ByteRing): number[] {
  const bytes: number[] = [];
  for (let byte = ring.readByte(); byte !== -1; byte = ring.readByte()) bytes.push(byte);
  return bytes;
}

describe('ByteRing', () => {
  test('gives back what was written, in order, and then −1', () => {
    const ring = ringOf(8);
    expect(ring.write(Uint8Array.of(1, 0, 255))).toBe(3);
    expect(ring.length).toBe(3);
    expect(bytesOf(ring)).toEqual([1, 0, 255]);
    expect(ring.readByte()).toBe(-1);
  });

  test('wraps around its end many times without losing a byte', () => {
    const ring = ringOf(8);
    for (let round = 0; round < 50; round += 1) {
      expect(ring.write(Uint8Array.of(round, round + 1, round + 2, round + 3, round + 4))).toBe(5);
      expect(bytesOf(ring)).toEqual([round, round + 1, round + 2, round + 3, round + 4]);
    }
  });

  test('takes only what it has room for, and lets the reader know that the writer waits', () => {
    const ring = ringOf(4);
    expect(ring.write(Uint8Array.of(1, 2, 3, 4, 5, 6))).toBe(4);
    expect(ring.readByte()).toBe(1);
    expect(ring.takeWriterWaits()).toBe(true);
    expect(ring.takeWriterWaits()).toBe(false);
    expect(ring.write(Uint8Array.of(5))).toBe(1);
    expect(bytesOf(ring)).toEqual([2, 3, 4, 5]);
  });

  test('does not say that the writer waits when everything had room', () => {
    const ring = ringOf(4);
    ring.write(Uint8Array.of(1, 2, 3, 4));
    expect(ring.takeWriterWaits()).toBe(false);
  });

  test('queues Ctrl-C as a byte while no interrupt byte is set', () => {
    const ring = ringOf(4);
    let interrupts = 0;
    ring.write(Uint8Array.of(3), () => (interrupts += 1));
    expect([interrupts, bytesOf(ring)]).toEqual([0, [3]]);
  });

  test('interrupts instead of queuing, keeps what is around it in order, and counts it as taken', () => {
    const ring = ringOf(4);
    ring.interruptByte = 3;
    let interrupts = 0;
    expect(ring.write(Uint8Array.of(65, 3, 66), () => (interrupts += 1))).toBe(3);
    expect([interrupts, bytesOf(ring)]).toEqual([1, [65, 66]]);
  });

  test('lets an interrupt byte through when it is full', () => {
    const ring = ringOf(2);
    ring.interruptByte = 3;
    ring.write(Uint8Array.of(1, 2));
    let interrupts = 0;
    expect(ring.write(Uint8Array.of(3), () => (interrupts += 1))).toBe(1);
    expect(interrupts).toBe(1);
  });

  test('reads everything at once, also around its end', () => {
    const ring = ringOf(8);
    ring.write(Uint8Array.of(0, 0, 0, 0, 0));
    ring.readAll();
    ring.write(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(ring.readAll()).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
    expect(ring.readAll()).toEqual(Uint8Array.of());
    expect(ring.write(new Uint8Array(9))).toBe(8);
  });

  test('asks for one message until everything was read, however often is written', () => {
    const ring = ringOf(8);
    ring.write(Uint8Array.of(1));
    expect([ring.announce(), ring.announce()]).toEqual([true, false]);
    ring.readAll();
    expect(ring.announce()).toBe(true);
  });

  test('is as new after a reset', () => {
    const ring = ringOf(4);
    ring.interruptByte = 3;
    ring.write(Uint8Array.of(1, 2, 4, 5, 6));
    ring.announce();
    ring.reset();
    expect([ring.length, ring.interruptByte, ring.takeWriterWaits(), ring.announce()]).toEqual([0, -1, false, true]);
  });

  test('refuses a capacity that is no power of two', () => {
    expect(() => ByteRing.allocate(100)).toThrow(RangeError);
  });

  test('wakes a thread that sleeps on the bell', async () => {
    const memory = ByteRing.allocate(16);
    const ring = new ByteRing(memory);
    // Element 2 of the header is the bell, element 0 counts what was written.
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      const header = new Int32Array(workerData, 0, 6);
      parentPort.postMessage('asleep');
      while (Atomics.load(header, 0) === 0) Atomics.wait(header, 2, 0);
      parentPort.postMessage(Atomics.load(header, 0));`;
    const worker = new Worker(source, { eval: true, workerData: memory });
    await once(worker, 'message');
    ring.write(Uint8Array.of(7, 8));
    expect(await once(worker, 'message')).toEqual([2]);
  });
});
