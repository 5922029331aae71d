// The Monitoring Plugins of the system as probes, against real servers.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { missing } from '../platform/linux/measured.ts';
import { freePort } from './free-port.ts';
import { watch } from './tested-engine.ts';
import { until } from './until.ts';
import { Workplace } from './workplace.ts';

const plugins = '/usr/lib/nagios/plugins';
const needed = ['check_dummy', 'check_http', 'check_tcp', 'check_procs'].map((name) => join(plugins, name));
const lacking = needed.filter((file) => !existsSync(file));
const isSkipped = missing(
  'Monitoring Plugins',
  lacking.length === 0 ? null : `there is no ${lacking.join(', ')} (scripts/install-test-programs.sh)`,
);

let place: Workplace;
let web: Server;
let line: Server;
/** Ends by its own doing after a day; check_procs looks for its argument. */
const countedCommand = ['/bin/sleep', '86417'] as const;

/** What is probed has nothing to do with the process itself, so that each test breaks and mends it as it likes. */
async function entry(name: string, probe: string, more = '') {
  return `      ${name}:
        command: [sleep, "86400"]
        onStall: alert
        stall: { probe: { nagios: ${probe}, interval: 250ms, timeout: 3s, failures: 2${more} } }
`;
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
const noticed = (name: string, id: Parameters<Workplace['noticed']>[0], times = 1) =>
  place.noticed(id, { name: `shop/${name}`, times });
const idsOf = (name: string) => place.notices(`shop/${name}`).map(({ id }) => id);
const isStalled = async (name: string) => (await place.process(`shop/${name}`)).stalled?.rule === 'probe';

let isSilent = false;
beforeAll(async () => {
  if (isSkipped) return;
  place = new Workplace();
  const [webPort, linePort] = [await freePort(), await freePort()];
  web = createHttpServer((_, response) => {
    if (!isSilent) response.end('well');
  });
  line = createServer((socket) => socket.end());
  await Promise.all([listen(web, webPort), listen(line, linePort)]);
  place.afterwards(() => void web.close());
  place.afterwards(() => void line.close());
  // Exits as the test says, with the words of the plugin.
  const dummy = place.write('dummy.sh', `exec ${plugins}/check_dummy "$(cat ${place.path('status')})" 'as told'\n`);
  place.write('status', '0');
  const entries = [
    await entry('dummy', `[sh, ${dummy}]`),
    await entry('web', `[${plugins}/check_http, -H, 127.0.0.1, -p, "${webPort}", -t, "30"]`).then((text) =>
      text.replace('timeout: 3s', 'timeout: 800ms'),
    ),
    await entry('line', `[${plugins}/check_tcp, -H, 127.0.0.1, -p, "${linePort}"]`),
    await entry('counted', `[${plugins}/check_procs, -c, "1:1", -a, "${countedCommand.join(' ')}"]`),
  ];
  await watch(place, `groups:\n  shop:\n    processes:\n${entries.join('')}`);
  await place.running(['shop/dummy', 'shop/web', 'shop/line', 'shop/counted']);
});
afterAll(async () => {
  if (!isSkipped) await place.cleanUp();
});

test.skipIf(isSkipped)('check_dummy: 1 and 3 warn and are no failure, 2 is a stall, 0 ends it', async () => {
  const [pid] = await place.pids('shop/dummy');
  place.write('status', '1');
  expect(await noticed('dummy', 'process.probe-warned')).toMatchObject({
    severity: 'warning',
    instance: { pid },
    reason: expect.stringMatching(/^WARNING: as told/),
  });
  place.write('status', '3');
  const unknown = await noticed('dummy', 'process.probe-warned', 2);
  expect(unknown.reason).toMatch(/^UNKNOWN: as told/);
  place.write('status', '0');
  expect(await isStalled('dummy')).toBe(false);
  expect(idsOf('dummy')).not.toContain('process.stalled');

  place.write('status', '2');
  const stalled = await noticed('dummy', 'process.stalled');
  expect(stalled).toMatchObject({ parameters: { rule: 'probe' }, instance: { pid } });
  expect(stalled.reason).toBe('2 probes in a row failed: CRITICAL: as told');
  expect(await isStalled('dummy')).toBe(true);
  place.write('status', '0');
  expect(await noticed('dummy', 'process.stall-ended')).toMatchObject({ parameters: { rule: 'probe' } });
  expect(await isStalled('dummy')).toBe(false);
  // Each of it was said once, and only said.
  expect(idsOf('dummy').filter((id) => id === 'process.probe-warned')).toHaveLength(2);
  expect(await place.pids('shop/dummy')).toEqual([pid]);
});

test.skipIf(isSkipped)(
  'check_http: a server that does not answer any more makes it run into its time-out',
  async () => {
    expect(idsOf('web')).not.toContain('process.stalled');
    isSilent = true;
    const stalled = await noticed('web', 'process.stalled');
    expect(stalled.reason).toBe('2 probes in a row failed: no answer within 0.8 s');
    expect(place.living().filter(({ commandLine }) => commandLine.includes('check_http')).length).toBeLessThanOrEqual(
      1,
    );
    isSilent = false;
    await noticed('web', 'process.stall-ended');
  },
);

test.skipIf(isSkipped)('check_tcp: a server that has closed its port is critical', async () => {
  const address = line.address();
  expect(idsOf('line')).not.toContain('process.stalled');
  await new Promise((resolve) => line.close(resolve));
  const stalled = await noticed('line', 'process.stalled');
  expect(stalled.reason).toMatch(/2 probes in a row failed: .*refused/i);
  await listen(line, typeof address === 'object' ? (address?.port ?? 0) : 0);
  await noticed('line', 'process.stall-ended');
});

test.skipIf(isSkipped)('check_procs: one that is not there is critical, and well when it is', async () => {
  const stalled = await noticed('counted', 'process.stalled');
  expect(stalled.reason).toMatch(/^2 probes in a row failed: PROCS CRITICAL: 0 processes/);
  const [file, ...words] = countedCommand;
  spawn(file, words, { env: place.environment, stdio: 'ignore' });
  await noticed('counted', 'process.stall-ended');
});

test.skipIf(isSkipped)('whoever is probed all the time shows how near it is, and its group is as it is', async () => {
  await until('all well', async () => (await place.status()).groups[0]?.state === 'up');
  const { stall } = await place.process('shop/dummy');
  expect(stall).toMatchObject([
    { rule: 'probe', elapsedMs: 0, limitMs: 500, lostMs: 0, probe: { failures: 0, text: '' } },
  ]);
  place.write('status', '2');
  await noticed('dummy', 'process.stalled', 2);
  expect((await place.status()).groups[0]?.state).toBe('degraded');
  const table = await place.command('status');
  expect(table.stdout).toMatch(/dummy.*stalled/);
});
