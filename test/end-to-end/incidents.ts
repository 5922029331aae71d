// Incidents as an operator gets at them: by `evidence list --json`, and by the files in their folders.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../scripts/run.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import type { IncidentFile } from '../../source/platform/evidence/incident.ts';
import type { Workplace } from './workplace.ts';

/** One line of `evidence list --json`. */
export interface ListedIncident {
  readonly number: number;
  readonly at: string;
  readonly process: string;
  readonly reason: string;
  readonly text: string;
  readonly fingerprint: string;
  readonly same: { readonly number: number; readonly times: number; readonly since: string } | null;
  readonly folder: string | null;
}

/** Oldest first: of one process (`group/process`), where it is named. */
export async function incidentsOf(place: Workplace, name?: string): Promise<ListedIncident[]> {
  const target = name === undefined ? [] : [name];
  return (JSON.parse(await place.done('evidence', 'list', ...target, '--json')) as ListedIncident[]).toReversed();
}

/** A folder that was named in a notice or in a list. */
export class Incident {
  readonly folder: string;
  readonly file: IncidentFile;

  constructor(folder: string) {
    this.folder = folder;
    this.file = JSON.parse(this.text('incident.json')) as IncidentFile;
  }

  text(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  bytes(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  lines(name: string): Record<string, unknown>[] {
    const lines = this.text(name).split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

/** Awaits that so many incidents of the process are complete; returns the last of them. */
export async function incidentTaken(
  place: Workplace,
  name: string,
  options: { times?: number; withinMs?: number } = {},
): Promise<Incident> {
  return incidentIn(await place.noticed('dump.taken', { name, ...options }));
}

/** Of a notice `dump.taken`. */
export function incidentIn({ parameters }: NoticeLine): Incident {
  return new Incident(String(parameters['folder']));
}

/** One of the programs of test/fixtures/programs in C, with names of functions for whoever looks at its stack. */
export function compiled(place: Workplace, source: string): string {
  const file = place.path(source.replace(/\.c$/, ''));
  execFileSync('gcc', ['-g', '-pthread', '-o', file, join(project, 'test/fixtures/programs', source)]);
  return file;
}
