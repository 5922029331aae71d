import { EvidenceFolder } from '../../evidence/evidence-folder.ts';
import { whoElseMayWrite } from '../safe-file.ts';
import { linuxParts } from './linux-parts.ts';
import { killTools } from './tool.ts';

export interface LinuxEvidenceOptions {
  /** Absolute: `<state>/evidence`. */
  readonly directory: string;
  /** Hears, in whole sentences, what goes wrong beside any incident. */
  readonly problem: (text: string) => void;
}

/** The evidence folder with all that Linux can tell of a process. */
export function openLinuxEvidence({ directory, problem }: LinuxEvidenceOptions): EvidenceFolder {
  return new EvidenceFolder({
    directory,
    problem,
    parts: linuxParts,
    // Another user's folder above is a user's own affair; root must not be led by it.
    whyUnsafe: (path) => (process.geteuid?.() === 0 ? whoElseMayWrite(path) : null),
    close: killTools,
  });
}
