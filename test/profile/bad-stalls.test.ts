import { expect, test } from 'vitest';
import { problemsOf, shop } from './reading.ts';

/** Fields of `api` with everything that is said about them; `command: x, ` stands before those that do not say what it is. They begin at line 4, column 26. */
const badFields: readonly [string, ...string[]][] = [
  [
    'stall: 30s',
    '4:33 P.stall: "30s" is not a map; expected a map with heartbeat, heartbeatFile, output, outputFile, cpu, spinning, blocked and probe; write `stall: { heartbeat: ... }`',
  ],
  [
    'stall: off',
    '4:33 P.stall: "off" is not a map; expected a map with heartbeat, heartbeatFile, output, outputFile, cpu, spinning, blocked and probe; write `off` at each rule, such as `heartbeat: off` or `probe: { interval: off }`',
  ],
  [
    'stall: { probe: off }',
    '4:42 P.stall.probe: "off" is not a map; expected a map with http, tcp, run, nagios, interval, timeout and failures; write `probe: { interval: off }`',
  ],
  [
    'stall: { heartbeat: 30 }',
    '4:46 P.stall.heartbeat: 30 has no unit; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write 30s for seconds, 30m for minutes',
  ],
  [
    'stall: { heartbeat: false }',
    '4:46 P.stall.heartbeat: false is not a duration; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m, or off; write off',
  ],
  [
    'stall: { heartbeat: no }',
    '4:46 P.stall.heartbeat: "no" is not a duration; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write whole numbers with the units d, h, m, s, ms, the largest first',
  ],
  [
    'stall: { heartbeat: }',
    '4:35 P.stall.heartbeat: has no value; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; give a value or leave the key out',
  ],
  ['stall: { heartbeat: 50ms }', '4:46 P.stall.heartbeat: 50ms is out of range; expected 100ms to 30d'],
  [
    'stall: { heartbeatFile: /run/beat }',
    '4:35 P.stall.heartbeatFile: `heartbeatFile` has no effect without `heartbeat`; say how long it may stay unchanged, such as `heartbeat: 30s`',
  ],
  [
    'stall: { outputFile: /run/beat }',
    '4:35 P.stall.outputFile: `outputFile` has no effect without `output`; say how long it may stay unchanged, such as `output: 5m`',
  ],
  [
    'stall: { outputfiel: /run/beat, output: 5m }',
    '4:35 P.stall.outputfiel: unknown key `outputfiel`; did you mean `outputFile`?',
  ],
  [
    'stall: { heartbeat: 5s, heartbeatFile: "" }',
    '4:65 P.stall.heartbeatFile: is empty; expected a path; give a value or leave the key out',
  ],
  [
    'stall: { cpu: 10m }',
    '4:40 P.stall.cpu: "10m" is not a map; expected a map with unchangedFor; write `cpu: { unchangedFor: ... }`',
  ],
  [
    'stall: { cpu: { unchangedFor: 500ms } }',
    '4:56 P.stall.cpu.unchangedFor: 500ms is out of range; expected 1s to 30d; it is sampled at most once a second',
  ],
  [
    'stall: { cpu: { unchanged: 5s } }',
    '4:42 P.stall.cpu.unchanged: unknown key `unchanged`; did you mean `unchangedFor`?',
  ],
  [
    'stall: { spinning: { above: 95%, for: 31d } }',
    '4:64 P.stall.spinning.for: 31d is out of range; expected 1s to 30d',
  ],
  [
    'stall: { spinning: { above: 95, for: 5m } }',
    '4:54 P.stall.spinning.above: 95 has no unit; expected a percentage such as 95% or 0.5%; write 95%',
  ],
  [
    'stall: { spinning: { above: 0.5%, for: 5m } }',
    '4:54 P.stall.spinning.above: 0.5% is out of range; expected 1% to 6400%',
  ],
  [
    'stall: { spinning: { above: 7000%, for: 5m } }',
    '4:54 P.stall.spinning.above: 7000% is out of range; expected 1% to 6400%',
  ],
  [
    'stall: { spinning: { above: much, for: 5m } }',
    '4:54 P.stall.spinning.above: "much" is not a percentage; expected a percentage such as 95% or 0.5%; write one number and %',
  ],
  [
    'stall: { spinning: { above: 95% } }',
    '4:47 P.stall.spinning.above: `above` has no effect without `for`; say how long it may be so, such as `for: 5m`',
  ],
  [
    'stall: { spinning: { abov: 95%, for: 5m } }',
    '4:47 P.stall.spinning.abov: unknown key `abov`; did you mean `above`?',
  ],
  [
    'stall: { spinning: { above: 95%, fro: 5m } }',
    '4:59 P.stall.spinning.fro: unknown key `fro`; known here: above, for',
  ],
  [
    'stall: { blocked: 100ms }',
    '4:44 P.stall.blocked: 100ms is out of range; expected 1s to 30d; it is sampled at most once a second',
  ],
  [
    'stall: { probe: { interval: 5s } }',
    '4:35 P.stall.probe: `probe` does not say what is asked; expected one of http, tcp, run, nagios',
  ],
  [
    'stall: { probe: { htpp: "http://x/", interval: 5s } }',
    '4:44 P.stall.probe.htpp: unknown key `htpp`; did you mean `http`?',
  ],
  [
    'stall: { probe: { http: "http://x/", tcp: 80 } }',
    '4:63 P.stall.probe.tcp: `tcp` stands beside `http`; expected one of http, tcp, run, nagios; take out `http` or `tcp`',
  ],
  [
    'stall: { probe: { http: x, interval: 10ms, timeout: 0s, failures: 0 } }',
    '4:50 P.stall.probe.http: "x" is not a URL; expected a URL such as http://127.0.0.1:8080/health; write http://x',
    '4:63 P.stall.probe.interval: 10ms is out of range; expected 100ms to 24h',
    '4:78 P.stall.probe.timeout: 0s is out of range; expected 10ms to 1h',
    '4:92 P.stall.probe.failures: 0 is out of range; expected a whole number from 1 to 1000',
  ],
  [
    'stall: { probe: { nagios: [] } }',
    '4:52 P.stall.probe.nagios: names no program; expected a program with its arguments: [node, server.js] or "node server.js"',
  ],
  [
    'stall: { probe: "http://x/" }',
    '4:42 P.stall.probe: "http://x/" is not a map; expected a map with http, tcp, run, nagios, interval, timeout and failures; write `probe: { http: ... }`',
  ],
  [
    'instances: 3, stall: { output: 5m, outputFile: /var/log/x, heartbeat: 5s, heartbeatFile: beat.%n }',
    '4:73 P.stall.outputFile: one file cannot tell which of several instances hangs; put %n, the number of the instance, into its name',
  ],
  ['stall: { timeout: 30s }', '4:35 P.stall.timeout: unknown key `timeout`; did you mean `stall.probe.timeout`?'],
  ['onStall: reboot', '4:35 P.onStall: "reboot" is not known here; expected one of restart, dump, alert'],
  ['onStall: { run: x }', '4:35 P.onStall: a map is not known here; expected one of restart, dump, alert'],
  [
    'rules: { metric: memory, above: 512M }',
    '4:33 P.rules: does not say how long; expected `for`, a duration such as 30s or 5m; a moment is no reason to act',
  ],
  [
    'rules: 512M',
    '4:33 P.rules: "512M" is not a rule; expected a rule such as { metric: memory, above: 512M, for: 1m, then: restart }',
  ],
  [
    'rules:',
    '4:26 P.rules: has no value; expected a rule such as { metric: memory, above: 512M, for: 1m, then: restart }; give a value or leave the key out',
  ],
  [
    'rules: [null]',
    '4:34 P.rules: has no value; expected a rule such as { metric: memory, above: 512M, for: 1m, then: restart }; give a value or leave the key out',
  ],
  [
    'rules: [{}]',
    '4:34 P.rules.0: names no `metric`; expected `metric`, one of cpu, memory, threads, descriptors',
    '4:34 P.rules.0: has no bound; expected `above` or `below`',
    '4:34 P.rules.0: does not say how long; expected `for`, a duration such as 30s or 5m; a moment is no reason to act',
  ],
  [
    'rules: [{ metric: rss, above: 1M, for: 5m }]',
    '4:44 P.rules.0.metric: "rss" is not known here; expected one of cpu, memory, threads, descriptors; did you mean `memory`?',
  ],
  [
    'rules: [{ metric: disk, above: 1M, for: 5m }]',
    '4:44 P.rules.0.metric: "disk" is not known here; expected one of cpu, memory, threads, descriptors',
  ],
  [
    'rules: [{ metric: cpu, above: 512M, for: 5m }]',
    '4:56 P.rules.0.above: "512M" is not a percentage; expected a percentage such as 95% or 0.5%; write one number and %',
  ],
  [
    'rules: [{ metric: cpu, above: 90, for: 5m }]',
    '4:56 P.rules.0.above: 90 has no unit; expected a percentage such as 95% or 0.5%; write 90%',
  ],
  [
    'rules: [{ metric: memory, above: 90%, for: 5m }]',
    '4:59 P.rules.0.above: "90%" is not a size; expected a size such as 64K, 512M or 2G; write one whole number and K, M, G or T',
  ],
  [
    'rules: [{ metric: threads, above: 2.5, for: 5m }, { metric: descriptors, below: 5K, for: 5m }]',
    '4:60 P.rules.0.above: 2.5 is not a whole number; expected a whole number from 0 to 1000000',
    '4:106 P.rules.1.below: "5K" is not a number; expected a whole number from 0 to 1000000',
  ],
  [
    'rules: [{ metric: cpu, above: 90%, below: 5%, for: 5m }]',
    '4:61 P.rules.0.below: `below` stands beside `above`; expected one of above, below; make two rules of it',
  ],
  [
    'rules: [{ metric: cpu, above: 90%, for: 500ms, then: kill }]',
    '4:66 P.rules.0.for: 500ms is out of range; expected 1s to 30d; it is sampled at most once a second',
    '4:79 P.rules.0.then: "kill" is not known here; expected one of alert, dump, restart',
  ],
  ['rules: [{ metric: cpu, abov: 90%, for: 5m }]', '4:49 P.rules.0.abov: unknown key `abov`; did you mean `above`?'],
  [
    'rules: [{ metric: cpu, above: 90%, for: 5m }, { metric: cpu, above: 90.0%, for: 300s, then: restart }]',
    '4:72 P.rules.1: says what an earlier rule says; take one of them out',
  ],
  ['dump: [stack, stack]', '4:40 P.dump: `stack` stands here twice; keep one'],
  ['dump: all', '4:32 P.dump: "all" is not known here; expected one of stack, core, mini, full'],
  [
    'dump: [stak]',
    '4:33 P.dump: "stak" is not known here; expected one of stack, core, mini, full; did you mean `stack`?',
  ],
  ['keep: 1001', '4:32 P.keep: 1001 is out of range; expected a whole number from 0 to 1000'],
  ['keep: 2.5', '4:32 P.keep: 2.5 is not a whole number; expected a whole number from 0 to 1000'],
  [
    'secrets: [a=b, "c d", null]',
    '4:36 P.secrets: is not a name; expected the name of a variable or an option, such as DB_LOGIN; write the name alone, without the value',
    '4:41 P.secrets: is not a name; expected the name of a variable or an option, such as DB_LOGIN; write the name alone, without the value',
    '4:48 P.secrets: has no value; expected the name of a variable or an option, such as DB_LOGIN; give a value or leave the key out',
  ],
  ['watchdog: 30s', '4:26 P.watchdog: unknown key `watchdog`; did you mean `stall.heartbeat`?'],
  ['WatchdogSec: 30', '4:26 P.WatchdogSec: unknown key `WatchdogSec`; did you mean `stall.heartbeat`?'],
  ['healthcheck: {}', '4:26 P.healthcheck: unknown key `healthcheck`; did you mean `stall.probe`?'],
  ['liveness: {}', '4:26 P.liveness: unknown key `liveness`; did you mean `stall.probe`?'],
  ['memory_limit: 1G', '4:26 P.memory_limit: unknown key `memory_limit`; did you mean `rules`?'],
  ['max_memory_restart: 1G', '4:26 P.max_memory_restart: unknown key `max_memory_restart`; did you mean `rules`?'],
  ['timeout: 5s', '4:26 P.timeout: unknown key `timeout`; did you mean `ready.timeout`?'],
  ['LimitCORE: 0', '4:26 P.LimitCORE: unknown key `LimitCORE`; did you mean `dump`?'],
  [
    '{ match: { executable: x }, stall: { output: 5m } }',
    '4:49 P.stall.output: where a `match` entry writes its output is not known; expected `outputFile` beside it; name the log that it writes',
  ],
  [
    '{ service: x, stall: { output: 5m } }',
    '4:35 P.stall.output: where a `service` entry writes its output is not known; expected `outputFile` beside it; name the log that it writes',
  ],
  [
    '{ match: { executable: x }, instances: {min: 3}, stall: { output: 5m, outputFile: x } }',
    '4:94 P.stall.outputFile: one file cannot tell which of several instances hangs; put %n, the number of the instance, into its name',
  ],
];

test.each(badFields)('%s', (fields, ...problems) => {
  const text = fields.startsWith('{') ? fields : `{ command: x, ${fields} }`;
  const expected = problems.map(
    (problem) => `shop.yaml:${problem.replace(/ P([.:])/, ' groups.shop.processes.api$1')}`,
  );
  expect(problemsOf(shop(text))).toEqual(expected);
});

test('output that is off needs no file, and a probe that is off need not say what it asks', () => {
  expect(problemsOf(shop('{ match: { executable: x }, stall: { output: off, probe: { interval: off } } }'))).toEqual(
    [],
  );
});

test('what is wrong in a list of rules in defaults is told once, where it stands', () => {
  const text =
    'defaults: { rules: [{ metric: cpu }] }\ngroups: { g: { processes: { a: { command: x }, b: { command: y } } } }';
  expect(problemsOf(text)).toEqual([
    'shop.yaml:1:21 defaults.rules.0: has no bound; expected `above` or `below`',
    'shop.yaml:1:21 defaults.rules.0: does not say how long; expected `for`, a duration such as 30s or 5m; a moment is no reason to act',
  ]);
});
