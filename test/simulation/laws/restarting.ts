import { restartsInWindow } from '../../../source/engine/restart-limit.ts';
import { slotName } from '../../../source/engine/state.ts';
import { check, eachSlot, type Laws, slotNamed, slotOf } from '../evidence.ts';

/** Counting, waiting and giving up. */
export const restartingLaws: Laws = {
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

  'a counted restart stays counted until it leaves the window': ({ before, event, step }) => {
    if (event.type === 'requested' && event.request.verb === 'clear') return;
    eachSlot(step.state, (process, slot) => {
      const was = slotOf(before, slotName(process, slot))?.slot;
      if (was === undefined || was.restarts === slot.restarts) return;
      for (const at of restartsInWindow(was, process.spec.restart, event.at.monoMs))
        check(slot.restarts.includes(at), `${slotName(process, slot)} forgot its restart at ${at}`);
    });
  },

  'each restart after a failure is said, and counted, once': ({ before, event, step }) => {
    if (event.type === 'began' || (event.type === 'requested' && event.request.verb === 'clear')) return;
    eachSlot(step.state, (process, slot) => {
      const name = slotName(process, slot);
      const was = slotOf(before, name)?.slot;
      if (process.spec.kind !== 'command' || was === undefined) return;
      const { restart } = process.spec;
      const counted =
        restartsInWindow(slot, restart, event.at.monoMs).length -
        restartsInWindow(was, restart, event.at.monoMs).length;
      const said = step.notices.filter(
        (notice) => notice.id === 'process.restarting' && slotNamed(notice) === name,
      ).length;
      check(counted === said, `${name}: ${counted} restarts are counted, ${said} are said`);
    });
  },

  'the wait before a restart is what the count within the window says': ({ before, event, step }) => {
    for (const notice of step.notices) {
      if (notice.id !== 'process.restarting') continue;
      const was = slotOf(before, slotNamed(notice));
      const now = slotOf(step.state, slotNamed(notice));
      if (was === undefined || now === undefined) continue;
      const { restart } = now.process.spec;
      const earlier = restartsInWindow(was.slot, restart, event.at.monoMs).length;
      const { initialMs, factor, maxMs, jitter } = restart.backoff;
      const plainMs = earlier === 0 ? restart.delayMs : Math.min(maxMs, initialMs * factor ** (earlier - 1));
      const spreadMs = earlier === 0 ? 0 : plainMs * jitter + 1;
      const saidMs = Number(notice.parameters['delayMs']);
      check(
        Math.abs(saidMs - plainMs) <= spreadMs,
        `${slotNamed(notice)} waits ${saidMs} ms after ${earlier} restarts within the window, not ${plainMs}`,
      );
    }
  },

  'giving up is said once, when it happens': ({ event, before, step }) => {
    for (const notice of step.notices) {
      if (notice.id !== 'process.gave-up') continue;
      const name = slotNamed(notice);
      check(slotOf(before, name)?.slot.phase.is !== 'fatal', `${name} had been given up already`);
      // What died while no engine watched may be given up and, by a new profile, taken away in one step.
      if (event.type === 'began') continue;
      check(slotOf(step.state, name)?.slot.phase.is === 'fatal', `${name} is said to be given up, and is not`);
    }
  },

  'nothing is given up before its limit is reached within the window': ({ event, step }) => {
    for (const notice of step.notices) {
      if (notice.id !== 'process.gave-up') continue;
      const found = slotOf(step.state, slotNamed(notice));
      if (found === undefined) continue;
      const { restart } = found.process.spec;
      const count = restartsInWindow(found.slot, restart, event.at.monoMs).length;
      check(count >= restart.limit, `${slotNamed(notice)} is given up after ${count} restarts of ${restart.limit}`);
    }
  },

  // A batch run that ended well under a pause was begun again at resume.
  'what ends as it may has ended, under a pause too': ({ event, before, step }) => {
    eachSlot(step.state, (process, slot) => {
      const name = slotName(process, slot);
      const was = slotOf(before, name)?.slot;
      const waits = slot.phase.is === 'waiting' && slot.phase.for === 'resume';
      if (!waits || was === undefined || was.course.is === 'cycle' || slot.living.length > 0) return;
      // It ended just now, or its tree is swept only now.
      const told = event.type === 'exited' && was.living.length > 0 ? event.exit : null;
      const ending = 'ending' in was.phase ? was.phase.ending : null;
      const exit = ending === null ? told : ending.kind === 'died' ? ending.exit : null;
      if (exit === null) return;
      const { when, successExitCodes } = process.spec.restart;
      const isOver =
        when === 'never' || (when === 'on-failure' && 'code' in exit && successExitCodes.includes(exit.code));
      check(!isOver, `${name} ended as it may, and waits to be started at resume`);
    });
  },
};
