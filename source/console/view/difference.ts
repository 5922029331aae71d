import type { FileDifference } from '../../control/protocol.ts';
import type { Model } from '../model.ts';
import type { Tone } from '../theme.ts';
import { say } from '../words/text.ts';
import { type Line, span } from './line.ts';

/** By the sign that the line begins with. */
const TONES: Readonly<Record<string, Tone>> = { '+': 'running', '-': 'fatal', '@': 'dim' };

/** What would be written, file by file. */
export function difference(model: Model, files: readonly FileDifference[] | null): readonly Line[] {
  if (files === null) return [[], [span(`   ${say(model, 'asking')}`, 'dim')]];
  return files.flatMap(({ file, lines }): Line[] => [
    [],
    [span(` ${file}`, 'bright')],
    ...lines.map((line): Line => [span(` ${line}`, TONES[line[0] ?? ''] ?? 'plain')]),
  ]);
}
