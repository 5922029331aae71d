import { expect, test } from 'vitest';
import { problemsOf } from './reading.ts';

const text = `defaults:
  restart: { limit: many }
groups:
  shop:
    escalation: fail-over
    processes:
      database:
        match: { executable: postgres, arguments: "-D (main" }
      api:
        command: [node, server.js]
        dependson: { database: ready }
        ready: { http: "http://127.0.0.1:8080/health", within: 60 }
      worker:
        command: node worker.js
        instances: 5000
        dependsOn: { databse: ready }
      import:
        command: [import, "\${IMPORT_FOLDER}"]
        output: { maxSize: 10M }
      report:
        directory: /srv/report
      worker:
        command: node other.js
`;

test('a profile with ten different mistakes gives ten problems with the right lines and columns', () => {
  const at = 'groups.shop.processes';
  expect(problemsOf(text)).toEqual([
    'shop.yaml:2:21 defaults.restart.limit: "many" is not a number; expected a whole number from 0 to 1000',
    'shop.yaml:5:17 groups.shop.escalation: "fail-over" is not known here; expected continue, exit, failover, reboot, { run: [...] } or { plugin: name }; did you mean `failover`?',
    `shop.yaml:8:51 ${at}.database.match.arguments: is no regular expression: /-D (main/: Unterminated group; expected a regular expression; put \\ before characters that are meant as themselves`,
    `shop.yaml:11:9 ${at}.api.dependson: unknown key \`dependson\`; did you mean \`dependsOn\`?`,
    `shop.yaml:12:64 ${at}.api.ready.within: 60 has no unit; expected a duration such as 500ms, 10s, 5m, 24h or 1h30m; write 60s for seconds, 60m for minutes`,
    `shop.yaml:15:20 ${at}.worker.instances: 5000 is out of range; expected a whole number from 1 to 1000`,
    `shop.yaml:16:22 ${at}.worker.dependsOn.databse: there is no process \`shop/databse\`; expected a process of this group, or group/process; did you mean \`database\`?`,
    `shop.yaml:18:27 ${at}.import.command: the variable IMPORT_FOLDER is not set; set it, or give a default: \${IMPORT_FOLDER:-default}`,
    `shop.yaml:20:7 ${at}.report: has none of \`command\`, \`match\` and \`service\`; expected one of them; say what to start with \`command\`, how to find a process that something else starts with \`match\`, or which service of the system it is with \`service\``,
    `shop.yaml:22:7 ${at}.worker: \`worker\` stands here twice; it stands in line 13 already; keep one`,
  ]);
});
