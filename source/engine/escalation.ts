import type { Escalation } from '../profile/profile.ts';
import { groupOf } from './pause.ts';
import type { Place, Turn } from './turn.ts';

/** The exit status that says "gave up" (`escalation: exit`). */
const gaveUpStatus = 3;

type Escalate<D extends Escalation['do']> = (
  turn: Turn,
  group: string,
  escalation: Extract<Escalation, { do: D }>,
  reason: string,
) => void;

/** What follows when a member of a group was given up. */
const escalations: { readonly [D in Escalation['do']]: Escalate<D> } = {
  continue() {
    // It stays down; the others are watched on.
  },
  exit: (turn) => turn.effect({ do: 'exit', status: gaveUpStatus }),
  failover: (turn, group, _, reason) => turn.effect({ do: 'failover', group, reason }),
  reboot: (turn, group, _, reason) => turn.effect({ do: 'reboot', group, reason }),
  run: (turn, group, { command }, reason) => turn.effect({ do: 'run-escalation', group, command, reason }),
  plugin: (turn, group, { name }, reason) => turn.effect({ do: 'plugin-escalation', group, plugin: name, reason }),
};

export function escalate(turn: Turn, place: Place, words: string): void {
  const { group, name } = turn.process(place.process);
  const { escalation } = groupOf(turn, group).spec;
  (escalations[escalation.do] as Escalate<Escalation['do']>)(turn, group, escalation, `${name} was given up: ${words}`);
}
