import { parseProfiles } from '../../source/profile/parse.ts';
import type { Profile } from '../../source/profile/profile.ts';
import { stallTexts } from './profiles-of-stalls.ts';

/** Small worlds with every kind of entry, dependency and limit; a reload takes the engine from one to another. */
const texts = [
  `
groups:
  shop:
    processes:
      database: { match: { executable: shop-database }, ready: { tcp: "1", within: 5s }, restart: { run: [start-database], timeout: 3s, limit: 4, within: 10m } }
      api: { command: [api], dependsOn: { database: ready }, ready: { http: "http://127.0.0.1:1/", within: 5s }, stop: { grace: 2s }, restart: { limit: 3, within: 5m } }
      worker: { command: [worker], instances: 3, dependsOn: { api: started }, restart: { delay: 1s, limit: 2, within: 1m } }
  batch:
    processes:
      once: { command: [once], restart: { when: on-failure, limit: 5, within: 1h } }
      after: { command: [after], dependsOn: { once: completed, shop/database: started }, restart: { limit: 3, within: 5m, backoff: { initial: 500ms, max: 4s } } }
`,
  `
groups:
  shop:
    paused: true
    processes:
      database: { match: { executable: shop-database }, restart: { run: [start-database], timeout: 3s, limit: 2, within: 10m } }
      api: { command: [api, --changed], dependsOn: { database: started }, ready: { after: 500ms }, restart: { limit: 3, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { api: ready }, restart: { limit: 2, within: 1m } }
      cache: { command: [cache], ready: { notify: true, within: 4s }, stop: { tree: false } }
`,
  `
groups:
  shop:
    processes:
      worker: { command: [worker], instances: 4, restart: { limit: 0 } }
      found: { match: { executable: shop-found } }
      late: { command: [late], dependsOn: { found: started }, restart: { when: never } }
  batch:
    processes:
      once: { command: [once], restart: { when: on-failure, limit: 5, within: 1h } }
`,
  `
restartsPerSecond: 3
groups:
  shop:
    strategy: one-for-all
    processes:
      database: { match: { executable: shop-database }, restart: { run: [start-database], timeout: 3s, limit: 4, within: 10m } }
      api: { command: [api], dependsOn: { database: started }, stop: { grace: 2s }, restart: { limit: 3, within: 5m, delay: 300ms } }
      worker: { command: [worker], instances: 3, dependsOn: { api: started }, restart: { limit: 2, within: 1m } }
      mail: { service: shop-mail, restart: { limit: 4, within: 5m, timeout: 5s } }
  batch:
    strategy: rest-for-one
    escalation: { run: [tell] }
    processes:
      base: { command: [base], ready: { after: 200ms }, restart: { limit: 4, within: 2m } }
      middle: { command: [middle], dependsOn: { base: ready }, restart: { limit: 2, within: 2m } }
      once: { command: [once], dependsOn: { base: started }, restart: { when: on-failure, limit: 5, within: 1h } }
      after: { command: [after], dependsOn: { middle: started, shop/mail: started }, restart: { limit: 3, within: 5m } }
`,
  `
groups:
  shop:
    strategy: rest-for-one
    escalation: failover
    processes:
      mail: { service: shop-mail, ready: { after: 100ms }, restart: { when: on-failure, limit: 3, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { mail: ready }, restart: { limit: 4, within: 1m } }
      farm: { match: { executable: shop-farm }, instances: { min: 1, max: 2, for: 2s }, restart: { run: [start-farm], timeout: 3s, limit: 5, within: 10m } }
`,
];

// Mostly those without rules: where rules run, most of what happens is a look.
export const simulatedProfiles: readonly Profile[] = [...texts, ...texts, ...texts, ...stallTexts].map(
  (text, index) => {
    const parsed = parseProfiles([{ file: `simulated-${index}.yaml`, text }], {
      environment: {},
      system: 'linux',
      readFile: () => null,
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.profile;
  },
);
