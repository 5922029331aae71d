import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadline } from '../../../source/platform/probe.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import type { ProbeVerdict, StallProbe } from '../../../source/ports/stall-prober.ts';
import { instanceAt, openWorkshop, pidsIn, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
let instance: Instance;
const servers: (Server | HttpServer)[] = [];
beforeEach(async () => {
  workshop = openWorkshop();
  instance = await workshop.started(['sleep', '1000']);
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
  await workshop.close();
});

const prober = () => workshop.platform.ports.stallProber;
const isAlive = (one: Instance) => workshop.platform.ports.table.isAlive(one);

/** The first verdict. */
async function verdict(probe: StallProbe, timeoutMs = 10_000): Promise<ProbeVerdict> {
  const request = { probe, intervalMs: 10, timeoutMs };
  const first = await reported<ProbeVerdict>((report) => prober().watch(instance, request, report));
  prober().unwatch(instance);
  return first;
}
const shell = (script: string, kind: 'run' | 'nagios' = 'run'): StallProbe => ({ kind, command: ['sh', '-c', script] });

async function portOf(server: Server | HttpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (server.address() as AddressInfo).port;
}
/** Answers /503 with 503, and /never not at all. */
const webServer = () =>
  portOf(
    createHttpServer(({ url = '' }, response) => {
      if (url === '/hangup') response.destroy();
      else if (url !== '/never') response.writeHead(Number(url.slice(1))).end('a page');
    }),
  );
async function unusedPort(): Promise<number> {
  const port = await portOf(createServer());
  servers.pop()?.close();
  return port;
}

test.for([
  ['200', 'ok', /^HTTP 200 OK$/],
  ['302', 'ok', /^HTTP 302 Found$/],
  ['404', 'critical', /^HTTP 404 Not Found$/],
  ['503', 'critical', /^HTTP 503 Service Unavailable$/],
  ['never', 'timeout', /^no answer within 0.3 s$/],
  ['hangup', 'critical', /socket hang up|connection reset|without an answer/],
] as const)('http: a server that answers %s is %s', async ([path, is, text]) => {
  const url = `http://127.0.0.1:${await webServer()}/${path}`;
  expect(await verdict({ kind: 'http', url }, 300)).toEqual({ is, text: expect.stringMatching(text) });
});

test('tcp: somebody listens, or nobody does', async () => {
  const port = await portOf(createServer());
  expect(await verdict({ kind: 'tcp', address: `:${port}` })).toEqual({
    is: 'ok',
    text: `127.0.0.1:${port} accepts connections`,
  });
  const nobody = await unusedPort();
  for (const probe of [
    { kind: 'tcp', address: `127.0.0.1:${nobody}` },
    { kind: 'http', url: `http://127.0.0.1:${nobody}/` },
  ] as const)
    expect(await verdict(probe)).toEqual({
      is: 'critical',
      text: expect.stringContaining(': connection refused'),
    });
  const refused = { is: 'critical', text: `127.0.0.1:${nobody}: connection refused` };
  expect(await verdict({ kind: 'tcp', address: String(nobody) })).toEqual(refused);
  expect(await verdict({ kind: 'tcp', address: '/nobody.sock' })).toMatchObject({ is: 'critical' });
});

test.for<[string, ProbeVerdict]>([
  ['echo; echo all is well; echo more', { is: 'ok', text: 'all is well' }],
  ['exit 0', { is: 'ok', text: 'exit status 0' }],
  ['echo queue is full; exit 3', { is: 'critical', text: 'exit status 3: queue is full' }],
  ['echo to stderr >&2; echo to stdout; exit 1', { is: 'critical', text: 'exit status 1: to stdout' }],
  ['echo only to stderr >&2; exit 1', { is: 'critical', text: 'exit status 1: only to stderr' }],
  ['kill -9 $$', { is: 'critical', text: 'killed by SIGKILL' }],
  ['printf "\\033[2Jred\\007"', { is: 'ok', text: '[2Jred' }],
  ['yes | head -c 3000000', { is: 'ok', text: 'y' }],
  [`printf '%1000s' | tr ' ' x`, { is: 'ok', text: `${'x'.repeat(299)}…` }],
])('run: %s', async ([script, expected]) => {
  expect(await verdict(shell(script))).toEqual(expected);
});

test('run: a program that cannot be started says nothing of the process', async () => {
  const lost = { is: 'unknown', text: expect.stringContaining('/no/such/probe') };
  expect(await verdict({ kind: 'run', command: ['/no/such/probe'] })).toEqual(lost);
  expect(await verdict({ kind: 'nagios', command: ['/no/such/probe'] })).toEqual(lost);
});

test('a program finds the pid of the process in PROCSAVER_PID', async () => {
  expect(await verdict(shell('echo $PROCSAVER_PID'))).toEqual({ is: 'ok', text: String(instance.pid) });
});

test.for<[string, ProbeVerdict]>([
  ['echo "LOAD OK - fine|load=0.1;5;10"; exit 0', { is: 'ok', text: 'LOAD OK - fine' }],
  ['echo WARN; exit 1', { is: 'warning', text: 'WARN' }],
  ['echo CRIT; exit 2', { is: 'critical', text: 'CRIT' }],
  ['echo no idea; exit 3', { is: 'unknown', text: 'no idea' }],
  ['exit 2', { is: 'critical', text: 'exit status 2' }],
  ['exit 4', { is: 'unknown', text: 'not an answer of a plugin, exit status 4' }],
  ['exit 126', { is: 'unknown', text: 'not an answer of a plugin, exit status 126' }],
  ['kill -11 $$', { is: 'unknown', text: 'not an answer of a plugin, killed by SIGSEGV' }],
])('nagios: %s', async ([script, expected]) => {
  expect(await verdict(shell(script, 'nagios'))).toEqual(expected);
});

test('nagios: a shell that does not find its program says so', async () => {
  expect(await verdict(shell('no_such_check', 'nagios'))).toEqual({
    is: 'unknown',
    text: expect.stringMatching(/^not an answer of a plugin, exit status 127: .*no_such_check: not found$/),
  });
});

const plugins = '/usr/lib/nagios/plugins';
const noPlugins = `SKIPPED: ${plugins}/check_http is not installed (scripts/install-test-programs.sh)`;
const hasPlugins = () => existsSync(`${plugins}/check_http`);
const plugin = (name: string, ...words: string[]): StallProbe => ({
  kind: 'nagios',
  command: [`${plugins}/${name}`, ...words],
});

test('the Monitoring Plugins of Debian ask real servers', async ({ skip }) => {
  if (!hasPlugins()) skip(noPlugins);
  const web = String(await webServer());
  const checkHttp = (path: string) => plugin('check_http', '-I', '127.0.0.1', '-p', web, '-u', path);
  expect(await verdict(checkHttp('/200'))).toEqual({
    is: 'ok',
    text: expect.stringMatching(/^HTTP OK: HTTP\/1.1 200 OK/),
  });
  expect(await verdict(checkHttp('/404'))).toMatchObject({ is: 'warning', text: expect.stringContaining('404') });
  expect(await verdict(checkHttp('/503'))).toMatchObject({ is: 'critical', text: expect.stringContaining('503') });
  expect(await verdict(checkHttp('/never'), 400)).toEqual({ is: 'timeout', text: 'no answer within 0.4 s' });
  const checkTcp = (port: number) => plugin('check_tcp', '-H', '127.0.0.1', '-p', String(port));
  expect(await verdict(checkTcp(await portOf(createServer())))).toMatchObject({
    is: 'ok',
    text: expect.stringMatching(/^TCP OK/),
  });
  expect(await verdict(checkTcp(await unusedPort()))).toMatchObject({ is: 'critical' });
});

test('the Monitoring Plugins of Debian count processes and answer with each status', async ({ skip }) => {
  if (!hasPlugins()) skip(noPlugins);
  const mark = `1000.${process.pid}`;
  const sleeper = await workshop.started(['sleep', mark]);
  const checkProcs = plugin('check_procs', '-C', 'sleep', '-a', mark, '-c', '1:1');
  expect(await verdict(checkProcs)).toEqual({ is: 'ok', text: expect.stringMatching(/^PROCS OK: 1 process/) });
  const exit = workshop.exitOf(sleeper);
  process.kill(sleeper.pid, 'SIGKILL');
  await exit;
  expect(await verdict(checkProcs)).toMatchObject({ is: 'critical' });
  for (const [status, is] of ['ok', 'warning', 'critical', 'unknown'].entries())
    expect(await verdict(plugin('check_dummy', String(status), 'as told'))).toEqual({
      is,
      text: `${is.toUpperCase()}: as told`,
    });
});

const family = () => workshop.file('family');
/** A program that hangs with a child, a grandchild and one in a session of its own. */
const hanging = () =>
  shell(
    `trap '' TERM; sleep 1000 & echo $! >${family()}; setsid sleep 1000 & echo $! >>${family()}; echo $$ >>${family()}; wait`,
  );

test('a program that hangs is killed with its whole tree when its time is over', async () => {
  const first = verdict(hanging(), 500);
  const living = (await pidsIn(family(), 3)).map(instanceAt);
  expect(living.every(isAlive)).toBe(true);
  expect(await first).toEqual({ is: 'timeout', text: 'no answer within 0.5 s' });
  expect(living.filter(isAlive)).toEqual([]);
});

test('no program that probes survives unwatch', async () => {
  prober().watch(instance, { probe: hanging(), intervalMs: 10, timeoutMs: 60_000 }, () => expect.unreachable());
  const living = (await pidsIn(family(), 3)).map(instanceAt);
  prober().unwatch(instance);
  await vi.waitUntil(() => living.filter(isAlive).length === 0);
});

test('no program that probes survives the end of the engine', async () => {
  const other = openWorkshop();
  other.platform.ports.stallProber.watch(instance, { probe: hanging(), intervalMs: 10, timeoutMs: 60_000 }, () =>
    expect.unreachable(),
  );
  const living = (await pidsIn(family(), 3)).map(instanceAt);
  // After it the engine may be gone at once, so nothing is left to a later turn of the event loop.
  const closed = other.close();
  for (const end = performance.now() + 5000; living.some(isAlive) && performance.now() < end; );
  expect(living.filter(isAlive)).toEqual([]);
  await closed;
});

test('what a program leaves behind neither delays its answer nor lives on', async () => {
  const first = await verdict(shell(`sleep 1000 & echo $! >${family()}; echo fine`));
  expect(first).toEqual({ is: 'ok', text: 'fine' });
  const [left = 0] = await pidsIn(family(), 1);
  await vi.waitUntil(() => !existsSync(`/proc/${left}`) || !isAlive(instanceAt(left)));
});

test('the next program starts only when the one before has ended', async () => {
  const log = workshop.file('log');
  const probe = shell(`echo begin >>${log}; sleep 0.05; echo end >>${log}`);
  let verdicts = 0;
  await reported<void>((report) =>
    prober().watch(instance, { probe, intervalMs: 10, timeoutMs: 5000 }, () => {
      verdicts += 1;
      if (verdicts === 4) report();
    }),
  );
  prober().unwatch(instance);
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, 8);
  expect(lines).toEqual(Array.from({ length: 4 }, () => ['begin', 'end']).flat());
});

test('probes come at the interval, those of many processes each at its own moment', async () => {
  const intervalMs = 400;
  const asked = new Map<string, number[]>();
  const port = await portOf(
    createHttpServer(({ url = '' }, response) => {
      asked.set(url, [...(asked.get(url) ?? []), performance.now()]);
      response.end();
    }),
  );
  const begun = performance.now();
  const many = Array.from({ length: 10 }, (_, index) => ({ ...instance, startTime: index }));
  await reported<void>((report) => {
    for (const [index, one] of many.entries()) {
      const probe: StallProbe = { kind: 'http', url: `http://127.0.0.1:${port}/${index}` };
      prober().watch(one, { probe, intervalMs, timeoutMs: 5000 }, () => {
        if (asked.size === 10 && [...asked.values()].every((times) => times.length >= 3)) report();
      });
    }
  });
  for (const one of many) prober().unwatch(one);
  const firsts = [...asked.values()].map(([at = 0]) => at - begun).sort((a, b) => a - b);
  // All of them in one instant would lie within a few milliseconds.
  expect((firsts.at(-1) ?? 0) - (firsts[0] ?? 0)).toBeGreaterThan(intervalMs / 2);
  for (const [first = 0, , third = 0] of asked.values()) {
    // What the server hears late of the first on a busy machine is missing here.
    expect(third - first).toBeGreaterThan(1.5 * intervalMs);
    expect(third - first).toBeLessThan(2 * intervalMs + 600);
  }
});

const block = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
};

test('an answer that came while nobody could take it counts', async () => {
  const started = workshop.file('started');
  const first = verdict(shell(`touch ${started}; sleep 0.1; echo quick`), 200);
  await vi.waitUntil(() => existsSync(started), { interval: 5 });
  block(500);
  expect(await first).toEqual({ is: 'ok', text: 'quick' });
});

test('after the engine was away the whole time is given again', async () => {
  const begun = performance.now();
  const over = reported<number>((report) => deadline(300, () => report(performance.now() - begun)));
  block(1400);
  expect(await over).toBeGreaterThan(1650);
});

test('a deadline in time is not put off', async () => {
  const begun = performance.now();
  expect(await reported<number>((report) => deadline(100, () => report(performance.now() - begun)))).toBeLessThan(800);
});
