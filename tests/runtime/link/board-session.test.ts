import { describe, expect, test } from 'vitest';
import { CancelSource, Cancelled } from '../../../runtime/bytes/cancel';
import { BoardSession, type SessionStatus } from '../../../runtime/link/board-session';
import { BoardOccupied, LinkLost, NoAnswer, RawRefused } from '../../../runtime/link/errors';
import { type Difficulties, DifficultTransport } from '../../support/difficult-transport';
import { MockClock, settle } from '../../support/mock-clock';
import {
  BANNER,
  type RunCode,
  ScriptedBoard,
  type ScriptedBoardOptions,
  traceback,
} from '../../support/scripted-board';

interface Bench {
  readonly clock: MockClock;
  readonly board: ScriptedBoard;
  readonly cable: DifficultTransport;
  readonly session: BoardSession;
  /** What the terminal would show. */
  screen(): string;
  /** What came from programs, and what from tracebacks. */
  readonly bySource: Record<'terminal' | 'program' | 'error', string>;
  readonly statuses: SessionStatus[];
}

function setUp(options: ScriptedBoardOptions = {}, difficulties: Difficulties = {}): Bench {
  const clock = new MockClock();
  const board = new ScriptedBoard(options);
  const cable = new DifficultTransport(board, clock, difficulties);
  const session = new BoardSession(cable, { clock });
  let screen = '';
  const bySource = { terminal: '', program: '', error: '' };
  const statuses: SessionStatus[] = [];
  session.on('output', (chunk, source) => {
    screen += Buffer.from(chunk).toString();
    bySource[source] += Buffer.from(chunk).toString();
  });
  session.on('status', (status) => statuses.push(status));
  return { clock, board, cable, session, screen: () => screen, bySource, statuses };
}

async function opened(options: ScriptedBoardOptions = {}, difficulties: Difficulties = {}): Promise<Bench> {
  const bench = setUp(options, difficulties);
  await bench.clock.until(bench.session.open());
  return bench;
}

const echo: RunCode = async (code, io) => {
  if (code === 'ask()') {
    let line = '';
    for (let byte = await io.readByte(); byte !== 0x0d; byte = await io.readByte()) line += String.fromCharCode(byte);
    io.print(`asked ${line}\r\n`);
  } else if (code === 'loop()') {
    await io.interrupted;
    return traceback('KeyboardInterrupt: ');
  } else if (code === 'stubborn()') {
    await new Promise(() => undefined);
  } else if (code.startsWith('fail')) {
    io.print('before\r\n');
    return traceback('ValueError: bad');
  } else io.print(`ran ${code}\r\n`);
  return '';
};

const blinking: RunCode = async (_, io) => {
  await io.interrupted;
  return traceback('KeyboardInterrupt: ');
};

const bytes = (text: string): Uint8Array => Buffer.from(text);
const anyTask = { name: 'a task' };

describe('attaching', () => {
  test('to a board that shows its prompt sends nothing', async () => {
    const { session, board, screen } = await opened({ start: 'prompt' });
    expect(session.status).toEqual({ state: 'terminal', activity: 'prompt', task: undefined, stopping: false });
    expect(board.received).toEqual([]);
    expect(screen()).toBe(`${BANNER}>>> `);
  });

  test('to a board that stands silent at its prompt sends a blank line', async () => {
    const { session, board } = await opened();
    expect(session.status.activity).toBe('prompt');
    expect(board.received).toEqual([0x20, 0x0d]);
  });

  test('to a board that runs its own program does not stop it', async () => {
    const { session, board, clock } = await opened({ start: 'main', main: blinking });
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'program' });
    expect(board.received).not.toContain(0x03);
    await expect(clock.until(session.run(async () => 1, anyTask))).rejects.toBeInstanceOf(BoardOccupied);
    await expect(clock.until(session.identify())).rejects.toBeInstanceOf(BoardOccupied);
    expect(board.received).not.toContain(0x03);
  });

  test('to a board that takes no bytes says so in time', async () => {
    const { session, clock } = await opened({}, { stuck: true });
    expect(session.status.activity).toBe('silent');
    expect(clock.now()).toBeLessThanOrEqual(2000);
  });

  test('to what sends noise says so', async () => {
    const { session, clock, board } = setUp({ start: 'main', main: blinking });
    const opening = session.open();
    await settle();
    board.say(Uint8Array.from({ length: 200 }, (_, index) => 0x80 + ((index * 37) % 127)));
    await clock.until(opening);
    expect(session.status.activity).toBe('foreign');
  });
});

describe('the terminal', () => {
  test('passes bytes both ways, and tells a running line from the prompt', async () => {
    const { session, clock, screen, board } = await opened({ start: 'prompt', run: echo });
    const before = screen().length;
    expect(await session.write(bytes('loop()\r'))).toBe(true);
    await clock.advance(1000);
    expect(screen().slice(before)).toBe('loop()\r\n');
    expect(session.status.activity).toBe('program');
    await session.write(bytes('\x03'));
    await clock.advance(0);
    expect(session.status.activity).toBe('prompt');
    expect(board.received.at(-1)).toBe(3);
  });

  test('does not call a line that is quickly done a program', async () => {
    const { session, clock, statuses } = await opened({ start: 'prompt', run: echo });
    await session.write(bytes('x\r'));
    await clock.advance(1000);
    expect(session.status.activity).toBe('prompt');
    expect(statuses.slice(-1)[0]?.activity).toBe('prompt');
    expect(statuses.filter(({ activity }) => activity === 'program')).toEqual([]);
  });

  test('takes no keys while a task has the stream, neither then nor later', async () => {
    const { session, clock, board } = await opened({ start: 'prompt', run: echo });
    let finish = (): void => undefined;
    const task = session.run(() => new Promise<void>((resolve) => (finish = resolve)), anyTask);
    await clock.advance(100);
    expect(session.status).toMatchObject({ state: 'busy', activity: 'task', task: 'a task' });
    expect(await session.write(bytes('zzz'))).toBe(false);
    finish();
    await clock.until(task);
    await clock.advance(1000);
    expect(Buffer.from(board.received).toString()).not.toContain('z');
    expect(await session.write(bytes('z'))).toBe(true);
  });
});

describe('a task', () => {
  test('leaves no trace in the terminal, and the board at its prompt', async () => {
    const { session, clock, screen } = await opened({ start: 'prompt', run: echo });
    const before = screen();
    const output = await clock.until(session.run(({ raw }) => raw.exec('hidden'), anyTask));
    expect(Buffer.from(output).toString()).toBe('ran hidden\r\n');
    await clock.advance(1000);
    expect(screen()).toBe(before);
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'prompt' });
    await session.write(bytes('x\r'));
    await clock.advance(10);
    expect(screen().slice(before.length)).toBe('x\r\nran x\r\n>>> ');
  });

  test('shows a new prompt when it took a half-typed line away', async () => {
    const { session, clock, screen } = await opened({ start: 'prompt', run: echo });
    await session.write(bytes('half'));
    await clock.advance(10);
    await clock.until(session.run(async () => undefined, anyTask));
    expect(screen().endsWith('>>> half\r\n>>> ')).toBe(true);
  });

  test('that throws gives the board back all the same', async () => {
    const { session, clock, screen } = await opened({ start: 'prompt', run: echo });
    const before = screen();
    const failure = new Error('mine');
    await expect(clock.until(session.run(() => Promise.reject(failure), anyTask))).rejects.toBe(failure);
    await expect(clock.until(session.run(({ raw }) => raw.exec('fail'), anyTask))).rejects.toMatchObject({
      type: 'ValueError',
      output: 'before\r\n',
    });
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'prompt' });
    expect(screen()).toBe(before);
  });

  test('waits for the one before it', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    const order: string[] = [];
    const task = (name: string) => () =>
      session.run(
        async ({ raw }) => {
          order.push(`${name} begins`);
          await raw.exec('x');
          order.push(`${name} ends`);
        },
        { name },
      );
    await clock.until(Promise.all([task('a')(), task('b')(), task('c')()]));
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('that is cancelled while it waits never starts', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    let finish = (): void => undefined;
    const first = session.run(() => new Promise<void>((resolve) => (finish = resolve)), anyTask);
    await clock.advance(100);
    const cancel = new CancelSource();
    let began = false;
    const second = session.run(
      async () => {
        began = true;
      },
      { name: 'second', cancel },
    );
    cancel.cancel();
    await expect(second).rejects.toBeInstanceOf(Cancelled);
    finish();
    await clock.until(first);
    await clock.advance(1000);
    expect(began).toBe(false);
  });

  test('may stop a program when it was allowed to', async () => {
    const { session, clock } = await opened({ start: 'main', main: blinking, run: echo });
    const output = clock.until(session.run(({ raw }) => raw.exec('x'), { name: 'x', interrupt: true }));
    expect(Buffer.from(await output).toString()).toBe('ran x\r\n');
    expect(session.status.activity).toBe('prompt');
  });

  test('ends with RawRefused against a program that does not stop, and the terminal goes on', async () => {
    const { session, clock, board, screen } = await opened({
      start: 'main',
      main: async (_, io) => {
        await io.interrupted;
        io.print('KeyboardInterrupt ignored\r\n');
        await new Promise(() => undefined);
        return '';
      },
    });
    const task = clock.until(session.run(async () => undefined, { name: 'x', interrupt: true }));
    await expect(task).rejects.toBeInstanceOf(RawRefused);
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'program' });
    board.say('still here\r\n');
    expect(screen().endsWith('still here\r\n')).toBe(true);
  });
});

describe('a script', () => {
  test('shows what it prints, apart from its traceback, and then the prompt', async () => {
    const { session, clock, bySource, screen } = await opened({ start: 'prompt', run: echo });
    const before = screen().length;
    const result = await clock.until(session.runScript('fail', { name: 'a.py' }));
    expect(result).toMatchObject({ outcome: 'error', error: { type: 'ValueError', reason: 'bad' } });
    expect(bySource.program).toBe('before\r\n');
    expect(bySource.error).toBe(traceback('ValueError: bad'));
    expect(screen().slice(before)).toBe(`\r\nbefore\r\n${traceback('ValueError: bad')}>>> `);
  });

  test('starts from a soft reset when asked to', async () => {
    const { session, clock, board } = await opened({ start: 'prompt', run: echo, main: blinking });
    const script = clock.until(session.runScript('x', { name: 'a.py', freshBoard: true }));
    expect((await script).outcome).toBe('done');
    expect(board.softResets).toBe(1);
    expect(session.status.activity).toBe('prompt');
  });

  test('reads what is typed', async () => {
    const { session, clock, bySource } = await opened({ start: 'prompt', run: echo });
    const running = session.runScript('ask()', { name: 'a.py' });
    await clock.advance(100);
    expect(session.status).toMatchObject({ state: 'busy', activity: 'script', task: 'a.py' });
    expect(await session.write(bytes('me\r'))).toBe(true);
    await clock.until(running);
    expect(bySource.program).toBe('asked me\r\n');
  });

  test('stops', async () => {
    const { session, clock, statuses } = await opened({ start: 'prompt', run: echo });
    const running = session.runScript('loop()', { name: 'a.py' });
    await clock.advance(5000);
    await session.stop();
    expect(await clock.until(running)).toMatchObject({ outcome: 'stopped', error: { type: 'KeyboardInterrupt' } });
    expect(statuses.some(({ stopping }) => stopping)).toBe(true);
    expect(session.status).toEqual({ state: 'terminal', activity: 'prompt', task: undefined, stopping: false });
    expect(clock.pending).toBe(0);
  });

  test('that does not stop is interrupted again after 1 s, and after 3 s that is said once', async () => {
    const { session, clock, board } = await opened({ start: 'prompt', run: echo });
    let ignored = 0;
    session.on('stopIgnored', () => ignored++);
    void session.runScript('stubborn()', { name: 'a.py' }).catch(() => undefined);
    await clock.advance(100);
    const before = board.received.length;
    await session.stop();
    expect(board.received.slice(before)).toEqual([3]);
    await clock.advance(1000);
    expect(board.received.slice(before)).toEqual([3, 3]);
    await clock.advance(1900);
    expect(ignored).toBe(0);
    await clock.advance(100);
    expect(ignored).toBe(1);
    await clock.advance(10_000);
    expect(ignored).toBe(1);
    expect(session.status).toMatchObject({ activity: 'script', stopping: true });
  });

  test('keeps tasks out, unless they may interrupt it', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    const running = session.runScript('loop()', { name: 'a.py' });
    await clock.advance(100);
    await expect(session.run(async () => undefined, anyTask)).rejects.toBeInstanceOf(BoardOccupied);
    const next = session.runScript('x', { name: 'b.py', interrupt: true });
    expect((await clock.until(running)).outcome).toBe('stopped');
    expect((await clock.until(next)).outcome).toBe('done');
  });

  test('waiting for its turn when Stop comes never starts', async () => {
    const { session, clock, board } = await opened({ start: 'prompt', run: echo });
    const running = session.runScript('loop()', { name: 'a.py' });
    await clock.advance(100);
    const next = session.runScript('x', { name: 'b.py', interrupt: true }).catch((error: unknown) => error);
    const before = board.received.length;
    await session.stop();
    expect((await clock.until(running)).outcome).toBe('stopped');
    expect(await clock.until(next)).toBeInstanceOf(Cancelled);
    await clock.advance(5000);
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'prompt', stopping: false });
    expect(board.received.slice(before)).not.toContain('x'.charCodeAt(0));
  });

  test('that is still on its way when Stop comes is stopped too', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    const running = session.runScript('loop()', { name: 'a.py' });
    await session.stop();
    expect(await clock.until(running.catch(() => ({ outcome: 'stopped' })))).toMatchObject({ outcome: 'stopped' });
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'prompt' });
  });

  test('that does not make way ends with RawRefused, and nothing hangs', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    const running = session.runScript('stubborn()', { name: 'a.py' });
    const stopped = expect(running).rejects.toBeInstanceOf(RawRefused);
    await clock.advance(100);
    const reset = clock.until(session.softReset());
    await expect(reset).rejects.toSatisfy((error) => error instanceof NoAnswer || error instanceof RawRefused);
    await stopped;
    expect(session.status.state).toBe('terminal');
  });
});

describe('a soft reset', () => {
  test('shows its words and ends at the prompt', async () => {
    const { session, clock, screen, board } = await opened({ start: 'prompt', run: echo });
    await clock.until(session.softReset());
    expect(board.softResets).toBe(1);
    expect(screen().endsWith(`>>> \r\nMPY: sync filesystems\r\nMPY: soft reboot\r\n${BANNER}>>> `)).toBe(true);
    expect(session.status.activity).toBe('prompt');
  });

  test('stops a program first, and sends nothing after its 04', async () => {
    const { session, clock, board } = await opened({ start: 'main', main: blinking });
    await clock.until(session.softReset());
    expect(board.softResets).toBe(1);
    expect(board.received.at(-1)).toBe(4);
    expect(session.status).toMatchObject({ state: 'terminal', activity: 'program' });
  });
});

describe('stopping in the terminal', () => {
  test('interrupts a program', async () => {
    const { session, clock } = await opened({ start: 'main', main: blinking });
    await session.stop();
    await clock.advance(0);
    expect(session.status).toMatchObject({ activity: 'prompt', stopping: false });
    expect(clock.pending).toBe(0);
  });

  test('brings the prompt of a board that was left in raw mode', async () => {
    const { session, clock } = await opened({ start: 'raw' });
    expect(session.status.activity).toBe('program');
    await session.stop();
    await clock.advance(1500);
    expect(session.status).toMatchObject({ activity: 'prompt', stopping: false });
  });

  test('cancels a task, which sees it in its token', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    const task = session.run(({ raw, cancel }) => raw.exec('loop()', { cancel }), anyTask);
    const cancelled = expect(task).rejects.toBeInstanceOf(Cancelled);
    await clock.advance(100);
    await session.stop();
    await clock.until(cancelled);
    expect(session.status.activity).toBe('prompt');
  });
});

describe('losing the wire', () => {
  test('ends everything pending with one and the same error, and is told once', async () => {
    const { session, clock, cable, statuses } = await opened({ start: 'prompt', run: echo });
    const lost: LinkLost[] = [];
    session.on('lost', (error) => lost.push(error));
    const works = [
      session.runScript('stubborn()', { name: 'a.py' }),
      session.run(async () => undefined, { name: 'b', interrupt: true }),
      session.softReset(),
    ];
    const errors = Promise.all(
      works.map((work) =>
        work.then(
          () => 'no error',
          (error: unknown) => error,
        ),
      ),
    );
    await clock.advance(100);
    await session.stop();
    cable.pull();
    cable.pull();
    const [first, ...others] = await clock.until(errors);
    expect(first).toBeInstanceOf(LinkLost);
    for (const other of others) expect(other).toBe(first);
    expect(lost).toEqual([first]);
    expect(session.status).toEqual({ state: 'lost', activity: 'none', task: undefined, stopping: false });
    expect(statuses.filter(({ state }) => state === 'lost')).toHaveLength(1);
    await expect(session.write(bytes('x'))).rejects.toBe(first);
    await expect(session.stop()).rejects.toBe(first);
    await expect(session.identify()).rejects.toBe(first);
    expect(clock.pending).toBe(0);
  });

  test('while opening rejects', async () => {
    const { session, clock, cable } = setUp({ start: 'main', main: blinking });
    const opening = expect(clock.until(session.open())).rejects.toBeInstanceOf(LinkLost);
    await settle();
    cable.pull();
    await opening;
    expect(session.status.state).toBe('lost');
  });

  test('at any byte of a task is LinkLost and nothing else', async () => {
    const work = async (bench: Bench): Promise<unknown> => {
      await bench.session.open();
      return bench.session.run(({ raw }) => raw.exec('x'.repeat(200)), anyTask);
    };
    const whole = setUp({ run: echo });
    await whole.clock.until(work(whole));
    for (let unplugAfterSent = 0; unplugAfterSent < whole.cable.sent - 1; unplugAfterSent++) {
      const bench = setUp({ run: echo }, { unplugAfterSent });
      const error = await bench.clock.until(work(bench).catch((reason: unknown) => reason));
      expect(error, `after ${unplugAfterSent} bytes`).toBeInstanceOf(LinkLost);
      expect(bench.session.status.state).toBe('lost');
    }
  });

  test('on request is quiet: what is pending ends, and nothing is told as lost', async () => {
    const { session, clock } = await opened({ start: 'prompt', run: echo });
    let lost = 0;
    session.on('lost', () => lost++);
    const running = expect(session.runScript('loop()', { name: 'a.py' })).rejects.toBeInstanceOf(LinkLost);
    await clock.advance(100);
    await session.close();
    await running;
    expect(lost).toBe(0);
    expect(session.status.state).toBe('closed');
  });
});

test('a board says who it is', async () => {
  const run: RunCode = async (_, io) => {
    io.print("('micropython', (1, 27, 0, ''), 'PYBv1.1 with STM32F405RG', b'\\x01\\xab')\r\n");
    return '';
  };
  const { session, clock } = await opened({ start: 'prompt', run });
  expect(await clock.until(session.identify())).toEqual({
    implementation: 'micropython',
    version: '1.27.0',
    machine: 'PYBv1.1 with STM32F405RG',
    uniqueId: '01ab',
  });
});
