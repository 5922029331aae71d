import { expect, test } from 'vitest';
import { troubledStatus } from '../console/troubled.ts';
import { sitDown } from './operator.ts';

test('I ask why a process is down, and go back to where I was', async () => {
  const me = await sitDown();
  await me.press(['/'], 'filter /');
  await me.press([...'nightly'], /filter \/ nightly/);
  await me.press(['Enter'], 'w why');
  await me.press(['Down', 'w'], 'Why batch/nightly is as it is');
  await me.sees('Given up: 3 restarts within 24h');
  expect(me.engine.calls.at(-1)).toEqual({ method: 'why', parameters: { target: 'batch/nightly' } });
  await me.press(['Esc'], 'GROUP / PROCESS');
  expect(me.line('┃')).toContain('nightly');
});

test('on the details the same key answers the same, and leads back to them', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'Enter'], 'shop/api  ● running');
  await me.press(['w'], '2 of 3 restarts within 1h are used, the last at 10:48:13');
  await me.press(['w'], 'restarts   2 of 3');
});

test('before I write I see what would change, and only y writes', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'e'], '24h → 1h');
  await me.press(['w'], '+          within: 1h # as agreed with the shop');
  await me.press(['Esc'], 'changed by ops2');
  expect(me.engine.calls.map(({ method }) => method)).not.toContain('save');
  await me.press(['w'], '# as agreed with the shop');
  await me.press(['y'], 'Written to the profile: shop/api.');
  expect(me.engine.calls.some(({ method }) => method === 'save')).toBe(true);
});

test('the header says that a reload was refused until the profiles are right, and ! reads what is wrong', async () => {
  const me = await sitDown();
  await me.press(['!'], 'The profiles have no problems');
  me.engine.replace(troubledStatus());
  await me.sees('2 problems in the profiles (!)');
  await me.press(['!'], 'shop.yaml:20:7');
  expect(me.terminal.frame()).toContain('did you mean `dependsOn`?');
  await me.press(['Esc'], 'GROUP / PROCESS');
});

test('the details of a group tell how it restarts, and who is in it', async () => {
  const me = await sitDown();
  me.engine.replace(troubledStatus());
  await me.sees('one-for-all');
  await me.press(['g', 'Enter'], 'when one member fails, all of them are restarted');
  expect(me.terminal.frame()).toContain('escalation failover');
  expect(me.line('given up with database')).toContain('render');
  expect(me.line('python ×3')).toContain('● 2 of 3');
  await me.press(['Down'], 'farm/database  ✖ gave up');
  // Only what lives can stop.
  await me.press(['Up', 'r'], 'Restart farm?  3 processes stop, in this order:');
  await me.sees('one-for-all: none starts before all of them are down.');
});
