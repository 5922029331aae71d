import { type Step, step } from '../command.ts';
import { areasOf } from '../layout.ts';
import type { Model } from '../model.ts';
import { isReading } from '../reading/reading-model.ts';
import { detailsOf } from './details.ts';
import { moveCursor } from './list-state.ts';
import { moveReading } from './reading.ts';
import { moveInStalls } from './stalls.ts';

type How = { readonly by: number } | { readonly pages: number };

/** Moves the cursor of whatever screen is open. */
export function move(model: Model, how: How): Step {
  return isReading(model.screen) ? moveReading(model, model.screen, how) : step(moved(model, how));
}

function moved(model: Model, how: How): Model {
  const areas = areasOf(model.size, 0);
  if (model.screen.is === 'list') return moveCursor(model, 'by' in how ? how.by : how.pages * (areas.list - 1));
  if (model.screen.is === 'stalls') return moveInStalls(model, model.screen, how);
  const by = 'by' in how ? how.by : how.pages * (areas.page - 1);
  if (model.screen.is === 'parameters') {
    const last = (model.screen.parameters?.length ?? 1) - 1;
    const index = Math.max(0, Math.min(last, model.screen.index + by));
    return { ...model, screen: { ...model.screen, index } };
  }
  return neighbour(model, by);
}

/** On the details screen up and down lead to the group or process above or below in the list. */
function neighbour(model: Model, by: number): Model {
  if (model.screen.is !== 'details') return model;
  const names = model.status.groups.flatMap((group) => [
    group.name,
    ...group.processes.map((process) => `${group.name}/${process.name}`),
  ]);
  const at = names.indexOf(model.screen.target);
  const target = names[Math.max(0, Math.min(names.length - 1, at + by))];
  if (target === undefined || target === model.screen.target) return model;
  return { ...model, screen: detailsOf(target) };
}
