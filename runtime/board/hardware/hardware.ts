/** The devices of the board over its registers, and what happens when the world changes one. */
import type { Interpreter } from '../../python/interpreter/interpreter';
import { toException } from '../../python/interpreter/traceback';
import { exceptionTypes } from '../../python/objects/raise';
import { None, type PyFunction, type PyObject } from '../../python/objects/object';
import { PENDING_PIN, type HardwareRegisters } from '../hardware-registers';
import { FULL_SPEED, type Clocks } from './clocks';

/** Called when an input may have changed. */
export type EdgeWatcher = () => void;

const RED = 1;
const GREEN = 2;
const ERROR_BLINK_MS = 250;

/** The switch's pin is B3, so its line of interrupts is this. */
const SWITCH_LINE = 3;

export class Hardware {
  /** What `pyb.main(…)` in boot.py chose to run instead of main.py. */
  mainScript: string | undefined;
  clocks: Clocks = FULL_SPEED;
  /** That of the present session. */
  interpreter!: Interpreter;
  private watchers: EdgeWatcher[] = [];
  private switchCallback: PyFunction | undefined;
  private switchWasPressed = false;
  private serving = false;
  private newsMeanwhile = false;

  constructor(readonly registers: HardwareRegisters) {}

  /** Puts everything that the board drives into the state after a reset of the processor. */
  powerOn(): void {
    this.registers.reset();
  }

  /** Begins a session: its program has set no callbacks, and LEDs show that the board starts. Pins stay as they are. */
  start(interpreter: Interpreter): void {
    this.interpreter = interpreter;
    this.mainScript = undefined;
    this.watchers = [];
    this.switchCallback = undefined;
    for (const n of [RED, GREEN, 3, 4]) this.registers.setLed(n, n === GREEN ? 255 : 0);
    interpreter.onPending = (bits) => {
      if ((bits & PENDING_PIN) !== 0) this.serve();
    };
  }

  /** Looks at all inputs. A handler is not interrupted by others: what changes meanwhile has its turn afterwards. */
  private serve(): void {
    this.newsMeanwhile = true;
    if (this.serving) return;
    this.serving = true;
    try {
      while (this.newsMeanwhile) {
        this.newsMeanwhile = false;
        this.switchEdge();
        for (const watcher of this.watchers) watcher();
      }
    } finally {
      this.serving = false;
    }
  }

  /** LEDs 2 to 4 are off once boot.py has run. */
  afterBoot(): void {
    for (const n of [GREEN, 3, 4]) this.registers.setLed(n, 0);
  }

  /** Red and green take turns. */
  blinkError(times: number): void {
    for (let i = 0; i < times; i++) {
      for (const on of [RED, GREEN]) {
        this.registers.setLed(RED, on === RED ? 255 : 0);
        this.registers.setLed(GREEN, on === GREEN ? 255 : 0);
        this.delay(ERROR_BLINK_MS);
      }
    }
    this.registers.setLed(GREEN, 0);
  }

  /** Waits, while events are served and Ctrl-C can stop the program. */
  delay(milliseconds: number): void {
    const { hal } = this.interpreter;
    const deadline = hal.now() + milliseconds;
    while (!hal.sleepUntil(deadline)) this.interpreter.poll();
  }

  watch(watcher: EdgeWatcher): void {
    this.watchers.push(watcher);
  }

  /** Has `callback` called whenever USR is pressed, or nothing. */
  setSwitchCallback(callback: PyObject): void {
    this.switchCallback = callback === None ? undefined : () => this.interpreter.call(callback);
    this.switchWasPressed = this.registers.switchPressed;
  }

  private switchEdge(): void {
    const pressed = this.registers.switchPressed;
    const fell = pressed && !this.switchWasPressed;
    this.switchWasPressed = pressed;
    const callback = this.switchCallback;
    if (fell && callback !== undefined && !this.callHard(SWITCH_LINE, callback)) this.switchCallback = undefined;
  }

  /**
   * Calls a handler as an interrupt does. False when it ended in an exception, after which it is not to be called again.
   * Ctrl-C meanwhile stops the program that was interrupted.
   */
  callHard(line: number, handler: PyFunction): boolean {
    try {
      handler();
      return true;
    } catch (e) {
      if (toException(e).cls === exceptionTypes.KeyboardInterrupt) throw e;
      this.interpreter.write(`uncaught exception in ExtInt interrupt handler line ${String(line)}\n`);
      this.interpreter.reportUncaught(e);
      return false;
    }
  }
}
