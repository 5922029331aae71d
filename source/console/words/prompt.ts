import type { Language } from '../../notices/notice.ts';

/** What the command line of the console says. */
export const promptTexts = {
  'prompt-unknown': { en: 'There is no "{word}" here.{near}', ja: '「{word}」はありません。{near}' },
  'prompt-near': { en: ' Did you mean {near}?', ja: '{near} ですか？' },
  'prompt-no-target': {
    en: 'No group or process is called "{word}".{near}',
    ja: '「{word}」というグループやプロセスはありません。{near}',
  },
  'prompt-target-missing': {
    en: '{verb} what? Name a group or process, or put the cursor on one.',
    ja: '{verb} の対象がありません。名前を書くか、行を選んでください。',
  },
  'prompt-one-process': {
    en: '{verb} takes one process, as in group/process.',
    ja: '{verb} の対象はプロセス一つです (group/process)。',
  },
  'prompt-surplus': { en: '{verb} takes no "{word}".', ja: '{verb} に「{word}」は付けられません。' },
  'prompt-flag': { en: '{verb} has no {word}.{near}', ja: '{verb} に {word} はありません。{near}' },
  'prompt-flag-value': { en: '{word} needs a value, such as {shape}.', ja: '{word} には値が必要です (例: {shape})。' },
  'prompt-flag-bad': { en: '{word} is none: {shape}, for example.', ja: '{word} は使えません (例: {shape})。' },
  'prompt-one-time': { en: 'Either --for or --until, not both.', ja: '--for と --until は同時に使えません。' },
  'prompt-quote': { en: 'A quotation mark is not closed.', ja: '引用符が閉じていません。' },
  'prompt-assignment': {
    en: '"{word}" is no FIELD=VALUE, such as restart.limit=5.',
    ja: '「{word}」は FIELD=VALUE ではありません (例: restart.limit=5)。',
  },
  'prompt-field': { en: 'It has no field {word}.{near}', ja: '{word} という項目はありません。{near}' },
  'prompt-fixed': {
    en: '{word} can be changed in the profile only.',
    ja: '{word} はプロファイルでのみ変更できます。',
  },
  'prompt-one-of': { en: '{verb} takes one of: {names}.{near}', ja: '{verb} は次のいずれかです: {names}。{near}' },
  'prompt-column': {
    en: '{verb} takes +NAME or -NAME of: {names}.{near}',
    ja: '{verb} は +名前 か -名前: {names}。{near}',
  },
  'prompt-value-now': { en: '{type}; now {value}', ja: '{type}。現在 {value}' },
  'prompt-here': { en: 'without a name: what is chosen', ja: '名前がなければ選択中のもの' },
  'prompt-reloaded': {
    en: 'Profiles read again: {added} added, {removed} removed, {changed} changed.',
    ja: 'プロファイルを読み直しました: 追加 {added}、削除 {removed}、変更 {changed}',
  },
  'prompt-would-reload': {
    en: 'A reload would add {added}, remove {removed}, change {changed}.',
    ja: '読み直すと: 追加 {added}、削除 {removed}、変更 {changed}',
  },
  'prompt-not-reloaded': {
    en: 'The profiles have problems: nothing was changed.',
    ja: 'プロファイルに問題があり、何も変更していません。',
  },
  'sorted-by': { en: 'by', ja: '順' },
  reversed: { en: 'reversed', ja: '逆順' },
  'sort-title': { en: 'Sort groups, and the members of each, by', ja: 'グループと、その中のプロセスの並べ替え' },
  'sort-name': { en: 'as the profile has them', ja: 'プロファイルの順' },
  'sort-state': { en: 'what needs a person first', ja: '対処が必要なものから' },
  'sort-restarts': { en: 'most restarts first', ja: '再起動の多いものから' },
  'sort-stall': { en: 'the stall timer nearest to its limit first', ja: 'ストールまでの残りが少ないものから' },
  'sort-cpu': { en: 'most CPU first', ja: 'CPU 使用の多いものから' },
  'sort-memory': { en: 'most memory first', ja: 'メモリ使用の多いものから' },
  'sort-up': { en: 'what was started last first', ja: '最近起動したものから' },
  'columns-title': { en: 'Columns of the list', ja: '一覧の列' },
  'columns-narrow': {
    en: 'On a narrow terminal those to the right leave first; hiding one makes room for another.',
    ja: '幅が狭いと右の列から消えます。列を隠すと他の列が入ります。',
  },
  remembered: { en: '(remembered)', ja: '(保存しました)' },
  'not-remembered': { en: 'The settings could not be written: {reason}', ja: '設定を保存できません: {reason}' },
  'filter-wrong': { en: '{word} is no regular expression', ja: '{word} は正規表現ではありません' },
  'key-reverse': { en: 'turn around', ja: '逆順' },
  'key-toggle': { en: 'show or hide', ja: '表示・非表示' },
  copied: { en: 'Copied: {text}', ja: 'コピーしました: {text}' },
  'no-pid': { en: 'Nothing of it lives: there is no pid.', ja: '動いているものがないため、PID がありません。' },
  'theme-missing': {
    en: 'There is no theme "{name}": its colours would stand in {name}.theme.json beside console.json.',
    ja: '配色「{name}」がありません。console.json と同じ場所の {name}.theme.json に書きます。',
  },
  'theme-tone': {
    en: '{name}.theme.json: "{tone}" is nothing that has a colour ({near}?).',
    ja: '{name}.theme.json: 「{tone}」という項目はありません ({near}?)。',
  },
  'theme-colour': {
    en: '{name}.theme.json: {tone}: "{word}" is no colour, such as bright-green or #ff8800.',
    ja: '{name}.theme.json: {tone}: 「{word}」は色ではありません (例: bright-green、#ff8800)。',
  },
  'keys-form': {
    en: 'console.json: {where} must hold lists of keys; the usual ones stay.',
    ja: 'console.json: {where} はキーの一覧でなければなりません。既定のままです。',
  },
  'keys-screen': {
    en: 'console.json: keys.{screen} names no screen ({near}?).',
    ja: 'console.json: keys.{screen} という画面はありません ({near}?)。',
  },
  'keys-action': {
    en: 'console.json: {where} names no action of that screen{near}.',
    ja: 'console.json: {where} という操作はその画面にありません{near}。',
  },
  'keys-key': {
    en: 'console.json: {where}: "{key}" is no key; the usual one stays.',
    ja: 'console.json: {where}: 「{key}」はキーではありません。既定のままです。',
  },
  'keys-text': {
    en: 'console.json: {where}: {key} is text there; the usual key stays.',
    ja: 'console.json: {where}: そこでは {key} は文字として入力されます。既定のキーを使います。',
  },
  'keys-count': {
    en: 'console.json: {where} must name {count} keys, one for each way; the usual ones stay.',
    ja: 'console.json: {where} には {count} 個のキーが必要です。既定のキーを使います。',
  },
  'keys-conflict': {
    en: 'console.json: {where}: {key} belongs to {other}; the usual key stays.',
    ja: 'console.json: {where}: {key} は {other} のキーです。既定のままです。',
  },
  'keys-problems': { en: '{first} (+{count} more)', ja: '{first} (他 {count} 件)' },
  'help-dialogs': { en: 'In dialogs and pages', ja: 'ダイアログと頁' },
  'help-words': { en: 'Words after : (without TARGET: what is chosen)', ja: ': の後の語 (対象を省くと選択中のもの)' },
  'help-none': { en: 'No key and no word has "{text}" in it.', ja: '「{text}」を含むキーや語はありません。' },
  'key-find': { en: 'find', ja: '検索' },
  'key-complete': { en: 'complete', ja: '補完' },
  'key-history': { en: 'earlier ones', ja: '履歴' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;
