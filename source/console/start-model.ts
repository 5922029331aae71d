import type { Status } from '../control/protocol.ts';
import type { NoticeLine } from '../notices/notice.ts';
import type { ColumnName } from './columns.ts';
import { type Model, NOTICES_KEPT } from './model.ts';
import { NO_OWN_KEYS } from './own-keys.ts';
import { AS_IN_PROFILE, type Sort } from './rows/sorting.ts';
import { settleList } from './update/list-state.ts';

/** What the console knows when it opens. */
export interface Start extends Pick<Model, 'size' | 'language' | 'ascii' | 'theme' | 'embedded' | 'nowMs'> {
  readonly keys?: Model['keys'];
  readonly sort?: Sort;
  readonly bell?: Model['bell'];
  readonly hidden?: readonly ColumnName[];
  /** What there is to say at once, until the first key. */
  readonly bottomLine?: Model['bottomLine'];
  readonly status: Status;
  readonly notices: readonly NoticeLine[];
}

export function startModel({ notices, sort = AS_IN_PROFILE, hidden = [], ...start }: Start): Model {
  return settleList({
    keys: NO_OWN_KEYS,
    bell: 'off',
    bottomLine: null,
    ...start,
    notices: notices.slice(-NOTICES_KEPT),
    connection: { is: 'connected' },
    pending: {},
    list: { cursor: '', index: 0, top: 0, folded: [], opened: [], marked: [], filter: '', sort, held: null, hidden },
    screen: { is: 'list' },
    dialog: null,
    typed: [],
  });
}
