import { describe, expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from '../../../runtime/contract/wire';

describe('the wire format', () => {
  test('carries every byte value, and more bytes than one call can take arguments', () => {
    for (const length of [0, 1, 256, 8192, 8193, 300_000]) {
      const value = Uint8Array.from({ length }, (_, i) => i % 256);
      expect(decodeMessage(encodeMessage({ event: 'board:output', value }))).toEqual({ event: 'board:output', value });
    }
  });

  test('carries bytes anywhere in a message, beside ordinary data', () => {
    const call = {
      call: 'files:write' as const,
      id: 7,
      args: [{ on: 'computer' }, '/tmp/ä "b"', Uint8Array.of(0, 3, 4, 255)],
    };
    expect(decodeMessage(encodeMessage(call))).toEqual(call);
    const event = {
      event: 'board:output' as const,
      value: { board: 'sim', source: 'terminal', bytes: Uint8Array.of(0xc3) },
    };
    expect(decodeMessage(encodeMessage(event))).toEqual(event);
  });

  test('encodes a Node Buffer as bytes too', () => {
    const text = encodeMessage({ event: 'board:output', value: Buffer.from([1, 2]) });
    expect(decodeMessage(text)).toEqual({ event: 'board:output', value: Uint8Array.of(1, 2) });
  });

  test('leaves an object alone that only looks like bytes', () => {
    const text = '{"event":"menu:command","value":{"$bytes":5,"other":{"$bytes":"A","more":1}}}';
    expect(decodeMessage(text)).toEqual(JSON.parse(text));
  });

  test('refuses a text that is no JSON', () => {
    expect(() => decodeMessage('{')).toThrow(SyntaxError);
  });
});
