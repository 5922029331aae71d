import type { IncidentLine, IncidentPart, IncidentSummary } from '../../control/reading-protocol.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import type { Command } from '../command.ts';
import type { Model } from '../model.ts';
import { fileText, pageRows } from '../reading/page-text.ts';
import { visible } from '../reading/pager.ts';
import { type EvidenceScreen, type OpenFile, type OpenIncident, pagerAt } from '../reading/reading-model.ts';
import { isAbout } from '../reading/timeline-lines.ts';

/** More of a file is not read on the screen. */
const MOST_CHARACTERS = 4 * 2 ** 20;
const LONGEST_LINE = 20_000;

/** The order in which one reads them: why it hung, what it said, how it fared before. */
const RANKS: readonly string[] = ['stack.txt', 'output.txt', 'samples.jsonl', 'notices.jsonl', 'incident.json'];

export function evidenceQuestion({ target, incident }: EvidenceScreen): Command[] {
  const all: Command = { is: 'fetch-incidents', target };
  return incident === null ? [all] : [all, { is: 'fetch-incident', number: incident.number }];
}

export function withIncidents(model: Model, target: string, incidents: readonly IncidentLine[]): Model {
  const { screen } = model;
  if (screen.is !== 'evidence' || screen.target !== target) return model;
  // One that was taken meanwhile stands above; the cursor stays on its incident.
  const chosen = screen.incidents?.[screen.index]?.number;
  const found = incidents.findIndex(({ number }) => number === chosen);
  const index = Math.max(0, found >= 0 && screen.index > 0 ? found : 0);
  return { ...model, screen: { ...screen, incidents, index } };
}

/** What is taken while one looks on appears. */
export function evidenceTold(model: Model, line: NoticeLine): Command[] {
  const { screen } = model;
  if (screen.is !== 'evidence' || line.id !== 'dump.taken' || !isAbout(line, screen.target)) return [];
  return [{ is: 'fetch-incidents', target: screen.target }];
}

export function withSummary(model: Model, number: number, told: IncidentSummary): Model {
  const { screen } = model;
  if (screen.is !== 'evidence' || screen.incident?.number !== number) return model;
  const files = [...told.files].sort((a, b) => rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name));
  return withIncident(model, screen, { ...screen.incident, summary: { ...told, files } });
}

function rankOf(name: string): number {
  const rank = RANKS.indexOf(name);
  return rank < 0 ? RANKS.length : rank;
}

/** Enter: the incident under the cursor, or the file. */
export function openItem(model: Model, screen: EvidenceScreen): { model: Model; commands: Command[] } {
  if (screen.incident === null) {
    const number = screen.incidents?.[screen.index]?.number;
    if (number === undefined) return { model, commands: [] };
    const incident: OpenIncident = { number, summary: null, index: 0, file: null };
    return { model: withIncident(model, screen, incident), commands: [{ is: 'fetch-incident', number }] };
  }
  const { number, summary, index, file } = screen.incident;
  const chosen = summary?.files[index];
  if (chosen === undefined || file !== null) return { model, commands: [] };
  const { name, bytes } = chosen;
  const opened: OpenFile = {
    ...{ name, bytes, path: `${summary?.folder}/${name}`, isText: true, next: 0 },
    ...{ lines: [], isOpenEnded: false, isAsking: true, pager: pagerAt(0) },
  };
  return {
    model: withIncident(model, screen, { ...screen.incident, file: opened }),
    commands: [{ is: 'fetch-incident-file', number, name, offset: 0 }],
  };
}

export function withPart(model: Model, number: number, name: string, part: IncidentPart): Model {
  const { screen } = model;
  if (screen.is !== 'evidence' || screen.incident?.number !== number) return model;
  const { file } = screen.incident;
  if (file === null || file.name !== name || !file.isAsking) return model;
  const [first = '', ...rest] = part.text.split('\n');
  const open = file.isOpenEnded ? (file.lines.at(-1) ?? '') : null;
  const added = open === null ? [first, ...rest] : [open + first, ...rest];
  const isOpenEnded = part.next !== null && added.at(-1) !== '';
  // The end of the last line begins no new one.
  if (added.at(-1) === '') added.pop();
  const lines = [...(open === null ? file.lines : file.lines.slice(0, -1)), ...added.map(cut)];
  const isTooMuch = lines.reduce((sum, line) => sum + line.length, 0) > MOST_CHARACTERS;
  const { path, bytes, isText, next } = part;
  // Who stood at the end stays where he was: the end is another one now.
  const before = visible(file.pager, fileText(file, model), pageRows(model)).first;
  const pager = file.pager.top === null ? { ...file.pager, top: before } : file.pager;
  const read: OpenFile = {
    ...file,
    ...{ path, bytes, isText, lines, isOpenEnded, isAsking: false, pager },
    next: isTooMuch ? null : next,
  };
  return withIncident(model, screen, { ...screen.incident, file: read });
}

function cut(line: string): string {
  return line.length <= LONGEST_LINE ? line : line.slice(0, LONGEST_LINE);
}

/** Whoever comes to the end of what was read is given more of it. */
export function moreOfFile(model: Model): { model: Model; commands: Command[] } {
  const { screen } = model;
  const nothing = { model, commands: [] };
  if (screen.is !== 'evidence' || screen.incident === null || model.connection.is !== 'connected') return nothing;
  const { file, number } = screen.incident;
  if (file === null || file.next === null || file.isAsking || file.pager.top !== null) return nothing;
  const asked = withIncident(model, screen, { ...screen.incident, file: { ...file, isAsking: true } });
  return { model: asked, commands: [{ is: 'fetch-incident-file', number, name: file.name, offset: file.next }] };
}

/** One level up; null: the screen itself is left. */
export function closeItem(model: Model, screen: EvidenceScreen): Model | null {
  if (screen.incident === null) return null;
  const incident = screen.incident.file === null ? null : { ...screen.incident, file: null };
  return withIncident(model, screen, incident);
}

export function moveEvidence(model: Model, screen: EvidenceScreen, by: number): Model {
  const { incident } = screen;
  if (incident === null) {
    const last = Math.max(0, (screen.incidents?.length ?? 1) - 1);
    return { ...model, screen: { ...screen, index: Math.max(0, Math.min(last, screen.index + by)) } };
  }
  const last = Math.max(0, (incident.summary?.files.length ?? 1) - 1);
  return withIncident(model, screen, { ...incident, index: Math.max(0, Math.min(last, incident.index + by)) });
}

function withIncident(model: Model, screen: EvidenceScreen, incident: OpenIncident | null): Model {
  return { ...model, screen: { ...screen, incident } };
}
