import type { Request } from '../../engine/request.ts';
import { written } from '../format/value.ts';

/** The command that does what the request asks: one learns it by pressing the key. */
export function commandLine(request: Request, nowMs: number): string {
  const target = request.target === '*' ? '--all' : request.target;
  const start = `procsaver ${request.verb} ${target}`;
  switch (request.verb) {
    case 'pause':
      return start + forOption(request.untilMs, nowMs) + (request.why === '' ? '' : ` --why ${quoted(request.why)}`);
    case 'set':
      return `${start} ${Object.entries(request.values)
        .map(([field, value]) => quoted(`${field}=${written(value)}`))
        .join(' ')}`;
    case 'unset':
      return [start, ...request.fields].join(' ');
    default:
      return start;
  }
}

function forOption(untilMs: number | null, nowMs: number): string {
  if (untilMs === null) return '';
  const minutes = Math.round((untilMs - nowMs) / 60_000);
  return ` --for ${minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`}`;
}

/** As a POSIX shell needs it. */
function quoted(text: string): string {
  return /^[\w.,:/=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
