/** The builtin function open. */
import { machineInt } from '../objects/slice';
import type { Interpreter } from '../interpreter/interpreter';
import { call } from '../interpreter/operators';
import { getAttribute } from '../interpreter/attributes';
import type { PyObject } from '../objects/object';
import { osError } from '../objects/raise';
import { Errno } from '../../vfs/errno';
import { isBinaryMode } from '../../vfs/filesystem';
import { textArgument } from './arguments';
import { PyBinaryFile, PyTextFile, StoredFile } from './file';
import { standardStream } from './streams';
import { UserFileSystem } from './user-file-system';

/** `open` of an interpreter; how much to buffer must be an int, and is not looked at. */
export function builtin_open(
  interpreter: Interpreter,
  file: PyObject,
  mode: PyObject = 'r',
  buffering: PyObject = -1,
): PyObject {
  machineInt(buffering);
  if (typeof file === 'number') return openNumber(interpreter, file, textArgument(mode));
  const path = textArgument(file);
  const at = interpreter.vfs.locate(path);
  if (at.kind === 'mounted' && at.mount.fileSystem instanceof UserFileSystem) {
    return call(getAttribute(at.mount.fileSystem.object, 'open'), at.path, mode);
  }
  const modeText = textArgument(mode);
  const raw = new StoredFile(interpreter.vfs.open(path, modeText));
  return isBinaryMode(modeText) ? new PyBinaryFile(raw) : new PyTextFile(raw);
}

/** A file by its number: the standard streams only. */
function openNumber(interpreter: Interpreter, number: number, mode: string): PyObject {
  if ((number !== 0 && number !== 1 && number !== 2) || interpreter.profile !== 'host') throw osError(Errno.EBADF);
  const stream = standardStream(interpreter, number);
  return isBinaryMode(mode) && stream.buffer !== undefined ? stream.buffer : stream;
}
