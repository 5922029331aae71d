import type { DependencyCondition, GroupSpec, ProcessSpec } from '../profile/profile.ts';

/** Who stands where and who depends on whom, by index into `EngineState.processes`. Made anew only when the list changes. */
export interface Plan {
  readonly indexOf: ReadonlyMap<string, number>;
  readonly dependencies: readonly (readonly Dependency[])[];
  /** Processes that depend on this one. */
  readonly dependants: readonly (readonly number[])[];
  /** Members of a group, in the profile's order. */
  readonly members: ReadonlyMap<string, readonly number[]>;
  /** Names of the groups that restart as a whole: what one member does concerns all. */
  readonly wholes: ReadonlySet<string>;
}

export interface Dependency {
  readonly index: number;
  readonly condition: DependencyCondition;
}

export const emptyPlan: Plan = {
  indexOf: new Map(),
  dependencies: [],
  dependants: [],
  members: new Map(),
  wholes: new Set(),
};

export function makePlan(
  groups: readonly { readonly spec: Pick<GroupSpec, 'name' | 'strategy'> }[],
  processes: readonly { readonly name: string; readonly group: string; readonly spec: ProcessSpec }[],
): Plan {
  const wholes = new Set(groups.filter(({ spec }) => spec.strategy === 'one-for-all').map(({ spec }) => spec.name));
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
  return { indexOf, dependencies, dependants, members, wholes };
}

function dependenciesOf(spec: ProcessSpec, indexOf: ReadonlyMap<string, number>): Dependency[] {
  const found: Dependency[] = [];
  for (const [name, condition] of Object.entries(spec.dependsOn)) {
    const index = indexOf.get(name);
    if (index !== undefined) found.push({ index, condition });
  }
  return found;
}

/** Everything that depends on a process, directly or not. */
export function allDependants(plan: Plan, process: number): readonly number[] {
  return reach(process, (index) => plan.dependants[index] ?? []);
}

/** Everything that a process depends on, directly or not. */
export function allDependencies(plan: Plan, process: number): readonly number[] {
  return reach(process, (index) => (plan.dependencies[index] ?? []).map((dependency) => dependency.index));
}

function reach(from: number, next: (index: number) => readonly number[]): number[] {
  const found = new Set<number>();
  const open = [...next(from)];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (found.has(index)) continue;
    found.add(index);
    open.push(...next(index));
  }
  return [...found].sort((a, b) => a - b);
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
