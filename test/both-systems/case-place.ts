import type { Status } from '../../source/control/protocol.ts';
import type { ProcessStatus } from '../../source/engine/status.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import type { Outcome } from '../end-to-end/program.ts';

/** Where a case runs: the built program on one system, with what a case needs of that system. */
export interface CasePlace {
  readonly system: 'linux' | 'windows';
  /** As YAML: the command of a program that works until it is ended, with this word on its command line. */
  working(word: string): string;
  /** As YAML: one that writes its pid, starts a child that starts another and ends, so that nobody is the parent of that one. */
  orphaning(word: string): string;
  /** As YAML: one that ends by a crash at once. */
  readonly crashing: string;
  /** As YAML: one that prints the text and ends with the status. */
  ending(status: number, text: string): string;
  /** For `shell: true`: writes 50 KB and a little more each second, each line `a line of output`. */
  readonly chatty: string;
  /** Something else than the engine starts the program that works. */
  startBeside(word: string): void;
  /** The same, as the command of a restart script. */
  startingBeside(word: string): string;
  watch(profile: string): Promise<void>;
  /** As nothing can prevent, and without a word. */
  killEngine(): Promise<void>;
  /** Starts an engine with the profile of before. */
  watchAgain(): Promise<void>;
  kill(pid: number): Promise<void>;
  /** Halts all of it, so that it lives and does nothing. */
  halt(pid: number): Promise<void>;
  /** Pids of living programs with this word on their command line. */
  living(word: string): Promise<number[]>;
  /** Of this Linux. */
  readonly outputFolder: string;
  /** Of this Linux: what the engine remembers. */
  readonly stateFile: string;
  write(name: string, text: string): string;
  command(...words: string[]): Promise<Outcome>;
  done(...words: string[]): Promise<string>;
  status(): Promise<Status>;
  process(name: string): Promise<ProcessStatus>;
  /** Awaits that it runs in all its instances; their pids. */
  running(name: string): Promise<number[]>;
  notices(name?: string): NoticeLine[];
  noticed(id: NoticeLine['id'], options?: { name?: string; times?: number }): Promise<NoticeLine>;
  /** Reads a file of an incident's folder, by the path that the notice names. */
  readonly evidenceFiles: (folder: string) => string[];
}

/** A case that holds on both systems. */
export interface Case {
  readonly name: string;
  readonly run: (place: CasePlace) => Promise<void>;
}

/** How long is waited for what comes by itself: each look takes a second under Wine. */
export const patienceMs = 60_000;
