/** Python for a ScriptedBoard: a native MicroPython with a FAT file system in its memory, mounted as /flash. */

import { type ChildProcess, spawn } from 'node:child_process';
import type { RunCode } from './scripted-board';

/** Reads a length and so many bytes of code, runs it, and ends its output with a mark, its traceback and another mark. */
const SERVER = `
import os,sys,vfs
class Ram:
 def __init__(self,count,size):
  self.data=bytearray(count*size)
  self.size=size
 def readblocks(self,number,buffer,offset=0):
  at=number*self.size+offset
  buffer[:]=self.data[at:at+len(buffer)]
 def writeblocks(self,number,buffer,offset=0):
  at=number*self.size+offset
  self.data[at:at+len(buffer)]=buffer
 def ioctl(self,op,argument):
  if op==4:return len(self.data)//self.size
  if op==5:return self.size
  if op==6:return 0
ram=Ram(256,512)
vfs.VfsFat.mkfs(ram)
vfs.mount(ram,'/flash')
os.chdir('/flash')
scope={'__name__':'__main__'}
while True:
 length=sys.stdin.buffer.readline()
 if not length:break
 code=sys.stdin.buffer.read(int(length))
 try:
  exec(compile(code,'<stdin>','exec'),scope)
  sys.stdout.write('\\x00')
 except BaseException as error:
  sys.stdout.write('\\x00')
  sys.print_exception(error)
 sys.stdout.write('\\x00')
`;

export interface NativePython {
  readonly run: RunCode;
  end(): void;
}

export function startNativePython(): NativePython {
  const child: ChildProcess = spawn('micropython', ['-X', 'heapsize=8m', '-c', SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let onOutput: (chunk: Buffer) => void = () => undefined;
  child.stdout?.on('data', (chunk: Buffer) => {
    onOutput(chunk);
  });
  return {
    run: (code, io) =>
      new Promise((resolve) => {
        let marks = 0;
        let traceback = '';
        onOutput = (chunk) => {
          for (let at = 0; at < chunk.length; at++) {
            const byte = chunk[at] ?? 0;
            if (byte === 0) marks++;
            else if (marks === 1) traceback += String.fromCharCode(byte);
            else {
              const mark = chunk.indexOf(0, at);
              const end = mark < 0 ? chunk.length : mark;
              io.print(Buffer.from(chunk.subarray(at, end).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'));
              at = end - 1;
            }
          }
          if (marks === 2) resolve(traceback.replaceAll('\n', '\r\n'));
        };
        void io.interrupted.then(() => child.kill('SIGINT'));
        const bytes = Buffer.from(code);
        child.stdin?.write(`${String(bytes.length)}\n`);
        child.stdin?.write(bytes);
      }),
    end: () => {
      child.stdin?.end();
    },
  };
}
