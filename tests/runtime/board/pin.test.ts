import { describe, expect, test } from 'vitest';
import { PENDING_PIN } from '../../../runtime/board/hardware-registers';
import { ScriptBoard, runOnBoard } from '../../support/script-board';

/** What expressions print, with Pin and machine imported, one per line. */
const values = (...expressions: string[]): string[] =>
  runOnBoard(`import machine, pyb\nfrom machine import Pin\n${expressions.map((e) => `print((${e}))`).join('\n')}`)
    .trimEnd()
    .split('\n');

const error = (statement: string): string =>
  runOnBoard(`import machine, pyb\nfrom machine import Pin\n${statement}`).trimEnd().split('\n').pop() ?? '';

describe('Pin', () => {
  test('is one type in machine and pyb', () => {
    expect(values('pyb.Pin is machine.Pin')).toEqual(['True']);
  });

  test('finds a pin by the name of the board, that of the processor, the attribute, or the pin itself', () => {
    expect(
      values("Pin('X1')", "Pin('A0') is Pin('X1')", 'Pin.board.X1 is Pin.cpu.A0', "Pin(Pin('X1')) is Pin('X1')"),
    ).toEqual(['Pin(Pin.cpu.A0, mode=Pin.IN)', 'True', 'True', 'True']);
    expect(error("Pin('X99')")).toBe("ValueError: Pin(X99) doesn't exist");
    expect(error('Pin.board.X99')).toContain('AttributeError');
  });

  test('knows its names, port and number', () => {
    expect(
      values("Pin('X17').names()", "Pin('Y2').name()", "Pin('Y2').port()", "Pin('Y2').pin()", "hex(Pin('Y2').gpio())"),
    ).toEqual(["['B3', 'X17', 'SW']", 'C7', '2', '7', '0x40020800']);
  });

  test.each([
    ["Pin('X1', Pin.OUT)", 'Pin(Pin.cpu.A0, mode=Pin.OUT)'],
    ["Pin('X1', Pin.OPEN_DRAIN)", 'Pin(Pin.cpu.A0, mode=Pin.OPEN_DRAIN)'],
    ["Pin('X1', Pin.IN, Pin.PULL_UP)", 'Pin(Pin.cpu.A0, mode=Pin.IN, pull=Pin.PULL_UP)'],
    ["Pin('X1', Pin.IN, pull=Pin.PULL_DOWN)", 'Pin(Pin.cpu.A0, mode=Pin.IN, pull=Pin.PULL_DOWN)'],
    ["Pin('X1', mode=Pin.ANALOG)", 'Pin(Pin.cpu.A0, mode=Pin.ANALOG)'],
    ["Pin('X1', Pin.ALT, alt=7)", 'Pin(Pin.cpu.A0, mode=Pin.ALT, alt=7)'],
  ])('shows %s as it is', (expression, shown) => {
    expect(values(expression)).toEqual([shown]);
  });

  test.each([
    ["Pin('X1', 99)", 'ValueError: invalid pin mode: 99'],
    ["Pin('X1', Pin.IN, 7)", 'ValueError: invalid pin pull: 7'],
    ["Pin('X1', Pin.ALT)", 'ValueError: invalid pin af: -1'],
    ["Pin('X1', value=1)", "TypeError: 'mode' argument required"],
  ])('refuses %s', (statement, message) => {
    expect(error(statement)).toBe(message);
  });

  test('drives an output in every way of saying so', () => {
    expect(
      values(
        "(p := Pin('X1', Pin.OUT, value=1))()",
        'p.off(), p.value()',
        'p.on(), p()',
        'p(0), p()',
        "p.value('x'), p()",
        'p.low(), p()',
        'p.high(), p()',
      ),
    ).toEqual(['1', '(None, 0)', '(None, 1)', '(None, 0)', '(None, 1)', '(None, 0)', '(None, 1)']);
  });

  test('remembers an output level through a time as an input', () => {
    expect(values("(p := Pin('X1', Pin.OUT, value=1))()", 'p.init(Pin.IN), p()', 'p.init(Pin.OUT), p()')).toEqual([
      '1',
      '(None, 0)',
      '(None, 1)',
    ]);
  });

  test('reads the pull of an open input, and what the world drives', () => {
    expect(values("Pin('X1', Pin.IN, Pin.PULL_UP)()", "Pin('X2', Pin.IN, Pin.PULL_DOWN)()")).toEqual(['1', '0']);
    const board = new ScriptBoard();
    board.registers.apply({ kind: 'pin', pin: 'X1', input: 'high' });
    expect(runOnBoard("from machine import Pin\nprint(Pin('X1', Pin.IN, Pin.PULL_DOWN)())", board)).toBe('1\n');
  });

  test('tells mode, pull and alternate function as numbers', () => {
    expect(values("(p := Pin('X1', Pin.ALT_OPEN_DRAIN, Pin.PULL_UP, 4)).mode()", 'p.pull()', 'p.af()')).toEqual([
      '18',
      '1',
      '4',
    ]);
  });

  test('stays as it is over a soft reset', () => {
    const board = new ScriptBoard();
    board.run("from machine import Pin\rPin('X1', Pin.OUT, value=1)\r\x04");
    expect(board.registers.pinMode('A0')).toBe('output');
    expect(board.registers.pinLevel('A0')).toBe(1);
  });

  test('is found by a mapper and a dictionary', () => {
    expect(
      values(
        "Pin.dict({'green': Pin.board.Y1})",
        "Pin('green')",
        'Pin.mapper(lambda n: Pin.board.Y2 if n == 5 else None)',
        'Pin(5)',
      ),
    ).toEqual(['None', 'Pin(Pin.cpu.C6, mode=Pin.IN)', 'None', 'Pin(Pin.cpu.C7, mode=Pin.IN)']);
  });
});

describe('Pin.irq', () => {
  /** Runs a program that sets handlers and sleeps a second, while X1 goes high at 100 and low at 200 ms. */
  function withEdges(program: string): string {
    const board = new ScriptBoard();
    const drive = (at: number, input: 'high' | 'low'): void => {
      board.hal.at(at, () => {
        board.registers.apply({ kind: 'pin', pin: 'X1', input });
        board.hal.raise(PENDING_PIN);
      });
    };
    drive(100, 'high');
    drive(200, 'low');
    return runOnBoard(`import time\nfrom machine import Pin\np = Pin('X1', Pin.IN)\n${program}\ntime.sleep(1)`, board);
  }

  test('calls the handler with the pin at both edges', () => {
    expect(withEdges('p.irq(lambda p: print(p, p()))')).toBe(
      'Pin(Pin.cpu.A0, mode=Pin.IN) 1\nPin(Pin.cpu.A0, mode=Pin.IN) 0\n',
    );
  });

  test('calls it at the edges chosen', () => {
    expect(withEdges("p.irq(lambda p: print('up'), Pin.IRQ_RISING)")).toBe('up\n');
    expect(withEdges("p.irq(handler=lambda p: print('down'), trigger=Pin.IRQ_FALLING)")).toBe('down\n');
    expect(withEdges("p.irq(lambda p: print('x'))\np.irq(None)")).toBe('');
  });

  test('prints an exception of the handler and keeps it', () => {
    expect(withEdges('p.irq(lambda p: 1/0)').match(/ZeroDivisionError/g)).toHaveLength(2);
  });

  test('drops a hard handler after an exception', () => {
    const output = withEdges('p.irq(lambda p: 1/0, hard=True)');
    expect(output).toMatch(/^uncaught exception in ExtInt interrupt handler line 0\nTraceback/);
    expect(output.match(/ZeroDivisionError/g)).toHaveLength(1);
  });

  test('refuses a second pin of the same number', () => {
    expect(error("Pin('X1').irq(print)\nPin('Y11').irq(print)")).toBe(
      "OSError: IRQ resource already taken by Pin('A0')",
    );
  });
});

describe('Signal', () => {
  test('inverts what it is told to', () => {
    expect(
      values(
        "(s := machine.Signal(p := Pin('X1', Pin.OUT), invert=True)).on()",
        'p(), s(), s.value()',
        's.off(), p()',
        "machine.Signal('X2', Pin.OUT, value=1, invert=True)(), Pin('X2')()",
        's(1), machine.Signal(s, invert=True)()',
      ),
    ).toEqual(['None', '(0, 1, 1)', '(None, 1)', '(1, 0)', '(None, 0)']);
  });
});
