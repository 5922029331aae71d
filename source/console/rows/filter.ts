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

/** `shop !up`: every word must hold; `!` turns one around. */
export function filterTest(filter: string): Test {
  const tests = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '!')
    .map((word): Test => {
      if (!word.startsWith('!')) return wordTest(word);
      const test = wordTest(word.slice(1));
      return (group, process) => !test(group, process);
    });
  return (group, process) => tests.every((test) => test(group, process));
}

function wordTest(word: string): Test {
  return STATE_WORDS[word] ?? ((group, process) => `${group.name}/${process.name}`.toLowerCase().includes(word));
}
