// Tests that need something npm does not bring: left out where it is absent, which the runner lists, or with
// REQUIRE_ALL=1 counts as failed. In a journey: `test.skip(!has('qemu'), needs('qemu'))`.
import { describe, it } from 'vitest';
import { type Component, has, needs } from '../../main/dev/components.mjs';

/** `it`, for a test that needs the named component. The test's name ends with what it needs. */
export function itWith(component: Component, name: string, test: () => Promise<void> | void, timeout?: number): void {
  it.skipIf(!has(component))(`${name} ${needs(component)}`, test, timeout);
}

/** `describe`, for tests that all need the named component. */
export function describeWith(component: Component, name: string, tests: () => void): void {
  describe.skipIf(!has(component))(`${name} ${needs(component)}`, tests);
}
