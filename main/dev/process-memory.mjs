// How much memory another process holds, by the means of each system.
import { spawnSync } from 'node:child_process';

/**
 * The resident memory of a process in MB; undefined where it cannot be read.
 * @param {number} pid
 */
export function memoryOf(pid) {
  const windows = process.platform === 'win32';
  const [command = '', ...args] = windows
    ? ['tasklist', '/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']
    : ['ps', '-o', 'rss=', '-p', String(pid)];
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  const text = windows ? (/"([^"]*)"\s*$/.exec(stdout ?? '')?.[1] ?? '') : (stdout ?? '');
  const kilobytes = Number(text.replace(/\D/g, ''));
  return kilobytes > 0 ? kilobytes / 1024 : undefined;
}
