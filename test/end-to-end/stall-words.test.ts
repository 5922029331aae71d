// What processes say of themselves by sd_notify(3), with real clients: each word has its effect, and nobody else's word has any.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { project } from '../../scripts/run.ts';
import type { NoticeLine } from '../../source/notices/notice.ts';
import { incidentIn } from './incidents.ts';
import { killLiving, livingAt } from './living.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import { Workplace } from './workplace.ts';

const programs = join(project, 'test/fixtures/programs');
const clients = [
  ['systemd-notify of the system', ['/bin/sh', join(programs, 'obeys-orders.sh')]],
  ['a Python program with its own socket code', ['/usr/bin/python3', join(programs, 'obeys-orders.py')]],
] as const;

const limitMs = 2_000;
/** What this machine may take on top when its two cores are busy with other things. */
const allowanceMs = 3_000;
/** A client beats every 0.2 s, and systemd-notify has to be started for it. */
const olderMs = 1_000;

/** Each is the hero of one test, so that all can wait at the same time. */
const heroes = ['steady', 'silent', 'stuck', 'brief', 'long', 'talker', 'leaving', 'reloading', 'handing'] as const;

const profile = (place: Workplace, client: readonly string[]) => {
  const entry = (name: string, more = '', first = 'READY=1') => `      ${name}:
        command: ${JSON.stringify([...client, place.path(name), ...(first === '' ? [] : [first])])}
        ready: { notify: true${more} }
        restart: { backoff: { initial: 0s } }
        stop: { grace: 1s }
        stall: { heartbeat: 2s }
`;
  return `groups:
  shop:
    processes:
${heroes.map((name) => entry(name)).join('')}${entry('slow', ', within: 3s', '')}`;
};

describe.for(clients)('%s', ([, client]) => {
  let place: Workplace;
  let stranger: ChildProcess;
  beforeAll(async () => {
    place = new Workplace();
    await watch(place, profile(place, client));
    await order('slow', 'EXTEND_TIMEOUT_USEC=8000000');
    await place.running(heroes.map((name) => `shop/${name}`));
    // Of the machine, but of no process that is watched; its word is kept for 10 s, in case it belongs to somebody who just starts.
    const NOTIFY_SOCKET = await socketOf('stuck');
    const [file, script] = client;
    const environment = { ...place.environment, NOTIFY_SOCKET };
    stranger = spawn(file, [script, place.path('stranger')], { env: environment, stdio: 'ignore' });
  });
  afterAll(() => place.cleanUp());

  /** Resolves when the client has done it. */
  async function order(name: string, text: string): Promise<void> {
    const file = place.path(name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    await until(`${name} to do ${text}`, () => !existsSync(file));
  }

  const of = (name: string) => place.process(`shop/${name}`);
  const pidOf = async (name: string) => (await place.pids(`shop/${name}`))[0] ?? 0;
  const socketOf = async (name: string) =>
    /NOTIFY_SOCKET=([^\0]+)/.exec(readFileSync(`/proc/${await pidOf(name)}/environ`, 'utf8'))?.[1] ?? '';
  const noticesOf = (name: string, ids: readonly NoticeLine['id'][]) =>
    place.notices(`shop/${name}`).filter(({ id }) => ids.includes(id));
  const stalled = (name: string) => place.noticed('process.stalled', { name: `shop/${name}` });

  async function replaced(name: string, pid: number): Promise<void> {
    await until(`another ${name}`, async () => {
      const { state, instances } = await of(name);
      return state === 'running' && instances[0] !== undefined && instances[0].pid !== pid;
    });
    expect(livingAt(pid)).toBeNull();
  }

  test('EXTEND_TIMEOUT_USEC gives it more time to get ready, and READY=1 makes it so', async () => {
    const { slots } = await of('slow');
    // Three seconds after its start it would have been a failed start.
    const untilAt = Date.parse(slots[0]?.since ?? '') + 3_000;
    await until('its first deadline to pass', () => Date.now() > untilAt + 500);
    expect(await of('slow')).toMatchObject({ state: 'starting', ready: false });
    await order('slow', 'READY=1');
    await place.running(['shop/slow']);
    expect(noticesOf('slow', ['process.down', 'process.restarting'])).toEqual([]);
  });

  test('silence is a stall when its limit is over, and it is replaced', async () => {
    const pid = await pidOf('silent');
    await order('silent', 'hush');
    const hushedAt = Date.now();
    const notice = await stalled('silent');
    expect(notice).toMatchObject({ parameters: { rule: 'heartbeat' }, instance: { pid }, severity: 'error' });
    expect(notice.reason).toMatch(/^no heartbeat for \d+ s \(limit 2s\)$/);
    const tookMs = Date.parse(notice.at) - hushedAt;
    expect(tookMs).toBeGreaterThan(limitMs - olderMs);
    expect(tookMs).toBeLessThan(limitMs + allowanceMs);
    await replaced('silent', pid);
  });

  test('WATCHDOG=trigger is a stall at once, heartbeats or not', async () => {
    const pid = await pidOf('stuck');
    const before = Date.now();
    await order('stuck', 'WATCHDOG=trigger');
    const notice = await stalled('stuck');
    expect(notice).toMatchObject({ parameters: { rule: 'heartbeat' }, instance: { pid } });
    expect(notice.reason).toContain('WATCHDOG=trigger');
    expect(Date.parse(notice.at) - before).toBeLessThan(limitMs);
    await replaced('stuck', pid);
  });

  test('WATCHDOG_USEC changes the limit: to less, and to more', async () => {
    const limitOf = async (name: string) => (await of(name)).stall.find(({ rule }) => rule === 'heartbeat')?.limitMs;
    expect(await limitOf('brief')).toBe(limitMs);
    await order('long', 'WATCHDOG_USEC=60000000');
    expect(await limitOf('long')).toBe(60_000);
    await order('long', 'hush');
    await order('brief', 'WATCHDOG_USEC=1200000');
    expect(await limitOf('brief')).toBe(1_200);
    await order('brief', 'hush');
    const { reason } = await stalled('brief');
    expect(reason).toContain('(limit 1s200ms)');
  });

  test('STATUS is what status says of it', async () => {
    await order('talker', 'STATUS=serving-7-clients');
    await until('its words', async () => (await of('talker')).says === 'serving-7-clients');
    expect(await place.done('status', 'shop/talker', '--json')).toContain('serving-7-clients');
    await order('talker', 'STATUS=');
    await until('no more words', async () => (await of('talker')).says === null);
  });

  test('a barrier is answered, and all before it was heard', async () => {
    // The order is done only when the client was answered.
    await order('talker', 'STATUS=before-the-barrier');
    await order('talker', 'barrier');
    expect((await of('talker')).says).toMatch(/barrier/);
    expect(livingAt(await pidOf('talker'))).not.toBeNull();
    expect(noticesOf('talker', ['process.down'])).toEqual([]);
  });

  test('RELOADING=1 is known of it until READY=1, and it stays ready all the time', async () => {
    const says = async () => {
      const before = place.notices('shop/reloading').filter(({ id }) => id === 'dump.taken').length;
      await place.done('dump', 'shop/reloading', '--kind', 'stack');
      const notice = await place.noticed('dump.taken', { name: 'shop/reloading', times: before + 1 });
      return (incidentIn(notice).file.facts as { readonly says: { readonly is: string | null } }).says.is;
    };
    const monotonicUsec = Math.round(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1e6);
    await order('reloading', `RELOADING=1 MONOTONIC_USEC=${monotonicUsec}`);
    expect(await says()).toBe('reloading');
    expect(await of('reloading')).toMatchObject({ ready: true, state: 'running' });
    await order('reloading', 'READY=1');
    expect(await says()).toBe(null);
  });

  test('MAINPID names its child, which is watched from then on', async () => {
    const pid = await pidOf('handing');
    await order('handing', 'MAINPID={child}');
    const child = await until('another main process', async () => {
      const now = await pidOf('handing');
      return now !== pid && now;
    });
    expect(livingAt(child)?.commandLine).toBe('sleep 86403');
    expect(livingAt(pid)).not.toBeNull();
    const living = livingAt(child);
    if (living !== null) killLiving(living);
    const down = await place.noticed('process.down', { name: 'shop/handing' });
    expect(down).toMatchObject({ instance: { pid: child } });
    await until('its successor', async () => ![0, pid, child].includes(await pidOf('handing')));
  });

  test('after STOPPING=1 silence is no stall', async () => {
    const pid = await pidOf('leaving');
    await order('leaving', 'STOPPING=1');
    await order('leaving', 'hush');
    expect((await of('leaving')).stall).toEqual([]);
    // Somebody who fell silent after it is called meanwhile.
    await order('silent', 'hush');
    await place.noticed('process.stalled', { name: 'shop/silent', times: 2 });
    expect(noticesOf('leaving', ['process.stalled', 'process.stall-excused', 'process.down'])).toEqual([]);
    expect(await pidOf('leaving')).toBe(pid);
  });

  test('the word of a stranger is refused, said, and saves nobody', async () => {
    const pid = await pidOf('stuck');
    await order('stuck', 'hush');
    const notice = await place.noticed('process.stalled', { name: 'shop/stuck', times: 2 });
    expect(notice.instance?.pid).toBe(pid);
    expect(livingAt(stranger.pid ?? 0)).not.toBeNull();
    const refused = await place.noticed('message.refused', { withinMs: 30_000 });
    expect(refused).toMatchObject({ severity: 'warning', group: null, process: null });
    expect(refused.parameters['said']).toContain('WATCHDOG=1');
    expect(refused.text).toMatch(/WATCHDOG=1 from pid \d+ \(.+\) was refused: /);
  });

  test('whoever gives its heartbeat all the time was never stalled', async () => {
    const { at } = place.notices('shop/steady').find(({ id }) => id === 'process.ready') ?? { at: '' };
    expect(Date.now() - Date.parse(at)).toBeGreaterThan(3 * limitMs);
    expect(noticesOf('steady', ['process.stalled', 'process.down'])).toEqual([]);
    expect(noticesOf('long', ['process.stalled', 'process.down'])).toEqual([]);
    expect(await of('steady')).toMatchObject({ state: 'running', stalled: null, restarts: { count: 0 } });
  });
});
