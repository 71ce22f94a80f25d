// Defines what a pasted text becomes on its way to the board.

const ctrlE = '\x05';
const ctrlD = '\x04';
/** All control characters but tab and the line ends. */
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

export function hasControls(text: string): boolean {
  return text.search(controls) !== -1;
}

export function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** Lines end with CR, as the Enter key sends it. At the prompt several lines go through the board's paste mode. */
export function pasteBytes(text: string, atPrompt: boolean): Uint8Array {
  const keys = text.replace(/\r\n?|\n/g, '\r');
  const several = keys.replace(/\r$/, '').includes('\r');
  return new TextEncoder().encode(several && atPrompt ? `${ctrlE}${keys}${ctrlD}` : keys);
}
