import { describe, expect, test } from 'vitest';
import { ByteReader, ReadTimeout } from '../../../runtime/bytes/byte-reader';
import { ascii } from '../../../runtime/bytes/bytes';
import { CancelSource, Cancelled } from '../../../runtime/bytes/cancel';
import { MockClock } from '../../support/mock-clock';

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

describe('ByteReader', () => {
  test('finds a delimiter wherever the stream is cut in two', async () => {
    const stream = ascii('outputOKmore>');
    for (let cut = 0; cut <= stream.length; cut++) {
      const reader = new ByteReader(new MockClock());
      const read = reader.readUntil(ascii('OK'));
      reader.push(stream.slice(0, cut));
      reader.push(stream.slice(cut));
      expect(text(await read)).toBe('outputOK');
      expect(text(await reader.readUntil(ascii('>')))).toBe('more>');
      expect(reader.available).toBe(0);
    }
  });

  test('finds a delimiter that arrives byte by byte after a false start', async () => {
    const reader = new ByteReader(new MockClock());
    const read = reader.readUntil(ascii('\r\n\r\n>'));
    for (const byte of ascii('a\r\n\r\n\r\n>b')) reader.push(Uint8Array.of(byte));
    expect(text(await read)).toBe('a\r\n\r\n\r\n>');
    expect(text(reader.drain())).toBe('b');
  });

  test('ends at the first of several delimiters', async () => {
    const reader = new ByteReader(new MockClock());
    reader.push(ascii('one>>> two=== '));
    expect(text(await reader.readUntil([ascii('=== '), ascii('>>> ')]))).toBe('one>>> ');
    expect(text(await reader.readUntil([ascii('=== '), ascii('>>> ')]))).toBe('two=== ');
  });

  test('reads an exact number of bytes over chunks', async () => {
    const reader = new ByteReader(new MockClock());
    const read = reader.readExactly(3);
    reader.push(ascii('a'));
    reader.push(ascii('bcd'));
    expect(text(await read)).toBe('abc');
    expect(text(await reader.readSome())).toBe('d');
  });

  test('puts bytes back in front of what is there', async () => {
    const reader = new ByteReader(new MockClock());
    reader.push(ascii('world'));
    reader.unread(ascii('hello '));
    expect(text(await reader.readUntil(ascii('world')))).toBe('hello world');
  });

  test('carries a megabyte through in odd chunks', async () => {
    const reader = new ByteReader(new MockClock());
    const sent = Uint8Array.from({ length: 1 << 20 }, (_, index) => (index * 7) % 251);
    for (let at = 0; at < sent.length; at += 1013) reader.push(sent.slice(at, at + 1013));
    const received = await reader.readExactly(sent.length);
    expect(Buffer.compare(received, sent)).toBe(0);
  });

  test('ends a read at its deadline and keeps what had come', async () => {
    const clock = new MockClock();
    const reader = new ByteReader(clock);
    const read = reader.readUntil(ascii('>'), { deadline: clock.now() + 100 });
    const failed = expect(read).rejects.toMatchObject({ name: 'ReadTimeout', received: ascii('par') });
    await clock.advance(99);
    reader.push(ascii('par'));
    await clock.advance(1);
    await failed;
    expect(text(reader.drain())).toBe('par');
    expect(clock.pending).toBe(0);
  });

  test('counts the idle limit from the last byte', async () => {
    const clock = new MockClock();
    const reader = new ByteReader(clock);
    let outcome: unknown;
    reader.readUntil(ascii('>'), { idle: 50 }).catch((error: unknown) => (outcome = error));
    for (let index = 0; index < 5; index++) {
      await clock.advance(49);
      reader.push(ascii('.'));
    }
    expect(outcome).toBeUndefined();
    await clock.advance(50);
    expect(outcome).toBeInstanceOf(ReadTimeout);
  });

  test('leaves no timer behind after a read that succeeded', async () => {
    const clock = new MockClock();
    const reader = new ByteReader(clock);
    const read = reader.readExactly(1, { deadline: 1000, idle: 10 });
    reader.push(ascii('x'));
    await read;
    expect(clock.pending).toBe(0);
  });

  test('cancels a pending read', async () => {
    const reader = new ByteReader(new MockClock());
    const cancel = new CancelSource();
    const read = reader.readExactly(1, { cancel });
    cancel.cancel();
    await expect(read).rejects.toBeInstanceOf(Cancelled);
    await expect(reader.readExactly(1, { cancel })).rejects.toBeInstanceOf(Cancelled);
  });

  test('rejects the pending read and all later ones with the error it was closed with', async () => {
    const reader = new ByteReader(new MockClock());
    const lost = new Error('gone');
    const read = reader.readExactly(1);
    reader.close(lost);
    reader.close(new Error('again'));
    await expect(read).rejects.toBe(lost);
    await expect(reader.readSome()).rejects.toBe(lost);
  });

  test('gives out what had come before it was closed', async () => {
    const reader = new ByteReader(new MockClock());
    reader.push(ascii('last'));
    reader.close(new Error('gone'));
    expect(text(await reader.readExactly(4))).toBe('last');
  });
});
