import type { GroupStatus, PauseStatus, ProcessStatus } from '../../engine/status.ts';
import type { Model } from '../model.ts';
import type { Row } from '../rows/row.ts';
import { rowsOf } from '../rows/rows.ts';

/** What an action is about: a group, or a process with its group; `slot` where one slot of several is meant. */
export type Subject =
  | { readonly is: 'group'; readonly name: string; readonly group: GroupStatus }
  | {
      readonly is: 'process';
      readonly name: string;
      readonly group: GroupStatus;
      readonly process: ProcessStatus;
      readonly slot: number | null;
    };

/** The row under the cursor. */
export function currentRow(model: Model): Row | undefined {
  return rowsOf(model)[model.list.index];
}

/** What the keys act on: the process whose screen is open, else the marked rows, else the row under the cursor. */
export function subjectsOf(model: Model): readonly Subject[] {
  if (model.screen.is !== 'list') return present(find(model, model.screen.target));
  if (model.list.marked.length > 0) return model.list.marked.flatMap((name) => present(find(model, name)));
  const row = currentRow(model);
  return row === undefined ? [] : present(find(model, row.name));
}

/** `shop`, `shop/api`, `shop/worker#2` → what it names; undefined when it is there no more. */
export function find(model: Pick<Model, 'status'>, name: string): Subject | undefined {
  const slash = name.indexOf('/');
  const group = model.status.groups.find((one) => one.name === (slash < 0 ? name : name.slice(0, slash)));
  if (group === undefined) return undefined;
  if (slash < 0) return { is: 'group', name, group };
  const [processName, slot] = name.slice(slash + 1).split('#');
  const process = group.processes.find((one) => one.name === processName);
  if (process === undefined) return undefined;
  return { is: 'process', name, group, process, slot: slot === undefined ? null : Number(slot) };
}

/** The subject without its slot: what can be paused, stopped and changed is the process as a whole. */
export function wholeName(subject: Subject): string {
  return subject.is === 'group' ? subject.name : `${subject.group.name}/${subject.process.name}`;
}

export function membersOf(subject: Subject): readonly ProcessStatus[] {
  return subject.is === 'group' ? subject.group.processes : [subject.process];
}

/** The subject's own pause or the one it has from its group; for the latter `inherited` says so. */
export function pauseOf(subject: Subject): { readonly pause: PauseStatus; readonly inherited: boolean } | null {
  const groups = subject.group.paused;
  if (subject.is === 'group') return groups === null ? null : { pause: groups, inherited: false };
  const pause = subject.process.paused;
  if (pause === null) return null;
  const inherited =
    groups !== null && groups.by === pause.by && groups.why === pause.why && groups.until === pause.until;
  return { pause, inherited };
}

function present(subject: Subject | undefined): readonly Subject[] {
  return subject === undefined ? [] : [subject];
}
