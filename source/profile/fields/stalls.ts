import { field, optional } from '../field.ts';
import { command } from '../type/command.ts';
import { duration, limit, percent } from '../type/measure.ts';
import { address, path, url } from '../type/place.ts';
import { sampled } from '../type/resource-rules.ts';
import { choice, number } from '../type/scalar.ts';

/** Signs without which a living process counts as hanging, and what follows. */
export const stalls = {
  'stall.heartbeat': optional(limit('100ms', '30d'), {
    help: 'Stalled when it gives no sign of life for so long: WATCHDOG=1 on NOTIFY_SOCKET, `procsaver heartbeat`, or a change of `heartbeatFile`. A `command` finds the limit in WATCHDOG_USEC; a change of it reaches there with the next start only.',
    live: true,
  }),
  'stall.heartbeatFile': optional(path(), {
    help: "A file whose change is a heartbeat too. `%n` stands for the number of the instance. Relative to the profile's folder.",
    live: true,
  }),
  'stall.output': optional(limit('100ms', '30d'), {
    help: 'Stalled when nothing was written to its output, or to `outputFile`, for so long.',
    live: true,
  }),
  'stall.outputFile': optional(path(), {
    help: "The file that is watched in place of its output; `match` and `service` entries need one. `%n` stands for the number of the instance. Relative to the profile's folder.",
    live: true,
  }),
  'stall.cpu.unchangedFor': optional(limit('1s', '30d', sampled), {
    help: 'Stalled when its CPU time, with that of all that it started, did not move for so long.',
    live: true,
  }),
  'stall.spinning.above': field(percent('1%', '6400%'), {
    default: '95%',
    help: 'Stalled when it used this much of one core for all of `stall.spinning.for`; four whole cores are 400%.',
    live: true,
  }),
  'stall.spinning.for': optional(limit('1s', '30d', sampled), {
    help: 'How long it may use that much.',
    live: true,
  }),
  'stall.blocked': optional(limit('1s', '30d', sampled), {
    help: 'Stalled when for so long every thread was in uninterruptible sleep (D), or the process was stopped (T); on Windows suspended.',
    live: true,
  }),
  'stall.window': optional(limit('1s', '30d', sampled), {
    help: 'Stalled when its window did not answer messages for so long.',
    systems: ['windows'],
    live: true,
  }),
  'stall.probe.http': optional(url(), {
    help: 'Asks for this URL; any status from 200 to 399 is well.',
    live: true,
  }),
  'stall.probe.tcp': optional(address(), {
    help: 'Connects: `host:port`, `:port` or `port` on the loopback, or the absolute path of a Unix socket.',
    live: true,
  }),
  'stall.probe.run': optional(command(), {
    help: 'Runs this command; exit 0 is well. PROCSAVER_PID names the process.',
    live: true,
  }),
  'stall.probe.nagios': optional(command(), {
    help: 'Runs a program of the Monitoring Plugins, such as check_http: exit 0 is well, 1 (warning) and 3 (unknown) are said and no failure, 2 is one. PROCSAVER_PID names the process.',
    live: true,
  }),
  'stall.probe.interval': field(limit('100ms', '24h'), {
    default: '10s',
    help: 'Between two probes.',
    live: true,
  }),
  'stall.probe.timeout': field(duration('10ms', '1h'), {
    default: '5s',
    help: 'How long one probe may take; longer is a failure.',
    live: true,
  }),
  'stall.probe.failures': field(number({ min: 1, max: 1000, whole: true }), {
    default: 3,
    help: 'So many failures in a row are a stall.',
    live: true,
  }),
  onStall: field(choice('restart', 'dump', 'alert'), {
    default: 'restart',
    help: 'What follows from a stall: `alert` says it; `dump` takes evidence as well and leaves it running; `restart` takes evidence, then restarts, which counts as after any failure; with `restart.when: never` it is as `dump`.',
    live: true,
  }),
};

/** Ways of asking a running process, of which it has one. */
export const stallProbes = ['stall.probe.http', 'stall.probe.tcp', 'stall.probe.run', 'stall.probe.nagios'] as const;
