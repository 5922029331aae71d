import { expect, test } from 'vitest';
import { problemsOf, shop } from './reading.ts';

/** Fields of the process `api`, which begin at line 4, column 12, with everything that is said about them. */
const badFields: readonly [string, ...string[]][] = [
  // What it is
  [
    '{}',
    '4:7 P: has none of `command`, `match` and `service`; expected one of them; say what to start with `command`, how to find a process that something else starts with `match`, or which service of the system it is with `service`',
  ],
  ['sleep 10', '4:12 P: "sleep 10" is not a process; expected a map of fields; write { command: ... }'],
  ['{ comand: x }', '4:14 P.comand: unknown key `comand`; did you mean `command`?'],
  [
    '{ command: x, match: { executable: y } }',
    '4:26 P.match: `match` stands beside `command`; expected one of command, match, service; take out `command` or `match`',
  ],
  [
    '{ command: [] }',
    '4:23 P.command: names no program; expected a program with its arguments: [node, server.js] or "node server.js"',
  ],
  [
    '{ command: "" }',
    '4:23 P.command: names no program; expected a program with its arguments: [node, server.js] or "node server.js"',
  ],
  [
    '{ command: }',
    '4:14 P.command: has no value; expected a program with its arguments: [node, server.js] or "node server.js"; give a value or leave the key out',
  ],
  [`{ command: "sh -c 'x" }`, "4:23 P.command: the quote ' is not closed; close it, or write the command as a list"],
  [
    '{ command: [a, {b: c}, null] }',
    '4:27 P.command.1: a map is not text; expected text for each argument',
    '4:35 P.command: has no value; expected text for each argument; write "" for an empty argument',
  ],
  [
    '{ command: [x], shell: true }',
    '4:23 P.command: is a list; expected one text, since `shell` is true; write it as one text or take `shell` out',
  ],
  [
    '{ command: "a\\0b" }',
    '4:23 P.command: holds a NUL character; expected a program with its arguments: [node, server.js] or "node server.js"; take it out',
  ],
  [
    '{ match: {} }',
    '4:14 P.match: `match` would find every process; expected at least one of executable, arguments, pidFile',
  ],
  [
    '{ match: nginx }',
    '4:21 P.match: "nginx" is not a map; expected a map with executable, arguments, user and pidFile; write `match: { executable: ... }`',
  ],
  [
    '{ match: { executable: bin/x } }',
    '4:35 P.match.executable: "bin/x" is a relative path; expected the absolute path of the program or its base name; write the whole path from / on',
  ],
  [
    '{ match: { arguments: "(" } }',
    '4:34 P.match.arguments: is no regular expression: /(/: Unterminated group; expected a regular expression; put \\ before characters that are meant as themselves',
  ],
  ['{ command: x, instances: 0 }', '4:37 P.instances: 0 is out of range; expected a whole number from 1 to 1000'],
  [
    '{ command: x, instances: 2.5 }',
    '4:37 P.instances: 2.5 is not a whole number; expected a whole number from 1 to 1000',
  ],
  // How it runs
  [
    '{ command: x, environment: [A=1] }',
    '4:39 P.environment: a list is not a map; expected a map of names to text: { NAME: text }; write `NAME: text` in place of `- NAME=text`',
  ],
  [
    '{ command: x, environment: { A: [1], "B=C": 1, D: null } }',
    '4:44 P.environment.A: a list is not text; expected text',
    '4:49 P.environment.B=C: "B=C" cannot be the name of a variable; expected a name such as HTTP_PORT',
    '4:59 P.environment.D: has no value; expected text; write "" for an empty value',
  ],
  [
    '{ command: x, environmentFile: no.env }',
    '4:43 P.environmentFile: no.env cannot be read; expected a file of lines NAME=text; is it there, and may this user read it?',
  ],
  [
    '{ command: x, instances: 3, output: { file: out.log } }',
    '4:56 P.output.file: 3 instances would write into one file; put %n, the number of the instance, into its name',
  ],
  [
    '{ command: x, output: { maxSize: 10MB, keep: -1 } }',
    '4:45 P.output.maxSize: "10MB" is not a size; expected a size such as 64K, 512M or 2G; write one whole number and K, M, G or T',
    '4:57 P.output.keep: -1 is out of range; expected a whole number from 0 to 100',
  ],
  [
    '{ command: x, output: { maxSize: 1000 } }',
    '4:45 P.output.maxSize: 1000 has no unit; expected a size such as 64K, 512M or 2G; write 1000B for bytes, 1000M for megabytes',
  ],
  [
    '{ match: { executable: x }, output: { file: y } }',
    '4:50 P.output.file: a `match` entry has no `output.file`; only `command` entries have it; take it out',
  ],
  // Order
  [
    '{ command: x, dependsOn: [db] }',
    '4:37 P.dependsOn: a list is not a map; expected a map of names to started, ready or completed; write { database: ready }',
  ],
  [
    '{ command: x, dependsOn: { api: ready } }',
    '4:39 P.dependsOn.api: the dependencies go round: api -> api; none of them could ever start; take one of them out',
  ],
  [
    '{ command: x, ready: { http: 127.0.0.1/health } }',
    '4:41 P.ready.http: "127.0.0.1/health" is not a URL; expected a URL such as http://127.0.0.1:8080/health; write http://127.0.0.1/health',
  ],
  [
    '{ command: x, ready: { http: "http://x:99999/" } }',
    '4:41 P.ready.http: there is no port 99999; expected a URL such as http://127.0.0.1:8080/health',
  ],
  [
    '{ command: x, ready: { tcp: nohost } }',
    '4:40 P.ready.tcp: "nohost" is not an address; expected host:port, :port, port, or the absolute path of a Unix socket',
  ],
  [
    '{ command: x, ready: { tcp: 1, http: "http://x" } }',
    '4:43 P.ready.http: `http` stands beside `tcp`; expected one of http, tcp, run, output, notify, after; take out `tcp` or `http`',
  ],
  [
    '{ command: x, ready: { interval: 3s } }',
    '4:26 P.ready: `ready` does not say how that is seen; expected one of http, tcp, run, output, notify, after',
  ],
  [
    '{ command: x, ready: { notify: false } }',
    '4:43 P.ready.notify: false is not a value for it; expected true; leave the key out if it is not meant',
  ],
  [
    '{ command: x, ready: { after: 3 } }',
    '4:42 P.ready.after: 3 has no unit; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write 3s for seconds, 3m for minutes',
  ],
  [
    '{ command: x, ready: { output: "[" } }',
    '4:43 P.ready.output: is no regular expression: /[/: Unterminated character class; expected a regular expression; put \\ before characters that are meant as themselves',
  ],
  // Stopping
  [
    '{ command: x, stop: { signal: KIL } }',
    '4:42 P.stop.signal: "KIL" is not known here; expected one of TERM, INT, HUP, QUIT, KILL, USR1, USR2, ABRT, ALRM, PIPE, WINCH, CTRL_C, CTRL_BREAK, WM_CLOSE; did you mean `KILL`?',
  ],
  [
    '{ command: x, stop: { tree: yes } }',
    '4:40 P.stop.tree: "yes" is not a boolean; expected true or false; write true',
  ],
  // Restarting
  [
    '{ command: x, restart: always }',
    '4:35 P.restart: "always" is not a map; expected a map with when, limit, within, delay, backoff and successExitCodes; write `restart: { when: ... }`',
  ],
  [
    '{ command: x, restart: { when: alway } }',
    '4:43 P.restart.when: "alway" is not known here; expected one of always, on-failure, never; did you mean `always`?',
  ],
  [
    '{ command: x, restart: { limit: "3" } }',
    '4:44 P.restart.limit: "3" is not a number; expected a whole number from 0 to 1000; write 3 without quotes',
  ],
  [
    '{ command: x, restart: { limit: 1001 } }',
    '4:44 P.restart.limit: 1001 is out of range; expected a whole number from 0 to 1000',
  ],
  ['{ command: x, restart: { within: 31d } }', '4:45 P.restart.within: 31d is out of range; expected 1s to 30d'],
  [
    '{ command: x, restart: { delay: 1.5h } }',
    '4:44 P.restart.delay: "1.5h" is not a duration; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write whole numbers with the units d, h, m, s, ms, the largest first',
  ],
  [
    '{ command: x, restart: { backoff: { factor: 0.5, jitter: 10% } } }',
    '4:56 P.restart.backoff.factor: 0.5 is out of range; expected a number from 1 to 100',
    '4:69 P.restart.backoff.jitter: "10%" is not a number; expected a number from 0 to 1',
  ],
  [
    '{ command: x, restart: { run: [y] } }',
    '4:37 P.restart.run: a `command` entry has no `restart.run`; its `command` is what is started again',
  ],
  [
    '{ command: x, restart: { successExitCodes: [0, x, 256] } }',
    '4:59 P.restart.successExitCodes: "x" is not a number; expected a whole number from 0 to 255',
    '4:62 P.restart.successExitCodes: 256 is out of range; expected a whole number from 0 to 255',
  ],
  // Words of other programs, and fields one level too high
  ['{ command: x, cwd: /tmp }', '4:26 P.cwd: unknown key `cwd`; did you mean `directory`?'],
  ['{ command: x, depends_on: {} }', '4:26 P.depends_on: unknown key `depends_on`; did you mean `dependsOn`?'],
  ['{ command: x, autorestart: true }', '4:26 P.autorestart: unknown key `autorestart`; did you mean `restart.when`?'],
  ['{ command: x, limit: 4 }', '4:26 P.limit: unknown key `limit`; did you mean `restart.limit`?'],
  [
    '{ command: x, __proto__: 1 }',
    '4:26 P.__proto__: unknown key `__proto__`; known here: command, shell, instances, directory, user, group, environment, environmentFile, umask, nice, output, dependsOn, ready, stop, restart, stall, onStall, rules, dump, keep, secrets, linux, windows',
  ],
  // References
  [
    '{ command: x, directory: "${NOPE}/x" }',
    '4:37 P.directory: the variable NOPE is not set; set it, or give a default: ${NOPE:-default}',
  ],
  [
    '{ command: x, instances: "${NOPE}" }',
    '4:37 P.instances: the variable NOPE is not set; set it, or give a default: ${NOPE:-default}',
  ],
  ['{ command: x, user: "${NOPE" }', '4:32 P.user: `${` is not closed; write $${ for the characters themselves'],
  [
    '{ command: x, user: "${A B}" }',
    '4:32 P.user: `${A B}` is no reference; write ${NAME} or ${NAME:-default}, or $${ for the characters themselves',
  ],
  // Blocks for a system
  ['{ command: x, linux: 5 }', '4:33 P.linux: 5 is not a map; expected a map of fields of a process'],
  [
    '{ command: x, windows: { foo: 1 } }',
    '4:37 P.windows.foo: unknown key `foo`; known here: command, shell, instances, directory, environment, environmentFile, nice, output, dependsOn, ready, stop, restart, stall, onStall, rules, dump, keep, secrets',
  ],
  // Keys
  ['{ command: x, user: a, user: b }', '4:35 P.user: `user` stands here twice; it stands in line 4 already; keep one'],
];

test.each(badFields)('api: %s', (fields, ...problems) => {
  const expected = problems.map(
    (problem) => `shop.yaml:${problem.replace(/ P([.:])/, ' groups.shop.processes.api$1')}`,
  );
  expect(problemsOf(shop(fields))).toEqual(expected);
});
