import type { EngineClient } from '../../control/engine-client.ts';
import { NoEngine } from '../../control/failure.ts';
import type { NoticeLine } from '../../notices/notice.ts';
import { connectInstance } from '../connect.ts';
import type { Call, Context, Run } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { CommandFailure, wrongUsage } from '../failure.ts';
import { readJournal } from '../journal.ts';
import { momentPast } from '../moment.ts';
import { noticeTextLine } from '../notice-text.ts';

export const run: Run = async (call, context) => {
  const wanted = wantedOf(call, context);
  const engine = await connectInstance(context.places).catch((error: unknown) => {
    if (error instanceof NoEngine) return error;
    throw error;
  });
  if (engine instanceof NoEngine) return fromJournal(wanted, engine, call, context);
  try {
    if (call.flags.follow) return await follow(engine, wanted, call, context);
    print(await engine.call('events', wanted), call, context);
    return exitStatus.done;
  } finally {
    engine.close();
  }
};

interface Wanted {
  readonly sinceMs: number | null;
  readonly limit: number | null;
}

/** So much stands before the new ones where nothing else was asked for, as with `tail -f`. */
const linesBeforeFollowing = 10;

function wantedOf({ flags }: Call, { surroundings }: Context): Wanted {
  const sinceMs = flags.since === undefined ? null : momentPast('--since', flags.since, surroundings.nowMs());
  if (flags.lines !== undefined && !/^[1-9]\d{0,5}$/.test(flags.lines))
    throw wrongUsage('badCount', { flag: '--lines', value: flags.lines });
  const usual = flags.follow && sinceMs === null ? linesBeforeFollowing : null;
  return { sinceMs, limit: flags.lines === undefined ? usual : Number(flags.lines) };
}

/** Without an engine the past is still there, but no more will come. */
function fromJournal({ sinceMs, limit }: Wanted, none: NoEngine, call: Call, context: Context): ExitStatus {
  const { journalFile } = context.places;
  const lines = readJournal(journalFile, sinceMs);
  if (lines.length === 0 && sinceMs === null) throw none;
  context.tell(context.say('fromJournal', { path: journalFile }));
  print(limit === null ? lines : lines.slice(-limit), call, context);
  return call.flags.follow ? exitStatus.noEngine : exitStatus.done;
}

/** The past and what comes, without a gap and without a repetition between them. */
async function follow(engine: EngineClient, wanted: Wanted, call: Call, context: Context): Promise<ExitStatus> {
  const ended = new Promise<void>((done) => engine.onClose(done));
  let early: NoticeLine[] | null = [];
  engine.on('notice', (line) => {
    if (early === null) print([line], call, context);
    else early.push(line);
  });
  await engine.call('subscribe', {});
  const past = await engine.call('events', wanted);
  const told = new Set(past.map((line) => JSON.stringify(line)));
  print([...past, ...early.filter((line) => !told.has(JSON.stringify(line)))], call, context);
  early = null;
  await ended;
  throw new CommandFailure(exitStatus.noEngine, 'engineEnded');
}

function print(lines: readonly NoticeLine[], call: Call, context: Context): void {
  const { language, surroundings } = context;
  for (const line of lines) {
    if (call.flags.json) context.printJson(line);
    else context.print(noticeTextLine(line, language, surroundings.stdout.hasColours));
  }
}
