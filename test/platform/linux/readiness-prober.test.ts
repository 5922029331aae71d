import { appendFileSync, copyFileSync, existsSync, truncateSync, unlinkSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sendDatagram } from '../../../native-bindings/linux/unix-socket.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import type { Stranger } from '../../../source/ports/messages.ts';
import type { ReadinessProbe } from '../../../source/ports/readiness-prober.ts';
import { fileWith, openWorkshop, program, reported, type Workshop } from './workshop.ts';

let workshop: Workshop;
const servers: Server[] = [];
beforeEach(() => {
  workshop = openWorkshop();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) server.close();
  await workshop.close();
});

const outputFile = () => workshop.file('probed.log');
const watch = (instance: Instance, probe: ReadinessProbe, report: () => void) =>
  workshop.platform.ports.prober.watch(
    instance,
    { probe, intervalMs: 20, timeoutMs: 500, outputFile: outputFile() },
    report,
  );
const ready = (instance: Instance, probe: ReadinessProbe) =>
  reported<void>((report) => watch(instance, probe, () => report()));
const sleeper = () => workshop.started(['sleep', '1000'], { outputFile: outputFile() });

async function listening(server: Server, place: { port: number; host: string } | { path: string }): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(place, () => resolve()));
  return (server.address() as AddressInfo).port;
}

test('http holds from the first status between 200 and 399', async () => {
  const statuses = [500, 404, 302];
  const asked: number[] = [];
  const port = await listening(
    createHttpServer((_, response) => {
      const status = statuses.shift() ?? 500;
      asked.push(status);
      response.writeHead(status).end();
    }),
    { port: 0, host: '127.0.0.1' },
  );
  await ready(await sleeper(), { kind: 'http', url: `http://127.0.0.1:${port}/health` });
  expect(asked).toEqual([500, 404, 302]);
});

async function waitsBetweenProbes(intervalMs: number, count: number): Promise<number[]> {
  const asked: number[] = [];
  const port = await listening(
    createHttpServer((_, response) => {
      asked.push(performance.now());
      response.writeHead(asked.length < count ? 503 : 200).end();
    }),
    { port: 0, host: '127.0.0.1' },
  );
  const probe: ReadinessProbe = { kind: 'http', url: `http://127.0.0.1:${port}/` };
  const request = { probe, intervalMs, timeoutMs: 500, outputFile: outputFile() };
  const instance = await sleeper();
  await reported<void>((report) => workshop.platform.ports.prober.watch(instance, request, () => report()));
  return asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
}

test('the first probes come soon, whatever the interval is', async () => {
  // At the interval the fourth would come after an hour and a half.
  await waitsBetweenProbes(30 * 60_000, 4);
});

test('each wait is twice the one before, up to the interval', async () => {
  const waits = await waitsBetweenProbes(150, 5);
  for (const [index, least] of [50, 100, 150, 150].entries()) expect(waits[index]).toBeGreaterThan(least - 5);
});

test('an http server that never answers is asked again after the timeout', async () => {
  let asked = 0;
  const port = await listening(
    createHttpServer((_, response) => {
      asked += 1;
      if (asked > 1) response.end('ok');
    }),
    { port: 0, host: '127.0.0.1' },
  );
  const instance = await sleeper();
  const probe: ReadinessProbe = { kind: 'http', url: `http://127.0.0.1:${port}/` };
  const request = { probe, intervalMs: 5, timeoutMs: 50, outputFile: outputFile() };
  await reported<void>((report) => workshop.platform.ports.prober.watch(instance, request, () => report()));
  expect(asked).toBe(2);
});

test('tcp holds once somebody listens, on a port or a Unix socket', async () => {
  const instance = await sleeper();
  const path = workshop.file('late.sock');
  const unix = ready(instance, { kind: 'tcp', address: path });
  await listening(createServer(), { path });
  await unix;
  const port = await listening(createServer(), { port: 0, host: '127.0.0.1' });
  for (const address of [`127.0.0.1:${port}`, `:${port}`, `${port}`, `localhost:${port}`])
    await ready(instance, { kind: 'tcp', address });
});

test('run holds when the program ends with 0, and one that hangs is ended', async () => {
  const instance = await sleeper();
  const flag = workshop.file('flag');
  const held = ready(instance, {
    kind: 'run',
    command: ['sh', '-c', `test -e ${flag} || { touch ${flag}; sleep 1000; }; test $PROCSAVER_PID = ${instance.pid}`],
  });
  await held;
  expect(existsSync(flag)).toBe(true);
});

test('output holds by a line written since the start, never by an older one', async () => {
  appendFileSync(outputFile(), 'server is ready\n');
  const instance = await workshop.started(['sh', '-c', 'echo starting; sleep 1000'], { outputFile: outputFile() });
  await fileWith(outputFile(), (text) => text.endsWith('starting\n'));
  let isReady = false;
  const held = reported<void>((report) =>
    watch(instance, { kind: 'output', pattern: '^server is ready$' }, () => {
      isReady = true;
      report();
    }),
  );
  appendFileSync(outputFile(), 'server is re');
  await new Promise((resolve) => setImmediate(resolve));
  expect(isReady).toBe(false);
  appendFileSync(outputFile(), 'ady\n');
  await held;
});

test('output is followed over a rotation by copy and truncate', async () => {
  const instance = await sleeper();
  appendFileSync(outputFile(), 'a long beginning of the output\n'.repeat(100));
  const held = ready(instance, { kind: 'output', pattern: 'ready \\d+' });
  await new Promise((resolve) => setTimeout(resolve, 30));
  copyFileSync(outputFile(), `${outputFile()}.1`);
  truncateSync(outputFile());
  appendFileSync(outputFile(), 'ready 1\n');
  await held;
});

test('notify holds by READY=1 among other lines, from the process itself', async () => {
  const instance = await workshop.started([program('ready-by-datagram.py')]);
  await ready(instance, { kind: 'notify' });
});

test("notify holds by Debian's systemd-notify from a child", async ({ skip }) => {
  if (!existsSync('/usr/bin/systemd-notify')) skip('systemd-notify is not installed');
  const instance = await workshop.started(['sh', '-c', 'systemd-notify --ready --status=up; sleep 1000']);
  await ready(instance, { kind: 'notify' });
});

test('READY=1 that came before anybody waited for it counts', async () => {
  const instance = await workshop.started(['sh', '-c', `${program('ready-by-datagram.py')} & sleep 1000`]);
  const other = await workshop.started([program('ready-by-datagram.py')]);
  await ready(other, { kind: 'notify' });
  await ready(instance, { kind: 'notify' });
});

test('READY=1 from a stranger makes nobody ready, and is told of', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { messages, prober } = workshop.platform.ports;
  const instance = await workshop.started(['sleep', '1000']);
  watch(instance, { kind: 'notify' }, () => expect.unreachable());
  const refused = reported<Stranger>((report) => messages.onStranger(report));
  // The test itself speaks: a process that nothing started by the workshop is an ancestor of.
  sendDatagram(prober.notifySocket(), 'READY=1');
  const honest = await workshop.started([program('ready-by-datagram.py')]);
  await ready(honest, { kind: 'notify' });
  vi.advanceTimersByTime(10_100);
  expect(await refused).toMatchObject({ pid: process.pid, said: 'READY=1' });
});

test('whoever is no longer waited for is not reported', async () => {
  const { prober } = workshop.platform.ports;
  const port = await listening(createServer(), { port: 0, host: '127.0.0.1' });
  const instance = await sleeper();
  watch(instance, { kind: 'tcp', address: `${port}` }, () => expect.unreachable());
  prober.unwatch(instance);
  await ready(instance, { kind: 'tcp', address: `${port}` });
});

test('the socket of an earlier engine is bound anew', () => {
  const path = workshop.platform.ports.prober.notifySocket();
  expect(existsSync(path)).toBe(true);
  expect(sendDatagram(path, 'STATUS=hello')).toBeGreaterThan(0);
  unlinkSync(path);
});
