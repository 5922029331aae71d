import type { ProcessStatus } from '../../engine/status.ts';
import type { Model } from '../model.ts';

/** One process beside another, and what of the two waits for what. */
export interface Relation {
  /** Full name of the process at the far end. */
  readonly name: string;
  /** Undefined: no profile names it any more. */
  readonly process: ProcessStatus | undefined;
  readonly condition: string;
  readonly holds: boolean;
  /** One step further the same way. */
  readonly further: readonly Relation[];
}

export interface Relations {
  readonly needs: readonly Relation[];
  readonly neededBy: readonly Relation[];
}

/** Whom a process needs and who needs it, one step further than directly. */
export function relationsOf(model: Pick<Model, 'status'>, name: string): Relations {
  const processes = new Map<string, ProcessStatus>();
  const dependants = new Map<string, string[]>();
  for (const group of model.status.groups) {
    for (const process of group.processes) {
      const own = `${group.name}/${process.name}`;
      processes.set(own, process);
      for (const { name: needed } of process.dependsOn) {
        const known = dependants.get(needed);
        if (known === undefined) dependants.set(needed, [own]);
        else known.push(own);
      }
    }
  }
  const needs = (of: string, steps: number): Relation[] =>
    (processes.get(of)?.dependsOn ?? []).map(({ name: needed, condition, holds }) => ({
      name: needed,
      process: processes.get(needed),
      condition,
      holds,
      further: steps > 1 ? needs(needed, steps - 1) : [],
    }));
  const neededBy = (of: string, steps: number): Relation[] =>
    (dependants.get(of) ?? []).flatMap((dependant) => {
      const process = processes.get(dependant);
      const edge = process?.dependsOn.find((one) => one.name === of);
      if (edge === undefined) return [];
      const { condition, holds } = edge;
      return [{ name: dependant, process, condition, holds, further: steps > 1 ? neededBy(dependant, steps - 1) : [] }];
    });
  return { needs: needs(name, 2), neededBy: neededBy(name, 2) };
}
