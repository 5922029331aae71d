// What follows when a process is given up. Nothing here may ever reboot: `allowReboot` stands in no profile of this file.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kill9AndAwait } from './killing.ts';
import { placeOfTest } from './place-of-test.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import type { Workplace } from './workplace.ts';

/** A process that ends with status 7 whenever it is started, beside a group that is well. */
const hopeless = (escalation: string, strategy = 'one-for-one') => `groups:
  cache:
    strategy: ${strategy}
    escalation: ${escalation}
    processes:
      hopeless:
        command: [sh, -c, "exit 7"]
        restart: { limit: 2, within: 1h, backoff: { initial: 10ms, max: 20ms } }
      neighbour:
        command: [sleep, "86402"]
  shop:
    processes:
      api:
        command: [sleep, "86401"]
`;

async function isGivenUp(place: Workplace): Promise<void> {
  expect(await place.noticed('process.gave-up', { name: 'cache/hopeless' })).toMatchObject({ reason: 'exit 7' });
  expect(await place.process('cache/hopeless')).toMatchObject({ state: 'fatal', restarts: { count: 2, limit: 2 } });
}

/** All goes on as before: the others are watched, and nobody tries the one that was given up again. */
async function othersAreWatched(place: Workplace): Promise<void> {
  await kill9AndAwait(place, 'shop/api');
  await kill9AndAwait(place, 'cache/neighbour');
  expect((await place.process('cache/hopeless')).state).toBe('fatal');
  expect(place.notices('cache/hopeless').filter(({ id }) => id === 'process.gave-up')).toHaveLength(1);
}

test('under `escalation: { run: ... }` the program is run once, and told which group gave up and why', async () => {
  const place = placeOfTest();
  const call = place.path('call');
  const script = place.write(
    'call.sh',
    `#!/bin/sh\necho "$PROCSAVER_GROUP: $PROCSAVER_REASON" >>${call}\necho "$@" >>${call}\n`,
    0o755,
  );
  await watch(place, hopeless(`{ run: [${script}, --page, "on call"] }`));
  await isGivenUp(place);
  await until('a call', () => existsSync(call) && readFileSync(call, 'utf8').endsWith('on call\n'));
  await othersAreWatched(place);
  expect(readFileSync(call, 'utf8')).toBe('cache: cache/hopeless was given up: exit 7\n--page on call\n');
  expect(place.notices().some(({ id }) => id === 'action.failed')).toBe(false);

  // Tried again and given up again is another escalation.
  await place.done('clear', 'cache/hopeless');
  await place.noticed('process.gave-up', { times: 2 });
  await until('a second call', () => readFileSync(call, 'utf8').split('\n').length === 5);
});

test('an escalation whose program fails is told, with its last words', async () => {
  const place = placeOfTest();
  const script = place.write('call.sh', '#!/bin/sh\necho the telephone is engaged\nexit 9\n', 0o755);
  await watch(place, hopeless(`{ run: [${script}] }`));
  await isGivenUp(place);
  const failed = await place.noticed('action.failed');
  expect(failed).toMatchObject({ severity: 'error', group: 'cache', reason: expect.stringContaining('exit status 9') });
  expect(failed.text).toContain('the telephone is engaged');
  await othersAreWatched(place);
});

for (const [escalation, words] of [
  ['failover', 'no cluster is connected to this engine, so cache stays down on this node; move it by hand'],
  ['{ plugin: pager }', 'there is no plugin named pager; this version runs none'],
] as const) {
  test(`\`escalation: ${escalation}\` says that this version cannot, and the process stays given up`, async () => {
    const place = placeOfTest();
    await watch(place, hopeless(escalation));
    await isGivenUp(place);
    expect(await place.noticed('action.failed')).toMatchObject({ severity: 'error', group: 'cache', reason: words });
    await othersAreWatched(place);
    expect(place.notices().filter(({ id }) => id === 'action.failed')).toHaveLength(1);
  });
}

test('`escalation: reboot` is refused without `allowReboot`, by check and by the daemon, and nothing is started', async () => {
  const place = placeOfTest();
  const file = place.write('profile.yaml', hopeless('reboot'));
  const checked = await place.command('check', file);
  expect(checked.status).toBe(4);
  expect(checked.stdout).toContain(':4:17 groups.cache.escalation: `reboot` is not allowed');
  expect(checked.stdout).toContain('allowReboot: true');
  const daemon = await place.command('--daemon', file);
  expect(daemon.status).toBe(4);
  expect(daemon.stderr).toContain('`reboot` is not allowed');
  expect(place.living()).toEqual([]);
});

test('a reload that brings `escalation: reboot` without `allowReboot` changes nothing', async () => {
  const place = placeOfTest();
  await watch(place, hopeless('continue').replace('exit 7', 'exec sleep 86403'));
  await place.running(['cache/hopeless', 'cache/neighbour', 'shop/api']);
  const before = place.living();
  place.write('profile.yaml', hopeless('reboot'));
  expect(await place.command('reload')).toMatchObject({ status: 4 });
  expect((await place.status()).groups).toMatchObject([{ escalation: 'continue' }, {}]);
  expect(place.living()).toEqual(before);
});
