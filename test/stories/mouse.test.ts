import { expect, test } from 'vitest';
import { sitDown } from './operator.ts';

test('I click on a process, click again to read about it, and type as before', async () => {
  const me = await sitDown();
  const row =
    me.terminal
      .frame()
      .split('\n')
      .findIndex((line) => line.includes(' nightly ')) + 1;
  await me.press([`\u001b[<0;10;${row}M`, `\u001b[<0;10;${row}m`], /┃ +nightly/);
  await me.press([`\u001b[<0;10;${row}M`], 'batch/nightly  ✖');
  await me.press(['Esc'], 'GROUP / PROCESS');
  await me.press(['\u001b[<64;1;1M'], /┃ +api/);
  await me.press([':', 'why', 'Enter'], 'Why shop/api is as it is');
  expect(me.engine.calls.filter(({ method }) => method === 'act')).toEqual([]);
});
