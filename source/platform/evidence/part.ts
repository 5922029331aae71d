// What an incident is made of. Each system brings a table of parts; the folder writes them.
import type { EvidenceRequest } from '../../ports/evidence.ts';
import type { Masks } from '../../profile/secrets.ts';

/** What stands in incident.json of the process itself, as far as the system tells. */
export interface ProcessFacts {
  command?: readonly string[];
  executable?: string;
  environment?: Readonly<Record<string, string>>;
  directory?: string;
  user?: string;
}

/** One incident under way. */
export interface Job {
  readonly request: EvidenceRequest;
  /** Absolute: where its files are being put. */
  readonly folder: string;
  readonly masks: Masks;
  /** Filled by the parts. */
  readonly facts: ProcessFacts;
  /** Function names of each thread's stack, innermost first, and which thread is meant to blame. */
  frames: readonly string[];
  /** What could not be taken, and why: sentences without a full stop. */
  readonly missing: string[];
  /** What is left of its time, in ms; never less than zero. */
  leftMs(): number;
  /** Writes a text file (0600) into its folder, masked; a problem goes into `missing`, and half a file does not stay. */
  write(file: string, text: string): Promise<boolean>;
  /** Adds to a file written before. */
  append(file: string, text: string): Promise<boolean>;
}

export interface Part {
  /** What people who wait are told is being taken: `stack`, `core` ... Its cost stands under this name in incident.json. */
  readonly name: string;
  /** Runs programs or writes much: one at a time over all incidents. */
  readonly isHeavy: boolean;
  isWanted(request: EvidenceRequest): boolean;
  /** Ends within the job's time and a little. What it throws becomes a line of `missing`. */
  take(job: Job): Promise<void>;
}
