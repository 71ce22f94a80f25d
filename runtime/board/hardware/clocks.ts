/** The clocks of the processor: which frequencies can be had. */
import { valueError } from '../../python/objects/raise';

/** Processor, AHB, APB1 and APB2, in Hz. */
export type Clocks = readonly [number, number, number, number];

export const FULL_SPEED: Clocks = [168_000_000, 168_000_000, 42_000_000, 84_000_000];

/** What the processor can run at, in MHz. */
const SPEEDS = [8, 16, 24, 30, 32, 36, 40, 42, 48, 54, 56, 60, 64, 72, 84, 96, 108, 120, 144, 168];
const AHB_DIVISORS = [1, 2, 4, 8, 16, 64, 128, 256, 512];
const APB_DIVISORS = [1, 2, 4, 8, 16];

/** The clocks nearest below what is asked for; raises ValueError below the slowest. Missing ones follow the first. */
export function chooseClocks(asked: readonly number[]): Clocks {
  const [cpu = 0] = asked;
  const speed = SPEEDS.filter((mhz) => mhz * 1_000_000 <= cpu).pop();
  if (speed === undefined) throw valueError('invalid freq');
  const processor = speed * 1_000_000;
  const ahb = divided(processor, AHB_DIVISORS, asked[1] ?? cpu);
  return [
    processor,
    ahb,
    divided(ahb, APB_DIVISORS, asked[2] ?? cpu / 4),
    divided(ahb, APB_DIVISORS, asked[3] ?? cpu / 2),
  ];
}

function divided(source: number, divisors: readonly number[], limit: number): number {
  const divisor = divisors.find((d) => source / d <= limit) ?? divisors[divisors.length - 1] ?? 1;
  return Math.floor(source / divisor);
}
