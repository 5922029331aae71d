// What the papers say about the house is true: the map of the rooms, the list of dependencies, nothing of one machine.
import { posix } from 'node:path';
import { isCode, type Rule, type Sources } from '../sources.ts';

const mapPath = 'source/README.md';

/** The first step below a room, for files and folders alike: `step.ts` or `rows/`. */
function contentsOf(room: string, sources: Sources): Set<string> {
  const prefix = `source/${room}/`;
  const below = [...sources.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const isShown = (name: string): boolean => isCode(prefix + name) || name.endsWith('/');
  return new Set(below.map((path) => path.replace(/\/.*/, '/')).filter(isShown));
}

interface Named {
  line: number;
  /** The room under whose heading it stands, '' before the first. */
  room: string;
  name: string;
}

/** Everything in backticks that looks like a file or folder, with the room of the heading above it. */
function namedIn(map: string): Named[] {
  let room = '';
  return map.split('\n').flatMap((text, index) => {
    if (/^#+ /.test(text)) room = /`?(?:source\/)?([\w-]+)\/`?/.exec(text)?.[1] ?? '';
    const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name]) => name ?? '');
    const paths = quoted.filter(
      (name) => /^[\w./-]+(\.(ts|tsx|md|json|jsonc|yaml|mjs)|\/)$/.test(name) || isCode(name),
    );
    return paths.map((name) => ({ line: index + 1, room, name }));
  });
}

const placesOf = ({ room, name }: Named): string[] =>
  [`source/${room}/${name}`, `source/${name}`, name].map((path) => posix.normalize(path));

export const theMapNamesEverything: Rule = (sources) => {
  const map = sources.get(mapPath);
  if (map === undefined) return [`${mapPath} is missing: it is the map of the rooms`];
  const named = new Set(namedIn(map).flatMap(placesOf));
  const rooms = new Set([...sources.keys()].map((path) => /^source\/([^/]+)\//.exec(path)?.[1]));
  return [...rooms].flatMap((room) => {
    if (room === undefined) return [];
    if (!named.has(`source/${room}/`)) return [`${mapPath} does not name the room ${room}/`];
    return [...contentsOf(room, sources)]
      .filter((name) => !named.has(`source/${room}/${name}`))
      .map((name) => `${mapPath} does not name source/${room}/${name}: say under ${room}/ what it is for`);
  });
};

export const whatTheMapNamesExists: Rule = (sources) => {
  const exists = (path: string): boolean =>
    sources.has(path) || (path.endsWith('/') && [...sources.keys()].some((file) => file.startsWith(path)));
  return namedIn(sources.get(mapPath) ?? '')
    .filter((named) => !placesOf(named).some(exists))
    .map(({ line, name }) => `${mapPath}:${line} names ${name}, which does not exist`);
};

export const dependenciesAreExplained: Rule = (sources) => {
  const { dependencies, devDependencies } = JSON.parse(sources.get('package.json') ?? '{}') as Record<string, object>;
  const page = sources.get('docs/dependencies.md') ?? '';
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => !page.split('\n').some((line) => line.startsWith(`| \`${name}\``)))
    .map((name) => `docs/dependencies.md has no line for ${name}: what for, why this one, what it costs`);
};

const registries =
  /\b(?:registry|artifactory|nexus|verdaccio|mirror)\.[\w-]+\.[\w.-]+|"resolved": "https?:|^\s*(?:@[\w-]+:)?registry\s*=/;

/** `project` is the absolute path where this copy lies: nobody else has it. */
export function nothingOfOneMachine(project: string): Rule {
  const isTelling = project.split('/').filter(Boolean).length >= 2;
  return (sources) =>
    [...sources].flatMap(([path, text]) => {
      if (path.startsWith('test/tidy/')) return [];
      return text.split('\n').flatMap((line, index) => {
        if (isTelling && line.includes(project)) return [`${path}:${index + 1} names the folder ${project}`];
        const found = registries.exec(line)?.[0];
        return found === undefined ? [] : [`${path}:${index + 1} names a package registry: ${found}`];
      });
    });
}
