import type { Model } from '../model.ts';
import { subjectsOf } from './subject.ts';

/** Of all that lives of what is chosen. */
export function pidsOf(model: Model): readonly number[] {
  return subjectsOf(model).flatMap((subject) => {
    if (subject.is === 'group') return subject.group.processes.flatMap((one) => one.instances.map(({ pid }) => pid));
    const { instances } = subject.process;
    return instances.filter(({ slot }) => subject.slot === null || slot === subject.slot).map(({ pid }) => pid);
  });
}
