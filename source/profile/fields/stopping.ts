import { field, optional } from '../field.ts';
import { command } from '../type/command.ts';
import { duration } from '../type/measure.ts';
import { boolean } from '../type/scalar.ts';
import { signal } from '../type/signal.ts';

/** How the process is stopped: asked first, then killed. */
export const stopping = {
  'stop.signal': field(signal(), {
    default: 'TERM',
    help: 'What asks it to end. On Windows `TERM` closes its windows, and where it has none sends Ctrl-C to its console, as `INT` and `CTRL_C` do; `CTRL_BREAK` and `WM_CLOSE` are known there only, and of the other signals KILL.',
    kinds: ['command', 'match'],
    live: true,
  }),
  'stop.run': optional(command(), {
    help: 'Run in place of the signal; PROCSAVER_PID names the process to be stopped.',
    kinds: ['command', 'match'],
    live: true,
  }),
  'stop.grace': field(duration('0s', '24h'), {
    default: '10s',
    help: "Between asking and killing. Of a `service` the time limit of its manager's stop.",
    live: true,
  }),
  'stop.tree': field(boolean(), {
    default: true,
    help: 'Kill all that it started as well, not the process alone.',
    kinds: ['command', 'match'],
    live: true,
  }),
};
