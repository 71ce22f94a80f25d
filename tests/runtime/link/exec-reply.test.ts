import { describe, expect, test } from 'vitest';
import { ascii } from '../../../runtime/bytes/bytes';
import { ExecReply } from '../../../runtime/link/exec-reply';

const TRACEBACK = 'Traceback (most recent call last):\r\n  File "<stdin>", line 1, in <module>\r\nValueError: é\r\n';

interface Case {
  readonly name: string;
  readonly reply: string;
  readonly output: string;
  readonly traceback?: string;
  readonly restarted?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'nothing at all', reply: '\x04\x04>', output: '' },
  { name: 'output only', reply: 'héllo\r\n\x04\x04>', output: 'héllo\r\n' },
  { name: 'a traceback', reply: `1\r\n\x04${TRACEBACK}\x04>`, output: '1\r\n', traceback: TRACEBACK },
  {
    name: 'an exception without stack',
    reply: '\x04MemoryError: \r\n\x04>',
    output: '',
    traceback: 'MemoryError: \r\n',
  },
  {
    name: 'an interrupted transfer',
    reply: '\x04KeyboardInterrupt: \r\n\x04>',
    output: '',
    traceback: 'KeyboardInterrupt: \r\n',
  },
  { name: 'output that looks like a prompt', reply: '>>> \r\n>\x04\x04>', output: '>>> \r\n>' },
  { name: 'a 04 in the output', reply: 'a\x04 b\r\n\x04\x04>', output: 'a\x04 b\r\n' },
  { name: 'a 04 and a line end in the output', reply: 'a\x04\r\n\x04\x04>', output: 'a\x04\r\n' },
  { name: 'two 04 in the output', reply: 'a\x04\x04b\r\n\x04\x04>', output: 'a\x04\x04b\r\n' },
  {
    name: 'a 04 in the output before a traceback',
    reply: `\x04!\x04${TRACEBACK}\x04>`,
    output: '\x04!',
    traceback: TRACEBACK,
  },
  { name: 'a restart', reply: 'x\x04\x04MPY: soft reboot\r\n', output: 'x', restarted: true },
  {
    name: 'a restart that saves files',
    reply: '\x04\x04\r\nMPY: sync filesystems\r\nMPY: soft reboot\r\n',
    output: '',
    restarted: true,
  },
  { name: 'a restart of old firmware', reply: '\x04\x04\r\nsoft reboot\r\n', output: '', restarted: true },
];

function read(chunks: readonly Uint8Array[]): { output: string; rest: string; outcome: ExecReply['outcome'] } {
  const output: Uint8Array[] = [];
  const rest: Uint8Array[] = [];
  const reply = new ExecReply((bytes) => output.push(bytes));
  for (const chunk of chunks) rest.push(reply.push(chunk));
  return { output: Buffer.concat(output).toString(), rest: Buffer.concat(rest).toString(), outcome: reply.outcome };
}

describe('ExecReply reads, wherever the stream is cut,', () => {
  for (const { name, reply, output, traceback = '', restarted = false } of CASES) {
    test(name, () => {
      const stream = Buffer.from(`${reply}rest`);
      const expected = { output, rest: 'rest', outcome: { traceback: traceback.replaceAll('\r\n', '\n'), restarted } };
      for (let first = 0; first <= stream.length; first++) {
        for (let second = first; second <= stream.length; second++) {
          const chunks = [stream.subarray(0, first), stream.subarray(first, second), stream.subarray(second)];
          expect(read(chunks)).toEqual(expected);
        }
      }
      expect(read([...stream].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    });
  }
});

test('output is given out before the code has ended', () => {
  const output: string[] = [];
  const reply = new ExecReply((bytes) => output.push(Buffer.from(bytes).toString()));
  reply.push(ascii('tick\r\n'));
  expect(output).toEqual(['tick\r\n']);
  expect(reply.outcome).toBeUndefined();
});

test('output that follows a 04 is not held back once it can be no traceback', () => {
  const output: string[] = [];
  const reply = new ExecReply((bytes) => output.push(Buffer.from(bytes).toString()));
  reply.push(ascii('\x04 12'));
  expect(output.join('')).toBe('\x04 12');
});
