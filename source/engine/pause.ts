import type { GroupRecord, Pause } from './state.ts';
import type { Turn } from './turn.ts';

/** The pause that holds for a process: its own, or else its group's. */
export function pauseOf(turn: Turn, process: number): Pause | null {
  const record = turn.process(process);
  return record.pause ?? groupOf(turn, record.group).pause;
}

export function groupOf(turn: Turn, name: string): GroupRecord {
  const group = turn.state.groups.find((candidate) => candidate.spec.name === name);
  if (group === undefined) throw new Error(`no group ${name}`);
  return group;
}

/** Suspends monitoring. `name` is a group or a `group/process`; a pause that stands is replaced. */
export function setPause(turn: Turn, name: string, pause: Pause): void {
  keepPause(turn, name, pause);
  armPause(turn, name, pause);
}

/** Its timer; a pause without an end has none. The end was said by a person, so it is on the wall clock. */
export function armPause(turn: Turn, name: string, pause: Pause): void {
  const timer = `pause:${name}`;
  if (pause.untilWallMs === null) turn.effect({ do: 'clear-timer', timer });
  else turn.effect({ do: 'set-timer', timer, atMs: turn.nowMs + Math.max(0, pause.untilWallMs - turn.at.wallMs) });
}

/** Ends a pause and returns the names of what died meanwhile. */
export function endPause(turn: Turn, name: string): readonly string[] {
  turn.effect({ do: 'clear-timer', timer: `pause:${name}` });
  keepPause(turn, name, null);
  const missed: string[] = [];
  for (const process of processesUnder(turn, name)) {
    if (pauseOf(turn, process) !== null) continue;
    for (const place of turn.places(process)) {
      if (turn.slot(place).missed) {
        missed.push(turn.slotName(place));
        turn.changeSlot(place, { missed: false });
      }
      turn.open(place);
    }
    turn.openNeighbours(process);
  }
  return missed;
}

/** A pause's timer rang: it ends, unless the wall clock was set back and its end is still to come. */
export function pauseTimerRang(turn: Turn, name: string): void {
  const pause = pauseNamed(turn, name);
  if (pause === null || pause.untilWallMs === null) return;
  const missed = endPause(turn, name);
  turn.notice(
    'pause.expired',
    null,
    { target: name, missed: missed.length === 0 ? '-' : missed.join(' ') },
    targetNames(name),
  );
}

/** `shop/api` → the group and process fields of a notice about it. */
export function targetNames(name: string): { readonly group: string; readonly process: string | null } {
  const [group = name, process = null] = name.split('/');
  return { group, process };
}

function pauseNamed(turn: Turn, name: string): Pause | null {
  const process = turn.state.plan.indexOf.get(name);
  if (process !== undefined) return turn.process(process).pause;
  return turn.state.groups.find((group) => group.spec.name === name)?.pause ?? null;
}

function keepPause(turn: Turn, name: string, pause: Pause | null): void {
  const process = turn.state.plan.indexOf.get(name);
  if (process !== undefined) turn.changeProcess(process, { pause });
  else turn.changeGroup(name, { pause });
  for (const member of processesUnder(turn, name)) {
    turn.openAll(member);
    turn.touch(member);
  }
}

function processesUnder(turn: Turn, name: string): readonly number[] {
  const process = turn.state.plan.indexOf.get(name);
  return process === undefined ? (turn.state.plan.members.get(name) ?? []) : [process];
}
