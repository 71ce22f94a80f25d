/** Modules as a computer's build has them: os with an environment, the old names, asyncio's streams, letters of framebuf. */
import { readFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createInterpreter } from '../../../../runtime/python/python';
import { MemoryFs } from '../../../../runtime/vfs/memory-fs';
import { Vfs } from '../../../../runtime/vfs/vfs';
import { endOf, runPython } from '../../../support/run-python';
import { ScriptHal } from '../../../support/script-hal';

const lines = (source: string): string[] => runPython(source).output.trimEnd().split('\n');

describe('os', () => {
  it('keeps an environment', () => {
    const source = `
import os
os.putenv('A', '1')
print(os.getenv('A'), os.getenv('B'), os.getenv('B', 2))
os.unsetenv('A')
print(os.getenv('A'))
`;
    expect(lines(source)).toEqual(['1 None 2', 'None']);
  });

  it.each([
    ["os.putenv('a=b', '1')", 'OSError: [Errno 22] EINVAL'],
    ['os.getenv(1)', "TypeError: can't convert 'int' object to str implicitly"],
    ["os.system('true')", 'OSError: [Errno 1] EPERM'],
  ])('%s raises %s', (call, expected) => {
    expect(endOf(`import os\n${call}`)).toBe(expected);
  });

  it('asks the process that the interpreter is', () => {
    const asked: string[] = [];
    const process = {
      getVariable: (name: string) => `<${name}>`,
      setVariable: (name: string, value: string | undefined) => void asked.push(`${name}=${value ?? 'nothing'}`),
      run: (command: string) => {
        asked.push(command);
        return 3 << 8;
      },
    };
    const hal = Object.assign(new ScriptHal(), { process });
    const source = "import os\nos.putenv('X', 'y')\nos.unsetenv('X')\nprint(os.getenv('PATH'), os.system('exit 3'))";
    expect(runPython(source, { hal }).output).toBe('<PATH> 768\n');
    expect(asked).toEqual(['X=y', 'X=nothing', 'exit 3']);
  });
});

describe('names with the u of old', () => {
  it('are those of the modules that files can replace', () => {
    expect(lines('import uos, os, ujson, usys, sys\nprint(uos is os, ujson.__name__, usys is sys)')).toEqual([
      'True json True',
    ]);
    expect(endOf('import umath')).toBe("ImportError: no module named 'umath'");
  });
});

describe('VfsLfs2', () => {
  it('is found by mount on a device that holds one', () => {
    const source = `
import vfs, os
class Ram:
    def __init__(self, data): self.data = data
    def readblocks(self, n, buf, off=0): buf[:] = self.data[n * 512 + off : n * 512 + off + len(buf)]
    def writeblocks(self, n, buf, off=0): self.data[n * 512 + off : n * 512 + off + len(buf)] = buf
    def ioctl(self, op, arg): return {4: len(self.data) // 512, 5: 512, 6: 0}.get(op)
for kind in vfs.VfsLfs1, vfs.VfsLfs2:
    ram = Ram(bytearray(20 * 512))
    kind.mkfs(ram, progsize=64)
    vfs.mount(ram, '/ram')
    with open('/ram/f', 'w') as f:
        print(f, f.write('text'))
    print(os.listdir('/ram'), kind(ram).stat('f')[6], vfs.mount()[0][0].__class__ is kind)
    vfs.umount('/ram')
    try:
        f.read()
    except ValueError as e:
        print(repr(e))
`;
    const each = ['<io.TextIOWrapper> 4', "['f'] 4 True", 'ValueError()'];
    expect(lines(source)).toEqual([...each, ...each]);
  });

  it('shows what a file that was dropped has written, after a collection', () => {
    const source = `
import vfs, gc
class Ram:
    def __init__(self, data): self.data = data
    def readblocks(self, n, buf, off=0): buf[:] = self.data[n * 512 + off : n * 512 + off + len(buf)]
    def writeblocks(self, n, buf, off=0): self.data[n * 512 + off : n * 512 + off + len(buf)] = buf
    def ioctl(self, op, arg): return {4: len(self.data) // 512, 5: 512, 6: 0}.get(op)
for kind in vfs.VfsFat, vfs.VfsLfs2:
    ram = Ram(bytearray(50 * 512))
    kind.mkfs(ram)
    fs = kind(ram)
    fs.open('f', 'w').write('dropped')
    gc.collect()
    print(fs.open('f', 'r').read())
`;
    expect(lines(source)).toEqual(['dropped', 'dropped']);
  });
});

describe('framebuf', () => {
  it('draws letters two dots thick, and a chequered cell for what is no letter', () => {
    const source = `
import framebuf
buffer = bytearray(16)
fb = framebuf.FrameBuffer(buffer, 16, 8, framebuf.MONO_VLSB)
fb.text('l\\x1f', 0, 0)
print(buffer[3] == buffer[4] == 0x7f, buffer[8:] == b'\\xaa\\x55' * 4)
`;
    expect(lines(source)).toEqual(['True True']);
  });
});

describe('asyncio', () => {
  const folder = fileURLToPath(new URL('../../../../resources/frozen/', import.meta.url));
  const frozen = (path: string): string | undefined =>
    existsSync(folder + path) ? readFileSync(folder + path, 'utf8') : undefined;

  it('reads and writes streams of Python classes, which may not be ready', () => {
    const source = `
import uasyncio as asyncio, io
class Source(io.IOBase):
    def __init__(self, data):
        self.data, self.polls, self.calls, self.written = data, 0, 0, b''
    def ioctl(self, request, argument):
        self.polls += 1
        return argument if request == 3 and self.polls % 3 == 0 else 0
    def read(self, n=-1):
        self.calls += 1
        if self.calls % 2 == 0: return None
        part = self.data[: 5 if n < 0 else n]
        self.data = self.data[len(part) :]
        return part
    def readline(self): return self.read(3)
    def write(self, data):
        self.written += bytes(data[:2])
        return min(2, len(data))
    def close(self): print('closed')
async def main():
    source = Source(b'ab\\ncd\\nefghijklmnop')
    stream = asyncio.StreamReader(source)
    print(await stream.readline(), await stream.read(2), await stream.readexactly(4))
    stream.write(b'more')
    await stream.drain()
    print(source.written, await stream.read())
    try:
        await stream.readexactly(1)
    except EOFError:
        print('end')
    async with stream:
        pass
    print(await asyncio.gather(value(0.002), value(0)))
async def value(seconds):
    await asyncio.sleep(seconds)
    return seconds
asyncio.run(main())
`;
    const hal = new ScriptHal();
    const vfs = new Vfs();
    vfs.mount(new MemoryFs(), '/');
    const interpreter = createInterpreter({ profile: 'host', hal, vfs, frozen, path: ['', '.frozen'] });
    interpreter.enter(() => interpreter.run(source));
    expect(hal.output.trimEnd().split('\n')).toEqual([
      "b'ab\\n' b'cd' b'\\nefg'",
      "b'more' b'hijklmnop'",
      'end',
      'closed',
      '[0.002, 0]',
    ]);
  });
});
