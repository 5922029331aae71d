import { expect, test } from 'vitest';
import { DrivenEngine } from './driven-engine.ts';

const term = { signal: 'SIGTERM', core: false } as const;
const instances = 1_000;

/** Whatever is asked for is done until nothing more is. */
function follow(engine: DrivenEngine): void {
  const open = [...engine.effects];
  for (let effect = open.shift(); effect !== undefined; effect = open.shift()) {
    if (effect.do === 'launch') engine.launch(effect.slot);
    else if (effect.do === 'ask') engine.die(effect.slot, term);
    else continue;
    open.push(...engine.effects);
  }
}

// Each step used to think over every member once for each that moved: half a minute for this.
test('a group of a thousand that restarts as a whole is thought over in little time', { timeout: 20_000 }, () => {
  const engine = new DrivenEngine().begin(`
groups:
  shop:
    strategy: one-for-all
    processes:
      base: { command: [base] }
      worker: { command: [worker], instances: ${instances}, dependsOn: { base: started } }
`);
  follow(engine);
  expect(engine.status('shop/worker').instances).toHaveLength(instances);
  const { effects } = engine.die('shop/worker#7');
  expect(effects.filter((effect) => effect.do === 'ask')).toHaveLength(instances - 1);
  follow(engine);
  expect(engine.status('shop/worker')).toMatchObject({ state: 'running', restarts: { count: 1 } });
  expect(engine.status('shop/base').instances).toHaveLength(1);
  expect(engine.told('group.restarting')).toHaveLength(1);
});
