import { memory } from '../../format/amount.ts';
import { lasted } from '../../format/duration.ts';
import { widthOf } from '../../format/width.ts';
import type { Language } from '../../notices/notice.ts';
import { exitText } from '../../notices/text.ts';
import type { IncidentFile } from '../../platform/evidence/incident.ts';
import { instanceName, type ReadIncident } from '../../platform/evidence/read-incidents.ts';
import { clean, fold, pad } from '../columns.ts';
import { dayInWords, timestamp } from '../moment.ts';
import { evidenceWord } from './words.ts';

export interface SummaryView {
  readonly language: Language;
  readonly nowMs: number;
  /** Of the terminal; null: as wide as it gets. */
  readonly columns: number | null;
}

/** One incident in words: what, when, how often, what is known of the process, what the evidence cost, what it is made of. */
export function summaryLines({ folder, incident, files }: ReadIncident, view: SummaryView): string[] {
  const { language } = view;
  const word = (id: Parameters<typeof evidenceWord>[0]): string => evidenceWord(id, language);
  const facts: readonly (readonly [string, string])[] = [
    ...(incident.reason.kind === 'down' ? [[word('ended'), exitText(incident.reason.exit, language)] as const] : []),
    [word('like'), likeText(incident, view)],
    [word('ran'), processText(incident, language)],
    ...(incident.command === null ? [] : [[word('command'), incident.command.join(' ')] as const]),
    [word('cost'), costText(incident, language)],
    ...incident.missing.map((sentence, at) => [at === 0 ? word('missing') : '', sentence] as const),
    [word('folder'), folder],
  ];
  const shown = facts.filter(([, text]) => text !== '');
  const width = Math.max(...shown.map(([label]) => widthOf(label)), widthOf(word('files')));
  const sizes = files.map(({ bytes }) => memory(bytes));
  const nameWidth = Math.max(0, ...files.map(({ name }) => widthOf(clean(name))));
  return [
    `#${incident.number}  ${clean(instanceName(incident))}  ${timestamp(Date.parse(incident.at))}`,
    ...folded(clean(incident.text), 0, view),
    '',
    ...shown.flatMap(([label, text]) =>
      folded(clean(text), width + 2, view).map((line, at) => `${pad(at === 0 ? label : '', width)}  ${line}`),
    ),
    ...files.map(
      ({ name }, at) =>
        `${pad(at === 0 ? word('files') : '', width)}  ${pad(clean(name), nameWidth)}  ${pad(sizes[at] ?? '', 5, 'right')}`,
    ),
  ];
}

function likeText({ same, fingerprint }: IncidentFile, { language, nowMs }: SummaryView): string {
  const kind = fingerprint === '' ? '' : ` (${fingerprint})`;
  if (same === null) return evidenceWord('isNew', language) + kind;
  const since = dayInWords(same.sinceMs, nowMs, language);
  return evidenceWord('isSame', language, { number: same.number, times: same.times, since }) + kind;
}

function processText({ instance, uptimeMs, directory, user }: IncidentFile, language: Language): string {
  const known = [
    ...(instance === null ? [] : [evidenceWord('pid', language, { pid: instance.pid })]),
    ...(uptimeMs === null ? [] : [evidenceWord('uptime', language, { time: lasted(uptimeMs) })]),
    ...(user === null ? [] : [evidenceWord('by', language, { user })]),
    ...(directory === null ? [] : [evidenceWord('in', language, { directory })]),
  ];
  return known.join(evidenceWord('comma', language));
}

/** The dearest parts first. */
function costText({ costs }: IncidentFile, language: Language): string {
  const { tookMs, outageMs } = costs;
  const comma = evidenceWord('comma', language);
  const parts = Object.entries(costs.parts)
    .map(([name, ms]) => [name, Math.round(ms)] as const)
    .filter(([, ms]) => ms > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, ms]) => `${name} ${ms} ms`)
    .join(comma);
  const all = evidenceWord(parts === '' ? 'costsAll' : 'costs', language, { tookMs: Math.round(tookMs), parts });
  const outage =
    outageMs > 0
      ? evidenceWord('outage', language, { outageMs: Math.round(outageMs) })
      : evidenceWord('noOutage', language);
  return `${all}; ${outage}`;
}

function folded(text: string, indent: number, { columns }: SummaryView): string[] {
  return fold(text, Math.max(20, (columns ?? Number.POSITIVE_INFINITY) - indent));
}
