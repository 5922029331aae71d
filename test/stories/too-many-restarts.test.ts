import { expect, test } from 'vitest';
import { sitDown } from './operator.ts';

test('it restarts too often: I change the limit, see who changed it, and undo it', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down'], '┃     api');
  await me.press(['Enter'], 'shop/api  ● running');
  await me.sees('POST /order 201 48ms');
  await me.press(['e'], 'restart.limit');
  await me.press(['Down'], '┃ restart.limit');

  await me.press(['Enter'], '3▏  number, 0 to 1000');
  await me.press(['Ctrl-U', '5'], 'at most 5 restarts in 24h; 2 count now.');
  await me.press(['Enter'], '3 → 5');
  expect(me.engine.calls).toContainEqual({
    method: 'act',
    parameters: {
      verb: 'set',
      target: 'shop/api',
      values: { 'restart.limit': 5 },
    },
  });
  expect(me.line('restart.limit ')).toContain('changed by ops1 13:02, not saved');

  // I watch: the details say what was changed from what, and when it restarted.
  await me.press(['Esc'], 'restart.limit 3 → 5');
  expect(me.line('restart.limit 3 → 5')).toContain('by ops1 13:02, not saved');
  expect(me.line('of 3 within')).toContain('the oldest leaves the window tomorrow 00:02');
  await me.sees('00:02 · 10:48');
  me.engine.change('shop', 'api', { restarts: { count: 3, limit: 5, within: '24h', nextFreeAt: null } });
  await me.sees('3 of 5 within 24h');
  await me.press(['e'], 'changed by ops1');
  await me.press(['Down'], '┃ restart.limit');

  await me.press(['u'], '$ procsaver unset shop/api restart.limit');
  await me.sees(/restart\.limit +3 +Restarts/);
  await me.press(['u'], "restart.limit has its profile's value already.");
});

test('it restarts too often: I change the limit, watch that it holds, and save it', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'e'], 'restart.limit');
  await me.press(['Down', 'Enter', 'Ctrl-U', '5'], 'at most 5 restarts in 24h; 2 count now.');
  await me.press(['Enter'], '3 → 5');
  await me.press(['Esc'], 'GROUP / PROCESS');
  // Two more than the profile would have allowed: it is still brought back.
  me.engine.change('shop', 'api', { restarts: { count: 4, limit: 5, within: '24h', nextFreeAt: null } });
  await me.sees(/api +● running .*4 of 5/);
  // Whoever knows the way does not wait for the page to be there.
  await me.press(['e', 'w'], 'Write this into the profile of shop/api?');
  await me.press(['y'], 'Written to the profile: shop/api.');
  expect(me.engine.calls.filter(({ method }) => method.startsWith('save'))).toEqual([
    { method: 'saveDiff', parameters: { target: 'shop/api' } },
    { method: 'save', parameters: { target: 'shop/api' } },
  ]);
});

test('a value that the engine refuses: the reason stands beside the field and the typed text stays', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'e'], 'restart.limit');
  await me.press(['Down', 'Enter'], '3▏');
  me.engine.refuse('restart.limit: 2000 is too much, expected 0 to 1000');
  await me.press(['Ctrl-U', '2', '0', '0', '0', 'Enter'], /2000▏ +✖ restart\.limit: 2000 is too much/);

  me.engine.refuse(null);
  await me.press(['Backspace', 'Enter'], '3 → 200');
});

test('I write the change to the profile, and the screen says so', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'e'], 'restart.limit');
  await me.press(['w'], 'Write this into the profile of shop/api?');
  await me.sees('within: 1h');
  await me.press(['y'], 'Written to the profile: shop/api.');
  await me.sees(/^(?!.*not saved)/s);
  await me.press(['w'], 'Nothing was changed: nothing to write.');
  await me.press(['Esc'], 'GROUP / PROCESS');
});
