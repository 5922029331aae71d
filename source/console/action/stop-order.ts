import type { Model } from '../model.ts';
import { find, membersOf } from './subject.ts';

/** What a stop or restart would touch. */
export interface BlastRadius {
  /** Full names, first to stop first: who depends on another stops before it. */
  readonly order: readonly string[];
  /** Processes outside that depend on one of them, and live or are on their way up; what has ended for good waits for nothing. */
  readonly dependants: readonly Dependant[];
}

export interface Dependant {
  readonly name: string;
  /** What lives is not touched; what has yet to start cannot. */
  readonly fate: 'runs-on' | 'waits';
}

export function blastRadius(model: Pick<Model, 'status'>, targets: readonly string[]): BlastRadius {
  const affected = new Set<string>();
  for (const target of targets) {
    const subject = find(model, target);
    if (subject === undefined) continue;
    for (const process of membersOf(subject)) affected.add(`${subject.group.name}/${process.name}`);
  }
  const needs = new Map<string, readonly string[]>();
  for (const group of model.status.groups) {
    for (const process of group.processes) {
      needs.set(
        `${group.name}/${process.name}`,
        process.dependsOn.map((dependency) => dependency.name),
      );
    }
  }
  const startOrder: string[] = [];
  for (const name of affected) visit(name, needs, affected, startOrder);
  const dependants = model.status.groups.flatMap((group) =>
    group.processes
      .filter(
        ({ wanted, state, dependsOn }) =>
          wanted === 'up' &&
          state !== 'exited' &&
          state !== 'fatal' &&
          dependsOn.some(({ name }) => affected.has(name)),
      )
      .map((process): Dependant => {
        const fate = process.instances.length > 0 ? 'runs-on' : 'waits';
        return { name: `${group.name}/${process.name}`, fate };
      })
      .filter(({ name }) => !affected.has(name)),
  );
  return { order: startOrder.reverse(), dependants };
}

/** Puts what it needs first. A name already placed, or on the way to be, is not visited again, so that a circle ends. */
function visit(
  name: string,
  needs: ReadonlyMap<string, readonly string[]>,
  affected: ReadonlySet<string>,
  order: string[],
  visiting = new Set<string>(),
): void {
  if (order.includes(name) || visiting.has(name)) return;
  visiting.add(name);
  for (const need of needs.get(name) ?? []) {
    if (affected.has(need)) visit(need, needs, affected, order, visiting);
  }
  order.push(name);
}
