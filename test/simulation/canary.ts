import { boundCanaries } from './canaries/bounds.ts';
import { instanceCanaries } from './canaries/instances.ts';
import { operatorCanaries } from './canaries/operator.ts';
import { recoveryCanaries } from './canaries/recovery.ts';
import { restartingCanaries } from './canaries/restarting.ts';
import { stallCanaries } from './canaries/stalls.ts';
import { startingCanaries } from './canaries/starting.ts';
import { stoppingCanaries } from './canaries/stopping.ts';
import { turnCanaries } from './canaries/turns.ts';
import type { Canary } from './planted.ts';

/** For each law, by its name, an engine that breaks it: a law that does not catch its canary proves nothing. */
export const canaries: Readonly<Record<string, Canary>> = {
  ...instanceCanaries,
  ...startingCanaries,
  ...turnCanaries,
  ...restartingCanaries,
  ...stoppingCanaries,
  ...operatorCanaries,
  ...boundCanaries,
  ...recoveryCanaries,
  ...stallCanaries,
};
