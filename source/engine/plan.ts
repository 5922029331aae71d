import type { DependencyCondition, ProcessSpec } from '../profile/profile.ts';

/** Who stands where and who depends on whom, by index into `EngineState.processes`. Made anew only when the list changes. */
export interface Plan {
  readonly indexOf: ReadonlyMap<string, number>;
  readonly dependencies: readonly (readonly Dependency[])[];
  /** Processes that depend on this one. */
  readonly dependants: readonly (readonly number[])[];
  /** Members of a group, in the profile's order. */
  readonly members: ReadonlyMap<string, readonly number[]>;
}

export interface Dependency {
  readonly index: number;
  readonly condition: DependencyCondition;
}

export const emptyPlan: Plan = { indexOf: new Map(), dependencies: [], dependants: [], members: new Map() };

export function makePlan(
  processes: readonly { readonly name: string; readonly group: string; readonly spec: ProcessSpec }[],
): Plan {
  const indexOf = new Map(processes.map((process, index) => [process.name, index]));
  const dependencies = processes.map((process) => dependenciesOf(process.spec, indexOf));
  const dependants: number[][] = processes.map(() => []);
  const members = new Map<string, number[]>();
  processes.forEach((process, index) => {
    for (const dependency of dependencies[index] ?? []) dependants[dependency.index]?.push(index);
    const group = members.get(process.group);
    if (group === undefined) members.set(process.group, [index]);
    else group.push(index);
  });
  return { indexOf, dependencies, dependants, members };
}

function dependenciesOf(spec: ProcessSpec, indexOf: ReadonlyMap<string, number>): Dependency[] {
  const found: Dependency[] = [];
  for (const [name, condition] of Object.entries(spec.dependsOn)) {
    const index = indexOf.get(name);
    if (index !== undefined) found.push({ index, condition });
  }
  return found;
}

/** Where a slot's name points: `shop/worker#2`. Null when the process is not there any more. */
export function locate(
  plan: Plan,
  processes: readonly { readonly slots: readonly { readonly number: number }[] }[],
  slot: string,
): { readonly process: number; readonly number: number } | null {
  const hash = slot.lastIndexOf('#');
  const process = plan.indexOf.get(slot.slice(0, hash));
  if (process === undefined) return null;
  const number = Number(slot.slice(hash + 1));
  return processes[process]?.slots.some((candidate) => candidate.number === number) === true
    ? { process, number }
    : null;
}
