import type { Happening } from '../../source/engine/event.ts';
import type { Request } from '../../source/engine/request.ts';
import { deadlineOf } from '../../source/engine/state.ts';
import type { Message } from '../../source/ports/messages.ts';
import { profileOf } from './driven-engine.ts';
import { type Stand, stranger } from './phase-rows.ts';

type Verb = Request['verb'];
/** Every event, told apart by what it says where that matters. */
type Variants = { readonly [T in Happening['type']]: readonly string[] };
const variants = {
  began: [''],
  'profile-changed': [' same', ' redefined', ' without it'],
  launched: [' ok', ' failed'],
  exited: [''],
  searched: [' one', ' nothing'],
  'service-changed': [' up', ' changing', ' down', ' unknown'],
  'escalation-failed': [''],
  'script-ended': [' ok', ' failed'],
  'became-ready': [''],
  'ask-failed': [''],
  said: [' status', ' stopping', ' trigger', ' main'],
  looked: [' silent', ' alive'],
  probed: [' ok', ' warning', ' critical'],
  'evidence-taken': [' own', ' other'],
  swept: [''],
  'timer-rang': ['', ' vital'],
  requested: [
    ' pause',
    ' resume',
    ' start',
    ' stop',
    ' restart',
    ' clear',
    ' dump',
    ' heartbeat',
    ' set',
    ' unset',
  ] satisfies ` ${Verb}`[],
} as const satisfies Variants;

type AllVerbs = Exclude<` ${Verb}`, (typeof variants)['requested'][number]>;
/** A verb that has no column is a compile error here. */
const everyVerbHasItsColumn: [AllVerbs] extends [never] ? true : false = true;

export const columns: readonly string[] = Object.entries(variants).flatMap(([type, kinds]) =>
  kinds.map((kind) => `${type}${kind}`),
);

/** Lets the event of a column happen to a slot, as it would really come: with its own launch, instance and deadline. */
export function letHappen(column: string, { engine, slot, text }: Stand): void {
  const { phase, living } = engine.slot(slot);
  const process = slot.slice(0, slot.lastIndexOf('#'));
  const instance = living[0]?.instance ?? stranger;
  const [type = '', kind = ''] = column.split(' ', 2);
  const ok = kind === 'ok';
  const launch = phase.is === 'launching' ? phase.launch : 'long ago';
  const run = phase.is === 'scripting' ? phase.run : 'long ago';
  const problem = 'it failed';
  const main = kind === 'up' ? stranger : null;
  const events: { readonly [T in Happening['type']]: () => unknown } = {
    // Its life has begun: the engine hears this only once, and takes what was saved with it.
    began: () => engine.begin(text),
    'profile-changed': () => engine.happen({ type: 'profile-changed', profile: profileOf(profileText(kind, text)) }),
    launched: () =>
      engine.happen({
        type: 'launched',
        slot,
        launch,
        result: ok ? { ok, instance: stranger } : { ok: false, problem },
      }),
    exited: () => engine.happen({ type: 'exited', slot, instance, exit: { signal: 'SIGKILL', core: false } }),
    searched: () => engine.happen({ type: 'searched', process, found: kind === 'one' ? [stranger] : [] }),
    'service-changed': () =>
      engine.happen({
        type: 'service-changed',
        process,
        state: { is: kind as 'up', main, exit: null, words: kind },
      }),
    'escalation-failed': () => engine.happen({ type: 'escalation-failed', group: 'shop', problem }),
    'script-ended': () =>
      engine.happen({ type: 'script-ended', slot, run, result: ok ? { ok } : { ok: false, problem } }),
    'became-ready': () => engine.happen({ type: 'became-ready', slot, instance }),
    'ask-failed': () => engine.happen({ type: 'ask-failed', slot, instance, problem }),
    said: () => engine.happen({ type: 'said', slot, instance, message: messages[kind] ?? {} }),
    looked: () => {
      engine.nowMs = Math.max(engine.nowMs, engine.slot(slot).vitalAtMs ?? 0);
      const heldAtMs = kind === 'alive' ? engine.nowMs : 0;
      const sign = { rule: 'heartbeat', heldAtMs, lost: { ms: 0, cause: '' }, measured: '' } as const;
      engine.happen({ type: 'looked', slot, instance, signs: [sign] });
    },
    probed: () => engine.happen({ type: 'probed', slot, instance, verdict: { is: kind as 'ok', text: kind } }),
    'evidence-taken': () => {
      const incident = kind === 'own' && phase.is === 'examining' ? phase.incident : 'long ago';
      engine.happen({ type: 'evidence-taken', slot, incident, result: { ok: false, problem } });
    },
    swept: () => engine.happen({ type: 'swept', slot, left: [] }),
    'timer-rang': () => {
      if (kind === 'vital') {
        engine.nowMs = Math.max(engine.nowMs, engine.slot(slot).vitalAtMs ?? 0);
        return engine.happen({ type: 'timer-rang', timer: `vital:${slot}` });
      }
      engine.nowMs = Math.max(engine.nowMs, deadlineOf(phase) ?? 0);
      return engine.ring(slot);
    },
    requested: () => engine.ask(requestOf(kind as Verb, process)),
  };
  if (everyVerbHasItsColumn) events[type as Happening['type']]();
}

const messages: Readonly<Record<string, Message>> = {
  status: { status: 'at work' },
  stopping: { stopping: true },
  trigger: { watchdog: 'trigger' },
  main: { main: stranger },
};

function profileText(kind: string, text: string): string {
  if (kind === 'same') return text;
  if (kind === 'without') return 'groups: { shop: { processes: { other: { command: [other] } } } }';
  return text
    .replaceAll('[api]', '[api, changed]')
    .replace('executable: api', 'executable: changed')
    .replace('service: api', 'service: changed');
}

function requestOf(verb: Verb, target: string): Request {
  if (verb === 'pause') return { verb, target, why: '', untilMs: null };
  if (verb === 'set') return { verb, target, values: { 'restart.limit': 5 } };
  if (verb === 'dump') return { verb, target, kinds: null };
  return verb === 'unset' ? { verb, target, fields: [] } : { verb, target };
}
