/** What the program's exit status tells a script. Stable. */
export const exitStatus = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** The daemon: a process was given up under `escalation: exit`. `status`: something that should run does not. */
  notWell: 3,
  badProfile: 4,
  noEngine: 5,
  notPermitted: 6,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** In the help. */
export const exitStatusHelp = {
  en: '0 done · 1 failed · 2 wrong usage · 3 gave up (daemon), or something is down (status) · 4 bad profile · 5 no engine is running · 6 not permitted',
  ja: '0 成功 · 1 失敗 · 2 使い方の誤り · 3 再起動を断念 (デーモン)、または停止中のものがある (status) · 4 プロファイルの誤り · 5 エンジンが動いていない · 6 権限がない',
} as const;
