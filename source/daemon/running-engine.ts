import type { Places } from '../control/places.ts';
import type { ReloadResult } from '../control/protocol.ts';
import type { Language, NoticeLine } from '../notices/notice.ts';

export interface EngineOptions {
  readonly instance: string;
  /** Absolute paths of files or folders; empty: the default folder. */
  readonly profiles: readonly string[];
  readonly places: Places;
  readonly version: string;
  /** Of the notices' texts. */
  readonly language: Language;
  /** What is no notice but must be seen: for stderr. */
  readonly report: (message: string) => void;
  /** Every notice, once it stands in the journal. */
  readonly onNotice?: (line: NoticeLine) => void;
}

export interface RunningEngine {
  /** Ends in order; no process is touched. Resolves when everything is closed. */
  stop(reason: string): Promise<void>;
  /** Reads the profiles again; `by` stands in the notice. */
  reload(by: string): ReloadResult;
  /** Resolves with the exit status when the engine has ended, whoever ended it. */
  readonly ended: Promise<number>;
}
