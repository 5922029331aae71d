import { describe, expect, test } from 'vitest';
import type { Message } from '../../source/console/message.ts';
import type { Model, PromptDialog } from '../../source/console/model.ts';
import { wordsOf } from '../../source/console/prompt/words.ts';
import { nowMs, parameters } from './fixtures.ts';
import { openModel, told } from './session.ts';

const start = openModel();

const typing = (line: string, model = start) => told(model, ':', ...line);
const entering = (line: string, model = start) => told(model, ':', ...line, 'enter');

function prompt({ dialog }: Model): PromptDialog {
  if (dialog?.is !== 'prompt') throw new Error(`no prompt is open, but ${dialog?.is}`);
  return dialog;
}

describe('a line does what the command of the shell does', () => {
  test.each([
    [
      'pause shop --for 2h --why "patching the database"',
      { verb: 'pause', target: 'shop', why: 'patching the database', untilMs: nowMs + 7_200_000 },
    ],
    [
      'pause --until=18:00 batch/nightly',
      { verb: 'pause', target: 'batch/nightly', why: '', untilMs: Date.parse('2026-11-22T18:00:00Z') },
    ],
    ['resume --all', { verb: 'resume', target: '*' }],
    ['start system/backup', { verb: 'start', target: 'system/backup' }],
    ['restart shop/worker#2', { verb: 'restart', target: 'shop/worker#2' }],
    ['restart 4431', { verb: 'restart', target: '4431' }],
    ['clear batch', { verb: 'clear', target: 'batch' }],
    ['dump shop/api --kind stack,core', { verb: 'dump', target: 'shop/api', kinds: ['stack', 'core'] }],
    [
      'set shop/api restart.limit=5 restart.within=1h',
      { verb: 'set', target: 'shop/api', values: { 'restart.limit': 5, 'restart.within': '1h' } },
    ],
    ['unset shop/api restart.limit', { verb: 'unset', target: 'shop/api', fields: ['restart.limit'] }],
  ])('%s', (line, request) => {
    const { model, commands } = entering(line);
    expect(commands).toEqual([{ is: 'act', request }]);
    expect(model.dialog).toBeNull();
    expect(model.bottomLine?.text).toContain(`procsaver ${request.verb}`);
  });

  test('set --save writes it once it is in force', () => {
    const { commands } = entering('set shop/api restart.limit=5 --save');
    expect(commands).toEqual([
      {
        is: 'act',
        request: { verb: 'set', target: 'shop/api', values: { 'restart.limit': 5 } },
        thenSave: true,
      },
    ]);
  });

  test('reload reads the profiles again and tells what came of it', () => {
    const { model, commands } = entering('reload --dry-run');
    expect(commands).toEqual([{ is: 'reload', dryRun: true }]);
    const result = { ok: true, added: ['shop/x'], removed: [], changed: [], restarted: [] } as const;
    const after = told(model, { is: 'reloaded', dryRun: true, result });
    expect(after.model.bottomLine?.text).toBe('A reload would add 1, remove 0, change 0.');
  });

  test('without a target it is about what is chosen', () => {
    const on = told(start, 'down', 'down').model;
    expect(entering('dump', on).commands).toEqual([
      { is: 'act', request: { verb: 'dump', target: 'shop/api', kinds: null } },
    ]);
  });

  test.each(['stop shop', 'restart shop', 'restart --all', 'stop shop/api'])('%s asks as its key does', (line) => {
    const { model, commands } = entering(line);
    expect(commands).toEqual([]);
    expect(model.dialog?.is).toBe('confirm');
    expect(told(model, 'y').commands.every((one) => one.is === 'act')).toBe(true);
  });

  test('an action without a word of its own is done by its name, with what is in its way told', () => {
    expect(entering('fold-all').model.list.folded).toContain('shop');
    expect(entering('edit shop/worker').model.screen).toMatchObject({ is: 'parameters', target: 'shop/worker' });
    expect(entering('edit shop').model.bottomLine).toMatchObject({ kind: 'reason' });
  });
});

describe('what is wrong is explained at once', () => {
  test.each([
    ['restrat shop', 'There is no "restrat" here. Did you mean restart?'],
    ['restart shp/api', 'No group or process is called "shp/api". Did you mean shop/api?'],
    ['restart api', 'No group or process is called "api". Did you mean shop/api?'],
    ['restart shop/worker#9', 'No group or process is called "shop/worker#9". Did you mean shop/worker#1?'],
    ['pause shop --fro 2h', 'pause has no --fro. Did you mean --for?'],
    ['pause shop --for soon', 'soon is none: 2h, for example.'],
    ['pause shop --for 2h --until 18:00', 'Either --for or --until, not both.'],
    ['dump shop/api --kind hart', 'hart is none: stack,core, for example.'],
    ['set shop restart.limit=5', 'set takes one process, as in group/process.'],
    ['set shop/api restart.limit', '"restart.limit" is no FIELD=VALUE, such as restart.limit=5.'],
    ['resume shop now', 'resume takes no "now".'],
  ])('%s', (line, problem) => {
    const { model, commands } = entering(line);
    expect(prompt(model).problem).toBe(problem);
    expect(commands).toEqual([]);
    // The line stays, to be put right.
    expect(prompt(model).text).toBe(line);
    expect(prompt(told(model, 'backspace').model).problem).toBeNull();
  });

  test('a quotation mark that is open, and a flag without its value', () => {
    expect(prompt(entering('pause shop --why "pat').model).problem).toBe('A quotation mark is not closed.');
    expect(prompt(entering('pause shop --for').model).problem).toBe('--for needs a value, such as 2h.');
  });

  test('a field is known by its process', () => {
    const known: Message = { is: 'parameters', target: 'shop/api', parameters };
    const asked = typing('set shop/api ');
    expect(prompt(asked.model).fields).toEqual({ target: 'shop/api', parameters: null });
    const wrong = told(asked.model, known, ...'restart.limt=5', 'enter').model;
    expect(prompt(wrong).problem).toBe('It has no field restart.limt. Did you mean restart.limit?');
    const fixed = told(asked.model, known, ...'directory=/tmp', 'enter').model;
    expect(prompt(fixed).problem).toBe('directory can be changed in the profile only.');
  });
});

describe('Tab', () => {
  const tabbed = (line: string, times = 1): string =>
    prompt(told(typing(line).model, ...Array<string>(times).fill('tab')).model).text;

  test('completes what has one way to go on', () => {
    expect(tabbed('pau')).toBe('pause ');
    expect(tabbed('pause sho')).toBe('pause shop');
    expect(tabbed('pause shop/d')).toBe('pause shop/database ');
    expect(tabbed('pause shop --f')).toBe('pause shop --for ');
    expect(tabbed('dump nightl')).toBe('dump batch/nightly ');
  });

  test('takes the next of several each time, and begins again', () => {
    expect(tabbed('pause shop/worker#')).toBe('pause shop/worker#1 ');
    expect(tabbed('pause shop/worker#', 2)).toBe('pause shop/worker#2 ');
    expect(tabbed('resta', 1)).toBe('restart ');
    expect(tabbed('pause shop --for ', 3)).toBe('pause shop --for 8h ');
    expect(tabbed('pause shop --for ', 4)).toBe('pause shop --for 30m ');
  });

  test('asks the engine for the fields of the process, once, and offers them with their values', () => {
    const asked = typing('set shop/api');
    const spaced = told(asked.model, ' ');
    expect(spaced.commands).toEqual([{ is: 'fetch-parameters', target: 'shop/api' }]);
    const known = told(spaced.model, { is: 'parameters', target: 'shop/api', parameters }, ...'restart.li', 'tab');
    expect(known.commands).toEqual([]);
    expect(prompt(known.model).text).toBe('set shop/api restart.limit=');
    expect(prompt(told(known.model, 'tab').model).text).toBe('set shop/api restart.limit=3 ');
    const when = told(known.model, 'ctrl-u', ...'set shop/api restart.when=', 'tab', 'tab').model;
    expect(prompt(when).text).toBe('set shop/api restart.when=on-failure ');
  });
});

describe('history', () => {
  test('up and down go through the lines of this session', () => {
    const done = entering('clear batch', entering('resume mail').model).model;
    const at = (...keys: string[]) => prompt(told(done, ':', ...keys).model).text;
    expect(at('up')).toBe('clear batch');
    expect(at('up', 'up')).toBe('resume mail');
    expect(at('up', 'up', 'up', 'down')).toBe('clear batch');
    expect(at('up', 'down')).toBe('');
  });
});

test('Esc leaves the line, and so does rubbing out nothing', () => {
  expect(told(typing('stop shop').model, 'escape').model.dialog).toBeNull();
  expect(told(start, ':', 'backspace').model.dialog).toBeNull();
});

test('quotation marks hold a word together', () => {
  const { done, last, isOpenQuote } = wordsOf(`pause shop --why "it's late" ra`);
  expect(done.map(({ text }) => text)).toEqual(['pause', 'shop', '--why', "it's late"]);
  expect(last).toEqual({ text: 'ra', at: 29 });
  expect(isOpenQuote).toBe(false);
});
