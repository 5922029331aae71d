import { conditionHolds } from '../../source/engine/dependencies.ts';
import type { Effect } from '../../source/engine/effect.ts';
import type { Event } from '../../source/engine/event.ts';
import { goesDown } from '../../source/engine/going-down.ts';
import { allDependants } from '../../source/engine/plan.ts';
import { restartsInWindow } from '../../source/engine/restart-limit.ts';
import { snapshot } from '../../source/engine/snapshot.ts';
import type { EngineState, ProcessRecord, Slot } from '../../source/engine/state.ts';
import { deadlineOf, slotName } from '../../source/engine/state.ts';
import type { Step } from '../../source/engine/turn.ts';
import { isSameInstance } from '../../source/ports/instance.ts';
import type { World } from './world.ts';

/** What a law is shown after each step. */
export interface Evidence {
  readonly event: Event;
  readonly before: EngineState;
  readonly step: Step;
  readonly world: World;
}

export type Law = (evidence: Evidence) => void;

/** Checked after every step. Each throws with what it saw. */
export const laws: Readonly<Record<string, Law>> = {
  'at most one living instance per slot of a command entry': ({ step, world }) => {
    eachSlot(step.state, (process, slot) => {
      if (process.spec.kind !== 'command') return;
      check(slot.living.length <= 1, `${slotName(process, slot)} holds ${slot.living.length}`);
      const mains = world.mainsOf(slotName(process, slot));
      check(
        mains.length <= 1,
        `${mains.map((main) => main.instance.pid).join(' and ')} both live for ${slotName(process, slot)}`,
      );
    });
  },

  'no effect names an instance that the engine knows to be dead': ({ step }) => {
    eachEffect(step, (effect) => {
      if (effect.do !== 'ask' && effect.do !== 'watch' && effect.do !== 'probe') return;
      const slot = slotOf(step.state, effect.slot)?.slot;
      const isKnown = slot?.living.some((living) => isSameInstance(living.instance, effect.instance)) === true;
      // Taken in and let go of in one step: a new profile does not name it any more.
      const isLetGo = step.effects.some(
        (other) => other.do === 'unwatch' && isSameInstance(other.instance, effect.instance),
      );
      check(isKnown || isLetGo, `${effect.do} names pid ${effect.instance.pid} of ${effect.slot}, which is not living`);
    });
  },

  'nothing starts before the conditions of its dependencies hold': ({ step }) => {
    eachStart(step, (process, slot) => {
      for (const [name, condition] of Object.entries(process.spec.dependsOn)) {
        const dependency = step.state.processes[step.state.plan.indexOf.get(name) ?? -1];
        const holds = dependency === undefined || conditionHolds(dependency, condition);
        check(holds, `${slotName(process, slot)} starts though ${name} is not ${condition}`);
      }
    });
  },

  'nothing that is wanted down, paused or taken away is started': ({ step }) => {
    eachStart(step, (process, slot) => {
      const group = step.state.groups.find((candidate) => candidate.spec.name === process.group);
      check(
        process.wanted === 'up' && slot.course.is === 'stay',
        `${slotName(process, slot)} starts though it is wanted down`,
      );
      check(process.pause === null && group?.pause === null, `${slotName(process, slot)} starts though it is paused`);
    });
  },

  'restarts never exceed the limit within the window': ({ before, event, step }) => {
    eachSlot(step.state, (process, slot) => {
      const was = slotOf(before, slotName(process, slot))?.slot;
      if (was === undefined || slot.restarts.length <= was.restarts.length) return;
      const count = restartsInWindow(slot, process.spec.restart, event.at.monoMs).length;
      check(
        count <= process.spec.restart.limit,
        `${slotName(process, slot)} has restarted ${count} times of ${process.spec.restart.limit}`,
      );
    });
  },

  'a process that is asked to stop has no dependant left that stops as well': ({ step, event }) => {
    // A stop that was under way when the earlier engine died goes on, whatever a new profile makes of the others.
    if (event.type === 'began') return;
    eachEffect(step, (effect) => {
      if (effect.do !== 'ask') return;
      const index = step.state.plan.indexOf.get(effect.process) ?? -1;
      const own = slotOf(step.state, effect.slot);
      if (own?.slot.phase.is !== 'asking' || own.slot.phase.ending.kind !== 'asked') return;
      for (const dependant of allDependants(step.state.plan, index)) {
        const process = step.state.processes[dependant];
        for (const slot of process?.slots ?? []) {
          const mustBeDown = process !== undefined && goesDown(process, slot);
          check(
            !mustBeDown || slot.living.length === 0,
            `${effect.slot} is asked to stop while ${effect.process}'s dependant ${process?.name} lives`,
          );
        }
      }
    });
  },

  'giving up is said once, when it happens': ({ before, step }) => {
    for (const notice of step.notices) {
      if (notice.id !== 'process.gave-up') continue;
      const name = `${notice.group}/${notice.process}#${String(notice.parameters['slot'] ?? 1)}`;
      check(slotOf(before, name)?.slot.phase.is !== 'fatal', `${name} had been given up already`);
      check(slotOf(step.state, name)?.slot.phase.is === 'fatal', `${name} is said to be given up, and is not`);
    }
  },

  'what is saved stands before what depends on it': ({ step }) => {
    const save = step.effects.findIndex((effect) => effect.do === 'save');
    check(save <= 0, `the save is effect number ${save + 1}`);
    const isLaunching = step.effects.some((effect) => effect.do === 'launch');
    check(!isLaunching || save === 0, 'a launch goes out that was not saved');
  },

  'nobody of a group that restarts as a whole starts while another is still going down': ({ step }) => {
    eachStart(step, (process, slot) => {
      const group = step.state.groups.find((candidate) => candidate.spec.name === process.group);
      if (group?.spec.strategy !== 'one-for-all') return;
      for (const member of step.state.processes) {
        if (member.group !== process.group) continue;
        for (const other of member.slots) {
          const isInTheWay = goesDown(member, other) && other.living.length > 0;
          check(!isInTheWay, `${slotName(process, slot)} starts while ${slotName(member, other)} goes down`);
        }
      }
    });
  },

  'the brake lets no more restarts through in a second than it may': ({ step, event }) => {
    const { recent, perSecond } = step.state.brake;
    const count = recent.filter((at) => at > event.at.monoMs - 1_000).length;
    check(count <= perSecond, `${count} restarts in a second, at most ${perSecond} may be`);
  },

  'no more than a hundred starts are under way, and they are counted rightly': ({ step }) => {
    let underWay = 0;
    eachSlot(step.state, (_, slot) => {
      underWay += slot.phase.is === 'launching' || slot.phase.is === 'scripting' ? 1 : 0;
    });
    check(underWay === step.state.underWay, `${underWay} starts are under way, ${step.state.underWay} are counted`);
    check(underWay <= 100, `${underWay} starts are under way`);
  },

  'who waits for a turn stands in the queue': ({ step }) => {
    const queue = new Set(step.state.brake.queue);
    eachSlot(step.state, (process, slot) => {
      const waits = slot.phase.is === 'waiting' && slot.phase.for === 'turn';
      check(
        !waits || queue.has(slotName(process, slot)),
        `${slotName(process, slot)} waits for a turn that never comes`,
      );
    });
  },

  'histories stay bounded': ({ step }) => {
    eachSlot(step.state, (process, slot) =>
      check(slot.restarts.length <= 1000, `${slotName(process, slot)} remembers ${slot.restarts.length} restarts`),
    );
  },

  'the snapshot survives JSON': ({ step, event }) => {
    const shown = snapshot(step.state, event.at);
    const text = JSON.stringify(shown);
    check(JSON.stringify(JSON.parse(text)) === text && !text.includes('null,null,null,null'), 'it does not');
  },
};

/** Checked when the queue has run empty: each waiting phase has its one timer, and no timer is without its phase. */
export function checkTimers(state: EngineState, timers: ReadonlyMap<string, number>): void {
  const expected = new Map<string, number>();
  eachSlot(state, (process, slot) => {
    const deadline = deadlineOf(slot.phase);
    if (deadline !== null) expected.set(`slot:${slotName(process, slot)}`, deadline);
  });
  for (const [key, atMs] of expected)
    check(timers.get(key) === atMs, `${key} should ring at ${atMs}, its timer says ${timers.get(key)}`);
  for (const key of timers.keys())
    if (key.startsWith('slot:')) check(expected.has(key), `${key} has a timer and waits for nothing`);
  check(
    timers.get('brake:') === (state.brake.wakeAtMs ?? undefined),
    `the brake should wake at ${state.brake.wakeAtMs}, its timer says ${timers.get('brake:')}`,
  );
}

/** Checked when the queue has run empty: the disk holds a record of everything there is, and of nothing else. */
export function checkRecords(state: EngineState, disk: Readonly<Record<string, unknown>>): void {
  const expected = new Set([
    'engine',
    ...state.groups.map((group) => `group:${group.spec.name}`),
    ...state.processes.map((process) => `process:${process.name}`),
  ]);
  eachSlot(state, (process, slot) => expected.add(`slot:${slotName(process, slot)}`));
  for (const key of Object.keys(disk)) check(expected.has(key), `the disk remembers ${key}, which is gone`);
  for (const key of expected) check(disk[key] !== undefined, `the disk knows nothing of ${key}`);
}

export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

export function eachSlot(state: EngineState, visit: (process: ProcessRecord, slot: Slot) => void): void {
  for (const process of state.processes) for (const slot of process.slots) visit(process, slot);
}

function slotOf(state: EngineState, name: string): { process: ProcessRecord; slot: Slot } | undefined {
  const [processName = '', number] = name.split('#');
  const process = state.processes[state.plan.indexOf.get(processName) ?? -1];
  const slot = process?.slots.find((candidate) => String(candidate.number) === number);
  return process === undefined || slot === undefined ? undefined : { process, slot };
}

function eachEffect(step: Step, visit: (effect: Effect) => void): void {
  for (const effect of step.effects) visit(effect);
}

function eachStart(step: Step, visit: (process: ProcessRecord, slot: Slot) => void): void {
  eachEffect(step, (effect) => {
    if (effect.do !== 'launch' && effect.do !== 'run-script') return;
    const found = slotOf(step.state, effect.slot);
    check(found !== undefined, `${effect.do} for ${effect.slot}, which is not there`);
    visit(found.process, found.slot);
  });
}
