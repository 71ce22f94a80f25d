// Facts about what goes into and comes out of the terminal.
import { describe, expect, it } from 'vitest';
import { GarbageWatch } from '../../renderer/terminal/garbage-watch';
import { OutputLog } from '../../renderer/terminal/output-log';
import { hasControls, pasteBytes, withoutControls } from '../../renderer/terminal/paste';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a paste', () => {
  it('sends one line as it was typed, with its Enter', () => {
    expect(text(pasteBytes('print(1)\n', true))).toBe('print(1)\r');
  });

  it('sends several lines at the prompt through the paste mode of the board', () => {
    expect(text(pasteBytes('if x:\r\n    y\n', true))).toBe('\x05if x:\r    y\r\x04');
  });

  it('sends several lines to a running program as they are', () => {
    expect(text(pasteBytes('a\nb', false))).toBe('a\rb');
  });

  it('knows control characters from tabs and line ends', () => {
    expect(hasControls('a\tb\r\nc')).toBe(false);
    expect(hasControls('a\x03b')).toBe(true);
    expect(withoutControls('a\x03\x04b\x1b[A')).toBe('ab[A');
  });
});

describe('the log of the output', () => {
  it('gives back all bytes, and the last of them', () => {
    const log = new OutputLog();
    log.push(utf8('one '));
    log.push(utf8('two '));
    log.push(utf8('three'));
    expect(text(log.bytes())).toBe('one two three');
    expect(text(log.bytes(7))).toBe('o three');
  });

  it('keeps the last 8 MB of a flood', () => {
    const log = new OutputLog();
    const piece = new Uint8Array(100_000).map((_value, index) => index % 251);
    for (let pushed = 0; pushed < 100; pushed += 1) log.push(piece);
    log.push(utf8('the end'));
    expect(log.size).toBeGreaterThan(8_000_000 - 100_000);
    expect(log.size).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect(text(log.bytes(7))).toBe('the end');
    expect([...log.bytes(7 + 3).subarray(0, 3)]).toEqual([...piece.subarray(-3)]);
    log.clear();
    expect(log.bytes()).toEqual(new Uint8Array());
  });

  it('finds the traceback that it ends with, prompt or not', () => {
    const traceback =
      'Traceback (most recent call last):\r\n  File "a.py", line 3, in <module>\r\nZeroDivisionError: divide by zero\r\n';
    const log = new OutputLog();
    log.push(utf8(`hello\r\n${traceback}`));
    expect(log.lastTraceback()).toContain('line 3');
    log.push(utf8('>>> '));
    expect(log.lastTraceback()).toContain('ZeroDivisionError');
  });

  it('finds no traceback once something was printed after it', () => {
    const log = new OutputLog();
    log.push(
      utf8(
        'Traceback (most recent call last):\r\n  File "a.py", line 3, in <module>\r\nOSError: 2\r\n>>> 1+1\r\n2\r\n>>> ',
      ),
    );
    expect(log.lastTraceback()).toBeNull();
  });
});

describe('the watch for garbage', () => {
  it('says nothing about text, escapes and umlauts', () => {
    const watch = new GarbageWatch();
    expect(watch.push(utf8('\x1b[1mäöü\r\n'.repeat(1_000)))).toBe(false);
  });

  it('says once that what arrives is no text', () => {
    const watch = new GarbageWatch();
    const noise = Uint8Array.from({ length: 4_096 }, (_value, index) => 0x80 + ((index * 37) % 128));
    expect(watch.push(noise)).toBe(true);
    expect(watch.push(noise)).toBe(false);
  });

  it('is not misled by a character that is cut between two chunks', () => {
    const watch = new GarbageWatch();
    const euros = utf8('€'.repeat(2_000));
    let said = false;
    for (let at = 0; at < euros.length; at += 1) said ||= watch.push(euros.subarray(at, at + 1));
    expect(said).toBe(false);
  });
});
