import { field, optional } from '../field.ts';
import { command } from '../type/command.ts';
import { dependencies } from '../type/dependencies.ts';
import { duration } from '../type/measure.ts';
import { address, regularExpression, url } from '../type/place.ts';
import { onlyTrue } from '../type/scalar.ts';

/** When the process may start, and when those that wait for it may. */
export const order = {
  dependsOn: field(dependencies(), {
    default: {},
    help: 'Processes that come first: `name` in the same group or `group/name`, each with `started`, `ready` or `completed` (ended successfully).',
  }),
  'ready.http': optional(url(), {
    help: 'Ready when a GET of this URL is answered with a status from 200 to 399.',
    live: true,
  }),
  'ready.tcp': optional(address(), {
    help: 'Ready when a connection is accepted: `host:port`, `:port` or `port` on the loopback, or the absolute path of a Unix socket.',
    live: true,
  }),
  'ready.run': optional(command(), { help: 'Ready when this command exits with 0.', live: true }),
  'ready.output': optional(regularExpression(), {
    help: 'Ready when a line that it wrote since its start matches.',
    kinds: ['command'],
    live: true,
  }),
  'ready.notify': optional(onlyTrue(), {
    help: 'Ready when it says READY=1 on the socket named in NOTIFY_SOCKET, as services of systemd do.',
    kinds: ['command'],
    systems: ['linux'],
    live: true,
  }),
  'ready.after': optional(duration('0s', '24h'), { help: 'Ready when it has run for this long.', live: true }),
  'ready.interval': field(duration('10ms', '1h'), {
    default: '1s',
    help: 'Between two probes; the first ones come sooner.',
    live: true,
  }),
  'ready.timeout': field(duration('10ms', '1h'), { default: '5s', help: 'How long one probe may take.', live: true }),
  'ready.within': field(duration('100ms', '24h'), {
    default: '60s',
    help: 'Not ready by then is a failed start. A `match` entry is looked for this long after its restart script.',
    live: true,
  }),
};

/** Ways of being ready, of which a process has one. */
export const readyProbes = [
  'ready.http',
  'ready.tcp',
  'ready.run',
  'ready.output',
  'ready.notify',
  'ready.after',
] as const;
