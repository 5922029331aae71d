import type { ProcessStatus } from '../../engine/status.ts';
import { pauseChoices } from '../action/pause-choices.ts';
import { find, membersOf } from '../action/subject.ts';
import type { Model, PauseDialog } from '../model.ts';
import { say } from '../words/text.ts';

/** What goes on while monitoring is paused: only what lives can keep running. */
export function pauseExplained(model: Model, { targets, choice }: PauseDialog): string {
  const processes = processesOf(model, targets);
  const all = processes.length;
  const living = processes.filter(({ instances }) => instances.length > 0).length;
  const isOpen = pauseChoices[choice]?.untilMs(model.nowMs, '') === null;
  const it = model.language === 'en' ? (all === 1 ? 'it' : 'them') : '';
  const end = say(model, isOpen ? 'pause-until-resumed' : 'pause-until-then', { it });
  const count = say(model, 'processes', { count: all });
  return `${runsOn(model, all, living, count)}${model.language === 'en' ? ' ' : ''}${end}`;
}

function runsOn(model: Model, all: number, living: number, count: string): string {
  if (all === 1) return say(model, living === 0 ? 'pause-none-runs' : 'pause-it-runs');
  if (living === 0) return say(model, 'pause-none-run', { count });
  return living === all ? say(model, 'pause-all-run', { count }) : say(model, 'pause-some-run', { living, count });
}

function processesOf(model: Model, targets: readonly string[]): readonly ProcessStatus[] {
  if (targets[0] === '*') return model.status.groups.flatMap(({ processes }) => processes);
  // A process that is marked beside its group is one of it.
  const members = targets.flatMap((target) => {
    const subject = find(model, target);
    return subject === undefined ? [] : membersOf(subject);
  });
  return [...new Set(members)];
}
