import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import type { Theme } from '../theme.ts';
import { type Line, paint } from './line.ts';

/** Lines of the screen below each other, one `<Text>` each. */
export function Rows({ lines, theme }: { readonly lines: readonly Line[]; readonly theme: Theme }): ReactElement {
  return <PaintedRows texts={lines.map((line) => paint(line, theme))} />;
}

export function PaintedRows({ texts }: { readonly texts: readonly string[] }): ReactElement {
  // Lines have no identity but their place on the screen.
  return (
    <>
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the key
        <Row key={at} text={text} />
      ))}
    </>
  );
}

/** React leaves a line alone whose text is the same as before. */
const Row = memo(function Row({ text }: { readonly text: string }): ReactElement {
  // An empty text would have no height.
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});
