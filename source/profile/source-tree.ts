import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { joinPath, type Place, quoted, type Report } from './problem.ts';
import { didYouMean } from './suggestion.ts';
import { besidesSyntax, type SyntaxErrors, syntaxErrors } from './syntax.ts';
import { type Entry, emptyMap, isEmpty, type MapTree, type Tree } from './tree.ts';

/** Real profiles are five deep; the bound keeps a hostile one from exhausting the stack. */
const deepest = 64;
/** How many values anchors may unfold into (a few lines of YAML can ask for billions). */
const mostUnfolded = 300_000;

export interface SourceTree {
  /** Null when there is nothing to check. */
  readonly tree: Tree | null;
  readonly syntax: SyntaxErrors;
  /** Something that was written is not in the tree, so that nothing can be called missing. */
  readonly hasGaps: boolean;
}

/** YAML text to a tree with places: anchors unfolded, merge keys `<<` merged, keys that stand twice reported. */
export function sourceTree(file: string, text: string, report: Report): SourceTree {
  const lines = new LineCounter();
  const placeAt = (offset: number, path: string): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), path };
  };
  const top = { file, line: 1, column: 1, path: '' };
  if (text.includes('\0')) {
    report(top, { what: 'is not a text file', expected: 'YAML', hint: '' });
    return { tree: null, syntax: { cutLine: 1, lines: new Set() }, hasGaps: true };
  }
  // Uniqueness of keys is checked below: here it would take quadratic time.
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const syntax = syntaxErrors(document, text, (offset) => placeAt(offset, ''), report);
  const contents = document.contents as Node | null;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    if (syntax.lines.size === 0) report(top, { what: 'is empty', expected: 'a profile with `groups`', hint: '' });
    return { tree: null, syntax, hasGaps: true };
  }
  let hasGaps = syntax.lines.size > 0;
  const reportHere = besidesSyntax(syntax, file, report);
  const reportGap: Report = (place, trouble) => {
    hasGaps = true;
    reportHere(place, trouble);
  };
  const tree = unfold(contents, placeAt, reportHere, reportGap);
  return { tree, syntax, hasGaps };
}

function unfold(
  contents: Node,
  placeAt: (offset: number, path: string) => Place,
  report: Report,
  reportGap: Report,
): Tree {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let unfolded = 0;
  /** How many aliases lie round the value that is being converted. */
  let aliases = 0;

  function convert(node: Node | null, path: string, keyPlace: Place | null, depth: number): Tree {
    const offset = node?.range?.[0];
    const place = offset === undefined ? { ...(keyPlace ?? placeAt(0, path)), path } : placeAt(offset, path);
    const nothing: Tree = { is: 'scalar', place, value: null, text: '' };
    if (node === null) return nothing;
    if (depth > deepest) {
      reportGap(place, { what: 'is nested too deeply', expected: `at most ${deepest} levels`, hint: '' });
      return nothing;
    }
    if (isAlias(node)) return convertAlias(node.source, place, path, depth);
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
    if (aliases > 0) unfolded += 1;
    if (unfolded === mostUnfolded) {
      unfolded += 1;
      reportGap(place, { what: `anchors unfold to more than ${mostUnfolded} values`, expected: 'less', hint: '' });
    }
    if (unfolded > mostUnfolded) return nothing;
    open.add(node);
    const tree = convertContents(node, place, path, keyPlace, depth);
    open.delete(node);
    return tree;
  }

  function convertContents(node: Node, place: Place, path: string, keyPlace: Place | null, depth: number): Tree {
    if (isMap(node)) return convertMap(node.items as Pair<Node, Node | null>[], place, path, depth);
    if (isSeq(node)) {
      // Maps in a list are told apart by their number: `rules.0.metric`.
      const items = node.items.map((item, index) =>
        convert(item as Node, isMap(item) ? joinPath(path, String(index)) : path, null, depth + 1),
      );
      return { is: 'list', place, items };
    }
    const value = isScalar(node) ? node.value : null;
    const source = isScalar(node) ? (node.source ?? '') : '';
    if (value === null || value === undefined) return { is: 'scalar', place: keyPlace ?? place, value: null, text: '' };
    const known = typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
    return { is: 'scalar', place, value: known, text: typeof known === 'string' ? known : source };
  }

  function convertAlias(name: string, place: Place, path: string, depth: number): Tree {
    const target = anchors.get(name);
    if (target !== undefined && !open.has(target)) {
      aliases += 1;
      const tree = convert(target, path, place, depth + 1);
      aliases -= 1;
      return tree;
    }
    reportGap(place, {
      what:
        target === undefined
          ? `there is no anchor ${quoted(`&${name}`)} above`
          : `the anchor ${quoted(`&${name}`)} holds itself`,
      expected: '',
      hint: target === undefined ? didYouMean(name, [...anchors.keys()]) : 'take the reference out',
    });
    return { is: 'scalar', place, value: null, text: '' };
  }

  /** Plain keys are not counted as values: a merge of one map into each of thousands of processes is no attack. */
  function convertKey(key: Node, path: string, depth: number): Tree {
    if (!isScalar(key)) return convert(key, path, null, depth + 1);
    return convertContents(key, placeAt(key.range?.[0] ?? 0, path), path, null, depth);
  }

  function convertMap(pairs: readonly Pair<Node, Node | null>[], place: Place, path: string, depth: number): MapTree {
    const entries = new Map<string, Entry>();
    let merged: Tree = emptyMap(place);
    for (const pair of pairs) {
      const key = convertKey(pair.key, path, depth);
      if (key.is !== 'scalar') {
        reportGap(key.place, {
          what: 'a key is a list or a map',
          expected: 'a name',
          hint: 'quote it if it is meant as text',
        });
        continue;
      }
      const name = key.text;
      const keyPlace = { ...key.place, path: name === '<<' ? path : joinPath(path, name) };
      const value = convert(pair.value, keyPlace.path, keyPlace, depth + 1);
      if (name === '<<') merged = mergeKeys(merged, value, reportGap);
      else if (entries.has(name)) reportTwice(keyPlace, name, entries.get(name) as Entry, report);
      else entries.set(name, { key: keyPlace, value });
    }
    // YAML's merge keys replace whole values, so this is no deep merge.
    const inherited = merged.is === 'map' ? [...merged.entries].filter(([name]) => !entries.has(name)) : [];
    return { is: 'map', place, entries: new Map([...inherited, ...entries]) };
  }

  return convert(contents, '', null, 0);
}

/** `<<: *base` or `<<: [*first, *second]`, where the first wins. */
function mergeKeys(merged: Tree, value: Tree, report: Report): Tree {
  if (value.is === 'list') return value.items.reduce((sum, item) => mergeKeys(sum, item, report), merged);
  if (value.is === 'map' && merged.is === 'map')
    return { ...merged, entries: new Map([...value.entries, ...merged.entries]) };
  if (!isEmpty(value))
    report(value.place, {
      what: '`<<` merges something that is not a map',
      expected: 'a map, as in `<<: *base`',
      hint: '',
    });
  return merged;
}

function reportTwice(place: Place, name: string, first: Entry, report: Report): void {
  report(place, {
    what: `${quoted(name)} stands here twice`,
    expected: '',
    hint: `it stands in line ${first.key.line} already; keep one`,
  });
}
