import { expect, test } from 'vitest';
import { stageSource } from '../../../runtime/link/staged-source';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

test('source that fits goes as it is', () => {
  const source = Buffer.from('x'.repeat(59));
  expect(stageSource(source)).toEqual({ pieces: [], code: source, cleanUp: undefined });
});

test('no piece is longer than a buffer of 63 bytes, and none holds a control character', () => {
  const source = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
  const { pieces, code, cleanUp } = stageSource(source);
  for (const piece of [...pieces, code, cleanUp ?? code]) {
    expect(piece.length + 1).toBeLessThanOrEqual(60);
    expect(text(piece)).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('a control character alone makes source travel as a literal', () => {
  expect(text(stageSource(Buffer.from("print('\x04')")).code)).toBe('exec(_t)');
});

test('nothing to run is not an empty line, which would restart the board', () => {
  expect(stageSource(new Uint8Array()).code.length).toBeGreaterThan(0);
});
