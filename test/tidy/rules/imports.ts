// Which file may import what.
import { type Import, importsOf } from '../code.ts';
import { isCode, type Rule, roomOf, type Sources } from '../sources.ts';

/** From the top of the house to its foundations; a file imports from its own room or from one below. */
const rooms = [
  'cli',
  'console',
  'daemon',
  'control',
  'cluster',
  'plugins',
  'sinks',
  'platform',
  'runtime',
  'engine',
  'notices',
  'format',
  'profile',
  'ports',
  'settings',
];

const reachesNative = ['platform'];

/** The one home of each given library. */
const homes: Record<string, string> = {
  meow: 'cli',
  conf: 'settings',
  koffi: 'native-bindings',
  ink: 'console',
  'ink-table': 'console',
  react: 'console',
};

function* everyImport(sources: Sources): Generator<{ path: string; room: string; found: Import }> {
  for (const [path, text] of sources) {
    const room = roomOf(path);
    if (room === null || !isCode(path)) continue;
    for (const found of importsOf(path, text)) yield { path, room, found };
  }
}

export const importsPointDown: Rule = (sources) => {
  const breaches: string[] = [];
  for (const { path, room, found } of everyImport(sources)) {
    if (found.isPackage) continue;
    const place = `${path}:${found.line}`;
    const target = roomOf(found.target);
    if (target === room) continue;
    if (room === 'native-bindings') {
      breaches.push(`${place} imports ${found.target}: native-bindings imports nothing from source/`);
    } else if (target === 'native-bindings') {
      if (!reachesNative.includes(room))
        breaches.push(`${place} imports ${found.target}: only platform/ calls native code`);
    } else if (target === null) {
      breaches.push(`${place} imports ${found.target}, which is not in a room of source/`);
    } else if (rooms.indexOf(target) < rooms.indexOf(room)) {
      breaches.push(`${place} imports ${found.target}: ${room}/ stands below ${target}/, and imports only point down`);
    }
  }
  return breaches;
};

export const everyRoomIsListed: Rule = (sources) => {
  const found = new Set([...sources.keys()].map(roomOf).filter((room) => room !== null && room !== 'native-bindings'));
  return [...found]
    .filter((room) => !rooms.includes(room as string))
    .map((room) => `source/${room}/ has no place in the order of rooms: add it in test/tidy/rules/imports.ts`);
};

export const librariesHaveOneHome: Rule = (sources) =>
  [...everyImport(sources)]
    .filter(({ room, found }) => found.isPackage && homes[found.target] !== undefined && homes[found.target] !== room)
    .map(
      ({ path, found }) => `${path}:${found.line} imports ${found.target}, whose one home is ${homes[found.target]}/`,
    );

export const daemonLoadsNoConsole: Rule = (sources) =>
  [...everyImport(sources)]
    .filter(({ room, found }) => room !== 'console' && roomOf(found.target) === 'console' && !found.isPackage)
    .filter(({ found }) => !found.isDynamic && !found.isTypeOnly)
    .map(
      ({ path, found }) =>
        `${path}:${found.line} imports ${found.target} at once: use import(), or every daemon carries the screen in memory`,
    );

/** Groups of files that reach each other; a type-only import counts, because a reader has to follow it too. */
export const noImportCycles: Rule = (sources) => {
  const next = new Map<string, string[]>();
  for (const { path, found } of everyImport(sources)) {
    if (!found.isPackage) next.set(path, [...(next.get(path) ?? []), found.target]);
  }
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(
        `${[...trail.slice(start), path].join(' -> ')} import each other: move what both need into a third file`,
      );
      return;
    }
    if (finished.has(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return cycles;
};
