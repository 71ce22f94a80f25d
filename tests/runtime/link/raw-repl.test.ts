import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../runtime/bytes/byte-reader';
import { CancelSource, Cancelled } from '../../../runtime/bytes/cancel';
import { BoardError, LinkLost, NoAnswer, NotMicroPython, RawRefused } from '../../../runtime/link/errors';
import { RawRepl } from '../../../runtime/link/raw-repl';
import { type Difficulties, DifficultTransport } from '../../support/difficult-transport';
import { MockClock } from '../../support/mock-clock';
import {
  BANNER,
  RESTART,
  type RunCode,
  ScriptedBoard,
  type ScriptedBoardOptions,
  traceback,
} from '../../support/scripted-board';

interface Bench {
  readonly clock: MockClock;
  readonly board: ScriptedBoard;
  readonly cable: DifficultTransport;
  readonly raw: RawRepl;
}

/** Not entered yet. */
async function setUp(options: ScriptedBoardOptions = {}, difficulties: Difficulties = {}): Promise<Bench> {
  const clock = new MockClock();
  const board = new ScriptedBoard(options);
  const cable = new DifficultTransport(board, clock, difficulties);
  const reader = new ByteReader(clock);
  cable.onData((chunk) => {
    reader.push(chunk);
  });
  cable.onClose((reason) => {
    reader.close(new LinkLost('test', reason));
  });
  await cable.open();
  return { clock, board, cable, raw: new RawRepl({ reader, write: (bytes) => cable.write(bytes) }, clock) };
}

async function entered(options: ScriptedBoardOptions = {}, difficulties: Difficulties = {}): Promise<Bench> {
  const bench = await setUp(options, difficulties);
  await bench.clock.until(bench.raw.enter());
  return bench;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** Prints the length of its source, and raises when it says so. */
const echo: RunCode = async (code, io) => {
  io.print(`${code.length}\r\n`);
  return code.includes('raise') ? traceback('ValueError: as asked') : '';
};

const forever: RunCode = async (_, io) => {
  await io.interrupted;
  return traceback('KeyboardInterrupt: ');
};

const stubborn: RunCode = () => new Promise(() => undefined);

describe('entering raw mode', () => {
  for (const start of ['prompt', 'silent-prompt', 'raw'] as const) {
    test(`works from ${start}, and the friendly prompt is given back`, async () => {
      const { clock, raw, board } = await entered({ start, run: echo });
      expect(text(await clock.until(raw.exec('abc')))).toBe('3\r\n');
      await clock.until(raw.leave());
      await clock.until(raw.enter());
      expect(text(await clock.until(raw.exec('abcd')))).toBe('4\r\n');
      expect(board.softResets).toBe(0);
    });
  }

  test('drops what was typed and not sent', async () => {
    const { clock, board, raw } = await setUp({ run: echo });
    await board.write(Buffer.from('half a li'));
    await clock.until(raw.enter());
    await clock.until(raw.exec('pass'));
    expect(board.executed).toEqual(['pass']);
  });

  test('stops a program that obeys Ctrl-C', async () => {
    const { clock, raw } = await entered({ start: 'main', main: forever, run: echo });
    expect(text(await clock.until(raw.exec('ab')))).toBe('2\r\n');
  });

  test('is refused by a program that does not obey', async () => {
    const { clock, board, raw } = await setUp({ start: 'main', main: stubborn });
    const entering = expect(clock.until(raw.enter())).rejects.toBeInstanceOf(RawRefused);
    board.say('Traceback (most recent call last):\r\n');
    await entering;
    expect(clock.now()).toBeLessThan(8000);
  });

  test('says when nothing answers', async () => {
    const { clock, raw } = await setUp({ start: 'main', main: stubborn });
    await expect(clock.until(raw.enter())).rejects.toBeInstanceOf(NoAnswer);
  });

  test('says when what answers is not MicroPython', async () => {
    const { clock, board, raw } = await setUp({ start: 'main', main: stubborn });
    const entering = expect(clock.until(raw.enter())).rejects.toBeInstanceOf(NotMicroPython);
    board.say('AT?\r\nERROR\r\n');
    await entering;
  });

  test('is not misled by the answers of a slow board to its first attempts', async () => {
    const { clock, raw } = await entered({ run: echo }, { delay: 900 });
    expect(text(await clock.until(raw.exec('abc')))).toBe('3\r\n');
  });

  test('can be cancelled', async () => {
    const { clock, raw } = await setUp({ start: 'main', main: stubborn });
    const cancel = new CancelSource();
    const entering = clock.until(raw.enter(cancel));
    cancel.cancel();
    await expect(entering).rejects.toBeInstanceOf(Cancelled);
  });
});

const SOURCE = `x = '${'é'.repeat(700)}'\n# raise\n`;

for (const rawPaste of ['yes', 'refused', 'unknown'] as const) {
  describe(`running code on a board whose raw paste is ${rawPaste}`, () => {
    for (const pieces of [1, 2, 3, 7, 100_000]) {
      test(`returns output and traceback when what comes is cut into pieces of ${pieces}`, async () => {
        const ring = rawPaste === 'yes' ? Infinity : 63;
        const { clock, raw, board } = await entered({ rawPaste, run: exec, ring }, { pieces });
        await expect(clock.until(raw.exec(SOURCE))).rejects.toMatchObject({ type: 'ValueError', reason: 'as asked' });
        expect(ran.at(-1)).toBe(SOURCE);
        expect(text(await clock.until(raw.exec('print')))).toContain('\r\n');
        await clock.until(raw.leave());
        expect(board.softResets).toBe(0);
      });
    }

    test('lets 03 and 04 in source arrive', async () => {
      const { clock, raw } = await entered({ rawPaste, run: exec });
      await clock.until(raw.exec("x = '\x01\x02\x03\x04\x05'"));
      expect(ran.at(-1)).toBe("x = '\x01\x02\x03\x04\x05'");
    });

    test('runs nothing without a restart', async () => {
      const { clock, raw, board } = await entered({ rawPaste, run: exec });
      await clock.until(raw.exec(''));
      expect(board.softResets).toBe(0);
    });
  });
}

/** What was run in the end, also when it came as a literal in pieces: what `exec` and `+=` would do, for bytes literals only. */
const ran: string[] = [];
let staged = '';
const exec: RunCode = async (code, io) => {
  const piece = /^_t\+?=(?:_t\+)?b'(.*)'$/s.exec(code)?.[1];
  if (piece !== undefined) {
    staged = code.startsWith('_t=') ? '' : staged + unescape(piece);
    return '';
  }
  if (code === 'del _t') return '';
  const literal = /^exec\(b'(.*)'\)$/s.exec(code)?.[1];
  const source = code === 'exec(_t)' ? utf8(staged) : literal === undefined ? code : utf8(unescape(literal));
  ran.push(source);
  return echo(source, io);
};

function unescape(text: string): string {
  return text.replace(/\\(x..|.)/g, (_, escape: string) =>
    escape.startsWith('x')
      ? String.fromCharCode(parseInt(escape.slice(1), 16))
      : ({ n: '\n', r: '\r', t: '\t' }[escape] ?? escape),
  );
}

function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString();
}

describe('raw paste', () => {
  for (const window of [1, 16, 32, 128, 4096]) {
    test(`keeps to a window of ${window}`, async () => {
      const { clock, raw } = await entered({ window, run: exec }, { delay: 1 });
      await expect(clock.until(raw.exec(SOURCE))).rejects.toBeInstanceOf(BoardError);
      expect(ran.at(-1)).toBe(SOURCE);
    });
  }

  test('never has more than two windows under way', async () => {
    const window = 32;
    const { clock, raw, cable } = await entered({ window, run: exec }, { delay: 5 });
    const before = cable.sent;
    const running = raw.exec('x'.repeat(1000));
    await clock.advance(9);
    // The answer to the request came after 5 ms, and the first 01 for what followed is due at 10.
    expect(cable.sent - before).toBeLessThanOrEqual(3 + 2 * window);
    await clock.until(running);
  });

  test('tells a syntax error that the board found before the end of the source', async () => {
    const { clock, raw } = await entered({ run: echo });
    const source = `<<oops>>${'x'.repeat(5000)}`;
    await expect(clock.until(raw.exec(source))).rejects.toMatchObject({
      type: 'SyntaxError',
      reason: 'invalid syntax',
    });
    expect(text(await clock.until(raw.exec('ab')))).toBe('2\r\n');
  });

  test('ends with an error when the board falls silent in it', async () => {
    const { clock, raw, cable } = await entered({ run: echo });
    cable.difficulties = { dropsSent: () => true };
    await expect(clock.until(raw.exec('x'.repeat(1000)))).rejects.toBeInstanceOf(NoAnswer);
  });
});

describe('following code', () => {
  test('gives output out as it comes', async () => {
    const { clock, raw } = await entered({
      run: async (_, io) => {
        io.print('one');
        await io.interrupted;
        return '';
      },
    });
    const heard: string[] = [];
    const cancel = new CancelSource();
    const running = raw.exec('pass', { onOutput: (chunk) => heard.push(text(chunk)), cancel });
    const ended = expect(running).rejects.toBeInstanceOf(Cancelled);
    await clock.advance(10);
    expect(heard).toEqual(['one']);
    cancel.cancel();
    await clock.until(ended);
  });

  test('interrupts code of its own that says nothing for too long, and the board stays usable', async () => {
    const run: RunCode = (code, io) => (code === 'loop' ? forever(code, io) : echo(code, io));
    const { clock, raw } = await entered({ run });
    const began = clock.now();
    await expect(clock.until(raw.exec('loop'))).rejects.toBeInstanceOf(NoAnswer);
    expect(clock.now() - began).toBeGreaterThanOrEqual(10_000);
    expect(text(await clock.until(raw.exec('abc')))).toBe('3\r\n');
  });

  test('without an idle limit waits as long as it takes', async () => {
    let finish = (): void => undefined;
    const { clock, raw } = await entered({
      run: async (_, io) => {
        await new Promise<void>((resolve) => (finish = resolve));
        io.print('done');
        return '';
      },
    });
    const running = raw.exec('pass', { idleLimit: 0 });
    await clock.advance(3_600_000);
    finish();
    expect(text(await clock.until(running))).toBe('done');
  });

  test('gives up on code that does not stop', async () => {
    const { clock, raw } = await entered({ run: stubborn });
    const cancel = new CancelSource();
    const running = expect(raw.exec('pass', { cancel, idleLimit: 0 })).rejects.toBeInstanceOf(RawRefused);
    cancel.cancel();
    await clock.until(running);
    expect(clock.now()).toBeLessThan(8000);
  });

  test('waits for the raw prompt when the code restarts Python', async () => {
    const { clock, raw, board } = await entered({
      run: async (code, io) => (code === 'exit' ? RESTART : echo(code, io)),
    });
    expect(await clock.until(raw.execute('exit'))).toEqual({ traceback: '', restarted: true });
    await expect(clock.until(raw.exec('exit'))).rejects.toBeInstanceOf(NoAnswer);
    expect(board.softResets).toBe(2);
    expect(text(await clock.until(raw.exec('abc')))).toBe('3\r\n');
  });
});

test('a board that is reset in the middle of code is told at once, and gives its prompt back', async () => {
  const { clock, raw, board } = await entered({
    run: async (_, io) => {
      io.print(`\r\n${BANNER}>>> `);
      await new Promise(() => undefined);
      return '';
    },
  });
  const began = clock.now();
  await expect(clock.until(raw.exec('pass'))).rejects.toBeInstanceOf(NoAnswer);
  expect(clock.now() - began).toBeLessThan(1000);
  expect(board.executed).toEqual(['pass']);
});

test('a restart stays in raw mode and tells what boot.py printed', async () => {
  const { clock, raw, board } = await entered({ run: echo, boot: 'booting\r\n' });
  const heard: string[] = [];
  await clock.until(raw.restart({ onOutput: (chunk) => heard.push(text(chunk)) }));
  expect(heard.join('')).toBe('booting\r\n');
  expect(board.softResets).toBe(1);
  expect(text(await clock.until(raw.exec('abc')))).toBe('3\r\n');
});

test('values come back as literals', async () => {
  const { clock, raw } = await entered({ run: async (_, io) => (io.print("(1, b'\\x00', 'é')\r\n"), '') });
  expect(await clock.until(raw.evaluate('whatever'))).toEqual([1, Uint8Array.of(0), 'é']);
});

test('a cable that is pulled after any number of bytes ends what is pending with LinkLost', async () => {
  const source = 'x'.repeat(300);
  const whole = await entered({ run: echo });
  await whole.clock.until(whole.raw.exec(source));
  const { sent, received } = whole.cable;
  for (const difficulties of [
    ...Array.from({ length: sent }, (_, unplugAfterSent) => ({ unplugAfterSent })),
    ...Array.from({ length: received }, (_, index) => ({ unplugAfterReceived: index + 1, pieces: 1 })),
  ]) {
    const { clock, raw, cable } = await setUp({ run: echo }, difficulties);
    const work = raw.enter().then(() => raw.exec(source));
    const error: unknown = await clock.until(
      work.then(
        () => 'no error',
        (reason: unknown) => reason,
      ),
    );
    const unplugged = 'unplugAfterSent' in difficulties || cable.received < received;
    if (unplugged) expect(error, JSON.stringify(difficulties)).toBeInstanceOf(LinkLost);
  }
});
