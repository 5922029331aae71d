import { join } from 'node:path';
import { RequestRefused } from '../control/failure.ts';
import type { IncidentLine, IncidentPart, IncidentSummary } from '../control/reading-protocol.ts';
import { readIncidentFile } from '../platform/evidence/open-store.ts';
import { type Listed, listIncidents, type Read, readIncident } from '../platform/evidence/read-incidents.ts';
import { readPart } from '../platform/evidence/read-part.ts';

/** What one answer carries. */
const mostIncidents = 500;
/** What each cost stands in a file of its own. */
const mostCosts = 200;
const mostFiles = 200;
const mostText = 500;
const partBytes = 256 * 1024;

/** The newest first. `target`: a process, one of its slots, or a group, whether it is still in the profile or not; null: all. */
export async function incidents(directory: string, target: string | null): Promise<readonly IncidentLine[]> {
  const process = target?.replace(/#\d+$/, '');
  const all = given(await listIncidents(directory, { process }))
    .toReversed()
    .slice(0, mostIncidents);
  return Promise.all(all.map(async (one, at) => lineOf(one, at < mostCosts ? await costsOf(one) : null)));
}

function lineOf(one: Listed, costs: IncidentLine['costs']): IncidentLine {
  const { number, at, process, reason, text, fingerprint, folder, first, times } = one;
  const shown = String(text).slice(0, mostText);
  return { number, at, process, reason, text: shown, fingerprint, first, times, isKept: folder !== null, costs };
}

async function costsOf({ folder }: Listed): Promise<IncidentLine['costs']> {
  const file = folder === null ? null : await readIncidentFile(folder);
  return file === null ? null : { tookMs: file.costs.tookMs, outageMs: file.costs.outageMs };
}

export async function incident(directory: string, number: number): Promise<IncidentSummary> {
  const { folder, incident: file, files } = given(await readIncident(directory, number));
  const { at, process, slot, text, reason, instance, uptimeMs, command, user, fingerprint, same, costs } = file;
  return {
    ...{ number: file.number, at, process, slot, text: text.slice(0, mostText) },
    exit: reason.kind === 'down' ? reason.exit : null,
    pid: instance?.pid ?? null,
    ...{ uptimeMs, command: command?.slice(0, 64).map((word) => word.slice(0, mostText)) ?? null },
    ...{ directory: file.directory, user, fingerprint, costs },
    same: same && { number: same.number, times: same.times, since: new Date(same.sinceMs).toISOString() },
    missing: file.missing.slice(0, 32).map((sentence) => sentence.slice(0, mostText)),
    folder,
    files: files.slice(0, mostFiles),
  };
}

export async function incidentFile(
  directory: string,
  number: number,
  name: string,
  offset: number,
): Promise<IncidentPart> {
  const { folder, files } = given(await readIncident(directory, number));
  const file = files.find((one) => one.name === name);
  if (file === undefined) throw new RequestRefused(`${join(folder, name)} is not there`);
  return given(await readPart(folder, file, offset, partBytes));
}

function given<Value>(read: Read<Value>): Value {
  if (!read.ok) throw new RequestRefused(read.problem);
  return read.value;
}
