import { expect, test } from 'vitest';
import { LineSplitter } from '../../../runtime/bytes/line-splitter';

function split(chunks: readonly Uint8Array[], limit?: number): { lines: string[]; whole: boolean[] } {
  const lines: string[] = [];
  const whole: boolean[] = [];
  const splitter = new LineSplitter((line, isWhole) => {
    lines.push(Buffer.from(line).toString());
    whole.push(isWhole);
  }, limit);
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return { lines, whole };
}

test('gives the same lines wherever the stream is cut, also inside CR LF and inside UTF-8', () => {
  const stream = Buffer.from('temp:21\r\n\nhé€𝄞\r\nx');
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second++) {
      const chunks = [stream.subarray(0, first), stream.subarray(first, second), stream.subarray(second)];
      expect(split(chunks).lines).toEqual(['temp:21', '', 'hé€𝄞', 'x']);
    }
  }
});

test('flushes what is left when the stream ends, and nothing when nothing is left', () => {
  expect(split([Buffer.from('a\nb')]).lines).toEqual(['a', 'b']);
  expect(split([Buffer.from('a\n')]).lines).toEqual(['a']);
  expect(split([]).lines).toEqual([]);
});

test('cuts a line that is longer than the limit and says so', () => {
  expect(split([Buffer.from('abcdefgh\nij\n')], 3)).toEqual({
    lines: ['abc', 'def', 'gh', 'ij'],
    whole: [false, false, true, true],
  });
});
