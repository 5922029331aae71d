import type { Dialog, Model, PageDialog } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { difference } from './difference.ts';
import { explanations } from './explanations.ts';
import { help } from './help.ts';
import { fitLine, type Line, span, spread } from './line.ts';
import { problems } from './problems.ts';

export interface Page {
  readonly title: string;
  readonly lines: readonly Line[];
}

export function isPage(dialog: Dialog | null): dialog is PageDialog {
  return dialog !== null && 'top' in dialog;
}

/** All of it, however long. */
export function pageOf(model: Model, dialog: PageDialog): Page {
  switch (dialog.is) {
    case 'help':
      return { title: say(model, 'help-title'), lines: help(model, dialog) };
    case 'why':
      return { title: say(model, 'why-title', { target: dialog.target }), lines: explanations(model, dialog) };
    case 'problems':
      return { title: say(model, 'problems-title'), lines: problems(model) };
    case 'write':
      return { title: say(model, 'write-title', { target: dialog.target }), lines: difference(model, dialog.files) };
  }
}

/** The part of it that is on the screen: exactly `height` lines. */
export function pageLines(model: Model, dialog: PageDialog, height: number): readonly Line[] {
  const { columns } = model.size;
  const ellipsis = glyph('ellipsis', model.ascii);
  const { title, lines } = pageOf(model, dialog);
  const room = height - 1;
  const first = Math.min(dialog.top, Math.max(0, lines.length - room));
  const below = lines.length - first - room;
  const more = below > 0 ? [span(`${say(model, 'more-below', { count: below })} `, 'dim')] : [];
  const shown = lines.slice(first, first + room).map((line) => fitLine(line, columns, ellipsis));
  while (shown.length < room) shown.push([]);
  return [spread([span(` ${title}`, 'bright')], more, columns, ellipsis), ...shown];
}
