import { goesDown } from '../../../source/engine/going-down.ts';
import { type RuleName, rulesOf } from '../../../source/engine/sign.ts';
import { type Slot, slotName, type Vital } from '../../../source/engine/state.ts';
import type { Instance } from '../../../source/ports/instance.ts';
import { isSameInstance } from '../../../source/ports/instance.ts';
import type { ProcessSpec } from '../../../source/profile/profile.ts';
import { check, type Evidence, eachSlot, type Laws, pauseOn, slotNamed, slotOf } from '../evidence.ts';
import type { Life } from '../world-lives.ts';

/** Readings are taken between two looks, and a clock has its grain. */
const grainMs = 5;

/** Who is called stalled, when, and what follows. What a process does in truth the world tells. */
export const stallLaws: Laws = {
  'no rule runs before ready, under a pause, or after STOPPING=1': ({ step }) => {
    eachSlot(step.state, (process, slot) => {
      if (slot.vitals.length === 0) return;
      const name = slotName(process, slot);
      check(
        ['running', 'lacking', 'examining'].includes(slot.phase.is),
        `rules of ${name} run, it is ${slot.phase.is}`,
      );
      check(pauseOn(step.state, process) === null, `rules of ${name} run under a pause`);
      check(slot.word.is !== 'stopping', `rules of ${name} run though it said that it ends`);
      check(!goesDown(process, slot), `rules of ${name} run though it is to go down`);
    });
  },

  'vitals name living instances only, each once': ({ step }) => {
    eachSlot(step.state, (process, slot) => {
      for (const { instance } of slot.vitals) {
        const name = `pid ${instance.pid} of ${slotName(process, slot)}`;
        check(
          slot.living.some((living) => isSameInstance(living.instance, instance)),
          `the rules of ${name} run, which does not live`,
        );
        const times = slot.vitals.filter((vital) => isSameInstance(vital.instance, instance)).length;
        check(times === 1, `${name} is watched ${times} times`);
      }
    });
  },

  'a stall is called only when the silence less the lost time has reached the limit': (evidence) => {
    eachStall(evidence, ({ life, rule, limitMs, spec, nowMs }) => {
      if (rule === 'probe') {
        const failures = spec.stall.probe?.failures ?? 0;
        return check(life.failedProbes >= failures, `${life.failedProbes} probes have failed, of ${failures}`);
      }
      const { silentMs, lostMs } = silenceOf(life, rule, nowMs);
      // A share speaks of the time between two samples.
      const slackMs = grainMs + (rule === 'spinning' ? periodOf(limitMs) : 0);
      check(
        silentMs - lostMs + slackMs >= limitMs,
        `${rule} of pid ${life.instance.pid} is called after ${silentMs} ms, of which ${lostMs} were lost, not ${limitMs}`,
      );
    });
  },

  'a starved, traced or frozen process is never called stalled': (evidence) => {
    eachStall(evidence, ({ life, rule }) => {
      const isHeld = life.doing === 'traced' || life.doing === 'frozen';
      const isStarved = life.doing === 'works' && rule !== 'probe';
      check(!isHeld && !isStarved, `pid ${life.instance.pid} ${life.doing} and is called stalled by ${rule}`);
    });
  },

  'a hang is called within its limit, one sampling period and what was lost': ({ step, event, world }) => {
    eachSlot(step.state, (process, slot) => {
      if (slot.phase.is === 'examining') return;
      for (const vital of slot.vitals) {
        const life = world.lives?.known(vital.instance) ?? null;
        if (life !== null) checkIsCalled(life, process.spec, slot, vital, event.at.monoMs);
      }
    });
  },

  'a broken bound is called within its limit, one sampling period and what was lost': ({ step, event, world }) => {
    eachSlot(step.state, (process, slot) => {
      if (slot.phase.is === 'examining') return;
      for (const vital of slot.vitals) {
        const life = world.lives?.known(vital.instance) ?? null;
        if (life !== null) checkBoundIsCalled(life, process.spec, vital, event.at.monoMs);
      }
    });
  },

  'one stall is said once until it has ended': ({ before, step }) => {
    for (const notice of step.notices) {
      if (notice.id !== 'process.stalled' && notice.id !== 'process.rule-broken') continue;
      const rule = notice.parameters['rule'] as RuleName;
      const was = slotOf(before, slotNamed(notice))?.slot;
      const now = slotOf(step.state, slotNamed(notice))?.slot;
      const what = `${rule} of ${slotNamed(notice)}`;
      check(was === undefined || !isBroken(was, notice.instance?.pid, rule), `${what} is said again`);
      const isOver = now === undefined || now.vitals.length === 0;
      check(isOver || isBroken(now, notice.instance?.pid, rule), `${what} is said and not remembered`);
    }
  },

  'evidence of a living process is asked for before it is asked to end for a stall': ({ before, step }) => {
    eachSlot(step.state, (process, slot) => {
      const name = slotName(process, slot);
      const was = slotOf(before, name)?.slot;
      const { phase } = slot;
      if (phase.is === 'examining' && was?.phase.is !== 'examining') {
        const isAskedFor = step.effects.some(
          (effect) =>
            effect.do === 'collect' && effect.slot === name && effect.lives && effect.incident === phase.incident,
        );
        check(isAskedFor, `${name} is examined and nothing is taken of it`);
      }
      const hasFailed = phase.is === 'asking' && phase.ending.kind === 'failed';
      if (hasFailed && was?.phase.is === 'running')
        check(process.spec.keep === 0, `${name} is asked to end for a stall, unexamined`);
    });
  },

  'a stalled process is restarted no matter what the evidence does': ({ step, event }) => {
    eachSlot(step.state, (process, slot) => {
      const { phase } = slot;
      if (phase.is !== 'examining') return;
      const name = slotName(process, slot);
      const longestMs = phase.untilMs - slot.sinceMs;
      // A reload may allow less from then on.
      check(longestMs <= 600_000, `${name} is examined for ${longestMs} ms`);
      const isLate = event.type === 'timer-rang' && event.timer === `slot:${name}` && event.at.monoMs >= phase.untilMs;
      check(!isLate, `the time to examine ${name} is over, and it still waits`);
    });
  },

  'incidents asked for are bounded in every step': ({ before, step, event }) => {
    const counts = new Map<string, number>();
    for (const effect of step.effects)
      if (effect.do === 'collect') {
        counts.set(effect.slot, (counts.get(effect.slot) ?? 0) + 1);
        // As it was in force at that moment: a reload, or a recovery, may put another profile in force in the same step.
        check(effect.spec.keep !== 0, `${effect.slot} keeps no incidents, and one is asked for`);
      }
    for (const [slot, count] of counts) {
      // Each that lived may have died, or be asked after; one more for a start that failed.
      const lived = slotOf(before, slot)?.slot.living.length ?? 0;
      const saved = event.type === 'began' ? (event.saved?.slots[slot]?.living.length ?? 0) : 0;
      check(count <= Math.max(1, lived, saved), `${count} incidents of ${slot} are asked for, of ${lived} that lived`);
    }
  },
};

interface Called {
  readonly life: Life;
  readonly rule: RuleName;
  readonly limitMs: number;
  readonly spec: ProcessSpec;
  readonly nowMs: number;
}

/** Each stall that the step says of a process that the world knows. */
function eachStall({ before, step, event, world }: Evidence, visit: (called: Called) => void): void {
  // It said so itself.
  if (event.type === 'said') return;
  for (const notice of step.notices) {
    if (notice.id !== 'process.stalled') continue;
    const found = slotOf(before, slotNamed(notice));
    const vital = found?.slot.vitals.find(({ instance }) => instance.pid === notice.instance?.pid);
    const life = vital === undefined ? null : (world.lives?.known(vital.instance) ?? null);
    if (found === undefined || life === null) continue;
    const rule = notice.parameters['rule'] as RuleName;
    const { spec } = found.process;
    const limitMs = rulesOf(spec, found.slot.word.heartbeatMs).find(({ name }) => name === rule)?.limitMs ?? 0;
    visit({ life, rule, limitMs, spec, nowMs: event.at.monoMs });
  }
}

/** How long it has been silent in truth, and how much of that it could not have run. */
function silenceOf(life: Life, rule: RuleName, nowMs: number): { silentMs: number; lostMs: number } {
  const since: Partial<Record<RuleName, readonly [number, number]>> = {
    heartbeat: [life.beatMs, life.lostAtBeatMs],
    output: [life.beatMs, life.lostAtBeatMs],
    cpu: [life.movedMs, life.lostAtMoveMs],
    blocked:
      life.doing === 'blocked' || life.doing === 'stopped' ? [life.sinceMs, life.lostAtChangeMs] : [nowMs, life.lostMs],
    spinning: life.doing === 'spins' ? [life.sinceMs, life.lostAtChangeMs] : [nowMs, life.lostMs],
  };
  const [atMs, lostAtMs] = since[rule] ?? [nowMs, life.lostMs];
  return { silentMs: nowMs - atMs, lostMs: life.lostMs - lostAtMs };
}

function checkIsCalled(life: Life, spec: ProcessSpec, slot: Slot, vital: Vital, nowMs: number): void {
  for (const { rule, limitMs, brokenSinceMs } of vital.timers) {
    if (brokenSinceMs !== null || rule.startsWith('rules.') || rule === 'spinning') continue;
    // Several share one file.
    if (spec.kind === 'match' && slot.living.length > 1) continue;
    const { silentMs, lostMs } = silenceOf(life, rule, nowMs);
    const watchedMs = nowMs - life.watchedMs;
    // What was lost before the silence may lie between the same two readings, and a debugger is seen at readings alone. When a file
    // was written is not known where the wall clock was set.
    const lostLatelyMs = life.lostMs === 0 ? 0 : Math.max(lostMs, life.lostMs);
    const isClockSet = rule === 'output' && life.clockSetMs > life.beatMs - limitMs;
    const doubtMs = lostLatelyMs > 0 || isClockSet ? lostLatelyMs + 2 * limitMs : 0;
    const allowedMs = limitMs + periodOf(limitMs) + 1_200 + doubtMs;
    check(
      Math.min(silentMs, watchedMs) <= allowedMs,
      `${rule} of pid ${life.instance.pid} (it ${life.doing}) is silent for ${silentMs} ms of ${limitMs}, ${lostMs} lost, and nobody says so`,
    );
  }
}

/** Rules whose bound is broken in truth: by one that spins, or that has grown. A famine takes a share below its bound, which is none of its doing. */
function checkBoundIsCalled(life: Life, spec: ProcessSpec, vital: Vital, nowMs: number): void {
  for (const { rule, limitMs, brokenSinceMs } of vital.timers) {
    const metric = rule.startsWith('rules.') ? spec.rules[Number(rule.slice('rules.'.length))]?.metric : null;
    const isShare = rule === 'spinning' || metric === 'cpu';
    const fromMs = isShare && life.doing === 'spins' ? life.sinceMs : metric === 'memory' ? life.bloatedMs : null;
    if (brokenSinceMs !== null || fromMs === null) continue;
    const lostMs = life.lostMs - (isShare ? life.lostAtChangeMs : life.lostAtBloatMs);
    if (isShare && lostMs > 0) continue;
    // What was lost before may lie between the same two readings.
    const doubtMs = life.lostMs === 0 ? 0 : life.lostMs + 2 * limitMs;
    const brokenMs = nowMs - Math.max(fromMs, life.watchedMs);
    const allowedMs = limitMs + periodOf(limitMs) + 1_200 + doubtMs;
    check(
      brokenMs <= allowedMs,
      `${rule} of pid ${life.instance.pid} (it ${life.doing}) is broken for ${brokenMs} ms of ${limitMs}, ${lostMs} lost, and nobody says so`,
    );
  }
}

/** How often a rule has a sample taken, at most. */
function periodOf(limitMs: number): number {
  return Math.min(10_000, Math.max(1_000, limitMs / 10));
}

function isBroken(slot: Slot, pid: number | undefined, rule: RuleName): boolean {
  if (rule === 'heartbeat' && slot.word.stuckSinceMs !== null) return true;
  const vital = slot.vitals.find(({ instance }) => instance.pid === pid);
  if (rule === 'probe') return vital !== undefined && vital.probe.brokenSinceMs !== null;
  return vital?.timers.some((timer) => timer.rule === rule && timer.brokenSinceMs !== null) === true;
}

/** Checked at rest: those that are listened to and probed, beside whoever lives. */
export function inVain(slots: readonly Slot[], watched: Iterable<Instance>, probed: Iterable<Instance>): string | null {
  const lives = (instance: Instance) => (slot: Slot) =>
    slot.living.some((living) => isSameInstance(living.instance, instance));
  const runs = (instance: Instance) => (slot: Slot) =>
    slot.vitals.some((vital) => isSameInstance(vital.instance, instance));
  for (const instance of watched) if (!slots.some(lives(instance))) return `pid ${instance.pid} is listened to in vain`;
  for (const instance of probed) if (!slots.some(runs(instance))) return `pid ${instance.pid} is probed in vain`;
  return null;
}
