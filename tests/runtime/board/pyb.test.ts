import { describe, expect, test } from 'vitest';
import { PENDING_PIN } from '../../../runtime/board/hardware-registers';
import { ScriptBoard, runOnBoard } from '../../support/script-board';

/** What expressions print, with pyb and machine imported, one per line. */
const values = (...expressions: string[]): string[] => valuesOn(new ScriptBoard(), ...expressions);

const valuesOn = (board: ScriptBoard, ...expressions: string[]): string[] =>
  runOnBoard(`import machine, pyb\n${expressions.map((e) => `print((${e}))`).join('\n')}`, board)
    .trimEnd()
    .split('\n');

const error = (statement: string): string =>
  runOnBoard(`import machine, pyb\n${statement}`).trimEnd().split('\n').pop() ?? '';

describe('pyb.LED', () => {
  test('is one of four', () => {
    expect(values('pyb.LED(1)', 'pyb.LED(4) is pyb.LED(4)')).toEqual(['LED(1)', 'True']);
    expect(error('pyb.LED(5)')).toBe("ValueError: LED(5) doesn't exist");
    expect(error("pyb.LED('x')")).toBe("TypeError: can't convert str to int");
  });

  test('goes on and off', () => {
    const board = new ScriptBoard();
    expect(
      valuesOn(board, '(l := pyb.LED(1)).intensity()', 'l.on(), l.intensity()', 'l.toggle(), l.intensity()'),
    ).toEqual(['0', '(None, 255)', '(None, 0)']);
    runOnBoard('import pyb\npyb.LED(2).on()', board);
    expect(board.registers.led(2)).toBe(255);
  });

  test('is dimmed if it is the third or fourth, from 0 to 255', () => {
    expect(
      values('pyb.LED(3).intensity(100), pyb.LED(3).intensity()', 'pyb.LED(1).intensity(100), pyb.LED(1).intensity()'),
    ).toEqual(['(None, 100)', '(None, 255)']);
    expect(
      values('pyb.LED(4).intensity(999), pyb.LED(4).intensity()', 'pyb.LED(4).intensity(-5), pyb.LED(4).intensity()'),
    ).toEqual(['(None, 255)', '(None, 0)']);
    expect(values('pyb.LED(4).intensity(7), pyb.LED(4).toggle(), pyb.LED(4).intensity()')).toEqual(['(None, None, 0)']);
  });
});

describe('pyb.Switch', () => {
  /** A board whose USR is pressed at 100 and 300 ms, for 50 ms. */
  function pressed(): ScriptBoard {
    const board = new ScriptBoard();
    for (const [at, down] of [
      [100, true],
      [150, false],
      [300, true],
      [350, false],
    ] as const) {
      board.hal.at(at, () => {
        board.registers.setSwitch(down);
        board.hal.raise(PENDING_PIN);
      });
    }
    return board;
  }

  test('tells whether it is pressed', () => {
    expect(
      valuesOn(pressed(), 's := pyb.Switch()', 's()', 'pyb.delay(120), s(), s.value(), pyb.Pin.board.SW()'),
    ).toEqual(['Switch()', 'False', '(None, True, True, 0)']);
  });

  test('calls back at each press', () => {
    expect(runOnBoard("import pyb\npyb.Switch().callback(lambda: print('press'))\npyb.delay(500)", pressed())).toBe(
      'press\npress\n',
    );
    expect(
      runOnBoard('import pyb\ns = pyb.Switch()\ns.callback(lambda: 1/0)\ns.callback(None)\npyb.delay(500)', pressed()),
    ).toBe('');
  });

  test('calls back while the prompt waits', () => {
    expect(pressed().run("import pyb\rpyb.Switch().callback(lambda: print('press'))\r")).toMatch(
      />>> press\r\npress\r\n$/,
    );
  });

  test('is silent after its callback raised', () => {
    expect(runOnBoard('import pyb\npyb.Switch().callback(lambda: 1/0)\npyb.delay(500)', pressed())).toBe(
      'uncaught exception in ExtInt interrupt handler line 3\nTraceback (most recent call last):\n' +
        '  File "<stdin>", line 2, in <lambda>\nZeroDivisionError: divide by zero\n',
    );
  });

  test('forgets its callback at a soft reset', () => {
    const output = pressed().run("import pyb\rpyb.Switch().callback(lambda: print('press'))\r\x04");
    expect(output).not.toMatch(/^press/m);
  });

  test('has Ctrl-C in its callback stop the program, and goes on calling back', () => {
    const board = pressed();
    board.hal.at(120, () => board.hal.type('\x03'));
    const output = board.run(
      "import pyb\rf = lambda: pyb.delay(50) or print('done')\rpyb.Switch().callback(f)\rpyb.delay(200)\r",
    );
    expect(output).toMatch(/KeyboardInterrupt: \r\n>>> done\r\n$/);
  });

  test('does not interrupt its own callback', () => {
    const slow = "def f():\n print('in')\n pyb.delay(250)\n print('out')\npyb.Switch().callback(f)\npyb.delay(900)";
    expect(runOnBoard(`import pyb\n${slow}`, pressed())).toBe('in\nout\n');
  });
});

describe('pyb.Accel', () => {
  test('takes 90 ms to start and 20 more to its first sample', () => {
    const board = new ScriptBoard();
    board.registers.setAccel(-3, 5, 21);
    expect(
      valuesOn(
        board,
        '(t := pyb.millis()), (a := pyb.Accel()), pyb.elapsed_millis(t)',
        'a.z()',
        'pyb.delay(20), a.x(), a.y(), a.z()',
      ).map((line) => line.replace(/<.*>/, 'Accel')),
    ).toEqual(['(0, Accel, 90)', '0', '(None, -3, 5, 21)']);
  });

  test('sums the last four samples', () => {
    const filtered = 'a.filtered_xyz()';
    const [, ...sums] = values('(a := pyb.Accel()), pyb.delay(20)', filtered, filtered, filtered, filtered, filtered);
    expect(sums).toEqual(['(0, 0, 21)', '(0, 0, 42)', '(0, 0, 63)', '(0, 0, 84)', '(0, 0, 84)']);
  });

  test('gives its registers raw', () => {
    const board = new ScriptBoard();
    board.registers.setAccel(-1, 0, 0);
    expect(
      valuesOn(board, '(a := pyb.Accel()) and pyb.delay(20)', 'a.read(0)', 'a.read(7)', 'a.tilt()').slice(1),
    ).toEqual(['63', '1', '0']);
  });
});

describe('the analogue converter', () => {
  test('reads a pin by its name, its object or its channel', () => {
    const board = new ScriptBoard();
    board.registers.apply({ kind: 'adc', pin: 'X19', value: 1234 });
    expect(
      valuesOn(
        board,
        "pyb.ADC('X19').read()",
        'pyb.ADC(pyb.Pin.board.X19).read()',
        'pyb.ADC(10).read()',
        "machine.ADC('X19').read_u16()",
      ),
    ).toEqual(['1234', '1234', '1234', String((1234 << 4) | (1234 >> 8))]);
    expect(board.registers.pinMode('C0')).toBe('analogue');
    expect(board.registers.snapshot().adc).toEqual([{ pin: 'X19', value: 1234 }]);
  });

  test('shows what it is on', () => {
    expect(values("pyb.ADC('X1')", "machine.ADC('X1')")).toEqual(['<ADC on X1 channel=0>', '<ADC1 channel=0>']);
  });

  test('refuses other pins and channels', () => {
    expect(error("pyb.ADC('X9')")).toBe("ValueError: Pin(B6) doesn't have ADC capabilities");
    expect(error("machine.ADC('X9')")).toBe('ValueError: Pin(B6) does not have ADC capabilities');
    expect(error('pyb.ADC(19)')).toBe('ValueError: not a valid ADC Channel: 19');
    expect(error('pyb.ADCAll(9)')).toBe('ValueError: resolution 9 not supported');
  });

  test('has inner channels', () => {
    expect(
      values(
        '(a := pyb.ADCAll(12, 0x70000)).read_vref()',
        'round(a.read_core_vref(), 2)',
        '20 < a.read_core_temp() < 30',
        'pyb.ADCAll(8, 0).read_channel(0)',
      ),
    ).toEqual(['3.3', '1.21', 'True', '128']);
  });
});

describe('time in pyb', () => {
  test('passes by delay and udelay', () => {
    expect(
      values(
        'pyb.millis(), pyb.micros()',
        'pyb.delay(1500), pyb.millis()',
        'pyb.udelay(2500), pyb.micros()',
        'pyb.delay(-5), pyb.millis()',
      ),
    ).toEqual(['(0, 0)', '(None, 1500)', '(None, 1502500)', '(None, 1502)']);
  });

  test('wraps at 2**30, which elapsed_… take into account', () => {
    expect(
      values(
        'pyb.delay(1200000)',
        'pyb.micros() == 1200000000 - 2**30',
        'pyb.elapsed_micros(2**30 - 5) == 1200000000 - 2**30 + 5',
        'pyb.elapsed_millis(1199000)',
      ).slice(1),
    ).toEqual(['True', 'True', '1000']);
  });
});

describe('the processor', () => {
  test('tells its frequencies, and takes others', () => {
    expect(
      values('machine.freq()', 'pyb.freq(30000000), machine.freq()', 'machine.freq(100000000), pyb.freq()'),
    ).toEqual([
      '(168000000, 168000000, 42000000, 84000000)',
      '(None, (30000000, 30000000, 7500000, 15000000))',
      '(None, (96000000, 96000000, 24000000, 48000000))',
    ]);
    expect(error('machine.freq(1000)')).toBe('ValueError: invalid freq');
  });

  test('has a number of its own', () => {
    expect(values('len(machine.unique_id()), machine.unique_id() == pyb.unique_id()')).toEqual(['(12, True)']);
  });

  test('tells why it started', () => {
    expect(values('machine.reset_cause() == machine.PWRON_RESET')).toEqual(['True']);
    expect(new ScriptBoard().run('\x04import machine\rmachine.reset_cause()\r')).toContain('reset_cause()\r\n0\r\n');
  });

  test('sleeps, and wakes from a deep sleep as from a reset', () => {
    const board = new ScriptBoard();
    board.run('import machine\rmachine.lightsleep(100)\rmachine.deepsleep(200)\r');
    expect(board.hal.wasReset).toBe(true);
    expect(board.hal.now()).toBe(300);
  });

  test('lacks what a pyboard lacks', () => {
    expect(error('pyb.Foo')).toBe("AttributeError: 'module' object has no attribute 'Foo'");
  });
});
