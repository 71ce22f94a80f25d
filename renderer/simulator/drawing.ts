/** Defines where things are on the drawing of the board, in units of its 400 × 300 view box. */

export const DRAWING = { width: 400, height: 300 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a pin is, and where its name stands. */
export interface PinPlace extends Point {
  readonly name: string;
  readonly label: string;
  readonly labelAt: Point;
  readonly anchor: 'middle' | 'end';
}

const PITCH = 27;

function row(letter: string, y: number, labelY: number): PinPlace[] {
  return Array.from({ length: 12 }, (_, index) => {
    const x = 64 + index * PITCH;
    const label = String(index + 1);
    return { name: letter + label, label, x, y, labelAt: { x, y: labelY }, anchor: 'middle' };
  });
}

/** The inner row of the X side, as a column at the right edge. */
function column(): PinPlace[] {
  return Array.from({ length: 6 }, (_, index) => {
    const y = 84 + index * 26;
    const name = `X${17 + index}`;
    return { name, label: name, x: 376, y, labelAt: { x: 362, y: y + 6 }, anchor: 'end' };
  });
}

/** All 30 header pins, in the order in which the arrow keys visit them. */
export const PIN_PLACES: readonly PinPlace[] = [...row('Y', 32, 60), ...column(), ...row('X', 268, 254)];

/** The letters that stand before the rows. */
export const ROW_LETTERS = [
  { letter: 'Y', x: 34, y: 60 },
  { letter: 'X', x: 34, y: 254 },
] as const;

export const LED_PLACES: readonly Point[] = [
  { x: 72, y: 96 },
  { x: 114, y: 96 },
  { x: 156, y: 96 },
  { x: 198, y: 96 },
];

export const LED_COLOURS = [
  '--drawing-led-red',
  '--drawing-led-green',
  '--drawing-led-yellow',
  '--drawing-led-blue',
] as const;

/** Left, top, width and height. */
export const BUTTON_PLACES = {
  user: { x: 56, y: 166, width: 62, height: 44 },
  reset: { x: 130, y: 166, width: 62, height: 44 },
} as const;
