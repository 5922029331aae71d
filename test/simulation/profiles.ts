/** Small worlds with every kind of entry, dependency and limit, each as a folder of files; a reload takes the engine from one to another. */
export const simulatedFolders: readonly Readonly<Record<string, string>>[] = [
  {
    'shop.yaml': `
groups:
  shop:
    processes:
      database: { match: { executable: shop-database }, ready: { tcp: "1", within: 5s }, restart: { run: [start-database], timeout: 3s, limit: 4, within: 10m } }
      api: { command: [api], dependsOn: { database: ready }, ready: { http: "http://127.0.0.1:1/", within: 5s }, stop: { grace: 2s }, restart: { limit: 3, within: 5m } }
      worker: { command: [worker], instances: 3, dependsOn: { api: started }, restart: { delay: 1s, limit: 2, within: 1m } }
`,
    'batch.yaml': `
groups:
  batch:
    processes:
      once: { command: [once], restart: { when: on-failure, limit: 5, within: 1h } }
      after: { command: [after], dependsOn: { once: completed, shop/database: started }, restart: { limit: 3, within: 5m, backoff: { initial: 500ms, max: 4s } } }
`,
  },
  {
    'shop.yaml': `
groups:
  shop:
    paused: true
    processes:
      database: { match: { executable: shop-database }, restart: { run: [start-database], timeout: 3s, limit: 2, within: 10m } }
      api: { command: [api, --changed], dependsOn: { database: started }, ready: { after: 500ms }, restart: { limit: 3, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { api: ready }, restart: { limit: 2, within: 1m } }
      mail: { command: [mail], restart: { limit: 4, within: 5m } }
      cache: { command: [cache], ready: { notify: true, within: 4s }, stop: { tree: false } }
`,
  },
  {
    'shop.yaml': `
groups:
  shop:
    processes:
      worker: { command: [worker], instances: 4, restart: { limit: 0 } }
      database: { command: [database], restart: { limit: 4, within: 10m } }
      found: { match: { executable: shop-found } }
      late: { command: [late], dependsOn: { found: started }, restart: { when: never } }
`,
    'batch.yaml': `
groups:
  batch:
    processes:
      once: { command: [once], restart: { when: on-failure, limit: 5, within: 1h } }
`,
  },
  {
    'shop.yaml': `
restartsPerSecond: 2
groups:
  shop:
    strategy: one-for-all
    processes:
      database: { match: { executable: shop-database }, restart: { run: [start-database], timeout: 3s, limit: 4, within: 10m } }
      api: { command: [api], dependsOn: { database: started }, stop: { grace: 2s }, restart: { limit: 3, within: 5m, delay: 300ms } }
      worker: { command: [worker], instances: 3, dependsOn: { api: started }, restart: { limit: 2, within: 1m } }
      mail: { service: shop-mail, restart: { limit: 4, within: 5m, timeout: 5s } }
`,
    'batch.yaml': `
groups:
  batch:
    strategy: rest-for-one
    escalation: { run: [tell] }
    processes:
      base: { command: [base], ready: { after: 200ms }, restart: { limit: 4, within: 2m } }
      middle: { command: [middle], dependsOn: { base: ready }, restart: { limit: 2, within: 2m } }
      once: { command: [once], dependsOn: { base: started }, restart: { when: on-failure, limit: 5, within: 1h } }
      after: { command: [after], dependsOn: { middle: started, shop/mail: started }, restart: { limit: 3, within: 5m } }
`,
  },
  {
    'shop.yaml': `
groups:
  shop:
    strategy: rest-for-one
    escalation: failover
    processes:
      mail: { service: shop-mail, ready: { after: 100ms }, restart: { when: on-failure, limit: 3, within: 5m } }
      worker: { command: [worker], instances: 2, dependsOn: { mail: ready }, restart: { limit: 4, within: 1m } }
      farm: { match: { executable: shop-farm }, instances: { min: 1, max: 2, for: 2s }, restart: { run: [start-farm], timeout: 3s, limit: 5, within: 10m } }
`,
  },
];
