// The models of the golden screens, and their frames as Ink draws them.
import { renderToString } from 'ink';
import type { Message } from '../../source/console/message.ts';
import type { Model, Size } from '../../source/console/model.ts';
import { startModel } from '../../source/console/start-model.ts';
import type { ThemeName } from '../../source/console/theme.ts';
import { update } from '../../source/console/update.ts';
import { Screen } from '../../source/console/view/screen.tsx';
import type { Language } from '../../source/notices/notice.ts';
import { incident, incidentFile, incidents, outputSince } from '../console/evidence.ts';
import { notices, nowMs, output, parameters, status } from '../console/fixtures.ts';
import { restarts, samples } from '../console/recent-past.ts';
import { live, stalledStatus } from '../console/stalled.ts';
import { difference, explanations, troubledStatus } from '../console/troubled.ts';

export interface Look {
  readonly size: Size;
  readonly language: Language;
  readonly ascii: boolean;
  readonly theme: ThemeName;
}

const stalled: Message = { is: 'changed', whole: true, ...stalledStatus() };
const troubled: Message = { is: 'changed', whole: true, ...troubledStatus() };

/** What the engine answers when the details open. */
function fetched(target: string, lines: readonly string[]): readonly Message[] {
  return [
    { is: 'explained', target, explanations: explanations(target).slice(0, 1) },
    { is: 'parameters', target, parameters },
    { is: 'samples', target, samples: samples(target) },
    { is: 'incidents', target, incidents: target === 'shop/api' ? incidents(target) : [] },
    { is: 'restarts', target, restarts: target === 'shop/api' ? restarts(target) : [] },
    { is: 'output', target, lines },
  ];
}

const outputOf = (target: string): Message => ({ is: 'output-since', target, output: outputSince(target, {}) });
const fileOf = (name: string): Message => ({ is: 'incident-file', number: 31, name, part: incidentFile(name) });
const toIncident: readonly (string | Message)[] = [
  ...['down', 'down', 'E'],
  { is: 'incidents', target: 'shop/api', incidents: incidents('shop/api') },
  'enter',
  { is: 'incident', number: 31, summary: incident(31) },
];

/** What was pressed and told until the screen looks so. Keys stand as they are, or in words: `Enter`, `Down`. */
export const screens: Readonly<Record<string, readonly (string | Message)[]>> = {
  list: ['down', 'down'],
  folded: ['z', 'down'],
  slots: ['down', 'down', 'down', 'right'],
  filtered: ['/', ...'!up'],
  details: ['down', 'down', 'enter', ...fetched('shop/api', output)],
  counted: ['down', 'down', 'down', 'enter', ...fetched('shop/worker', [])],
  fatal: ['down', 'down', 'down', 'down', 'down', 'enter', ...fetched('batch/nightly', output)],
  waits: [...Array.from({ length: 6 }, () => 'down'), 'enter', ...fetched('batch/import', [])],
  parameters: ['down', 'down', 'e', { is: 'parameters', target: 'shop/api', parameters }, 'down', 'down'],
  editing: ['down', 'down', 'e', { is: 'parameters', target: 'shop/api', parameters }, 'down', 'enter', 'ctrl-u', '5'],
  pause: ['p', ...'patching the database', 'right'],
  'pause-typed': ['p', ...'patching', 'left', ...'17:3'],
  why: ['down', 'down', 'down', 'down', 'w', { is: 'explained', target: 'batch', explanations: explanations('batch') }],
  write: [
    ...['down', 'down', 'e'],
    { is: 'parameters', target: 'shop/api', parameters },
    'w',
    { is: 'difference', target: 'shop/api', difference: { ok: true, files: difference } },
  ],
  stalled: [stalled, 'down', 'down'],
  'stalled-details': [stalled, 'down', 'down', 'enter', ...fetched('shop/api', output)],
  stalls: [
    ...[stalled, 'S', 'down'],
    { is: 'threads', target: 'shop/database', looks: live('shop/database') },
    { is: 'tick', nowMs: nowMs + 27_000 },
  ],
  'stalls-asking': [stalled, 'S'],
  'stalls-none': ['S'],
  dumping: [
    ...[stalled, 'down', 'down', 'd'],
    { is: 'progress', incident: 'a.i7', process: 'shop/api', stage: 'stack' },
  ],
  troubled: [troubled, 'g'],
  problems: [troubled, '!'],
  group: [troubled, 'g', 'enter'],
  'group-restart': [troubled, 'g', 'r'],
  found: [troubled, 'g', 'down', 'down', 'down', 'enter', { is: 'output', target: 'farm/python', lines: [] }],
  sort: ['o', 'right', 'right', 'right', 'right', 'right', ' '],
  marked: [' ', ' '],
  columns: ['O', ' ', 'right', 'right', 'right'],
  'sorted-filtered': [':', ...'sort state', 'enter', '/', ...'!up', 'enter'],
  prompt: [':', ...'pause shop/', 'tab', 'tab'],
  'prompt-wrong': [':', ...'pause shop --fro 2h'],
  'prompt-fields': [...[':', ...'set shop/api '], { is: 'parameters', target: 'shop/api', parameters }, ...'restart.w'],
  timeline: ['t', 'a', { is: 'events', target: '*', lines: notices }, 'k'],
  'timeline-filter': ['t', 'a', '/', ...'gateway'],
  output: ['g', 'l', outputOf('shop')],
  'output-found': ['g', 'l', outputOf('shop'), 'w', '/', ...'order', 'enter'],
  evidence: ['E', 'a', { is: 'incidents', target: '*', incidents: incidents(null) }, 'down'],
  incident: [...toIncident],
  stack: [...toIncident, 'enter', fileOf('stack.txt'), '/', ...'cart_', 'enter'],
  samples: [...toIncident, 'down', 'down', 'enter', fileOf('samples.jsonl')],
  trace: [...toIncident, 'down', 'down', 'down', 'enter', fileOf('notices.jsonl')],
  core: [...toIncident, 'end', 'enter', fileOf('core.4431')],
  stop: ['s'],
  'restart-asked': ['down', 'down', 'r'],
  quit: ['q'],
  help: ['?'],
  'help-end': ['?', 'end'],
  'filter-unknown': ['/', ...'!runing'],
  impossible: ['down', 'c'],
  lost: ['down', { is: 'lost', nowMs, nextAttemptAtMs: nowMs + 4000 }],
};

function modelOf(name: string, look: Look, more: readonly string[]): Model {
  const start = startModel({ ...look, embedded: true, nowMs, status, notices });
  return [...(screens[name] ?? []), ...more].reduce<Model>(
    (model, told) => update(model, typeof told === 'string' ? { is: 'key', key: told } : told).model,
    start,
  );
}

/** `more`: keys that are pressed then. */
export function frameOf(name: string, look: Look, more: readonly string[] = []): string {
  return renderToString(<Screen model={modelOf(name, look, more)} />, { columns: look.size.columns });
}
