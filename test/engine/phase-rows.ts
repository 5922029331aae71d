import type { Phase } from '../../source/engine/state.ts';
import type { Instance } from '../../source/ports/instance.ts';
import { DrivenEngine } from './driven-engine.ts';

/** Every variant of a phase, the kinds of waiting told apart. */
export type Row = Exclude<Phase['is'], 'waiting'> | `waiting for ${Extract<Phase, { is: 'waiting' }>['for']}`;

/** An engine with a slot in that phase, brought there by what really happens. */
export interface Stand {
  readonly engine: DrivenEngine;
  readonly slot: string;
  /** The profile in force, and the same with its process redefined. */
  readonly text: string;
}

export const stranger: Instance = { pid: 77, startTime: 7, startedAtMs: 7 };

/** All that live are watched by rules: what looks, probes and words do is seen in every row. */
const watched = 'stall: { heartbeat: 30s, probe: { tcp: "1", failures: 1 } }';
const command = (more = '') => `{ command: [api], restart: { limit: 3, within: 1h }, ${watched}${more} }`;
const match = `{ match: { executable: api }, restart: { run: [start-api] }, ${watched} }`;
const shop = (api: string, more = '') => `groups: { shop: { processes: { api: ${api}${more} } } }`;

function begun(text: string, slot = 'shop/api#1'): Stand {
  return { engine: new DrivenEngine().begin(text), slot, text };
}

function launched(text: string): Stand {
  const stand = begun(text);
  stand.engine.launch(stand.slot);
  return stand;
}

function asked(): Stand {
  const stand = launched(shop(command()));
  stand.engine.ask({ verb: 'stop', target: 'shop/api' });
  return stand;
}

function found(text: string, ...instances: Instance[]): Stand {
  const stand = begun(text);
  stand.engine.happen({ type: 'searched', process: 'shop/api', found: instances });
  return stand;
}

function after(stand: Stand, act: (engine: DrivenEngine) => unknown): Stand {
  act(stand.engine);
  return stand;
}

const killed = { signal: 'SIGKILL', core: false };

export const rows: { readonly [R in Row]: () => Stand } = {
  stopped: () => after(asked(), (engine) => engine.die('shop/api#1')),
  'waiting for search': () => begun(shop(match)),
  'waiting for dependencies': () =>
    begun(shop(command(', dependsOn: { base: started }'), ', base: { command: [base] }')),
  'waiting for turn': () => begun(shop(command(', instances: 101')), 'shop/api#101'),
  'waiting for resume': () =>
    after(launched(shop(command())), (engine) => {
      engine.ask({ verb: 'pause', target: 'shop/api', why: '', untilMs: null });
      engine.die('shop/api#1');
    }),
  'waiting for appearance': () => found(shop('{ match: { executable: api } }')),
  backoff: () =>
    after(launched(shop('{ command: [api], restart: { delay: 1s } }')), (engine) => engine.die('shop/api#1')),
  launching: () => begun(shop(command())),
  scripting: () => found(shop(match)),
  searching: () =>
    after(found(shop(match)), (engine) => {
      const { phase } = engine.slot('shop/api#1');
      const run = phase.is === 'scripting' ? phase.run : '';
      engine.happen({ type: 'script-ended', slot: 'shop/api#1', run, result: { ok: true } });
    }),
  readying: () => launched(shop(command(', ready: { tcp: "1", within: 5s }'))),
  running: () => launched(shop(command())),
  examining: () =>
    after(launched(shop(command())), (engine) =>
      engine.look('shop/api#1', { rule: 'heartbeat', heldAtMs: 0, lost: { ms: 0, cause: '' }, measured: '' }),
    ),
  lacking: () =>
    after(
      found(
        shop(
          `{ match: { executable: api }, instances: { min: 2, max: 2, for: 5s }, restart: { run: [start-api] }, ${watched} }`,
        ),
        { pid: 49, startTime: 5, startedAtMs: 5 },
        { pid: 50, startTime: 5, startedAtMs: 5 },
      ),
      (engine) => engine.die('shop/api#1', killed),
    ),
  settling: () =>
    after(begun(shop('{ service: api }')), (engine) => {
      const main = { pid: 50, startTime: 5, startedAtMs: 5 };
      const state = { is: 'up', main, exit: null, words: 'active' } as const;
      engine.happen({ type: 'service-changed', process: 'shop/api', state });
      engine.die('shop/api#1', killed);
    }),
  asking: asked,
  sweeping: () =>
    after(launched(shop(command())), (engine) => {
      const instance = engine.slot('shop/api#1').living[0]?.instance ?? stranger;
      engine.happen({ type: 'exited', slot: 'shop/api#1', instance, exit: killed });
    }),
  exited: () =>
    after(launched(shop('{ command: [api], restart: { when: never } }')), (engine) => engine.die('shop/api#1')),
  fatal: () => after(launched(shop('{ command: [api], restart: { limit: 0 } }')), (engine) => engine.die('shop/api#1')),
};
