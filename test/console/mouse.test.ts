import { expect, test } from 'vitest';
import type { Model } from '../../source/console/model.ts';
import { rowsOf } from '../../source/console/rows/rows.ts';
import { mouseEvents, startMouse } from '../../source/console/shell/mouse.ts';
import { bellSign, clipboardSign } from '../../source/console/shell/signs.ts';
import { update } from '../../source/console/update.ts';
import { list } from '../../source/console/view/list.ts';
import { notices, parameters } from './fixtures.ts';
import { openModel, told } from './session.ts';

const start = openModel();

/** The row of the screen on which a name stands. */
function rowWith(model: Model, name: string): number {
  const lines = list(model, 20).map((line) => line.map(({ text }) => text).join(''));
  return 2 + lines.findIndex((line) => line.includes(name));
}

function click(model: Model, name: string, column = 10): Model {
  return update(model, { is: 'mouse', did: 'click', column, row: rowWith(model, name) }).model;
}

const wheel = (model: Model, did: 'wheel-up' | 'wheel-down'): Model =>
  update(model, { is: 'mouse', did, column: 5, row: 5 }).model;

test('a click selects, one more on the same row opens', () => {
  const selected = click(start, 'nightly');
  expect(selected.list.cursor).toBe('batch/nightly');
  expect(selected.screen.is).toBe('list');
  expect(click(selected, 'nightly').screen).toMatchObject({ is: 'details', target: 'batch/nightly' });
});

test('a click on the fold sign folds the group, or shows the slots, and opens nothing', () => {
  const folded = click(start, 'shop', 2);
  expect(folded.list.folded).toEqual(['shop']);
  expect(click(folded, 'shop', 2).list.folded).toEqual([]);
  expect(rowsOf(click(start, 'worker', 2)).map(({ name }) => name)).toContain('shop/worker#4');
});

test('a click beside the list, or while a question is open, does nothing', () => {
  for (const row of [0, 1, 2, 29]) {
    const { model } = update(start, { is: 'mouse', did: 'click', column: 4, row });
    expect(model.list.cursor).toBe(start.list.cursor);
  }
  const asked = told(start, 's').model;
  expect(click(asked, 'nightly')).toEqual(asked);
});

test('the wheel goes three rows, scrolls a page, and leaves details alone', () => {
  expect(wheel(start, 'wheel-down').list.index).toBe(3);
  expect(wheel(wheel(start, 'wheel-down'), 'wheel-up').list.index).toBe(0);
  expect(wheel(told(start, '?').model, 'wheel-down').dialog).toMatchObject({ is: 'help', top: 3 });
  const details = told(start, 'down', 'enter').model;
  expect(wheel(details, 'wheel-down')).toEqual(details);
});

test('what the terminal says of the mouse', () => {
  const eventsOf = (input: string) => mouseEvents(input).events;
  expect(eventsOf('\u001b[<0;10;5M')).toEqual([{ did: 'click', column: 9, row: 4 }]);
  expect(eventsOf('\u001b[<64;300;200M')).toEqual([{ did: 'wheel-up', column: 299, row: 199 }]);
  expect(eventsOf('j\u001b[<65;1;1M\u001b[<65;1;1Mk').map(({ did }) => did)).toEqual(['wheel-down', 'wheel-down']);
  // With Shift held it is the same; letting go, other buttons, keys and what is pasted are nothing.
  expect(eventsOf('\u001b[<4;1;1M')).toHaveLength(1);
  for (const other of [
    '\u001b[<0;10;5m',
    '\u001b[<2;10;5M',
    '[<0;1;1M',
    '\u001b[A',
    '\u001b[200~\u001b[<0;1;1M\u001b[201~',
  ])
    expect(eventsOf(other)).toEqual([]);
});

test('what comes in two parts over a slow line is put together', () => {
  const whole = '\u001b[<0;10;5M';
  for (let at = 1; at < whole.length; at++) {
    const first = mouseEvents(`x${whole.slice(0, at)}`);
    expect(first.events).toEqual([]);
    expect(mouseEvents(first.rest + whole.slice(at)).events).toHaveLength(1);
  }
});

test('the mouse is given back on every way out, once', async () => {
  const written: string[] = [];
  const mouse = startMouse((text) => written.push(text));
  mouse.turn(true);
  await mouse.away(async () => {
    expect(written.at(-1)).toBe('\u001b[?1006l\u001b[?1000l');
  });
  expect(written.at(-1)).toBe('\u001b[?1000h\u001b[?1006h');
  mouse.close();
  mouse.close();
  expect(written.filter((text) => text.includes('l'))).toHaveLength(2);
  expect(written.at(-1)).toBe('\u001b[?1006l\u001b[?1000l');
});

test('y copies the name, Y the pids, on the parameters what would set the value', () => {
  const on = told(start, 'down', 'down').model;
  expect(told(on, 'y').commands).toEqual([{ is: 'copy', text: 'shop/api' }]);
  expect(told(on, 'Y').commands).toEqual([{ is: 'copy', text: '4431' }]);
  expect(told(on, 'y').model.bottomLine?.text).toBe('Copied: shop/api');
  const opened = update(told(on, 'e').model, { is: 'parameters', target: 'shop/api', parameters }).model;
  expect(told(opened, 'y').commands).toEqual([{ is: 'copy', text: 'restart.when=always' }]);
  const dead = told(on, 'down', 'down', 'down').model;
  expect(told(dead, 'Y').model.bottomLine?.kind).toBe('reason');
});

test('only who has switched it on is called when something is given up', () => {
  const line = { ...notices[0], id: 'process.gave-up', text: 'batch/nightly gave up' } as (typeof notices)[number];
  const commandsOf = (model: Model, id: string) =>
    update(model, { is: 'notice', line: { ...line, id } as typeof line }).commands;
  expect(commandsOf(start, 'process.gave-up')).toEqual([]);
  const called = told(start, ':', ...'bell osc9', 'enter');
  expect(called.commands).toEqual([{ is: 'remember', change: { bell: 'osc9' } }]);
  const ring = { is: 'ring', how: 'osc9', text: 'batch/nightly gave up' };
  expect(commandsOf(called.model, 'process.gave-up')).toEqual([ring]);
  expect(commandsOf(called.model, 'group.gave-up')).toEqual([ring]);
  expect(commandsOf(called.model, 'process.down')).toEqual([]);
});

test('what is sent to the terminal cannot be broken out of', () => {
  expect(bellSign('osc9', 'a\u0007b\u001b[2J')).toBe('\u001b]9;a b [2J\u0007');
  expect(clipboardSign('本\u0007')).toBe('\u001b]52;c;5pysBw==\u0007');
});

test(':mouse and :theme take effect and are remembered', () => {
  expect(told(start, ':', ...'mouse off', 'enter').commands).toEqual([
    { is: 'turn-mouse', isOn: false },
    { is: 'remember', change: { mouse: false } },
  ]);
  expect(told(start, ':', ...'theme mine', 'enter').commands).toEqual([
    { is: 'use-theme', name: 'mine' },
    { is: 'remember', change: { theme: 'mine' } },
  ]);
  expect(told(start, ':', ...'mouse', 'enter').model.dialog).toMatchObject({
    problem: 'mouse takes one of: on, off.',
  });
});
