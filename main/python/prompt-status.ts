/** Defines where the thread of a prompt leaves its exit status: in the memory that is a board's registers elsewhere. */

/** The status while the prompt runs, and when its thread died. */
export const STILL_OPEN = -1;

export function allocatePromptStatus(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  promptStatus(memory)[0] = STILL_OPEN;
  return memory;
}

export function promptStatus(memory: SharedArrayBuffer): Int32Array {
  return new Int32Array(memory);
}
