import { test } from 'vitest';
import { isWineSetUp } from './wine.ts';

/** A test that needs Windows; skipped where there is none, which the set-up of these tests says once for all. */
export const onWindows = test.runIf(isWineSetUp);
