import type { Parameter } from '../../engine/parameter.ts';
import type { WrittenValue } from '../../profile/profile.ts';
import { type Column, clean, table } from '../columns.ts';
import { withEngine } from '../connect.ts';
import type { Run } from '../context.ts';
import { exitStatus } from '../exit-status.ts';
import type { Text } from '../messages.ts';
import { shownMoment } from '../moment.ts';
import { targetOf } from '../operate.ts';

export const run: Run = async (call, context) => {
  const parameters = await withEngine(context, (engine) => engine.call('params', { target: targetOf(call) }));
  if (call.flags.json) {
    context.printJson(parameters);
    return exitStatus.done;
  }
  const { language, surroundings } = context;
  const columns: readonly Column<Parameter>[] = [
    { title: heads.field[language], align: 'left', text: ({ field }) => field },
    { title: heads.current[language], align: 'left', text: ({ current }) => written(current) },
    { title: heads.profile[language], align: 'left', mayGo: true, text: ({ profile }) => written(profile) },
    { title: heads.default[language], align: 'left', mayGo: true, text: (parameter) => written(parameter.default) },
    {
      title: heads.type[language],
      align: 'left',
      mayGo: true,
      text: ({ type, range }) => (range === '' ? type : `${type}, ${range}`),
    },
    { title: heads.note[language], align: 'left', text: (parameter) => note(parameter) },
  ];
  const note = ({ override, live }: Parameter): string => {
    if (override !== null) return `${override.by}, ${shownMoment(Date.parse(override.at), surroundings.nowMs())}`;
    return live ? '' : heads.fixed[language];
  };
  for (const line of table(columns, parameters, surroundings.stdout.columns())) context.print(line);
  return exitStatus.done;
};

const heads = {
  field: { en: 'FIELD', ja: '項目' },
  current: { en: 'CURRENT', ja: '現在値' },
  profile: { en: 'PROFILE', ja: 'プロファイル' },
  default: { en: 'DEFAULT', ja: '既定値' },
  type: { en: 'TYPE', ja: '型' },
  note: { en: 'CHANGED BY', ja: '変更者' },
  fixed: { en: '(in the profile only)', ja: '(プロファイルでのみ変更可)' },
} as const satisfies Readonly<Record<string, Text>>;

function written(value: WrittenValue): string {
  if (value === null) return '-';
  return clean(typeof value === 'string' ? value : JSON.stringify(value));
}
