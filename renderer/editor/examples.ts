// Defines the examples of the Start page: their titles, and their texts as they ship.

const texts = import.meta.glob<string>('../../resources/examples/*.py', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface Example {
  title: string;
  /** The name of the tab it opens in. */
  file: string;
  what: string;
}

export const examples: readonly Example[] = [
  { title: 'Blink', file: 'blink.py', what: 'An LED goes on and off.' },
  { title: 'Button', file: 'button.py', what: 'The USR button is counted.' },
  { title: 'Tilt', file: 'tilt.py', what: 'The LEDs follow the accelerometer.' },
  { title: 'Plot a sine', file: 'plot_a_sine.py', what: 'Printed numbers become a curve.' },
];

export function exampleText(example: Example): string {
  return texts[`../../resources/examples/${example.file}`] ?? '';
}
