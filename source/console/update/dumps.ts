import type { Progress } from '../../control/protocol.ts';
import { widthOf } from '../../format/width.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import type { Model, Pending } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';

/** What this console has asked to be taken is told on the bottom line; what others ask, or a failure began, in the notices alone. */
export function progressed(model: Model, { incident, process, stage }: Progress): Model {
  const name = dumpOf(model, incident, process);
  if (name === null) return model;
  const pending = { ...model.pending, [name]: { ...(model.pending[name] as Pending), sinceMs: model.nowMs } };
  return { ...model, pending, bottomLine: { kind: 'progress', text: say(model, 'dump-taking', { process, stage }) } };
}

/** The engine has named the incidents that the request began. */
export function begun(model: Model, name: string, incidents: readonly string[]): Model {
  const dump = model.pending[name];
  if (dump?.verb !== 'dump') return model;
  return { ...model, pending: { ...model.pending, [name]: { ...dump, incidents } } };
}

/** The end of one of them: its number and folder, or why there is none. */
export function dumpEnded(model: Model, line: NoticeLine): Model {
  if (line.id !== 'dump.taken' && line.id !== 'dump.failed') return model;
  const incident = String(line.parameters['incident']);
  const name = dumpOf(model, incident, `${line.group}/${line.process}`);
  if (name === null) return model;
  const { [name]: dump, ...others } = model.pending;
  const left = (dump?.incidents ?? []).filter((one) => one !== incident);
  const pending =
    dump === undefined || left.length === 0 ? others : { ...others, [name]: { ...dump, incidents: left } };
  return { ...model, pending, bottomLine: outcomeOf(line, model) };
}

function outcomeOf(line: NoticeLine, model: Model): Model['bottomLine'] {
  if (line.id === 'dump.failed') return { kind: 'problem', text: line.text };
  const number = String(line.parameters['number']);
  const folder = String(line.parameters['folder']);
  const text = say(model, 'dump-taken', { number, folder });
  // Its last part tells one folder from another, and must not be what is cut off.
  const short = say(model, 'dump-taken', {
    number,
    folder: `${glyph('ellipsis', model.ascii)}/${folder.slice(folder.lastIndexOf('/') + 1)}`,
  });
  return { kind: 'done', text: widthOf(text) < model.size.columns ? text : short };
}

/** By what name the dump was asked for that the incident belongs to. */
function dumpOf(model: Model, incident: string, process: string): string | null {
  const found = Object.entries(model.pending).find(
    ([name, { verb, incidents }]) =>
      verb === 'dump' && (incidents?.includes(incident) ?? (name === process || process.startsWith(`${name}/`))),
  );
  return found?.[0] ?? null;
}
