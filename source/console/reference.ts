import { actions } from './actions.ts';
import { choosable } from './columns.ts';
import { actOf, dialogKeys } from './dialog-keys.ts';
import { type Binding, keymap, type ScreenName } from './keymap.ts';
import { isActionWord } from './prompt/action-words.ts';
import { isVerb, type VerbName, verbOf, verbs } from './prompt/verbs.ts';
import { stateWords } from './rows/filter.ts';
import { SORTS } from './rows/sorting.ts';
import { keyName, TONES } from './theme.ts';
import { say } from './words/text.ts';

const reader = { language: 'en' } as const;

/** The manual's page on the console, in Markdown: keys and words from the tables, settings explained. */
export function consoleReference(): string {
  const screens = Object.keys(keymap) as ScreenName[];
  return [
    '# The console',
    'Written by `npm run generate` from the tables in `source/console/`; change them there.',
    'Every key has a command; after an action by its key the bottom line shows the command that does the same. `?` shows all of this on the screen, with your own keys, and finds in it with `/`.',
    '## Keys',
    ...screens.flatMap((screen) => [`### ${say(reader, `help-${screen}`)}`, keyTable(screen)]),
    `### ${say(reader, 'help-dialogs')}`,
    dialogTable(),
    '## The command line: `:`',
    'The words of the shell, without `procsaver`. Tab completes verbs, targets, fields and values; up and down go through the lines of this session. A target that is left out is what is chosen on the screen: the marked rows, else the one under the cursor. What is wrong is said as soon as its word is finished. The name of an action in the tables above is a word, too, and takes a target: `:timeline shop/api`.',
    verbTable(),
    '## The filter: `/`',
    `Words, each of which must hold: part of a name (\`shop\`), a regular expression over the full name (\`/^shop.*(api|web)$/\`), or a state: ${code(stateWords)}. \`!\` turns a word around: \`!up\`, which leaves out what has ended as it may. \`bad\` is what somebody should look at: given up, stalled, about to be restarted, or too few of it. It stands in the header as long as it holds; Esc forgets it.`,
    '## Sorting: `o`',
    'What is shown alike stays as the profile has it. The order is held still for five seconds after each key, so that no row moves between a look and a key.',
    '## The mouse',
    'A click selects, one on the row that is selected opens it, one on the fold sign folds, the wheel scrolls. Nothing needs it. While procsaver has the mouse, most terminals select text with Shift held; `:mouse off` leaves the mouse to the terminal.',
    '## Settings',
    settings(),
  ]
    .join('\n\n')
    .concat('\n');
}

function keyTable(screen: ScreenName): string {
  const rows = keymap[screen].map(({ action, keys }: Binding) => {
    const { command, help } = actions[action];
    const words = command ?? (isVerb(action) || isActionWord(action) ? `:${action}` : '');
    return [code(keys.map((key) => keyName(key, true))), `\`${action}\``, help.en, words === '' ? '' : `\`${words}\``];
  });
  return table(['key', 'action', 'does', 'command'], rows);
}

function dialogTable(): string {
  const rows = Object.entries(dialogKeys).flatMap(([dialog, lines]) =>
    lines.map(([keys, text]) => [
      `\`${dialog}\``,
      code(keys.map((key) => keyName(key, true))),
      `\`${actOf(text)}\``,
      say(reader, text),
    ]),
  );
  return table(['dialog', 'key', 'action', 'does'], rows);
}

function verbTable(): string {
  const rows = (Object.keys(verbs) as VerbName[]).map((name) => {
    const { usage, help } = verbOf(name);
    return [`\`${`:${name} ${usage}`.trim()}\``, help.en];
  });
  return table(['words', 'do'], rows);
}

function settings(): string {
  return [
    '`console.json` lies beside your profiles: `~/.config/procsaver/`, or `PROCSAVER_HOME`. What is missing or makes no sense is as usual; what is wrong with keys and colours is said once when the console opens.',
    table(
      ['setting', 'usual', 'is'],
      [
        ['`language`', '`null`', '`"en"` or `"ja"`; `null`: as the locale says'],
        ['`ascii`', '`null`', '`true`: no glyph beyond ASCII; `null`: where the terminal has nothing else'],
        [
          '`theme`',
          '`"dark"`',
          '`"dark"`, `"light"`, `"none"`, or `"NAME"` for the colours of `NAME.theme.json`; also `:theme`',
        ],
        ['`keys`', '`null`', 'keys of your own, see below'],
        [
          '`sort`',
          '`{"by": "profile"}`',
          `by one of ${code(SORTS)}; \`"isReversed": true\` turns it around; also \`o\` and \`:sort\``,
        ],
        ['`hidden`', '`[]`', `columns that are not shown, of ${code(choosable)}; also \`O\` and \`:columns\``],
        ['`mouse`', '`true`', 'whether the console takes the mouse; also `:mouse`'],
        [
          '`bell`',
          '`"off"`',
          '`"bell"` or `"osc9"` (a message of the terminal) when something is given up; also `:bell`',
        ],
      ],
    ),
    '**Keys of your own**: by screen or dialog, then by action, the keys that take the place of those in the tables above.',
    '```json\n{ "keys": { "list": { "restart": ["R"], "why": ["W", "ctrl-y"] }, "confirm": { "do-it": ["j"] } } }\n```',
    'A key is one character, `ctrl-` and a letter, or one of `enter` `escape` `up` `down` `left` `right` `page-up` `page-down` `home` `end` `tab`. Two actions may swap their keys. A key that another action of the screen has already is refused, and the usual one stays. In a dialog that is typed into, a letter is text, and no key. Of two keys that lead back and on, both are named. Ctrl-C and Ctrl-Z always mean the same, and Esc always leaves a dialog.',
    `**Colours of your own**, in \`NAME.theme.json\` beside \`console.json\`: \`base\` (\`dark\` or \`light\`), and a colour for any of ${code(TONES)}. A colour is one of \`black\` \`red\` \`green\` \`yellow\` \`blue\` \`magenta\` \`cyan\` \`white\`, \`bright-\` and one of them, \`grey\`, or \`#rrggbb\`, with \`bold\`, \`dim\`, \`italic\`, \`underline\`, \`reverse\` before or after it.`,
    '```json\n{ "base": "dark", "running": "#5faf5f", "fatal": "bright-white bold reverse" }\n```',
    'COLORTERM and TERM tell how many colours the terminal has; `#rrggbb` becomes the nearest of them. With NO_COLOR, or on a terminal without colours, weight alone is used: every sign says by its shape what its colour says.',
  ].join('\n\n');
}

function code(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
