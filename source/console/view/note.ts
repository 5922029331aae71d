import type { ProcessStatus } from '../../engine/status.ts';
import { inLanguage } from '../../notices/phrase.ts';
import { exitText } from '../../notices/text.ts';
import { find } from '../action/subject.ts';
import { noteWidth } from '../columns.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';
import { type Line, lineWidth, span } from './line.ts';
import { nearestTimer } from './timers.ts';

/** The few words beside a process: why it is not running; or its stall timer, and what was changed about it. */
export function noteOf(process: ProcessStatus, group: string, model: Model): Line {
  if (process.state === 'waiting') {
    const missing = process.dependsOn.filter((dependency) => !dependency.holds);
    if (missing.length > 0) {
      const names = missing.map(({ name }) => nearName(name, group)).join(', ');
      // Nothing comes of the waiting until somebody starts it again.
      const stopped = missing.filter(({ name }) => isStopped(name, model)).map(({ name }) => nearName(name, group));
      const isNarrow = noteWidth(model.size.columns, model.list.hidden) === 0;
      if (stopped.length > 0)
        return [span(say(model, isNarrow ? 'is-stopped-short' : 'is-stopped', { names: stopped.join(', ') }), 'busy')];
      return [span(say(model, 'for-dependency', { names }), 'busy')];
    }
    return process.why === null ? [] : [span(inLanguage(process.why, model.language), 'dim')];
  }
  const cause = process.slots.find(({ givenUpWith }) => givenUpWith !== null)?.givenUpWith;
  if (cause != null) return [span(say(model, 'given-up-with', { name: nearName(slotless(cause), group) }), 'fatal')];
  if (process.state === 'backoff' || process.state === 'fatal') {
    if (process.lastFailure !== null) return [span(inLanguage(process.lastFailure, model.language), 'dim')];
    if (process.lastExit !== null) return [span(exitText(process.lastExit, model.language), 'dim')];
    return process.why === null ? [] : [span(inLanguage(process.why, model.language), 'dim')];
  }
  const room = noteWidth(model.size.columns, model.list.hidden);
  const timer = room === 0 ? [] : nearestTimer(process, model);
  const remark = remarkOf(process, model);
  if (timer.length === 0 || remark.length === 0) return timer.length === 0 ? remark : timer;
  const both = [...timer, span('  '), ...remark];
  return lineWidth(both) <= room ? both : timer;
}

function isStopped(name: string, model: Model): boolean {
  const subject = find(model, name);
  return subject?.is === 'process' && subject.process.wanted === 'down';
}

function remarkOf(process: ProcessStatus, model: Model): Line {
  const fields = Object.keys(process.overrides);
  if (fields.length > 0) return [span(say(model, 'changed', { fields: fields.join(', ') }), 'dim')];
  // Something else keeps it: whoever looks for its process under the engine's looks in vain.
  return process.kind === 'service' ? [span(say(model, 'service'), 'dim')] : [];
}

/** `shop/database#1`: the only copy needs no number. */
function slotless(name: string): string {
  return name.replace(/#1$/, '');
}

/** Within its own group a process needs no group's name. */
export function nearName(name: string, group: string): string {
  return name.startsWith(`${group}/`) ? name.slice(group.length + 1) : name;
}
