import { parseDuration } from '../../profile/duration.ts';
import { moment, nextTime } from '../format/clock.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';

/** For how long monitoring can be paused. */
export interface PauseChoice {
  readonly text: (model: Model) => string;
  /** Ms since 1970; null: until somebody resumes it; undefined: what was typed names no time to come. */
  readonly untilMs: (nowMs: number, typed: string) => number | null | undefined;
  /** The operator types it. */
  readonly isTyped?: true;
}

const MORNING_HOUR = 9;

export const pauseChoices: readonly PauseChoice[] = [
  { text: (model) => say(model, 'until-30-minutes'), untilMs: (nowMs) => nowMs + 30 * 60_000 },
  { text: (model) => say(model, 'until-2-hours'), untilMs: (nowMs) => nowMs + 120 * 60_000 },
  {
    text: (model) => moment(nextTime(MORNING_HOUR, 0, model.nowMs), model.nowMs, model.language),
    untilMs: (nowMs) => nextTime(MORNING_HOUR, 0, nowMs),
  },
  { text: (model) => say(model, 'until-open'), untilMs: () => null },
  { text: (model) => say(model, 'until-typed'), untilMs: (nowMs, typed) => timeTyped(typed, nowMs), isTyped: true },
];

/** `90m` from now, or the next time that the clock shows `17:30`. */
function timeTyped(typed: string, nowMs: number): number | undefined {
  const text = typed.trim();
  const clock = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (clock !== null) {
    const [hour, minute] = [Number(clock[1]), Number(clock[2])];
    return hour > 23 || minute > 59 ? undefined : nextTime(hour, minute, nowMs);
  }
  const ms = parseDuration(text);
  return ms === null || ms === 0 ? undefined : nowMs + ms;
}
