// What the end of a program that probes says of the process.
import type { Exit } from '../ports/instance.ts';
import type { ProbeVerdict } from '../ports/stall-prober.ts';
import type { Probe } from './probe.ts';

/** What its end and its first line say of the process. */
export type Judge = (exit: Exit, line: string) => ProbeVerdict;

/** Runs the programs that probe. */
export interface ProgramProber {
  /** It finds the pid of the process in PROCSAVER_PID. When its time is over it is killed with its whole tree. */
  probe(command: readonly string[], pid: number, timeoutMs: number, judge: Judge): Probe;
}

/** How it ended, in words. */
function ending(exit: Exit): string {
  if ('code' in exit) return `exit status ${exit.code}`;
  return 'signal' in exit ? `killed by ${exit.signal}` : `ended, ${exit.unknown}`;
}

const withLine = (how: string, line: string) => (line === '' ? how : `${how}: ${line}`);

/** Exit 0 is well, any other end is not. */
export const judgeRun: Judge = (exit, line) => {
  if ('unknown' in exit) return { is: 'unknown', text: withLine(ending(exit), line) };
  if ('code' in exit && exit.code === 0) return { is: 'ok', text: line === '' ? ending(exit) : line };
  return { is: 'critical', text: withLine(ending(exit), line) };
};

/** **The table** of the Monitoring Plugins' exit statuses (their guidelines, "Plugin Return Codes"). */
const nagiosStatuses = ['ok', 'warning', 'critical', 'unknown'] as const;

export const judgeNagios: Judge = (exit, line) => {
  // Behind the bar stand figures for programs.
  const text = (line.split('|')[0] ?? '').trim();
  const is = 'code' in exit ? nagiosStatuses[exit.code] : undefined;
  if (is !== undefined) return { is, text: text === '' ? ending(exit) : text };
  return { is: 'unknown', text: withLine(`not an answer of a plugin, ${ending(exit)}`, text) };
};
