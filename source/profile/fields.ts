import { type FieldTable, field, kinds, type ValuesOf } from './field.ts';
import { evidence } from './fields/evidence.ts';
import { howItRuns } from './fields/how-it-runs.ts';
import { order, readyProbes } from './fields/order.ts';
import { restarting } from './fields/restarting.ts';
import { stallProbes, stalls } from './fields/stalls.ts';
import { stopping } from './fields/stopping.ts';
import { whatItIs } from './fields/what-it-is.ts';
import { escalation } from './type/escalation.ts';
import { duration, size } from './type/measure.ts';
import { boolean, choice, number, text } from './type/scalar.ts';

/** THE table: every field of a process by its path. Nothing about fields is said anywhere else. */
export const processFields = {
  ...whatItIs,
  ...howItRuns,
  ...order,
  ...stopping,
  ...restarting,
  ...stalls,
  ...evidence,
};

export type ProcessValues = ValuesOf<typeof processFields>;

/** The same table seen without its value types, for code that goes through all of it. */
export const processTable: FieldTable = processFields;

/** Fields of a group; `defaults` and `processes` stand beside them. */
export const groupFields = {
  description: field(text({ mayBeEmpty: true }), { default: '', help: 'What the group is, for people.' }),
  strategy: field(choice('one-for-one', 'one-for-all', 'rest-for-one'), {
    default: 'one-for-one',
    help: 'What is restarted when a process failed: it alone; all of the group; it and those that depend on it, directly or not. With the last two the group gives up as a whole.',
  }),
  escalation: field(escalation(), {
    default: 'continue',
    help: 'What happens when a process gives up: `continue` leaves it down and watches the others on; `exit` ends the daemon with status 3, the other processes untouched, so that whatever watches the daemon acts; `failover` tells the cluster; `reboot` restarts the machine, with `allowReboot` alone; `{ run: [...] }` runs a program; `{ plugin: name }` asks a plugin.',
  }),
  paused: field(boolean(), { default: false, help: 'Monitoring of the group begins paused.' }),
};

/** Fields of the whole profile; `defaults` and `groups` stand beside them. */
export const topFields = {
  allowReboot: field(boolean(), {
    default: false,
    help: 'Whether an escalation may reboot the machine. Of several files one that says so is enough.',
  }),
  restartsPerSecond: field(number({ min: 1, max: 1000, whole: true }), {
    default: 20,
    help: 'The brake on restart storms: over all groups no more restarts than this begin within a second, the others queue. First starts are not braked. Of several files that say it the smallest number holds.',
  }),
  evidenceMaxSize: field(size('1M', '100T'), {
    default: '1G',
    help: 'All incidents together hold no more than this; the oldest go first. Of several files that say it the smallest size holds.',
  }),
  evidenceWithin: field(duration('100ms', '10m'), {
    default: '5s',
    help: 'How long the evidence of one incident may take; then the process is restarted no matter what. Of several files that say it the shortest time holds.',
  }),
};

/** Maps that hold fields, with what they are about. */
export const sections: Readonly<Record<string, string>> = {
  match: 'Finds a process that something else starts. All that is given must hold.',
  output: 'The file that the process writes its output into, and its rotation.',
  ready: `When the process counts as ready: exactly one of ${readyProbes.map((path) => path.slice(6)).join(', ')}. Without it, as soon as it runs.`,
  stop: 'How the process is stopped: asked first, then killed.',
  restart: 'Whether, how often and how fast the process is brought back.',
  'restart.backoff': 'The pause before the second and each further restart within the window.',
  stall:
    'Signs without which a living process counts as hanging; any number of them. None is looked for before it is ready, or while it is paused.',
  'stall.cpu': 'Of a process that always has something to do.',
  'stall.spinning': 'Of a process that should never be busy for long.',
  'stall.probe': `Asks the running process again and again: exactly one of ${stallProbes.map((path) => path.slice(12)).join(', ')}.`,
};

/** The parts of the table under their headings, as people read about them. */
export const chapters = [
  { title: 'What it is', fields: whatItIs },
  { title: 'How it runs', fields: howItRuns },
  { title: 'Order', fields: order },
  { title: 'Stopping', fields: stopping },
  { title: 'Restarting', fields: restarting },
  { title: 'Stalls', fields: stalls },
  { title: 'Rules and evidence', fields: evidence },
] as const satisfies readonly { readonly title: string; readonly fields: FieldTable }[];

/** Fields of which a process has one: the nearest one written takes the place of those in `defaults`. */
export const alternatives: readonly (readonly string[])[] = [kinds, readyProbes, stallProbes];
