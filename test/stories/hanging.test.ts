import { expect, test } from 'vitest';
import { stalledStatus } from '../console/stalled.ts';
import { sitDown } from './operator.ts';

const folder = '/var/lib/procsaver/default/evidence/20261122T130214.000Z-shop-api-asked';

test('a process hangs: I see by which rule, take a dump, and am told where its evidence lies', async () => {
  const me = await sitDown({ size: [120, 30] });
  me.engine.replace(stalledStatus());
  me.engine.tell({
    id: 'process.stalled',
    group: 'shop',
    process: 'api',
    parameters: { reason: 'no output for 5 min' },
  });
  await me.sees('▲ shop/api is stalled: no output for 5 min');
  expect(me.line(' api ')).toMatch(/▲ stalled .* output █████ 5:04/);
  expect(me.line(' worker ')).toMatch(/● 4 of 4 .* beat {3}██░░░ 0:09/);
  await me.press(['Down', 'Down', 'Enter'], 'shop/api  ▲ stalled 0:04');
  expect(me.line('5:04/5:00')).toMatch(/5:04\/5:00 +█████ {2}0:12 taken off/);
  expect(me.line('says')).toContain('serving 12 carts');
  await me.press(['d'], '$ procsaver dump shop/api');
  expect(me.engine.calls.at(-1)).toEqual({
    method: 'act',
    parameters: { verb: 'dump', target: 'shop/api', kinds: null },
  });
  me.engine.progress({ incident: 'fake.i1', process: 'shop/api', stage: 'stack' });
  await me.sees('shop/api: taking stack');
  // Somebody else's is not what I wait for.
  me.engine.progress({ incident: 'other.i9', process: 'mail/smtp', stage: 'core' });
  me.engine.tell({
    id: 'dump.taken',
    group: 'shop',
    process: 'api',
    parameters: { incident: 'fake.i1', number: 31, tookMs: 61, folder, same: '', missing: '' },
  });
  await me.sees(`Evidence #31: ${folder}`);
  expect(me.terminal.frame()).not.toContain('taking core');
});

test('on a narrow terminal the end of the folder is what is told, and a stalled process still says by which rule', async () => {
  const me = await sitDown({ size: [80, 24] });
  me.engine.replace(stalledStatus());
  await me.sees('▲ stalled: output 5:04');
  await me.press(['Down', 'Down', 'd'], 'procsaver dump shop/api');
  me.engine.tell({
    id: 'dump.taken',
    group: 'shop',
    process: 'api',
    parameters: { incident: 'fake.i1', number: 31, tookMs: 61, folder, same: '', missing: '' },
  });
  await me.sees('Evidence #31: …/20261122T130214.000Z-shop-api-asked');
});

test('what could not be taken is said, and what does not live has nothing to take', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'd'], 'procsaver dump shop/api');
  me.engine.tell({
    id: 'dump.failed',
    group: 'shop',
    process: 'api',
    parameters: { incident: 'fake.i1', reason: 'no space left on /var' },
  });
  await me.sees('no evidence of shop/api: no space left on /var');
  await me.press(['/'], 'filter /');
  await me.press([...'nightly'], /filter \/ nightly/);
  await me.press(['Enter'], 'w why');
  await me.press(['Down', 'd'], 'Nothing of it lives');
});
