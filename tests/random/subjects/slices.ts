/** Random programs: items and slices of sequences, read, stored and deleted. */
import { bytes, sequence, slice, smallInt, text, value } from '../values';
import type { Random } from '../random';
import type { Script } from '../script';

function holder(r: Random): string {
  return r.pick([
    () => `[${r.list(0, 8, () => smallInt(r))}]`,
    () => `list(range(${r.below(9)}))`,
    () => sequence(r),
    () => text(r, 8),
    () => bytes(r, 8),
    () => `bytearray(${bytes(r, 8)})`,
    () => `array('${r.word('b B h H i I l q Q f d')}', [${r.list(0, 6, () => String(r.below(100)))}])`,
    () => `range(${smallInt(r)}, ${r.between(-5, 20)}, ${r.word('1 2 -1 -3')})`,
    () => `memoryview(bytearray(${bytes(r, 8)}))`,
    () => `tuple(range(${r.below(9)}))`,
    () => `memoryview(array('h', [${r.list(0, 5, () => smallInt(r))}]))`,
  ])();
}

function key(r: Random): string {
  return r.chance(60)
    ? slice(r)
    : r.chance(80)
      ? smallInt(r)
      : r.pick(['None', "'a'", '1.0', 'True', '2**64', 'slice(1, 3)', '()', '...']);
}

function stored(r: Random): string {
  return r.pick([
    () => `[${r.list(0, 5, () => smallInt(r))}]`,
    () => bytes(r),
    () => `bytearray(${bytes(r)})`,
    () => text(r, 4),
    () => smallInt(r),
    () => `(${r.list(2, 4, () => smallInt(r))})`,
    () => value(r),
    () => `array('h', [${r.list(0, 3, () => smallInt(r))}])`,
    () => 'x',
    () => `range(${r.below(5)})`,
  ])();
}

const shown = 'x if type(x) is not memoryview else bytes(x)';

export function slices(s: Script): void {
  const { r } = s;
  s.add('from array import array');
  for (let i = 0; i < 25; i++) {
    s.add(`x = ${holder(r)}`);
    switch (r.below(10)) {
      case 0:
      case 1:
        s.attempt([`x[${key(r)}] = ${stored(r)}`], shown);
        break;
      case 2:
        s.attempt([`del x[${key(r)}]`], shown);
        break;
      case 3:
        s.attempt([`x[${key(r)}] ${r.chance(60) ? `${r.word('+= -=')} ${stored(r)}` : `*= ${smallInt(r)}`}`], shown);
        break;
      case 4:
        s.attempt([`y = x[${slice(r)}]`, `y ${r.chance(50) ? `+= ${stored(r)}` : `*= ${smallInt(r)}`}`], `${shown}, y`);
        break;
      case 5:
        s.show(`x[${key(r)}][${key(r)}]`);
        break;
      case 6:
        s.show(
          `(x ${r.word('+ * == < != >=')} ${(r.chance(50) ? holder(r) : stored(r)).replace(/^range.*/, '5')}, ${smallInt(r)} in x)`,
        );
        break;
      case 7:
        s.show(`[list(x), len(x), list(reversed(x)), max(x), min(x)]`);
        break;
      default:
        s.show(`x[${key(r)}]`);
    }
  }
}
