import { EvidenceFolder } from '../../evidence/evidence-folder.ts';
import type { Part } from '../../evidence/part.ts';
import { type CrashDumps, crashDumpPart } from './crash-dumps.ts';
import { machinePart } from './machine-part.ts';
import { minidumpPart } from './minidump-part.ts';
import { factsPart, statusPart, threadsPart } from './process-parts.ts';

/** All that is taken of a process on Windows, in the order in which it is taken: what is worth most for its time comes first. */
function partsOf(crashDumps: CrashDumps): readonly Part[] {
  return [threadsPart, factsPart, statusPart, machinePart, minidumpPart, crashDumpPart(crashDumps)];
}

export interface WindowsEvidenceOptions {
  /** Absolute: `<state>\evidence`. */
  readonly directory: string;
  readonly crashDumps: CrashDumps;
  /** Hears, in whole sentences, what goes wrong beside any incident. */
  readonly problem: (text: string) => void;
}

/** The evidence folder with all that Windows can tell of a process. */
export function openWindowsEvidence({ directory, crashDumps, problem }: WindowsEvidenceOptions): EvidenceFolder {
  return new EvidenceFolder({ directory, problem, parts: partsOf(crashDumps) });
}
