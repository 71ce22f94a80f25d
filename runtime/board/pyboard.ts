/** The pyboard v1.1 as data: its pins, its names and its texts. */

/** A pin of the processor that the board names. */
export interface PinRow {
  /** The board's name, such as X1. */
  readonly name: string;
  /** The processor's name, such as A0. */
  readonly cpu: string;
  /** Channel of the analogue converter, or −1. */
  readonly adc: number;
}

const row = (name: string, cpu: string, adc = -1): PinRow => ({ name, cpu, adc });

/** The 30 pins of the headers, then those with a use of their own on the board. */
export const PINS: readonly PinRow[] = [
  row('X1', 'A0', 0), row('X2', 'A1', 1), row('X3', 'A2', 2), row('X4', 'A3', 3),
  row('X5', 'A4', 4), row('X6', 'A5', 5), row('X7', 'A6', 6), row('X8', 'A7', 7),
  row('X9', 'B6'), row('X10', 'B7'), row('X11', 'C4', 14), row('X12', 'C5', 15),
  row('X17', 'B3'), row('X18', 'C13'), row('X19', 'C0', 10), row('X20', 'C1', 11),
  row('X21', 'C2', 12), row('X22', 'C3', 13),
  row('Y1', 'C6'), row('Y2', 'C7'), row('Y3', 'B8'), row('Y4', 'B9'), row('Y5', 'B12'), row('Y6', 'B13'),
  row('Y7', 'B14'), row('Y8', 'B15'), row('Y9', 'B10'), row('Y10', 'B11'), row('Y11', 'B0', 8), row('Y12', 'B1', 9),
  row('SW', 'B3'), row('LED_RED', 'A13'), row('LED_GREEN', 'A14'), row('LED_YELLOW', 'A15'), row('LED_BLUE', 'B4'),
  row('MMA_INT', 'B2'), row('MMA_AVDD', 'B5'),
  row('SD_D0', 'C8'), row('SD_D1', 'C9'), row('SD_D2', 'C10'), row('SD_D3', 'C11'), row('SD_CK', 'C12'), row('SD_CMD', 'D2'),
  row('SD', 'A8'), row('SD_SW', 'A8'), row('USB_VBUS', 'A9'), row('USB_ID', 'A10'), row('USB_DM', 'A11'), row('USB_DP', 'A12'),
]; // prettier-ignore

/** How many rows of `PINS` are on the headers. */
export const HEADER_PINS = 30;

/** The processor's pins, in the order of their first row. */
export const CPU_PINS: readonly string[] = [...new Set(PINS.map((p) => p.cpu))];

/** The heap, as `gc` reports it. */
export const HEAP_SIZE = 103168;

export const SYSTEM = 'pyboard';
export const MACHINE = 'PYBv1.1 with STM32F405RG';
export const RELEASE = '1.29.0-preview';
export const BUILD = 'v1.29.0-preview (Tether simulation) on 2026-11-22';
export const BANNER = `MicroPython ${BUILD}; ${MACHINE}`;

/** Twelve bytes that tell this board from others. */
export const UNIQUE_ID = Uint8Array.of(0x54, 0x65, 0x74, 0x68, 0x65, 0x72, 0x20, 0x73, 0x69, 0x6d, 0x30, 0x31);

export const HELP = `This is a simulated pyboard, run by Tether. What works here works on a pyboard v1.1.

A few things to try:
  pyb.LED(1).on()          light the red LED (2 green, 3 yellow, 4 blue)
  pyb.Switch().value()     True while USR is pressed
  pyb.Accel().x()          tilt, -32 to 31
  pyb.ADC('X1').read()     voltage on X1, 0 to 4095
  pyb.Pin('X2', pyb.Pin.OUT).high()
  pyb.delay(50)            wait 50 milliseconds

Keys at the prompt:
  Ctrl-A   raw mode, for tools
  Ctrl-B   back to this prompt
  Ctrl-C   stop the program
  Ctrl-D   soft reset, on an empty line
  Ctrl-E   paste several lines at once

help(x) tells about x, help('modules') lists what can be imported.
`;
