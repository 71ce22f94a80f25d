/** Defines the error numbers of MicroPython and `FsError`, the one error that everything in this folder raises. */

/**
 * Names and numbers as MicroPython has them: Linux numbers, whatever the computer.
 * `EWOULDBLOCK` is another name of `EAGAIN` and has no row.
 */
export const Errno = {
  __proto__: null as never,
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  ECHILD: 10,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  ENOTBLK: 15,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  ENOTTY: 25,
  ETXTBSY: 26,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  EMLINK: 31,
  EPIPE: 32,
  EDOM: 33,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EALREADY: 114,
  EINPROGRESS: 115,
  ECANCELED: 125,
} as const;

/** The names that MicroPython offers to programs, and shows in the text of an OSError. */
export const offeredErrors = [
  'EPERM', 'ENOENT', 'EIO', 'EBADF', 'EAGAIN', 'ENOMEM', 'EACCES', 'EEXIST', 'ENODEV', 'EISDIR', 'EINVAL',
  'EOPNOTSUPP', 'EADDRINUSE', 'ECONNABORTED', 'ECONNRESET', 'ENOBUFS', 'ENOTCONN', 'ETIMEDOUT', 'ECONNREFUSED',
  'EHOSTUNREACH', 'EALREADY', 'EINPROGRESS',
] as const; // prettier-ignore

/** The name of an error number, `'ENOENT'` for 2, or undefined when it has none. */
export function errnoName(errno: number): string | undefined {
  return Object.keys(Errno).find((name) => Errno[name as keyof typeof Errno] === errno);
}

/** As `errnoName`, of those that programs know. */
export function offeredErrorName(errno: number): string | undefined {
  const name = errnoName(errno);
  return (offeredErrors as readonly string[]).includes(name ?? '') ? name : undefined;
}

/** A failed operation on files. Python sees it as `OSError(errno)`. */
export class FsError extends Error {
  override readonly name = 'FsError';

  /** @param errno one of `Errno`, or what a device or a computer reported */
  constructor(readonly errno: number) {
    super(errnoName(errno) ?? `errno ${errno}`);
  }
}
