import { instanceName, type Listed, listIncidents } from '../../platform/evidence/read-incidents.ts';
import { type Column, clean, table } from '../columns.ts';
import { mayBeRoots } from '../connect.ts';
import type { Context, Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import { timestamp } from '../moment.ts';
import { evidenceFolder, readOrFail } from './folder.ts';
import { evidenceWord } from './words.ts';

/** The latest first, as one comes for it. */
export const list: Run = async ({ rest: [target], flags }, context) => {
  const directory = evidenceFolder(context);
  const incidents = readOrFail(await listIncidents(directory, { process: target })).toReversed();
  if (flags.json) context.printJson(incidents.map(forPrograms));
  else if (incidents.length === 0) tellNone(target, directory, context);
  else printTable(incidents, context);
  return exitStatus.done;
};

function tellNone(target: string | undefined, path: string, context: Context): void {
  const { instance } = context.places;
  context.tell(
    target === undefined ? context.say('noIncidents', { path }) : context.say('noIncidentsOf', { path, target }),
  );
  if (mayBeRoots(instance, context.surroundings)) context.tell(context.say('maybeRoot'));
}

function printTable(incidents: readonly Listed[], context: Context): void {
  const { language, surroundings } = context;
  const columns: readonly Column<Listed>[] = [
    { title: '#', align: 'right', text: ({ number }) => String(number) },
    { title: evidenceWord('when', language), align: 'left', text: ({ at }) => timestamp(Date.parse(at)) },
    { title: evidenceWord('process', language), align: 'left', text: (incident) => clean(instanceName(incident)) },
    { title: evidenceWord('sameAs', language), align: 'left', text: sameText },
    {
      title: evidenceWord('what', language),
      align: 'left',
      text: ({ text, folder }) => clean(folder === null ? `${text} (${evidenceWord('removed', language)})` : text),
    },
  ];
  const lines = table(columns, incidents, surroundings.stdout.columns());
  for (const line of lines) context.print(line);
}

/** `#12 x9`: the first of its kind, and how many there were with this one. */
function sameText({ number, first, times }: Listed): string {
  return first === number ? '' : `#${first} x${times}`;
}

function forPrograms({
  at,
  number,
  process,
  slot = 1,
  reason,
  text,
  fingerprint,
  folder,
  first,
  sinceMs,
  times,
}: Listed) {
  const same = first === number ? null : { number: first, times, since: new Date(sinceMs).toISOString() };
  return { number, at, process, slot, reason, text, fingerprint, same, folder };
}
