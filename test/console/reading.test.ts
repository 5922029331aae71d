import { describe, expect, test } from 'vitest';
import { foldAnywhere } from '../../source/console/format/fold.ts';
import { gap } from '../../source/console/format/gap.ts';
import type { Message } from '../../source/console/message.ts';
import { scrolledBy, searched, type Text, visible } from '../../source/console/reading/pager.ts';
import { EVERYTHING, pagerAt } from '../../source/console/reading/reading-model.ts';
import { isAbout, merged, shownLines } from '../../source/console/reading/timeline-lines.ts';
import type { OutputSource } from '../../source/control/reading-protocol.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { noticeLine } from '../../source/notices/text.ts';
import { incident, incidentFile, incidents } from './evidence.ts';
import { notices, nowMs, status } from './fixtures.ts';
import { openModel, told } from './session.ts';

const start = openModel({ size: { columns: 80, rows: 24 } });

const notice = (number: number): NoticeLine =>
  noticeLine(
    {
      ...{
        id: 'process.up',
        atMs: nowMs - 1e6 + 1000 * number,
        group: 'shop',
        process: 'api',
        instance: null,
        by: null,
      },
      parameters: { how: 'started', pid: number },
    },
    'en',
  );
const page = (first: number, count: number): NoticeLine[] =>
  Array.from({ length: count }, (_, at) => notice(first + at));

describe('the time between', () => {
  test.each([
    [0, '+0 ms'],
    [340, '+340 ms'],
    [4_240, '+4.2 s'],
    [59_990, '+1 m 00 s'],
    [134_000, '+2 m 14 s'],
    [11_100_000, '+3 h 05 m'],
    [187_200_000, '+2 d 04 h'],
    [-5, '+0 ms'],
  ])('%d ms is %s', (ms, text) => expect(gap(ms)).toBe(text));
});

describe('a long text', () => {
  const text = (count: number, rows = 1): Text => ({ count, rowsOf: () => rows, textOf: (line) => `line ${line}` });

  test('stays at its end while more comes, and stays where it is once it was scrolled up', () => {
    expect(visible(pagerAt(null), text(100), 10)).toEqual({ first: 90, end: 100 });
    const up = scrolledBy(pagerAt(null), { by: -3 }, text(100), 10);
    expect(visible(up, text(500), 10)).toEqual({ first: 87, end: 97 });
    expect(scrolledBy(up, { by: 3 }, text(100), 10).top).toBeNull();
    expect(scrolledBy(up, { pages: 99 }, text(100), 10).top).toBeNull();
    expect(scrolledBy(up, { by: Number.NEGATIVE_INFINITY }, text(100), 10).top).toBe(0);
  });

  test('lines on several rows are shown as far as they fit, and one that fits nowhere by itself', () => {
    expect(visible(pagerAt(null), text(100, 3), 10)).toEqual({ first: 97, end: 100 });
    expect(visible(pagerAt(null), text(3, 50), 10)).toEqual({ first: 2, end: 3 });
    expect(visible(pagerAt(null), text(0), 10)).toEqual({ first: 0, end: 0 });
  });

  test('is searched upwards from the end, then on from what was found, all round; what is not there is not found', () => {
    const found = (wanted: string) => ({ ...pagerAt(null), query: { text: wanted, isTyping: false, before: '' } });
    const first = searched(found('LINE 9'), 'up', text(100), 10);
    expect(first.match).toBe(99);
    const last = Array.from({ length: 10 }).reduce<typeof first>(
      (pager) => searched(pager, 'up', text(100), 10),
      first,
    );
    expect(last.match).toBe(9);
    expect(visible(last, text(100), 10).first).toBeLessThanOrEqual(9);
    expect(searched(last, 'up', text(100), 10).match).toBe(99);
    expect(searched(found('nothing'), 'down', text(100), 10).match).toBeNull();
  });

  test('a file is searched downwards from its top, and each match says which it is, and where the search began anew', () => {
    const files = [
      'down',
      'down',
      'E',
      { is: 'incidents', target: 'shop/api', incidents: incidents('shop/api') },
    ] as const;
    const opened = told(start, ...files, 'enter', { is: 'incident', number: 31, summary: incident(31) }, 'enter').model;
    const part = { ...incidentFile('stack.txt'), text: 'a cat\na dog\ncats\na bird\n', next: null };
    const file = told(opened, { is: 'incident-file', number: 31, name: 'stack.txt', part }).model;
    const first = told(file, '/', ...'cat', 'enter').model;
    expect(first.bottomLine?.text).toBe('match 1 of 2');
    expect(told(first, 'n').model.bottomLine?.text).toBe('match 2 of 2');
    expect(told(first, 'n', 'n').model.bottomLine?.text).toBe('match 1 of 2 (from the top again)');
    const half = told(opened, {
      is: 'incident-file',
      number: 31,
      name: 'stack.txt',
      part: { ...part, next: 25 },
    }).model;
    expect(told(half, '/', ...'cat', 'enter').model.bottomLine?.text).toBe('match 1 of 2+');
    expect(told(first, 'N').model.bottomLine?.text).toBe('match 2 of 2 (from the end again)');
  });

  test('wide characters are never cut in two', () => {
    expect(foldAnywhere('日本語テスト', 5)).toEqual(['日本', '語テ', 'スト']);
    expect(foldAnywhere('a  b c', 3)).toEqual(['a  ', 'b c']);
  });
});

test('what several have written before stands in a fixed order, each part under its own head', () => {
  const source = (name: string, slot: number, lines: readonly string[]): OutputSource => ({
    ...{ name, slot, lines, mark: 'm', partial: '', skippedBytes: 0, problem: null },
  });
  const opened = told(start, 'g', 'l').model;
  const sources = [
    source('shop/worker', 2, ['b']),
    source('shop/worker', 1, ['a']),
    source('shop/database', 1, []),
    source('shop/api', 1, ['c']),
  ];
  const { screen } = told(opened, { is: 'output-since', target: 'shop', output: { sources, more: false } }).model;
  if (screen.is !== 'output') throw new Error('no output');
  expect(screen.lines.map(({ text }) => text)).toEqual([
    ...['── api ──', 'c', '── worker#1 ──', 'a', '── worker#2 ──', 'b'],
  ]);
});

describe('a timeline', () => {
  const open = told({ ...start, notices: page(500, 20) }, 'down', 'down', 't').model;

  test('is about the process and its group as a whole', () => {
    const of = (group: string | null, process: string | null) => isAbout({ group, process }, 'shop/api');
    expect([of('shop', 'api'), of('shop', null), of('shop', 'web'), of('mail', 'api'), of(null, null)]).toEqual([
      ...[true, true, false, false, false],
    ]);
    expect(isAbout({ group: null, process: null }, EVERYTHING)).toBe(true);
  });

  test('pages of the journal come above; the cursor stays on its line, and the next page ends where this one begins', () => {
    const first = told(open, { is: 'events', target: 'shop/api', lines: page(320, 200) }).model;
    const { model, commands } = told(first, 'home');
    expect(commands).toEqual([
      { is: 'fetch-events', target: 'shop/api', untilMs: Date.parse(notice(320).at), limit: 200 },
    ]);
    // Asked once, however often the key is pressed.
    expect(told(model, 'up').commands).toEqual([]);
    const grown = told(model, { is: 'events', target: 'shop/api', lines: page(121, 200) }).model;
    if (grown.screen.is !== 'timeline') throw new Error('no timeline');
    expect(grown.screen.lines).toHaveLength(399);
    expect(grown.screen.lines[grown.screen.index]).toEqual(notice(320));
    const end = told(grown, 'home', { is: 'events', target: 'shop/api', lines: [notice(121)] }).model;
    expect(end.screen).toMatchObject({ older: 'none' });
  });

  test('holds a bounded number of lines, and says so', () => {
    const full = told(open, { is: 'events', target: 'shop/api', lines: page(0, 6000) }).model;
    expect(full.screen).toMatchObject({ older: 'too-many' });
    expect(full.screen.is === 'timeline' && full.screen.lines.length).toBe(5000);
    expect(told(full, 'home').commands).toEqual([]);
  });

  test('each notice stands once, whatever the pages overlap', () => {
    expect(merged(page(1, 5), page(4, 3))).toEqual(page(1, 6));
    expect(merged(page(4, 2), page(1, 9))).toEqual(page(1, 9));
  });

  test('is filtered by words, and follows only while the cursor is at its end', () => {
    const found = told(open, '/', ...'shop pid 503', 'enter').model;
    if (found.screen.is !== 'timeline') throw new Error('no timeline');
    expect(shownLines(found.screen, 'en')).toHaveLength(1);
    const up = told(open, 'up').model;
    expect(told(up, { is: 'notice', line: notice(900) }).model.screen).toMatchObject({ index: 18, follows: false });
    expect(told(up, 'G', { is: 'notice', line: notice(900) }).model.screen).toMatchObject({ index: 20, follows: true });
  });
});

describe('output that is followed', () => {
  const source = (lines: readonly string[], more: Partial<OutputSource> = {}): Message => ({
    is: 'output-since',
    target: 'shop/api',
    output: {
      sources: [
        {
          name: 'shop/api',
          slot: 1,
          mark: `m${lines.length}`,
          lines,
          partial: '',
          skippedBytes: 0,
          problem: null,
          ...more,
        },
      ],
      more: false,
    },
  });
  const open = told(start, 'down', 'down', 'l').model;

  test('is asked for at once, then twice a second, from the mark on; and not when the screen is left', () => {
    expect(told(start, 'down', 'down', 'l').commands).toEqual([
      { is: 'fetch-output-since', target: 'shop/api', since: {}, afterMs: 0 },
    ]);
    const { model, commands } = told(open, source(['a']));
    expect(commands).toEqual([
      { is: 'fetch-output-since', target: 'shop/api', since: { 'shop/api#1': 'm1' }, afterMs: 500 },
    ]);
    expect(told(told(model, 'escape').model, source(['b'])).commands).toEqual([]);
  });

  test('nothing new changes nothing, so that nothing is drawn', () => {
    const { model } = told(open, source([], { mark: 'same' }));
    expect(told(model, source([], { mark: 'same' })).model).toBe(model);
  });

  test('control characters are gone before anything measures or draws the line', () => {
    const { model } = told(open, source(['\u001b[2J\u001b]0;title\u0007a\tb\r\u009b31m']));
    expect(model.screen).toMatchObject({ lines: [{ text: 'a  b' }] });
  });

  test('a flood is held within bounds, and what is read stays where it was', () => {
    let { model } = told(open, source(Array.from({ length: 4990 }, (_, at) => `line ${at}`)));
    model = told(model, 'home', ...Array.from({ length: 50 }, () => 'down')).model;
    model = told(model, source(Array.from({ length: 30 }, (_, at) => `more ${at}`))).model;
    if (model.screen.is !== 'output') throw new Error('no output');
    expect(model.screen.lines).toHaveLength(5000);
    expect(model.screen.lines[model.screen.pager.top ?? -1]?.text).toBe('line 50');
  });

  test('long lines are held within bounds, too', () => {
    const { model } = told(open, source(Array.from({ length: 1000 }, () => 'x'.repeat(4000))));
    if (model.screen.is !== 'output') throw new Error('no output');
    expect(model.screen.lines).toHaveLength(524);
  });

  test('a lost connection is taken up from the mark on', () => {
    const { model } = told(open, source(['a']), { is: 'lost', nowMs, nextAttemptAtMs: nowMs + 1000 });
    expect(told(model, { is: 'connected', status, notices }).commands).toEqual([
      { is: 'fetch-output-since', target: 'shop/api', since: { 'shop/api#1': 'm1' }, afterMs: 0 },
    ]);
  });
});

describe('evidence', () => {
  const toFile = [
    ...['down', 'down', 'E'],
    { is: 'incidents', target: 'shop/api', incidents: incidents('shop/api') },
    'enter',
    { is: 'incident', number: 31, summary: incident(31) },
    'enter',
  ] as const;

  test('the stack is the first file, and parts of a long file are joined where they were cut', () => {
    const part = { ...incidentFile('stack.txt'), next: 6, text: 'one\ntw' };
    const first = told(start, ...toFile, { is: 'incident-file', number: 31, name: 'stack.txt', part });
    const asked = told(first.model, 'end');
    expect(asked.commands).toEqual([{ is: 'fetch-incident-file', number: 31, name: 'stack.txt', offset: 6 }]);
    const rest = { ...part, text: 'o\nthree\n', next: null };
    const { model } = told(asked.model, { is: 'incident-file', number: 31, name: 'stack.txt', part: rest });
    expect(model.screen).toMatchObject({ incident: { file: { lines: ['one', 'two', 'three'], isOpenEnded: false } } });
  });

  test('an answer about a file that was closed, or another incident, is dropped', () => {
    const { model } = told(start, ...toFile, 'escape');
    const late: Message = { is: 'incident-file', number: 31, name: 'stack.txt', part: incidentFile('stack.txt') };
    expect(told(model, late).model).toBe(model);
    expect(told(model, { is: 'incident', number: 7, summary: incident(7) }).model).toBe(model);
  });

  test('one that is taken while I look on appears, and the cursor stays where it was', () => {
    const { model } = told(start, ...toFile.slice(0, 4), 'down');
    const line = noticeLine(
      { id: 'dump.taken', atMs: nowMs, group: 'shop', process: 'api', instance: null, by: null, parameters: {} },
      'en',
    );
    expect(told(model, { is: 'notice', line }).commands).toContainEqual({ is: 'fetch-incidents', target: 'shop/api' });
  });

  test('what a process left behind can be read when a reload took it away', () => {
    const { model } = told(start, ...toFile.slice(0, 4), {
      is: 'changed',
      whole: true,
      engine: status.engine,
      groups: [],
    });
    expect(model.screen.is).toBe('evidence');
    expect(told(model, 'escape').model.screen.is).toBe('list');
  });
});
