import { type Place, quoted, type Report } from './problem.ts';
import { fullName, type ReadProcess } from './process.ts';
import { closest } from './suggestion.ts';
import { entryAt } from './tree.ts';

/** A process that was read, under its full name. */
export type Named = ReadonlyMap<string, ReadProcess>;

/** Checks what the processes of all files say about each other. `declared` also holds the names of those that are wrong in themselves. */
export function checkDependencies(named: Named, declared: ReadonlySet<string>, report: Report): void {
  const placeOf = new Map<string, Place>();
  for (const [name, { spec, tree }] of named) {
    const written = entryAt(tree, 'dependsOn')?.value;
    if (written?.is !== 'map') continue;
    const group = groupOf(name);
    for (const [key, entry] of written.entries) {
      const target = fullName(key, group);
      placeOf.set(`${name} ${target}`, entry.key);
      if (!declared.has(target)) report(entry.key, unknown(key, target, group, declared));
      const other = named.get(target)?.spec;
      if (spec.dependsOn[target] === 'completed' && other?.restart.when === 'always') {
        report(entry.value.place, {
          what: `${quoted(key)} never completes, since it is restarted after every end`,
          expected: '',
          hint: `give ${quoted(key)} \`restart: { when: on-failure }\`, or wait for started or ready`,
        });
      }
    }
  }
  for (const cycle of cyclesOf(named)) {
    const place = placeOf.get(`${cycle[0]} ${cycle[1]}`);
    if (place === undefined) continue;
    const isOneGroup = cycle.every((name) => groupOf(name) === groupOf(cycle[0] as string));
    const round = cycle.map((name) => (isOneGroup ? name.slice(name.indexOf('/') + 1) : name)).join(' -> ');
    report(place, {
      what: `the dependencies go round: ${round}`,
      expected: '',
      hint: 'none of them could ever start; take one of them out',
    });
  }
}

function unknown(key: string, target: string, group: string, declared: ReadonlySet<string>) {
  const here = [...declared].map((name) =>
    groupOf(name) === group && !key.includes('/') ? name.slice(group.length + 1) : name,
  );
  const elsewhere = here.filter((name) => name.endsWith(`/${key}`));
  const near = elsewhere[0] ?? closest(key, here);
  return {
    what: `there is no process ${quoted(target)}`,
    expected: 'a process of this group, or group/process',
    hint: near === null ? '' : `did you mean ${quoted(near)}?`,
  };
}

/** Each cycle once, beginning with the process that stands first, and closed: a, b, a. */
function cyclesOf(named: Named): string[][] {
  const cycles = new Map<string, string[]>();
  const done = new Set<string>();
  for (const start of named.keys()) {
    // An own stack, since chains can be longer than the machine's.
    const path: string[] = [];
    const onPath = new Map<string, number>();
    const work: (string | null)[] = [start];
    while (work.length > 0) {
      const name = work.pop() as string | null;
      if (name === null) {
        const left = path.pop() as string;
        onPath.delete(left);
        done.add(left);
        continue;
      }
      const from = onPath.get(name);
      if (from !== undefined) {
        const members = path.slice(from);
        const key = members.toSorted().join(' ');
        if (!cycles.has(key)) cycles.set(key, [...members, name]);
        continue;
      }
      const process = named.get(name);
      if (process === undefined || done.has(name)) continue;
      onPath.set(name, path.length);
      path.push(name);
      work.push(null, ...Object.keys(process.spec.dependsOn).toReversed());
    }
  }
  return [...cycles.values()];
}

function groupOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
