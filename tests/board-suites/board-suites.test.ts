import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../main/boards/system-clock';
import { CancelSource, Cancelled } from '../../runtime/bytes/cancel';
import { type BoardAccess, BoardSession, type OutputSource } from '../../runtime/link/board-session';
import { BoardFull, RemoteFsError } from '../../runtime/link/errors';
import type { RemoteFs } from '../../runtime/link/remote-fs';
import { type BoardUnderTest, type StartedBoard, onEveryBoard } from './boards';

/** A literal for the board that does not use the escaping under test. */
const rawPath = (path: string): string => `bytes([${[...Buffer.from(path)].join(',')}])`;

onEveryBoard((board: BoardUnderTest) => {
  let started: StartedBoard;
  let session: BoardSession;
  let flat = false;
  let heard: { text: string; source: OutputSource }[] = [];
  const root = board.folder === '' ? '' : `${board.folder}/tether-tests`;
  const at = (name: string): string => `${root}/${name}`;
  const task = <Result>(work: (access: BoardAccess) => Promise<Result>): Promise<Result> =>
    session.run(work, { name: 'a test' });
  const files = <Result>(work: (files: RemoteFs) => Promise<Result>): Promise<Result> =>
    task(({ files }) => work(files));
  const textFrom = (source: OutputSource): string =>
    heard.map((entry) => (entry.source === source ? entry.text : '')).join('');
  /** What the board itself makes of a Python expression. */
  const evaluate = (expression: string): Promise<unknown> => task(({ raw }) => raw.evaluate(expression));
  const promptWithin = async (milliseconds: number): Promise<void> => {
    for (const end = Date.now() + milliseconds; session.status.activity !== 'prompt' && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(session.status.activity).toBe('prompt');
  };

  beforeAll(async () => {
    started = await board.start();
    session = new BoardSession(started.transport, { clock: systemClock });
    session.on('output', (chunk, source) => heard.push({ text: Buffer.from(chunk).toString('latin1'), source }));
    await session.open();
    await promptWithin(5000);
    flat = await files((remote) => remote.isFlat());
    if (!flat)
      await files((remote) =>
        remote
          .removeTree(root)
          .catch(() => undefined)
          .then(() => remote.makeFolder(root)),
      );
  });

  afterAll(async () => {
    if (!flat) await files((remote) => remote.removeTree(root));
    await session.close();
    await started.end();
  });

  /** For boards with a prompt of their own; where it is scripted there is nothing to try. */
  const testOfPrompt = (name: string, body: () => Promise<void>): void => {
    if (board.scripted !== true) test(name, body);
  };

  test('it says who it is', async () => {
    const identity = await session.identify();
    expect(identity.implementation).toBe('micropython');
    expect(identity.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(identity.machine).not.toBe('');
  });

  testOfPrompt('a line typed in the terminal gives its value', async () => {
    heard = [];
    await session.write(Buffer.from('6*7\r'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await promptWithin(2000);
    expect(textFrom('terminal')).toBe('6*7\r\n42\r\n>>> ');
  });

  test('code prints, raises and is wrong, each told apart', async () => {
    const run = (code: string): Promise<string> =>
      task(async (access) => Buffer.from(await access.raw.exec(code)).toString());
    expect(await run("print('héllo')\nprint(1+1)")).toBe('héllo\r\n2\r\n');
    await expect(run('1/0')).rejects.toMatchObject({ type: 'ZeroDivisionError' });
    await expect(run(`x = 1\n${'# a comment\n'.repeat(20)}raise ValueError('here')`)).rejects.toMatchObject({
      type: 'ValueError',
      reason: 'here',
      traceback: expect.stringContaining('line 22') as string,
    });
    await expect(run('x = (')).rejects.toMatchObject({ type: 'SyntaxError' });
    await expect(run(`x = )\n${'# a comment\n'.repeat(60)}`)).rejects.toMatchObject({ type: 'SyntaxError' });
    expect(await run('print(x)')).toBe('1\r\n');
    expect(session.status.activity).toBe('prompt');
  });

  test('control characters arrive in source, and come back', async () => {
    const output = await task(({ raw }) => raw.exec("print([ord(c) for c in '\x01\x02\x03\x04\x05'])"));
    expect(Buffer.from(output).toString()).toBe('[1, 2, 3, 4, 5]\r\n');
    const printed = await task(({ raw }) => raw.exec("print('a' + chr(4) + ' b')"));
    expect(Buffer.from(printed).toString('latin1')).toBe('a\x04 b\r\n');
  });

  test('a script shows its output and is stopped', async () => {
    heard = [];
    const running = session.runScript("print('begun')\nwhile True:\n pass\n", { name: 'loop.py' });
    for (const end = Date.now() + 5000; !textFrom('program').includes('begun') && Date.now() < end;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await session.stop();
    expect((await running).outcome).toBe('stopped');
    expect(textFrom('program')).toBe('begun\r\n');
    expect(textFrom('error')).toContain('KeyboardInterrupt');
    expect(session.status).toEqual({ state: 'terminal', activity: 'prompt', task: undefined, stopping: false });
  });

  testOfPrompt('a soft reset forgets names, also for a script from a fresh board', async () => {
    await task(({ raw }) => raw.exec('left_over = 1'));
    await session.softReset();
    await promptWithin(5000);
    expect(await evaluate("'left_over' in globals()")).toBe(false);
    await task(({ raw }) => raw.exec('left_over = 1'));
    heard = [];
    const source = "print('left_over' in globals())";
    expect((await session.runScript(source, { name: 'fresh.py', freshBoard: true })).outcome).toBe('done');
    expect(textFrom('program')).toContain('False');
  });

  for (const size of [0, 1, 46, 47, 255, 256, 257, 768, 769, 1023, 1024, 1025]) {
    test(`a file of ${size} bytes is written and read back`, async () => {
      const bytes = new Uint8Array(randomBytes(size));
      await files((remote) => remote.write(at('sized.bin'), bytes));
      expect(await files((remote) => remote.read(at('sized.bin')))).toEqual(bytes);
      expect(await files((remote) => remote.stat(at('sized.bin')))).toEqual({ kind: 'file', size });
    });
  }

  test('all byte values arrive, as the board itself sees them', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await files((remote) => remote.write(at('bytes.bin'), bytes));
    const name = flat ? "'bytes.bin'" : rawPath(at('bytes.bin'));
    expect(await evaluate(`open(${name}, 'rb').read() == bytes(range(256))`)).toBe(true);
  });

  test('a large file goes there and back unchanged, with progress', async () => {
    const bytes = new Uint8Array(randomBytes(board.largest));
    const done: number[] = [];
    await files((remote) => remote.write(at('large.bin'), bytes, { onProgress: (count) => done.push(count) }));
    const back = await files((remote) => remote.read(at('large.bin')));
    expect(Buffer.compare(back, bytes)).toBe(0);
    expect(done.at(-1)).toBe(bytes.length);
    expect([...done].sort((left, right) => left - right)).toEqual(done);
    if (!flat) {
      const [hash] = await files((remote) => remote.hashes([at('large.bin')]));
      expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    await files((remote) => remote.remove(at('large.bin')));
  });

  test('a written file replaces the one before, and nothing is left beside it', async () => {
    await files((remote) => remote.write(at('again.txt'), Buffer.from('one')));
    await files((remote) => remote.write(at('again.txt'), Buffer.from('two, longer')));
    expect(Buffer.from(await files((remote) => remote.read(at('again.txt')))).toString()).toBe('two, longer');
    const names = (await files((remote) => remote.list(root))).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('again'))).toEqual(['again.txt']);
  });

  test('a write that is cancelled leaves the old file whole', async () => {
    await files((remote) => remote.write(at('kept.txt'), Buffer.from('old')));
    const cancel = new CancelSource();
    const writing = files((remote) =>
      remote.write(at('kept.txt'), new Uint8Array(randomBytes(3000)), {
        cancel,
        onProgress: () => {
          cancel.cancel();
        },
      }),
    );
    await expect(writing).rejects.toBeInstanceOf(Cancelled);
    expect(Buffer.from(await files((remote) => remote.read(at('kept.txt')))).toString()).toBe('old');
    const names = (await files((remote) => remote.list(root))).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('kept'))).toEqual(['kept.txt']);
  });

  test('what is not there is told as such', async () => {
    expect(await files((remote) => remote.stat(at('none')))).toBeUndefined();
    await expect(files((remote) => remote.read(at('none')))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files((remote) => remote.remove(at('none')))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(files((remote) => remote.rename(at('none'), at('new')))).rejects.toBeInstanceOf(RemoteFsError);
  });

  test('a rename moves, and replaces nothing', async () => {
    await files((remote) => remote.write(at('from.txt'), Buffer.from('from')));
    await files((remote) => remote.write(at('taken.txt'), Buffer.from('taken')));
    await expect(files((remote) => remote.rename(at('from.txt'), at('taken.txt')))).rejects.toMatchObject({
      code: 'EEXIST',
    });
    await files((remote) => remote.rename(at('from.txt'), at('to.txt')));
    expect(await files((remote) => remote.stat(at('from.txt')))).toBeUndefined();
    expect(Buffer.from(await files((remote) => remote.read(at('to.txt')))).toString()).toBe('from');
    expect(Buffer.from(await files((remote) => remote.read(at('taken.txt')))).toString()).toBe('taken');
  });

  test('what does not fit is refused, and nothing is changed', async () => {
    const free = flat
      ? 40_000
      : ((await files((remote) => remote.volumes())).find(({ path }) => root.startsWith(path))?.free ?? 0);
    if (free > 4_000_000) return;
    await files((remote) => remote.write(at('small.txt'), Buffer.from('old')));
    const before = await files((remote) => remote.list(root));
    const writing = files((remote) => remote.write(at('small.txt'), new Uint8Array(free + 100_000)));
    await expect(writing).rejects.toBeInstanceOf(BoardFull);
    expect(await files((remote) => remote.list(root))).toEqual(before);
  });

  test('a board without folders says so', async () => {
    if (!flat) return;
    await expect(files((remote) => remote.makeFolder('/lib'))).rejects.toBeInstanceOf(RemoteFsError);
    expect(await files((remote) => remote.volumes())).toEqual([]);
  });

  test('folders are made, listed and removed with all they hold', async () => {
    if (flat) return;
    await files((remote) => remote.makeFolder(at('lib')));
    await files((remote) => remote.makeFolder(at('lib/inner')));
    await files((remote) => remote.write(at('lib/b.py'), Buffer.from('bb')));
    await files((remote) => remote.write(at('lib/inner/a.py'), Buffer.from('a')));
    expect(await files((remote) => remote.list(at('lib')))).toEqual([
      { name: 'inner', path: at('lib/inner'), readable: true, kind: 'folder', size: 0 },
      { name: 'b.py', path: at('lib/b.py'), readable: true, kind: 'file', size: 2 },
    ]);
    await expect(files((remote) => remote.makeFolder(at('lib')))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(files((remote) => remote.write(at('lib'), Buffer.from('x')))).rejects.toMatchObject({
      code: 'EISDIR',
    });
    await expect(files((remote) => remote.remove(at('lib')))).rejects.toBeInstanceOf(RemoteFsError);
    await files((remote) => remote.removeTree(at('lib')));
    expect(await files((remote) => remote.stat(at('lib')))).toBeUndefined();
  });

  test('awkward names are names like others', async () => {
    if (flat) return;
    for (const name of ["it's.txt", 'two words', 'grün.txt', '温度.csv', '#%&{}$!', '-r', 'dot.dot.dot']) {
      await files((remote) => remote.write(at(name), Buffer.from(name)));
      expect(await evaluate(`open(${rawPath(at(name))}).read()`)).toBe(name);
      expect((await files((remote) => remote.list(root))).map((entry) => entry.name)).toContain(name);
      await files((remote) => remote.remove(at(name)));
    }
  });

  test('free space is told by volume and shrinks', async () => {
    if (flat) return;
    const volume = async (): Promise<{ size: number; free: number }> => {
      const found = (await files((remote) => remote.volumes())).filter(({ path }) => root.startsWith(path));
      return found.at(-1) ?? { size: 0, free: 0 };
    };
    const before = await volume();
    expect(before.size).toBeGreaterThan(0);
    await files((remote) => remote.write(at('space.bin'), new Uint8Array(10_000)));
    expect(before.free - (await volume()).free).toBeGreaterThanOrEqual(10_000);
    await files((remote) => remote.remove(at('space.bin')));
    expect((await volume()).free).toBe(before.free);
  });

  test('what a lost link left behind is put right', async () => {
    const put = (name: string, text: string): Promise<void> =>
      files((remote) => remote.write(at(name), Buffer.from(text)));
    await put('half.txt.tether-new', 'half');
    if (flat) {
      expect(await files((remote) => remote.recover(root))).toEqual(['half.txt.tether-new']);
    } else {
      await put('moved.txt.tether-old', 'old one');
      await put('done.txt', 'new one');
      await put('done.txt.tether-old', 'old one');
      const names = await files((remote) => remote.recover(root));
      expect(names.sort()).toEqual(['done.txt.tether-old', 'half.txt.tether-new', 'moved.txt.tether-old']);
      expect(Buffer.from(await files((remote) => remote.read(at('moved.txt')))).toString()).toBe('old one');
      expect(Buffer.from(await files((remote) => remote.read(at('done.txt')))).toString()).toBe('new one');
    }
    const left = (await files((remote) => remote.list(root))).map(({ name }) => name);
    expect(left.filter((name) => name.includes('tether-'))).toEqual([]);
  });

  test('nothing of ours stays among the names of the person', async () => {
    for (const name of ['_t', '_f', '_tf', '_b']) {
      // Longer code would travel in pieces, under one of these names.
      expect(await evaluate(`'${name}' in globals()`)).toBe(false);
    }
  });
});
