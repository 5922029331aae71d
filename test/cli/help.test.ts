import { expect, test } from 'vitest';
import { type CommandName, commandOf, commands } from '../../source/cli/commands.ts';
import { asTyped, flags } from '../../source/cli/flags.ts';
import { commandHelpPage, helpPage } from '../../source/cli/help.ts';
import { messages } from '../../source/cli/messages.ts';
import { verbs } from '../../source/cli/verbs.ts';
import { widthOf } from '../../source/format/width.ts';
import { typed } from './run-command.ts';

const names = Object.keys(commands) as CommandName[];

test.each(['en', 'ja'] as const)(
  'the first page (%s) names every command, fits its lines and a screenful or so',
  (language) => {
    const page = helpPage(language);
    for (const name of names) expect(page).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    for (const line of page.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(118);
    expect(page.split('\n').length).toBeLessThan(65);
  },
);

test.each(names)('the page of %s names its flags and examples of itself', (name) => {
  const page = commandHelpPage(name, 'en');
  for (const flag of commandOf(name).flags) expect(page).toContain(asTyped(flag));
  for (const example of commandOf(name).examples)
    expect(example).toMatch(new RegExp(`^procsaver ${name}\\b|^procsaver check && procsaver reload$`));
});

test('a flag of two words is shown as it is typed', () => {
  expect(helpPage('en')).toContain('reload [--dry-run]');
});

test('procsaver pause --help', async () => {
  const { stdout, status } = await typed('pause --help');
  expect(status).toBe(0);
  expect(stdout).toBe(`procsaver pause TARGET [--for 2h] [--until HH:MM] [--why TEXT]
  suspend monitoring; the processes themselves are not touched

  Without --for and --until it holds until somebody resumes it.

Target
  group, group/process, or --all

Flags
  --all            everything that the engine watches
  --for 2h         how long, such as 30m, 2h or 1h30m
  --until HH:MM    until the next time it is HH:MM, or YYYY-MM-DD HH:MM
  --why TEXT       the reason, shown to everybody
  --instance NAME  which engine, where several run (default: default)
  --lang en|ja     language (default: by the locale)
  --json           for programs: one JSON object, or one a line
  -h, --help       this page; after a command, its own

Examples
  procsaver pause shop --for 2h --why "patching"
  procsaver pause shop/api --until 18:00
`);
});

test('the language is the locale’s, or the one asked for', async () => {
  expect((await typed('--help', { environment: { LANG: 'ja_JP.UTF-8' } })).stdout).toContain('使い方');
  expect((await typed('--help', { environment: { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' } })).stdout).toContain('Usage');
  expect((await typed('--help', { environment: { LANG: 'ja_JP.UTF-8', LC_ALL: '' } })).stdout).toContain('使い方');
  expect((await typed('--help --lang ja')).stdout).toContain('使い方');
  expect((await typed('--help --lang en', { environment: { LANG: 'ja_JP.UTF-8' } })).stdout).toContain('Usage');
});

test('every command has its file', async () => {
  expect(Object.keys(verbs).sort()).toEqual([...names, 'console', 'daemon'].sort());
});

test('every flag belongs to somebody', () => {
  const used = new Set<string>(names.flatMap((name) => commandOf(name).flags));
  for (const flag of ['daemon', 'instance', 'lang', 'json', 'help', 'version']) used.add(flag);
  expect([...used].sort()).toEqual(Object.keys(flags).sort());
});

test('a message has the same values in both languages', () => {
  const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+/g))].sort();
  for (const { en, ja } of Object.values(messages)) expect(placeholders(ja)).toEqual(placeholders(en));
});
