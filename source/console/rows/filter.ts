import type { GroupStatus, ProcessState, ProcessStatus } from '../../engine/status.ts';

type Test = (group: GroupStatus, process: ProcessStatus) => boolean;

const isState =
  (...states: ProcessState[]): Test =>
  (_, process) =>
    states.includes(process.state);

/** Words that ask for a state; every other word is looked for in the full name. */
const STATE_WORDS: Readonly<Record<string, Test>> = {
  up: (_, process) => process.state === 'running' && process.stalled === null,
  down: isState('stopped', 'exited', 'fatal', 'backoff', 'waiting'),
  running: isState('running'),
  starting: isState('starting'),
  waiting: isState('waiting'),
  stopping: isState('stopping'),
  backoff: isState('backoff'),
  stopped: isState('stopped'),
  exited: isState('exited'),
  fatal: isState('fatal'),
  stalled: (_, process) => process.stalled !== null,
  paused: (_, process) => process.paused !== null,
  changed: (_, process) => Object.keys(process.overrides).length > 0,
};

export const stateWords: readonly string[] = Object.keys(STATE_WORDS);

/** `shop !up /api|web/`: every word must hold; `!` turns one around, `/.../` is a regular expression over the full name. */
export function filterTest(filter: string): Test {
  const tests = wordsIn(filter).map((word): Test => {
    if (!word.startsWith('!')) return wordTest(word);
    const test = wordTest(word.slice(1));
    return (group, process) => !test(group, process);
  });
  return (group, process) => tests.every((test) => test(group, process));
}

/** The regular expression of the filter that is none yet; null: there is nothing wrong. */
export function wrongExpression(filter: string): string | null {
  return wordsIn(filter).find((word) => patternOf(word.replace(/^!/, '')) === 'wrong') ?? null;
}

function wordsIn(filter: string): readonly string[] {
  return filter.split(/\s+/).filter((word) => word !== '' && word !== '!');
}

function wordTest(word: string): Test {
  const pattern = patternOf(word);
  // Nothing matches what cannot be read; the bar says so.
  if (pattern === 'wrong') return () => false;
  if (pattern !== null) return (group, process) => pattern.test(`${group.name}/${process.name}`);
  const plain = word.toLowerCase();
  return STATE_WORDS[plain] ?? ((group, process) => `${group.name}/${process.name}`.toLowerCase().includes(plain));
}

function patternOf(word: string): RegExp | 'wrong' | null {
  const [, source] = /^\/(.+)\/$/.exec(word) ?? [];
  if (source === undefined) return null;
  try {
    return new RegExp(source, 'i');
  } catch {
    return 'wrong';
  }
}
