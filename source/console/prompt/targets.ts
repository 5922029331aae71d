import { find, membersOf, type Subject, subjectsOf, wholeName } from '../action/subject.ts';
import type { Model } from '../model.ts';

/** What `group`, `group/process`, `group/process#2` or a pid names; undefined when nothing does. */
export function named(model: Model, word: string): Subject | undefined {
  const found = find(model, word);
  if (found !== undefined) return isSlotThere(found) ? found : undefined;
  if (!/^\d+$/.test(word)) return undefined;
  for (const group of model.status.groups) {
    const process = group.processes.find(({ instances }) => instances.some(({ pid }) => pid === Number(word)));
    if (process !== undefined)
      return { is: 'process', name: `${group.name}/${process.name}`, group, process, slot: null };
  }
  return undefined;
}

function isSlotThere(subject: Subject): boolean {
  if (subject.is === 'group' || subject.slot === null) return true;
  const { slot } = subject;
  return subject.process.slots.some((one) => one.slot === slot);
}

/** Full name of the one process that a word names, or that is chosen where there is no word; null where it is not one. */
export function oneProcess(model: Model, word: string | undefined): string | null {
  const subjects = word === undefined ? subjectsOf(model) : [named(model, word)].filter((one) => one !== undefined);
  const [subject] = subjects;
  return subjects.length === 1 && subject?.is === 'process' ? wholeName(subject) : null;
}

/** Every name that a target can have; slots only where one is being asked for. */
export function targetNames(model: Model, partial: string): readonly string[] {
  const wantsSlots = partial.includes('#');
  return model.status.groups.flatMap((group) => [
    group.name,
    ...group.processes.flatMap((process) => {
      const name = `${group.name}/${process.name}`;
      return wantsSlots ? [name, ...process.slots.map(({ slot }) => `${name}#${slot}`)] : [name];
    }),
  ]);
}

export function countIn(model: Model, name: string): number {
  const subject = find(model, name);
  return subject === undefined ? 0 : membersOf(subject).length;
}
