import { expect, test } from 'vitest';
import type { ParseOptions } from '../../source/profile/parse.ts';
import type { ServiceSpec } from '../../source/profile/profile.ts';
import { problemsOf, processOf, shop } from './reading.ts';

function service(fields: string, more: Partial<ParseOptions> = {}): ServiceSpec {
  const spec = processOf(shop(fields), 'shop/api', more);
  if (spec.kind !== 'service') throw new Error('not a service');
  return spec;
}

test('every default of a service is filled in', () => {
  expect(service('{ service: cups }')).toEqual({
    kind: 'service',
    name: 'api',
    service: 'cups.service',
    scope: 'system',
    directory: null,
    user: null,
    group: null,
    umask: null,
    nice: null,
    environment: {},
    output: expect.anything(),
    dependsOn: {},
    ready: null,
    stop: expect.objectContaining({ graceMs: 10_000 }),
    restart: expect.objectContaining({ when: 'always', limit: 3, run: null, timeoutMs: 60_000 }),
    stall: {
      heartbeatMs: null,
      heartbeatFile: null,
      outputMs: null,
      outputFile: null,
      cpuUnchangedMs: null,
      spinning: null,
      blockedMs: null,
      windowMs: null,
      probe: null,
    },
    onStall: 'restart',
    rules: [],
    dump: ['stack'],
    keep: 10,
    secrets: [],
    written: { service: 'cups' },
  });
});

test.each([
  ['cups', 'cups.service'],
  ['cups.service', 'cups.service'],
  ['postgresql@15-main', 'postgresql@15-main.service'],
  ['dbus-org.freedesktop.nm', 'dbus-org.freedesktop.nm.service'],
  ['system\\x2dthing.service', 'system\\x2dthing.service'],
])('service: %s means %s', (written, name) => {
  expect(service(`{ service: '${written}' }`).service).toBe(name);
});

test("it is the machine's when the engine runs as root, else the user's, unless the profile says whose", () => {
  expect(service('{ service: cups }', { isRoot: true }).scope).toBe('system');
  expect(service('{ service: cups }', { isRoot: false }).scope).toBe('user');
  expect(service('{ service: cups, scope: user }', { isRoot: true }).scope).toBe('user');
  expect(service('{ service: cups, scope: system }', { isRoot: false }).scope).toBe('system');
});

test('on Windows a name is the name, and there is one scope', () => {
  const windows = { system: 'windows', isRoot: false } as const;
  expect(service('{ service: Print Spooler }', windows)).toMatchObject({ service: 'Print Spooler', scope: 'system' });
  expect(problemsOf(shop('{ service: Spooler, scope: user }'), windows)).toEqual([
    'shop.yaml:4:39 groups.shop.processes.api.scope: Windows has no services of users; expected system; take `scope` out',
  ]);
  expect(problemsOf(shop('{ service: a/b }'), windows)).toEqual([
    'shop.yaml:4:23 groups.shop.processes.api.service: `a/b` cannot be the name of a service; expected at most 256 characters without \\ and /; `sc query` lists the names',
  ]);
});

test('its limits of time, its readiness and its restarts are like those of others', () => {
  const spec = service(
    '{ service: cups, ready: { tcp: 631, within: 20s }, stop: { grace: 1m }, restart: { limit: 5, timeout: 90s } }',
  );
  expect(spec.ready).toMatchObject({ probe: { kind: 'tcp', address: '631' }, withinMs: 20_000 });
  expect([spec.stop.graceMs, spec.restart.limit, spec.restart.timeoutMs]).toEqual([60_000, 5, 90_000]);
});

test('what defaults say for other kinds is passed over', () => {
  const defaults =
    'defaults: { instances: 3, user: web, environment: { A: 1 }, stop: { signal: INT, grace: 3s }, restart: { run: x } }';
  const spec = processOf(`${defaults}\n${shop('{ service: cups }')}`, 'shop/api');
  expect(spec).toMatchObject({ user: null, environment: {}, stop: { graceMs: 3000 }, restart: { run: null } });
});

test.each<[string, ...string[]]>([
  ['{ service: }', '4:14 P.service: has no value; expected text; give a value or leave the key out'],
  [
    '{ service: my service }',
    '4:23 P.service: `my service` cannot be the name of a service; expected the name of a service such as cups.service',
  ],
  [
    '{ service: .service }',
    '4:23 P.service: `.service` cannot be the name of a service; expected the name of a service such as cups.service',
  ],
  [
    '{ service: /etc/init.d/cups }',
    '4:23 P.service: `/etc/init.d/cups` cannot be the name of a service; expected the name of a service such as cups.service',
  ],
  [
    '{ service: cups.socket }',
    '4:23 P.service: `cups.socket` is a socket, not a service; expected the name of a service such as cups.service',
  ],
  [
    '{ service: postgresql@.service }',
    '4:23 P.service: `postgresql@.service` is a template; expected the name of a service such as cups.service; say which instance of it: `postgresql@NAME.service`',
  ],
  ['{ service: cups, scope: root }', '4:36 P.scope: "root" is not known here; expected one of system, user'],
  [
    '{ service: cups, command: x }',
    '4:29 P.command: `command` stands beside `service`; expected one of command, match, service; take out `service` or `command`',
  ],
  [
    '{ command: x, scope: user }',
    '4:26 P.scope: a `command` entry has no `scope`; only `service` entries have it; take it out',
  ],
  [
    '{ service: cups, instances: 2 }',
    '4:29 P.instances: a `service` entry has no `instances`; only `command` and `match` entries have it; take it out',
  ],
  [
    '{ service: cups, user: lp, output: { keep: 1 } }',
    '4:29 P.user: a `service` entry has no `user`; only `command` and `match` entries have it; take it out',
    '4:49 P.output.keep: a `service` entry has no `output.keep`; only `command` entries have it; take it out',
  ],
  [
    '{ service: cups, stop: { signal: INT, run: [x] } }',
    '4:37 P.stop.signal: a `service` entry has no `stop.signal`; the service manager is asked to stop it; `KillSignal=` of its unit says how',
    '4:50 P.stop.run: a `service` entry has no `stop.run`; the service manager is asked to stop it; `ExecStop=` of its unit says how',
  ],
  [
    '{ service: cups, restart: { run: [x] } }',
    '4:40 P.restart.run: a `service` entry has no `restart.run`; the service manager is asked to start it again',
  ],
  [
    '{ service: cups, ready: { notify: true } }',
    '4:38 P.ready.notify: a `service` entry has no `ready.notify`; only `command` entries have it; take it out',
  ],
  [
    '{ service: cups, ready: { within: 3s } }',
    '4:29 P.ready: `ready` does not say how that is seen; expected one of http, tcp, run, after',
  ],
  ['{ servcie: cups }', '4:14 P.servcie: unknown key `servcie`; did you mean `service`?'],
  ['{ unit: cups.service }', '4:14 P.unit: unknown key `unit`; did you mean `service`?'],
])('api: %s', (fields, ...problems) => {
  const expected = problems.map(
    (problem) => `shop.yaml:${problem.replace(/ P([.:])/, ' groups.shop.processes.api$1')}`,
  );
  expect(problemsOf(shop(fields))).toEqual(expected);
});
