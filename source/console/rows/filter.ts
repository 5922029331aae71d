import type { Status } from '../../control/protocol.ts';
import type { GroupStatus, ProcessState, ProcessStatus } from '../../engine/status.ts';
import { isBad } from '../condition.ts';

type Test = (group: GroupStatus, process: ProcessStatus) => boolean;

const isState =
  (...states: ProcessState[]): Test =>
  (_, process) =>
    states.includes(process.state);

/** Words that ask for a state; every other word is looked for in the full name. */
const STATE_WORDS: Readonly<Record<string, Test>> = {
  up: (_, process) => process.state === 'running' && process.stalled === null,
  bad: (_, process) => isBad(process),
  down: isState('stopped', 'exited', 'fatal', 'backoff', 'waiting'),
  running: isState('running'),
  starting: isState('starting'),
  waiting: isState('waiting'),
  stopping: isState('stopping'),
  backoff: isState('backoff'),
  stopped: isState('stopped'),
  exited: isState('exited'),
  fatal: isState('fatal'),
  'gave-up': isState('fatal'),
  stalled: (_, process) => process.stalled !== null,
  paused: (_, process) => process.paused !== null,
  changed: (_, process) => Object.keys(process.overrides).length > 0,
};

/** Whoever asks for what is not up does not mean what has ended as it may. */
const NEGATED: Readonly<Record<string, Test>> = {
  up: (group, process) => process.state === 'exited' || STATE_WORDS['up']?.(group, process) === true,
};

export const stateWords: readonly string[] = Object.keys(STATE_WORDS);

/** `shop !up /api|web/`: every word must hold; `!` turns one around, `/.../` is a regular expression over the full name. */
export function filterTest(filter: string): Test {
  const tests = wordsIn(filter).map((word): Test => {
    if (!word.startsWith('!')) return wordTest(word);
    const test = NEGATED[word.slice(1).toLowerCase()] ?? wordTest(word.slice(1));
    return (group, process) => !test(group, process);
  });
  return (group, process) => tests.every((test) => test(group, process));
}

/** What is wrong with a word of the filter. `unknown`: `!` stands before what is neither a state nor part of any name. */
export interface FilterTrouble {
  readonly is: 'wrong' | 'unfinished' | 'unknown';
  readonly word: string;
}

/** Null: there is nothing wrong. */
export function filterTrouble(filter: string, { groups }: Pick<Status, 'groups'>): FilterTrouble | null {
  for (const word of wordsIn(filter)) {
    const bare = word.replace(/^!/, '').toLowerCase();
    if (patternOf(bare) === 'wrong') return { is: 'wrong', word };
    const isNamed = groups.some(({ name, processes }) =>
      processes.some((process) => `${name}/${process.name}`.toLowerCase().includes(bare)),
    );
    if (isNamed || patternOf(bare) !== null) continue;
    if (bare.startsWith('/')) return { is: 'unfinished', word };
    if (word.startsWith('!') && !stateWords.some((state) => state.startsWith(bare))) return { is: 'unknown', word };
  }
  return null;
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
