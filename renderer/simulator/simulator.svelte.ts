/** Defines Simulator: the simulated board's outside as the panel shows and drives it. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { SIMULATED_BOARD, type HardwareSnapshot, type PanelInput, type PinInput } from '../../runtime/contract/types';
import { type App } from '../state/app.svelte';
import { type Board } from '../state/board.svelte';
import { LedMeter, type SteadyLed } from './led-meter';
import { COUNTS_PER_G, HIGHEST_COUNT, LOWEST_COUNT, boardWords, ledsWords } from './words';

export interface Tilt {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** 45° in raw counts. */
const SLOPE = Math.round(COUNTS_PER_G * Math.SQRT1_2);

/** The buttons for the accelerometer. */
export const TILTS: readonly { readonly label: string; readonly tilt: Tilt }[] = [
  { label: 'Lay flat', tilt: { x: 0, y: 0, z: COUNTS_PER_G } },
  { label: 'Tilt left', tilt: { x: -SLOPE, y: 0, z: SLOPE } },
  { label: 'Tilt right', tilt: { x: SLOPE, y: 0, z: SLOPE } },
  { label: 'Tilt forward', tilt: { x: 0, y: SLOPE, z: SLOPE } },
  { label: 'Tilt back', tilt: { x: 0, y: -SLOPE, z: SLOPE } },
  { label: 'Upside down', tilt: { x: 0, y: 0, z: -COUNTS_PER_G } },
];

/** The pins that have an analogue-to-digital converter. */
export const ADC_PINS = 'X1 X2 X3 X4 X5 X6 X7 X8 X11 X12 X19 X20 X21 X22 Y11 Y12'.split(' ');

/** What a person just moved is not moved back by a snapshot that was under way. */
const OWN_MS = 400;
const LED_WORDS_MS = 500;
const PRESS_MS = 200;
const NOISE_MS = 50;
const SHAKE_STEPS = 12;

export class Simulator {
  /** Null until the board has told of itself. */
  snapshot = $state.raw<HardwareSnapshot | null>(null);
  /** The LEDs in words, made anew twice a second at most. */
  ledsWords = $state('');
  /** The LEDs as they are drawn with reduced motion. */
  steadyLeds = $state.raw<readonly SteadyLed[]>([]);
  /** The accelerometer as a person set it, in raw counts; noise and shaking come on top. */
  tilt = $state.raw<Tilt>({ x: 0, y: 0, z: COUNTS_PER_G });
  noise = $state(false);
  /** USR stays pressed. */
  hold = $state(false);
  /** Voltages on the analogue pins, 0 to 4095. */
  readonly adc = new SvelteMap<string, number>();
  /** Analogue pins that a person asked for before a program opened them. */
  readonly addedPins = new SvelteSet<string>();
  readonly #app: App;
  readonly #meters = [new LedMeter(), new LedMeter(), new LedMeter(), new LedMeter()];
  #watchers = 0;
  #endWatch: (() => void) | undefined;
  #tiltTouched = 0;
  #adcTouched = 0;
  #ledTimer: ReturnType<typeof setInterval> | undefined;
  #moveTimer: ReturnType<typeof setInterval> | undefined;
  #shakes = 0;

  constructor(app: App) {
    this.#app = app;
    app.api.on('sim:hardware', (snapshot) => {
      if (snapshot.board === SIMULATED_BOARD) this.#take(snapshot);
    });
    const { commands } = app;
    commands.handle('sim.user', () => this.#pressShortly());
    commands.handle('sim.reset', () => this.reset());
    commands.handle('sim.readOut', () => this.#readOut());
  }

  get board(): Board | undefined {
    return this.#app.boards.find(SIMULATED_BOARD);
  }

  /** The board is there and has told of itself, so that the controls do something. */
  get live(): boolean {
    const state = this.board?.state.name ?? 'closed';
    return this.snapshot !== null && !['closed', 'connecting', 'starting', 'lost'].includes(state);
  }

  /** Asks the board to tell of itself until the returned function is called. */
  watch(): () => void {
    this.#watchers++;
    if (this.#watchers === 1) {
      this.#endWatch = $effect.root(() => {
        // A board that was started again has forgotten who watches.
        $effect(() => {
          if (this.board?.connected !== true) return;
          void this.#app.api.call('sim:watch', SIMULATED_BOARD, true).catch(() => undefined);
          return () => void this.#app.api.call('sim:watch', SIMULATED_BOARD, false).catch(() => undefined);
        });
      });
      this.#ledTimer = setInterval(() => this.#describeLeds(), LED_WORDS_MS);
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#watchers--;
      if (this.#watchers > 0) return;
      this.#endWatch?.();
      clearInterval(this.#ledTimer);
    };
  }

  pressUser(pressed: boolean): void {
    this.#send({ kind: 'switch', pressed: pressed || this.hold });
  }

  setHold(hold: boolean): void {
    this.hold = hold;
    this.pressUser(hold);
  }

  reset(): void {
    this.#send({ kind: 'reset' });
  }

  setTilt(tilt: Tilt): void {
    this.tilt = { x: inRange(tilt.x), y: inRange(tilt.y), z: inRange(tilt.z) };
    this.#sendTilt(this.tilt);
  }

  /** Tilts as a board lies on a hand: what x and y leave of gravity is on z. In raw counts. */
  tiltTo(x: number, y: number): void {
    const length = Math.hypot(x, y);
    const shrink = length > COUNTS_PER_G ? COUNTS_PER_G / length : 1;
    const [sx, sy] = [x * shrink, y * shrink];
    this.setTilt({ x: sx, y: sy, z: Math.sqrt(Math.max(0, COUNTS_PER_G ** 2 - sx ** 2 - sy ** 2)) });
  }

  setNoise(noise: boolean): void {
    this.noise = noise;
    this.#move();
  }

  shake(): void {
    this.#shakes = SHAKE_STEPS;
    this.#move();
  }

  /** 0 to 4095. */
  setAdc(pin: string, value: number): void {
    this.#adcTouched = Date.now();
    this.adc.set(pin, value);
    this.#send({ kind: 'adc', pin, value });
  }

  addPin(pin: string): void {
    this.addedPins.add(pin);
    this.setAdc(pin, this.adc.get(pin) ?? 0);
  }

  setPin(pin: string, input: PinInput): void {
    this.#send({ kind: 'pin', pin, input });
  }

  #take(snapshot: HardwareSnapshot): void {
    const first = this.snapshot === null;
    this.snapshot = snapshot;
    const now = Date.now();
    if (now - this.#tiltTouched > OWN_MS && this.#moveTimer === undefined) this.tilt = snapshot.accel;
    if (now - this.#adcTouched > OWN_MS) {
      for (const { pin, value } of snapshot.adc) this.adc.set(pin, value);
    }
    this.#meters.forEach((meter, index) => meter.note(snapshot.leds[index] ?? 0, now / 1000));
    if (first) this.#describeLeds();
  }

  #describeLeds(): void {
    if (this.snapshot === null) return;
    this.ledsWords = ledsWords(this.snapshot.leds);
    this.steadyLeds = this.#meters.map((meter) => meter.steady(Date.now() / 1000));
  }

  #sendTilt({ x, y, z }: Tilt): void {
    this.#tiltTouched = Date.now();
    this.#send({ kind: 'accel', x: inRange(x), y: inRange(y), z: inRange(z) });
  }

  /** Noise and shaking: small or large steps around the tilt that was set, until neither is wanted. */
  #move(): void {
    this.#moveTimer ??= setInterval(() => {
      const shaking = this.#shakes > 0;
      if (shaking) this.#shakes--;
      const reach = this.#shakes > 0 ? HIGHEST_COUNT : this.noise ? 1 : 0;
      const off = (): number => Math.round((Math.random() * 2 - 1) * reach);
      this.#sendTilt({ x: this.tilt.x + off(), y: this.tilt.y + off(), z: this.tilt.z + off() });
      if (reach > 0) return;
      clearInterval(this.#moveTimer);
      this.#moveTimer = undefined;
    }, NOISE_MS);
  }

  async #pressShortly(): Promise<void> {
    this.pressUser(true);
    await new Promise((resolve) => setTimeout(resolve, PRESS_MS));
    this.pressUser(false);
  }

  async #readOut(): Promise<void> {
    const snapshot = this.#watchers > 0 ? this.snapshot : await this.#nextSnapshot();
    if (snapshot !== null) this.#app.announcer.say(boardWords(snapshot));
  }

  /** While nobody watches, the last snapshot is of any age. */
  #nextSnapshot(): Promise<HardwareSnapshot> {
    return new Promise((resolve) => {
      const stopListening = this.#app.api.on('sim:hardware', (snapshot) => {
        stopListening();
        stopWatching();
        resolve(snapshot);
      });
      const stopWatching = this.watch();
    });
  }

  #send(input: PanelInput): void {
    void this.#app.api.call('sim:input', SIMULATED_BOARD, input).catch((error: unknown) => {
      this.#app.report(error, { key: 'sim' });
    });
  }
}

function inRange(counts: number): number {
  return Math.min(HIGHEST_COUNT, Math.max(LOWEST_COUNT, Math.round(counts)));
}

const simulatorsByApp = new WeakMap<App, Simulator>();

/** The simulated board of a window; made, with its commands, when first asked for. */
export function simulatorOf(app: App): Simulator {
  const known = simulatorsByApp.get(app);
  if (known !== undefined) return known;
  const made = new Simulator(app);
  simulatorsByApp.set(app, made);
  return made;
}
