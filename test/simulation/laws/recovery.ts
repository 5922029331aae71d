import type { SavedGroup, SavedProcess, SavedSlot } from '../../../source/engine/durable.ts';
import type { EngineState, ProcessRecord } from '../../../source/engine/state.ts';
import { withOverrides } from '../../../source/profile/overrides.ts';
import { check, eachSlot } from '../evidence.ts';

/** What a law is shown when an engine has begun: what the earlier one left, and what this one made of it. */
export interface Recovery {
  readonly disk: Readonly<Record<string, unknown>>;
  readonly state: EngineState;
  readonly nowMs: number;
  readonly bootId: string;
}

export const recoveryLaws: Readonly<Record<string, (recovery: Recovery) => void>> = {
  'a recovered engine forgets no counted restart': ({ disk, state, nowMs, bootId }) => {
    if ((disk['engine'] as { bootId: string } | undefined)?.bootId !== bootId) return;
    eachSlot(state, (process, slot) => {
      const record = disk[`slot:${process.name}#${slot.number}`] as SavedSlot | undefined;
      const counting = record?.restarts.filter((at) => at > nowMs - process.spec.restart.withinMs) ?? [];
      check(
        counting.every((at) => slot.restarts.includes(at)),
        `${process.name}#${slot.number} forgot its restarts`,
      );
    });
  },

  'a recovered engine forgets no pause': ({ disk, state }) => {
    for (const group of state.groups) {
      const saved = disk[`group:${group.spec.name}`] as SavedGroup | undefined;
      const isSame = saved === undefined || JSON.stringify(saved.pause) === JSON.stringify(group.pause);
      check(isSame, `the pause of ${group.spec.name} was not recovered`);
    }
    eachSaved(disk, state, (saved, process) => {
      const isSame = JSON.stringify(saved.pause) === JSON.stringify(process.pause);
      check(isSame, `the pause of ${process.name} was not recovered`);
    });
  },

  'a recovered engine forgets no override': ({ disk, state }) => {
    eachSaved(disk, state, (saved, process) => {
      // Another profile may have no place for them, and a reload takes them off then.
      const values = Object.entries(saved.overrides).map(([field, { value }]) => [field, value]);
      if (!withOverrides(process.declared, Object.fromEntries(values)).ok) return;
      const lost = Object.keys(saved.overrides).filter((field) => process.overrides[field] === undefined);
      check(lost.length === 0, `${process.name} lost the overrides ${lost.join(', ')}`);
    });
  },

  'a recovered engine wants what was wanted': ({ disk, state }) => {
    eachSaved(disk, state, (saved, process) =>
      check(
        saved.wanted === process.wanted,
        `${process.name} was wanted ${saved.wanted}, and is now ${process.wanted}`,
      ),
    );
  },
};

function eachSaved(
  disk: Recovery['disk'],
  state: EngineState,
  visit: (saved: SavedProcess, process: ProcessRecord) => void,
): void {
  for (const process of state.processes) {
    const saved = disk[`process:${process.name}`] as SavedProcess | undefined;
    if (saved !== undefined) visit(saved, process);
  }
}
