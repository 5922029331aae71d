import { expect, test } from 'vitest';
import type { Model } from '../../source/console/model.ts';
import { bindingsOf, readOwnKeys } from '../../source/console/own-keys.ts';
import { bar } from '../../source/console/view/bar.ts';
import { help } from '../../source/console/view/help.ts';
import { openModel, told } from './session.ts';

const read = (written: unknown) => readOwnKeys(written, 'en');

function modelWith(written: unknown): Model {
  const { keys } = read(written);
  return openModel({ size: { columns: 200, rows: 50 }, keys });
}

const pressing = (model: Model, ...keys: string[]): Model => told(model, ...keys).model;

const text = (lines: readonly (readonly { readonly text: string }[])[]): string =>
  lines.map((line) => line.map((span) => span.text).join('')).join('\n');

test('a key of one’s own takes the place of the usual one, in the bar and on the page of keys too', () => {
  const model = modelWith({ list: { why: ['W', 'ctrl-y'] } });
  expect(pressing(model, 'W').dialog?.is).toBe('why');
  expect(pressing(model, 'ctrl-y').dialog?.is).toBe('why');
  expect(pressing(model, 'w').bottomLine?.text).toBe('w does nothing here; ? shows every key.');
  expect(text([bar(model)])).toContain('W why');
  expect(text(help(model, { find: '' }))).toMatch(/W Ctrl-Y +why it is as it is/);
  // Elsewhere nothing has changed.
  expect(bindingsOf(model, 'details').find(({ action }) => action === 'why')?.keys).toEqual(['w']);
});

test('a dialog takes keys of one’s own in the place of the usual ones, and its bar names them', () => {
  const model = modelWith({ confirm: { 'do-it': ['j', 'ctrl-o'] }, sort: { choose: ['H', 'L'] } });
  const asked = pressing(model, 's');
  expect(text([bar(asked)])).toContain('j Ctrl-O yes, do it');
  expect(pressing(asked, 'y').dialog?.is).toBe('confirm');
  expect(pressing(asked, 'j').dialog).toBeNull();
  expect(pressing(asked, 'escape').dialog).toBeNull();
  expect(pressing(model, 'o', 'L', 'L', 'H').list.sort.by).toBe('name');
  expect(pressing(model, 'o', 'right').list.sort.by).toBe('profile');
  expect(text(help(pressing(model, '?'), { find: 'yes, do it' }))).toContain('j Ctrl-O');
});

test('two actions may swap their keys', () => {
  const { keys, problems } = read({ list: { restart: ['s'], 'stop-start': ['r'] } });
  expect(problems).toEqual([]);
  expect(keys).toEqual({ list: { restart: ['s'], 'stop-start': ['r'] } });
});

test.each([
  [{ list: { restart: ['p'] } }, 'console.json: keys.list.restart: p belongs to pause; the usual key stays.'],
  [
    { list: { restart: ['R'], dump: ['R'] } },
    'console.json: keys.list.restart: R belongs to dump; the usual key stays.',
  ],
  [{ list: { quit: ['ctrl-z'] } }, 'console.json: keys.list.quit: Ctrl-Z belongs to suspend; the usual key stays.'],
  [{ list: { restrat: ['R'] } }, 'console.json: keys.list.restrat names no action of that screen (restart?).'],
  [{ lst: { restart: ['R'] } }, 'console.json: keys.lst names no screen (list?).'],
  [{ list: { restart: ['shift-r'] } }, 'console.json: keys.list.restart: "shift-r" is no key; the usual one stays.'],
  [{ list: { restart: 'R' } }, 'console.json: keys.list.restart must hold lists of keys; the usual ones stay.'],
  [{ confirm: { 'do-it': ['n'] } }, 'console.json: keys.confirm.do-it: n belongs to leave-it; the usual key stays.'],
  [{ pause: { pause: ['J'] } }, 'console.json: keys.pause.pause: J is text there; the usual key stays.'],
  [
    { sort: { choose: ['L'] } },
    'console.json: keys.sort.choose must name 2 keys, one for each way; the usual ones stay.',
  ],
  [{ list: 7 }, 'console.json: keys.list must hold lists of keys; the usual ones stay.'],
  ['R', 'console.json: keys must hold lists of keys; the usual ones stay.'],
])('%o is told, and the usual key stays', (written, problem) => {
  const { problems } = read(written);
  expect(problems).toEqual([problem]);
  const kept = bindingsOf(modelWith(written), 'list').find(({ action }) => action === 'pause');
  expect(kept?.keys).toEqual(['p']);
});

test('a mistake costs the other keys nothing', () => {
  const { keys, problems } = read({ list: { restart: ['p'], dump: ['D'] }, nowhere: {} });
  expect(keys).toEqual({ list: { dump: ['D'] } });
  expect(problems).toHaveLength(2);
});

test('on the page of keys / finds, and Esc goes back step by step', () => {
  const found = pressing(modelWith(null), '?', '/', ...'dump');
  expect(text(help(found, found.dialog as { find: string }))).toMatch(/^ On the list\n {2}d +take a dump now/);
  expect(pressing(found, 'enter', 'escape').dialog).toMatchObject({ is: 'help', find: '' });
  expect(pressing(found, 'enter', 'escape', 'escape').dialog).toBeNull();
  const none = pressing(found, 'ctrl-u', ...'xyzzy');
  expect(text(help(none, none.dialog as { find: string }))).toContain('No key and no word has "xyzzy" in it.');
});
