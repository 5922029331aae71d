import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type Areas, areasOf, isTooSmall } from '../layout.ts';
import type { Model } from '../model.ts';
import { glyph } from '../theme.ts';
import { say } from '../words/text.ts';
import { bar } from './bar.ts';
import { DetailsPage } from './details-page.tsx';
import { evidence } from './evidence.ts';
import { header } from './header.ts';
import { fitLine, type Line, span, toned } from './line.ts';
import { list, rowsBelow } from './list.ts';
import { notices } from './notices.ts';
import { output } from './output.ts';
import { isPage, pageLines } from './page.ts';
import { panel } from './panel.ts';
import { parameters } from './parameters.ts';
import { Rows } from './row.tsx';
import { rule } from './rule.ts';
import { stalls } from './stalls/stalls.ts';
import { timeline } from './timeline.ts';

/** The whole screen, as many lines as the terminal has rows: a function of the model, which knows the size. */
export function Screen({ model }: { readonly model: Model }): ReactElement {
  const { size, theme } = model;
  if (isTooSmall(size)) return <Rows lines={[tooSmall(model)]} theme={theme} />;
  const dialog = panel(model, areasOf(size, 0).panel);
  const ellipsis = glyph('ellipsis', model.ascii);
  const areas = areasOf(size, dialog.length === 0 ? 0 : dialog.length + 1);
  const isList = model.screen.is === 'list' && !isPage(model.dialog);
  const lowerRule = rule(model, isList ? rowsBelow(model, areas.list) : 0);
  const panelLines =
    dialog.length === 0 ? [] : [lowerRule, ...dialog.map((line) => fitLine(line, size.columns, ellipsis))];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Rows lines={[header(model), rule(model)]} theme={theme} />
      {model.screen.is === 'details' && !isPage(model.dialog) ? (
        <DetailsPage model={model} screen={model.screen} height={areas.page} />
      ) : (
        <Rows lines={shaded(model, bodyOf(model, areas, lowerRule))} theme={theme} />
      )}
      <Rows lines={[...panelLines, bar(model)]} theme={theme} />
    </Box>
  );
}

function bodyOf(model: Model, areas: Areas, lowerRule: Line): readonly Line[] {
  if (isPage(model.dialog)) return pageLines(model, model.dialog, areas.page);
  if (model.screen.is === 'timeline') return timeline(model, model.screen, areas.page);
  if (model.screen.is === 'output') return output(model, model.screen, areas.page);
  if (model.screen.is === 'evidence') return evidence(model, model.screen, areas.page);
  if (model.screen.is === 'stalls') return stalls(model, model.screen, areas.page);
  if (model.screen.is === 'parameters') return parameters(model, model.screen, areas.page);
  const rows = list(model, areas.list);
  return areas.notices === 0 ? rows : [...rows, lowerRule, ...notices(model, areas.notices)];
}

/** What is on the screen may be out of date when the engine is out of reach. */
function shaded(model: Model, lines: readonly Line[]): readonly Line[] {
  return model.connection.is === 'lost' ? lines.map((line) => toned(line, 'dim')) : lines;
}

function tooSmall(model: Model): Line {
  return fitLine([span(say(model, 'too-small', { ...model.size }))], model.size.columns, '');
}
