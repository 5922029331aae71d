import type { Part } from '../../evidence/part.ts';
import { deadCorePart, livingCorePart } from './core-parts.ts';
import { machinePart } from './machine-part.ts';
import { cgroupPart, factsPart, limitsPart, mapsPart, openFilesPart, statusPart } from './process-parts.ts';
import { deadStackPart, livingStackPart, threadsPart } from './stack-parts.ts';

/** All that is taken of a process on Linux, in the order in which it is taken: what is worth most for its time comes first. */
export const linuxParts: readonly Part[] = [
  threadsPart,
  factsPart,
  statusPart,
  openFilesPart,
  limitsPart,
  cgroupPart,
  mapsPart,
  machinePart,
  livingStackPart,
  livingCorePart,
  deadCorePart,
  deadStackPart,
];
