import { expect, test } from 'vitest';
import { stalledStatus } from '../console/stalled.ts';
import { sitDown } from './operator.ts';

test('one process hung at night, and I want to know why: from the list to the function in five keys', async () => {
  const me = await sitDown({ size: [80, 24] });
  me.engine.replace(stalledStatus());
  await me.press(['Down', 'Down', 'E'], /┃ #31 .*#12, 9 times .*no output for 5/);
  await me.press(['Enter'], '#12, 9 times since');
  expect(me.line('stack.txt')).toContain('┃');
  await me.press(['Enter'], '#2  0x000055c8b171c4af cart_checkout (order=0x55c8) at cart.c:214');
  expect(me.engine.calls.at(-1)).toEqual({
    method: 'incidentFile',
    parameters: { number: 31, name: 'stack.txt', offset: 0 },
  });
  await me.press(['Esc'], /folder +\/var/);
  await me.press(['Esc'], 'Evidence of shop/api');
  await me.press(['Esc'], 'GROUP / PROCESS');
});

test('what a file says in JSON I read as a table and as sentences, and a core only by its place', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'E'], '#31');
  await me.press(['Enter'], 'samples.jsonl');
  await me.press(['Down', 'Down', 'Enter'], /12:01:24 +12\.5% +81M +6 +- +sleeping/);
  await me.press(['Esc'], /folder +\/var/);
  await me.press(['Down', 'Enter'], 'shop/api is stalled: no output for 5 min');
  await me.press(['Esc'], /folder +\/var/);
  await me.press(['G', 'Enter'], 'This is no text. It lies on the machine of the engine:');
  await me.press(['Esc'], /folder +\/var/);
  await me.press(['x'], 'Evidence is exported where it lies: procsaver evidence export 31');
});

test('an incident whose files were removed says so, and a opens the incidents of all', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 'E'], /#12 .* removed {2}no output for 5 min/);
  await me.press(['G', 'Enter'], 'Its files were removed, to keep within the bounds.');
  await me.press(['a'], 'Evidence of everything');
  await me.sees(/#27 .* batch\/nightly/);
});

test('the timeline of a process tells the time between, follows what comes, and asks the journal at its beginning', async () => {
  const me = await sitDown();
  await me.press(['Down', 'Down', 't'], 'Timeline of shop/api');
  await me.sees('the journal begins here');
  expect(me.engine.calls.at(-1)).toEqual({
    method: 'events',
    parameters: { sinceMs: null, limit: 200, untilMs: null, target: 'shop/api' },
  });
  me.engine.tell({
    id: 'process.stalled',
    group: 'shop',
    process: 'api',
    parameters: { reason: 'no output for 5 min' },
  });
  await me.sees(/┃ 13:02:14 +\+1 h 42 m .*shop\/api is stalled/);
  // Somebody else's is not what I look at.
  me.engine.tell({ id: 'process.stalled', group: 'mail', process: 'smtp', parameters: { reason: 'silent' } });
  await me.press(['a'], 'Timeline of everything');
  await me.sees('mail/smtp is stalled: silent');
  await me.press(['/'], 'filter /');
  await me.press([...'ops1'], 'filter / ops1');
  await me.press(['Enter'], '/ops1');
  expect(me.terminal.frame()).not.toContain('gave up');
  expect(me.line('paused by')).toContain('ops1');
});

test('I follow a group, scroll up and nothing moves any more, and find what I look for', async () => {
  const me = await sitDown();
  await me.press(['l'], 'Output of shop');
  await me.sees('worker 13:02:11 POST /order 500 48ms error: no such cart');
  expect(me.terminal.frame()).toContain('following');
  await me.press(['Up', 'Up'], '2 more below (G)');
  await me.press(['/'], 'find /');
  await me.press([...'item/39'], 'find / item/39');
  await me.press(['Enter'], '┃worker 13:01:49 GET /item/39');
  await me.press(['n'], '┃api    13:01:49 GET /item/39');
  await me.press(['N'], '┃worker 13:01:49 GET /item/39');
  await me.press(['/'], 'find /');
  await me.press([...'nowhere'], 'find / nowhere');
  await me.press(['Enter'], '"nowhere" is not there.');
  await me.press(['G'], 'following');
  await me.press(['Esc'], 'GROUP / PROCESS');
});

test('in Japanese, without Unicode, and on the details: the same three keys', async () => {
  const me = await sitDown({ language: 'ja' });
  await me.press(['Down', 'Down', 'Enter'], '理由');
  await me.press(['t'], 'shop/api の時系列');
  await me.press(['Esc'], '理由');
  await me.press(['l'], 'shop/api の出力');
  await me.press(['Esc'], '理由');
  await me.press(['E'], 'shop/api の証拠');
  await me.press(['Esc'], '理由');
});
