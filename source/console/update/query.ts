import { type Step, step } from '../command.ts';
import type { Model } from '../model.ts';
import { openedText } from '../reading/page-text.ts';
import { isReading, type Query } from '../reading/reading-model.ts';
import { filterTimeline } from './timeline.ts';

/** The query of the screen that is open: it filters a timeline, and is looked for in a long text. */
export function queryOf({ screen, ...rest }: Model): Query | null {
  if (screen.is === 'timeline') return screen.query;
  if (!isReading(screen)) return null;
  return openedText({ ...rest, screen }, screen)?.pager.query ?? null;
}

export function withQuery(model: Model, query: Query): Model {
  const { screen } = model;
  if (screen.is === 'timeline') return filterTimeline(model, { ...screen, query });
  const opened = isReading(screen) ? openedText(model, screen) : null;
  return opened === null ? model : opened.with({ ...opened.pager, query });
}

export function enterQuery(model: Model, text: string): Step {
  const query = queryOf(model);
  return query === null ? step(model) : step(withQuery(model, { ...query, text }));
}

/** What Enter and x are about: none where its files were removed. */
export function chosenIncident({ screen }: Pick<Model, 'screen'>): number | null {
  if (screen.is !== 'evidence') return null;
  if (screen.incident !== null) return screen.incident.number;
  const chosen = screen.incidents?.[screen.index];
  return chosen?.isKept === true ? chosen.number : null;
}
