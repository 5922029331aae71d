import type { Report } from './problem.ts';
import type { Entry, MapTree, ScalarTree, Tree } from './tree.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type Expanded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly what: string; readonly hint: string };

/** `${NAME}` and `${NAME:-default}` (for unset or empty ones; it may hold references itself) from the environment; `$$` is one `$`. */
export function expandText(text: string, environment: Environment): Expanded {
  let done = '';
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0) return { ok: true, text: done + text.slice(at) };
    done += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next !== '{') {
      done += '$';
      at = dollar + (next === '$' ? 2 : 1);
      continue;
    }
    const end = closingBrace(text, dollar + 2);
    if (end < 0) return { ok: false, what: '`${` is not closed', hint: 'write $${ for the characters themselves' };
    const value = expandReference(text.slice(dollar + 2, end), environment);
    if (!value.ok) return value;
    done += value.text;
    at = end + 1;
  }
  return { ok: true, text: done };
}

function expandReference(inside: string, environment: Environment): Expanded {
  const found = /^([A-Za-z_][A-Za-z0-9_()]*)(?::-([\s\S]*))?$/.exec(inside);
  if (found === null) {
    return {
      ok: false,
      what: `\`\${${inside}}\` is no reference`,
      hint: 'write ${NAME} or ${NAME:-default}, or $${ for the characters themselves',
    };
  }
  const [, name = '', fallback] = found;
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  if (value !== undefined && (value !== '' || fallback === undefined)) return { ok: true, text: value };
  if (fallback !== undefined) return expandText(fallback, environment);
  return {
    ok: false,
    what: `the variable ${name} is not set`,
    hint: `set it, or give a default: \${${name}:-default}`,
  };
}

/** A default may hold references, so braces are counted. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{' && text[at - 1] === '$') open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return -1;
}

/** The tree with every text expanded; parts without a reference are the same objects. */
export function expandTree(tree: Tree, environment: Environment, report: Report): Tree {
  if (tree.is === 'scalar') return expandScalar(tree, environment, report);
  if (tree.is === 'list') {
    const items = tree.items.map((item) => expandTree(item, environment, report));
    return items.every((item, index) => item === tree.items[index]) ? tree : { ...tree, items };
  }
  let entries: Map<string, Entry> | null = null;
  for (const [key, entry] of tree.entries) {
    const value = expandTree(entry.value, environment, report);
    if (value === entry.value) continue;
    entries ??= new Map(tree.entries);
    entries.set(key, { ...entry, value });
  }
  return entries === null ? tree : { ...tree, entries };
}

function expandScalar(scalar: ScalarTree, environment: Environment, report: Report): ScalarTree {
  if (typeof scalar.value !== 'string' || !scalar.value.includes('$')) return scalar;
  const expanded = expandText(scalar.value, environment);
  if (expanded.ok)
    return { ...scalar, value: hasReference(scalar) ? typed(expanded.text) : expanded.text, text: expanded.text };
  report(scalar.place, { what: expanded.what, expected: '', hint: expanded.hint });
  return scalar;
}

/** `instances: "${COUNT}"` means a number although every reference is text. */
function typed(text: string): string | number | boolean {
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

function hasReference(tree: Tree): boolean {
  return tree.is === 'scalar' && typeof tree.value === 'string' && tree.value.includes('${');
}

/** The tree without the values that hold references: what can be checked of the part for another system, whose environment is not here. */
export function withoutReferences(tree: MapTree): MapTree {
  const entries = [...tree.entries].flatMap(([key, entry]) => {
    const { value } = entry;
    if (hasReference(value) || (value.is === 'list' && value.items.some(hasReference))) return [];
    return [[key, value.is === 'map' ? { ...entry, value: withoutReferences(value) } : entry] as const];
  });
  return { ...tree, entries: new Map(entries) };
}
