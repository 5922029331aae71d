import { field, optional } from '../field.ts';
import { listOf } from '../type/collection.ts';
import { command } from '../type/command.ts';
import { duration } from '../type/measure.ts';
import { choice, number } from '../type/scalar.ts';

/** Whether, how often and how fast the process is brought back. */
export const restarting = {
  'restart.when': field(choice('always', 'on-failure', 'never'), {
    default: 'always',
    help: 'After which ends it is restarted. A failure is a signal, or an exit code that is not among `successExitCodes`.',
    live: true,
  }),
  'restart.limit': field(number({ min: 0, max: 1000, whole: true }), {
    default: 3,
    help: 'Restarts allowed within `restart.within`. One more failure means giving up.',
    live: true,
  }),
  'restart.within': field(duration('1s', '30d'), {
    default: '24h',
    help: 'The sliding window in which restarts are counted.',
    live: true,
  }),
  'restart.delay': field(duration('0s', '24h'), {
    default: '0s',
    help: 'Before the first restart within the window.',
    live: true,
  }),
  'restart.backoff.initial': field(duration('0s', '24h'), {
    default: '1s',
    help: 'Before the second restart within the window.',
    live: true,
  }),
  'restart.backoff.factor': field(number({ min: 1, max: 100, whole: false }), {
    default: 2,
    help: 'The pause before each further restart is longer by this.',
    live: true,
  }),
  'restart.backoff.max': field(duration('0s', '24h'), {
    default: '60s',
    help: 'The pause before a restart never grows beyond this.',
    live: true,
  }),
  'restart.backoff.jitter': field(number({ min: 0, max: 1, whole: false }), {
    default: 0.1,
    help: 'The pause varies at random by this share of itself, so that many do not restart in step.',
    live: true,
  }),
  'restart.run': optional(command(), {
    help: 'The restart script of a `match` entry. Without one it is watched and reported, and never brought back.',
    kinds: ['match'],
    live: true,
  }),
  'restart.timeout': field(duration('100ms', '24h'), {
    default: '60s',
    help: "Time limit of the restart script; of a `service` that of its manager's start.",
    kinds: ['match', 'service'],
    live: true,
  }),
  'restart.successExitCodes': field(listOf(number({ min: 0, max: 255, whole: true }), 'list of numbers'), {
    default: [0],
    help: 'Exit codes that are no failure.',
    live: true,
  }),
};
