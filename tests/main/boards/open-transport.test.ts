import { describe, expect, test } from 'vitest';
import { isAddress, makeTransport } from '../../../main/boards/open-transport';
import { BadAddress } from '../../../runtime/link/errors';

describe('an address', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['/dev/ttyACM0', 'serial', '/dev/ttyACM0'],
    ['/dev/serial/by-id/usb-MicroPython_Pyboard-if00', 'serial', '/dev/serial/by-id/usb-MicroPython_Pyboard-if00'],
    ['COM3', 'serial', 'COM3'],
    ['\\\\.\\COM12', 'serial', '\\\\.\\COM12'],
    ['socket://127.0.0.1:2323', 'socket', 'socket://127.0.0.1:2323'],
    ['socket://board.local:80/', 'socket', 'socket://board.local:80'],
    ['socket://[::1]:2323', 'socket', 'socket://[::1]:2323'],
    ['sim', 'simulator', 'sim'],
  ];
  for (const [text, kind, address] of cases) {
    test(`${text} is a ${kind}`, async () => {
      expect(isAddress(text)).toBe(true);
      expect((await makeTransport(text)).info).toEqual({ kind, address });
    });
  }

  for (const text of [
    '',
    'ttyACM0',
    'foo',
    'COM',
    'http://x:1',
    'socket://',
    'socket://host',
    'socket://host:0',
    'socket://host:70000',
    'socket://a b:1',
    'socket://::1:23',
  ]) {
    test(`‘${text}’ is none`, async () => {
      expect(isAddress(text)).toBe(false);
      await expect(makeTransport(text)).rejects.toBeInstanceOf(BadAddress);
    });
  }
});
