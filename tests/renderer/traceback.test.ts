// Facts about what is read out of a traceback.
import { describe, expect, it } from 'vitest';
import { placeOf, problemsOfTraceback } from '../../renderer/state/traceback';
import { Tab } from '../../renderer/state/workspace.svelte';

function tabNamed(name: string): Tab {
  const tab = new Tab();
  tab.name = name;
  return tab;
}

const head = 'Traceback (most recent call last):\r\n';

describe('a traceback', () => {
  it('names a place on each of its lines', () => {
    expect(placeOf('  File "/flash/lib/a.py", line 12, in read')).toEqual({ file: '/flash/lib/a.py', line: 12 });
    expect(placeOf('ValueError: File "a", line x')).toBeNull();
  });

  it('becomes one problem at its innermost place, in the text that was run', () => {
    const ran = tabNamed('blink.py');
    const text = `${head}  File "<stdin>", line 9, in <module>\r\n  File "<stdin>", line 4, in step\r\nValueError: no\r\n`;
    expect(problemsOfTraceback(text, ran, [ran])).toMatchObject([
      { file: 'blink.py', tab: ran, line: 4, message: 'ValueError: no' },
    ]);
  });

  it('points into another open file that it names', () => {
    const ran = tabNamed('blink.py');
    const other = tabNamed('sensor.py');
    const text = `${head}  File "<stdin>", line 1, in <module>\r\n  File "sensor.py", line 2, in read\r\nOSError: 5\r\n`;
    expect(problemsOfTraceback(text, ran, [ran, other])).toMatchObject([{ tab: other, line: 2 }]);
  });

  it('keeps the name of a file that is not open', () => {
    const ran = tabNamed('blink.py');
    const text = `${head}  File "lib/x.py", line 2, in f\r\nOSError: 5\r\n`;
    expect(problemsOfTraceback(text, ran, [ran])).toMatchObject([{ file: 'lib/x.py', tab: null }]);
  });
});
