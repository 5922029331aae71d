import type { Language } from '../../notices/notice.ts';
import type { Model } from '../model.ts';
import { isReading } from '../reading/reading-model.ts';
import { chosenIncident, queryOf } from '../update/query.ts';
import { say } from '../words/text.ts';
import { currentRow } from './subject.ts';

type Words = Readonly<Record<Language, string>>;
type Obstacle = (model: Model) => string | null;

function reading(label: Words, help: Words, obstacle: Obstacle, command: string | null = null) {
  return { label, help, command, isDangerous: false, obstacle };
}

const connected: Obstacle = (model) => (model.connection.is === 'connected' ? null : say(model, 'no-connection'));

const onSubject: Obstacle = (model) =>
  model.screen.is === 'list' && currentRow(model) === undefined ? say(model, 'output-of-all') : connected(model);

const inText: Obstacle = (model) => (queryOf(model) === null ? say(model, 'no-text-open') : null);

const sought: Obstacle = (model) =>
  inText(model) ?? (queryOf(model)?.text === '' ? say(model, 'nothing-sought') : null);

/** Opens something that is there: an incident with its files, or one of them. */
const chosen: Obstacle = (model) => {
  const { screen } = model;
  if (screen.is !== 'evidence' || screen.incident?.file) return say(model, 'nothing-to-open');
  if (screen.incident !== null)
    return screen.incident.summary?.files.length ? connected(model) : say(model, 'nothing-to-open');
  if (!screen.incidents?.length) return say(model, 'nothing-to-open');
  return chosenIncident(model) === null ? say(model, 'nothing-kept') : connected(model);
};

/** What is done on the screens that are read. */
export const readingActions = {
  timeline: reading(
    { en: 'timeline', ja: '時系列' },
    { en: 'what happened to it, with the times between', ja: '起きたこととその間隔' },
    connected,
    'procsaver events --follow',
  ),
  'follow-output': reading(
    { en: 'output', ja: '出力' },
    { en: 'follow its output; of a group that of all members', ja: '出力を追う。グループでは全プロセス分' },
    onSubject,
  ),
  evidence: reading(
    { en: 'evidence', ja: '証拠' },
    { en: 'its incidents: every file of evidence that was taken', ja: '障害の一覧と採取された全ファイル' },
    connected,
    'procsaver evidence list TARGET',
  ),
  'read-all': reading(
    { en: 'all or one', ja: '全体・個別' },
    { en: 'of everything, or of the one it was opened for', ja: '全体か、開いた対象だけか' },
    (model) =>
      isReading(model.screen) && model.screen.is === 'evidence' && model.screen.incident !== null
        ? say(model, 'nothing-chosen')
        : connected(model),
  ),
  find: reading(
    { en: 'find', ja: '検索' },
    { en: 'look for a text; on a timeline: only what holds it', ja: '文字列を探す。時系列では絞り込む' },
    inText,
  ),
  'next-match': reading(
    { en: 'next', ja: '次' },
    { en: 'the next match, on in the same direction', ja: '同じ向きに次を検索' },
    sought,
  ),
  'previous-match': reading(
    { en: 'back', ja: '逆' },
    { en: 'the next match, in the other direction', ja: '逆向きに次を検索' },
    sought,
  ),
  wrap: reading(
    { en: 'wrap', ja: '折返し' },
    { en: 'long lines cut, or on several rows', ja: '長い行を切るか折り返すか' },
    inText,
  ),
  'open-item': reading(
    { en: 'open', ja: '開く' },
    { en: 'open the incident, or the file', ja: '障害またはファイルを開く' },
    chosen,
    'procsaver evidence show NUMBER FILE',
  ),
  'export-incident': reading(
    { en: 'export', ja: '書き出し' },
    { en: 'pack the incident into the current directory', ja: '障害を今のディレクトリに書き出す' },
    (model) => (chosenIncident(model) === null ? say(model, 'nothing-kept') : null),
    'procsaver evidence export NUMBER',
  ),
} as const;
