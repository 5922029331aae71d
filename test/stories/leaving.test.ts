import { expect, test } from 'vitest';
import { sitDown } from './operator.ts';

test('I quit a console with the engine inside: it asks, and I let it watch on in the background', async () => {
  const me = await sitDown({ embedded: true });
  await me.press(['q'], '(•) b keep watching in the background');
  await me.press(['Enter'], 'procsaver');
  expect(await me.left).toBe('keep-watching');
});

test('I quit an embedded console and stop watching; no process is asked to stop', async () => {
  const me = await sitDown({ embedded: true });
  await me.press(['q'], 'stop watching');
  await me.press(['Down'], '(•) s stop watching');
  me.terminal.press('Enter');
  expect(await me.left).toBe('stop-watching');
  expect(me.engine.calls.map(({ method }) => method)).toEqual(['subscribe']);
});

test('I stay after all', async () => {
  const me = await sitDown({ embedded: true });
  await me.press(['q'], 'Leave the console.');
  await me.press(['Esc'], 'p pause');
});

test('a console on a daemon just leaves', async () => {
  const me = await sitDown();
  me.terminal.press('q');
  expect(await me.left).toBe('detached');
});

test('Ctrl-Z of an embedded console would stop the watching: it says so', async () => {
  const me = await sitDown({ embedded: true });
  await me.press(['\u001a'], 'Suspended, this console would watch nothing.');
});

test('the engine goes away: the screen says so, refuses what cannot be done, and comes back by itself', async () => {
  const me = await sitDown();
  me.engine.hangUp();
  await me.sees('no connection to the engine');
  await me.press(['r'], 'There is no connection to the engine now.');
  await me.sees('● 10');
});
