import type { ProcessStatus } from '../../engine/status.ts';
import { exitText } from '../../notices/text.ts';
import type { Model } from '../model.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

/** The few words beside a process: why it is not running, or what was changed about it. */
export function noteOf(process: ProcessStatus, group: string, model: Model): Line {
  if (process.state === 'waiting') {
    const missing = process.dependsOn.filter((dependency) => !dependency.holds);
    if (missing.length > 0) {
      const names = missing.map(({ name }) => nearName(name, group)).join(', ');
      return [span(say(model, 'for-dependency', { names }), 'busy')];
    }
    return process.why === null ? [] : [span(process.why, 'dim')];
  }
  if (process.state === 'backoff' || process.state === 'fatal') {
    if (process.lastExit !== null) return [span(exitText(process.lastExit, model.language), 'dim')];
    return process.why === null ? [] : [span(process.why, 'dim')];
  }
  const fields = Object.keys(process.overrides);
  return fields.length === 0 ? [] : [span(say(model, 'changed', { fields: fields.join(', ') }), 'dim')];
}

/** Within its own group a process needs no group's name. */
export function nearName(name: string, group: string): string {
  return name.startsWith(`${group}/`) ? name.slice(group.length + 1) : name;
}
