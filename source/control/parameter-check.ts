import { dumpKinds } from './dump-kinds.ts';
import type { Method } from './protocol.ts';

/** Strangers may write anything into the socket: every parameter is checked before a handler sees it. */
export interface ParameterProblem {
  /** `values.restart.limit`; empty for the parameters as a whole. */
  readonly path: string;
  readonly what: string;
  readonly expected: string;
}

export function parameterProblems(method: Method, parameters: unknown): readonly ParameterProblem[] {
  return checks[method](parameters, '');
}

export function formatParameterProblem({ path, what, expected }: ParameterProblem): string {
  return `${path === '' ? 'the parameters' : path}: ${what}, expected ${expected}`;
}

type Check = (value: unknown, path: string) => readonly ParameterProblem[];

const longestText = 4096;
const deepest = 16;

const target = text('a group, group/process, group/process#2, a pid or --all', 1);
const reason = text(`text of up to ${longestText} characters`, 0);
const incidentNumber = number('the number of an incident, from 1 on', 1, Number.MAX_SAFE_INTEGER);
/** The latest moment that a JavaScript date can hold. */
const timeMs = number('milliseconds since 1970', 0, 8.64e15);

const requests: Readonly<Record<string, Check>> = {
  pause: fields({ verb: anything, target, why: reason, untilMs: nullOr(timeMs) }),
  resume: fields({ verb: anything, target }),
  start: fields({ verb: anything, target }),
  stop: fields({ verb: anything, target }),
  restart: fields({ verb: anything, target }),
  clear: fields({ verb: anything, target }),
  dump: fields({ verb: anything, target, kinds: nullOr(list(oneOf(dumpKinds), dumpKinds.length)) }),
  heartbeat: fields({ verb: anything, target }),
  set: fields({ verb: anything, target, values: parameterValues }),
  unset: fields({ verb: anything, target, fields: list(text('the name of a field, such as restart.limit', 1), 1000) }),
};

const checks: Readonly<Record<Method, Check>> = {
  status: fields({ target: nullOr(target) }),
  act: (value, path) => {
    const verb = isRecord(value) ? value['verb'] : undefined;
    const check = typeof verb === 'string' && Object.hasOwn(requests, verb) ? requests[verb] : undefined;
    if (check !== undefined) return check(value, path);
    return [{ path: inside(path, 'verb'), what: shown(verb), expected: `one of ${Object.keys(requests).join(', ')}` }];
  },
  params: fields({ target }),
  events: fields({
    sinceMs: nullOr(timeMs),
    limit: nullOr(number('a whole number from 1 to 1000000', 1, 1_000_000)),
    untilMs: optional(nullOr(timeMs)),
    target: optional(nullOr(target)),
  }),
  subscribe: fields({}),
  why: fields({ target }),
  reload: fields({ dryRun: boolean }),
  save: fields({ target }),
  saveDiff: fields({ target }),
  output: fields({ target, lines: number('a whole number from 1 to 100000', 1, 100_000) }),
  outputSince: fields({ target, since: marks }),
  incidents: fields({ target: nullOr(target) }),
  incident: fields({ number: incidentNumber }),
  incidentFile: fields({
    number: incidentNumber,
    name: text('the name of a file of the incident', 1),
    offset: number('a whole number of bytes', 0, Number.MAX_SAFE_INTEGER),
  }),
  samples: fields({ target }),
  restarts: fields({ target }),
  threads: fields({ target }),
  shutdown: fields({}),
};

function fields(shape: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(shape);
  return (value, path) => {
    if (!isRecord(value)) return [{ path, what: shown(value), expected: 'an object' }];
    // A misspelt field that is ignored would turn "pause until 09:00" into "pause for ever".
    const unknown = Object.keys(value).filter((name) => !names.includes(name));
    return [
      ...unknown.map((name) => ({
        path: inside(path, name),
        what: 'unknown',
        expected: names.length === 0 ? 'no fields' : `one of ${names.join(', ')}`,
      })),
      ...Object.entries(shape).flatMap(([name, check]) =>
        check(Object.hasOwn(value, name) ? value[name] : undefined, inside(path, name)),
      ),
    ];
  };
}

function boolean(value: unknown, path: string): readonly ParameterProblem[] {
  return typeof value === 'boolean' ? [] : [{ path, what: shown(value), expected: 'true or false' }];
}

function anything(): readonly ParameterProblem[] {
  return [];
}

function nullOr(check: Check): Check {
  return (value, path) =>
    value === null
      ? []
      : check(value, path).map((problem) => ({ ...problem, expected: `${problem.expected}, or null` }));
}

function optional(check: Check): Check {
  return (value, path) => (value === undefined ? [] : check(value, path));
}

/** What `outputSince` answered with: a mark for each file. */
function marks(value: unknown, path: string): readonly ParameterProblem[] {
  const expected = 'the marks of the last answer by group/process#slot, or {}';
  if (!isRecord(value) || Object.keys(value).length > 1000) return [{ path, what: shown(value), expected }];
  const wrong = Object.entries(value).find(([, mark]) => typeof mark !== 'string' || mark.length > 200);
  return wrong === undefined ? [] : [{ path: inside(path, wrong[0].slice(0, 100)), what: shown(wrong[1]), expected }];
}

function text(expected: string, shortest: number): Check {
  return (value, path) => {
    if (typeof value === 'string' && value.length >= shortest && value.length <= longestText) return [];
    return [{ path, what: shown(value), expected }];
  };
}

function oneOf(words: readonly string[]): Check {
  return (value, path) =>
    words.some((word) => word === value) ? [] : [{ path, what: shown(value), expected: `one of ${words.join(', ')}` }];
}

function number(expected: string, least: number, most: number): Check {
  return (value, path) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? []
      : [{ path, what: shown(value), expected }];
}

function list(check: Check, most: number): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > most)
      return [{ path, what: shown(value), expected: `a list of at most ${most}` }];
    return value.flatMap((item, index) => check(item, `${path}[${index}]`));
  };
}

/** What the fields may hold is the profile's business; here it must only be sane to carry about. */
function parameterValues(value: unknown, path: string): readonly ParameterProblem[] {
  const expected = 'fields and their values, such as {"restart.limit": 5}';
  if (!isRecord(value) || Object.keys(value).length === 0) return [{ path, what: shown(value), expected }];
  if (isDeep(value, deepest)) return [{ path, what: 'nested too deeply', expected: `at most ${deepest} levels` }];
  if (hasPrototypeKey(value)) return [{ path, what: 'a field named __proto__', expected }];
  return [];
}

function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeep(inner, levels - 1));
}

function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeKey);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inside(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** The value in a message: short, whatever was sent. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object of ${Object.keys(value).length} fields`;
  const written = JSON.stringify(value);
  return written.length <= 60 ? written : `${written.slice(0, 57)}...`;
}
