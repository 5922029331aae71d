import { conditionHolds } from '../../../source/engine/dependencies.ts';
import { slotName } from '../../../source/engine/state.ts';
import { check, dependantsOf, eachSlot, eachStart, isInTheWay, type Laws, pauseOn, slotOf } from '../evidence.ts';

/** Who may start, and that whoever may does. */
export const startingLaws: Laws = {
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
      const name = slotName(process, slot);
      check(process.wanted === 'up' && slot.course.is === 'stay', `${name} starts though it is wanted down`);
      check(pauseOn(step.state, process) === null, `${name} starts though it is paused`);
    });
  },

  'nobody of a group that restarts as a whole starts while another is still going down': ({ step }) => {
    eachStart(step, (process, slot) => {
      const group = step.state.groups.find((candidate) => candidate.spec.name === process.group);
      if (group?.spec.strategy !== 'one-for-all') return;
      for (const member of step.state.processes) {
        if (member.group !== process.group) continue;
        for (const other of member.slots) {
          const lives = isInTheWay(member, other) && other.living.length > 0;
          check(!lives, `${slotName(process, slot)} starts while ${slotName(member, other)} goes down`);
        }
      }
    });
  },

  'nobody who is wanted up is left stopped': ({ step }) => {
    eachSlot(step.state, (process, slot) => {
      const isLeft = slot.phase.is === 'stopped' && process.wanted === 'up' && slot.course.is !== 'retire';
      check(!isLeft, `${slotName(process, slot)} is wanted up and stays stopped`);
    });
  },

  // A base that came back by itself, or through somebody else, brings its dependants back with it.
  'nobody waits for dependencies that hold': ({ step }) => {
    const { state } = step;
    eachSlot(state, (process, slot) => {
      if (slot.phase.is !== 'waiting' || slot.phase.for !== 'dependencies') return;
      const conditions = Object.entries(process.spec.dependsOn);
      const holds = conditions.every(([name, condition]) => {
        const dependency = state.processes[state.plan.indexOf.get(name) ?? -1];
        return dependency === undefined || conditionHolds(dependency, condition);
      });
      if (!holds) return;
      const group = state.groups.find((candidate) => candidate.spec.name === process.group);
      const others = [
        ...dependantsOf(state, process.name),
        ...(group?.spec.strategy === 'one-for-all'
          ? state.processes.filter((member) => member.group === process.group)
          : []),
      ];
      const isHeldBack = others.some((other) => other.slots.some((one) => isInTheWay(other, one)));
      check(isHeldBack, `${slotName(process, slot)} waits for dependencies though they hold`);
    });
  },

  'nobody waits for the end of a pause that has ended': ({ step }) => {
    eachSlot(step.state, (process, slot) => {
      if (slot.phase.is !== 'waiting' || slot.phase.for !== 'resume') return;
      check(pauseOn(step.state, process) !== null, `${slotName(process, slot)} waits for a pause that is no more`);
    });
  },

  'what is wanted down and does not live comes to rest at once': ({ step }) => {
    eachSlot(step.state, (process, slot) => {
      if (process.wanted === 'up' || slot.living.length > 0) return;
      const isLeft = ['waiting', 'backoff', 'exited', 'fatal', 'scripting', 'searching'].includes(slot.phase.is);
      check(!isLeft, `${slotName(process, slot)} is wanted down and is ${slot.phase.is}`);
    });
  },

  'a start that failed is not tried again without being counted': ({ event, before, step }) => {
    if (event.type !== 'launched' || event.result.ok) return;
    const was = slotOf(before, event.slot)?.slot;
    const now = slotOf(step.state, event.slot)?.slot;
    if (was?.phase.is !== 'launching' || was.phase.launch !== event.launch || now === undefined) return;
    const isTriedAgain = now.phase.is === 'launching' || now.phase.is === 'backoff';
    const isCounted = now.restarts.includes(event.at.monoMs);
    check(!isTriedAgain || isCounted || was.course.is === 'cycle', `${event.slot} tries again and does not count it`);
  },

  'the time to get ready is whole': ({ event, before, step }) => {
    eachSlot(step.state, (process, slot) => {
      const { phase } = slot;
      const was = slotOf(before, slotName(process, slot))?.slot;
      if (phase.is === 'readying' && phase.untilMs !== null && was?.phase !== phase) {
        const { ready } = process.spec;
        const wholeMs = ready?.probe.kind === 'after' ? ready.probe.delayMs : (ready?.withinMs ?? 0);
        const givenMs = phase.untilMs - event.at.monoMs;
        check(givenMs === wholeMs, `${slotName(process, slot)} has ${givenMs} ms to get ready, not ${wholeMs}`);
      }
      const hasFailed = phase.is === 'asking' && phase.ending.kind === 'failed';
      if (hasFailed && was?.phase.is === 'readying')
        check(
          was.phase.untilMs !== null && event.at.monoMs >= was.phase.untilMs,
          `${slotName(process, slot)} is asked to end before its time to get ready is over`,
        );
    });
  },
};
