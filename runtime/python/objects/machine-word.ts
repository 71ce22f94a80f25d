/** How wide a machine word is for the interpreter at work: 64 bits on a computer, 32 on a board. */

let narrow = false;

/** Chooses the width of a word from now on; gives the choice before. Set on entry to an interpreter. */
export function useNarrowWords(on: boolean): boolean {
  const before = narrow;
  narrow = on;
  return before;
}

/** Whether words have 32 bits. */
export const hasNarrowWords = (): boolean => narrow;

/** Whether an int fits a signed word; MicroPython looks at its magnitude, so that the least one does not. */
export const fitsWord = (value: number | bigint): boolean =>
  narrow ? value > -2147483648 && value < 2147483648 : value > -(2n ** 63n) && value < 2n ** 63n;

/** What a small int, one bit shorter than a word, keeps of an int. */
export const smallIntBits = (value: number | bigint): bigint => BigInt.asIntN(narrow ? 31 : 63, BigInt(value));
