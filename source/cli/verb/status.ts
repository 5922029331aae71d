import { applyChange } from '../../control/apply-change.ts';
import type { EngineClient } from '../../control/engine-client.ts';
import type { Status } from '../../control/protocol.ts';
import { connectInstance, withEngine } from '../connect.ts';
import type { Call, Context, Run } from '../context.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { CommandFailure } from '../failure.ts';
import { statusLines } from '../status-table.ts';
import { areAllWell } from '../well.ts';

export const run: Run = async (asked, context) => {
  // All is what is shown without a target; slot by slot it would only be long.
  const call = asked.target === '--all' ? { ...asked, target: null } : asked;
  if (call.flags.watch) return watch(call, context);
  const status = await withEngine(context, (engine) => engine.call('status', { target: call.target }));
  if (call.flags.json) context.printJson(status);
  else for (const line of linesOf(status, call, context)) context.print(line);
  return areAllWell(status.groups) ? exitStatus.done : exitStatus.notWell;
};

/** A burst of changes, a group that restarts for example, is one picture. */
const quietMs = 100;
/** What is left until something happens is shown in seconds. */
const tickMs = 1000;

/** Until the engine ends or the operator does. */
async function watch(call: Call, context: Context): Promise<ExitStatus> {
  const engine = await connectInstance(context.places);
  const changes = new Changes();
  engine.on('changed', () => changes.mark());
  engine.onClose(() => changes.end());
  const ticks =
    context.surroundings.stdout.isTerminal && !call.flags.json ? setInterval(() => changes.mark(), tickMs) : undefined;
  try {
    const show = await picture(engine, call, context);
    while (await changes.next()) {
      await new Promise((done) => setTimeout(done, quietMs));
      await show();
    }
  } finally {
    clearInterval(ticks);
    engine.close();
  }
  throw new CommandFailure(exitStatus.noEngine, 'engineEnded');
}

/** Follows the status and draws it; a target's own part is asked for again, the whole is kept up to date by what changed. */
async function picture(engine: EngineClient, call: Call, context: Context): Promise<() => Promise<void>> {
  let whole: Status | null = null;
  engine.on('changed', (change) => {
    if (whole !== null) whole = applyChange(whole, change);
  });
  whole = (await engine.call('subscribe', {})).status;
  let latest = '';
  const show = async (): Promise<void> => {
    const status =
      call.target === null && whole !== null ? whole : await engine.call('status', { target: call.target });
    const text = call.flags.json ? JSON.stringify(status) : linesOf(status, call, context).join('\n');
    if (text === latest) return;
    latest = text;
    draw(text, call, context);
  };
  await show();
  return show;
}

function draw(text: string, call: Call, context: Context): void {
  if (call.flags.json) {
    context.print(text);
  } else if (context.surroundings.stdout.isTerminal) {
    // Home, then over the old picture: erasing it first would flicker.
    context.surroundings.stdout.write(`\u001b[H${text.replaceAll('\n', '\u001b[K\n')}\u001b[K\n\u001b[J`);
  } else {
    context.print(`${text}\n`);
  }
}

function linesOf(status: Status, call: Call, { language, surroundings }: Context): string[] {
  const { columns, hasColours } = surroundings.stdout;
  return statusLines(status, {
    language,
    nowMs: surroundings.nowMs(),
    columns: columns(),
    hasColours,
    showsSlots: call.target !== null,
  });
}

/** That something changed, for a reader that looks when it has time. */
class Changes {
  #isMarked = false;
  #hasEnded = false;
  #wake = Promise.withResolvers<void>();

  mark(): void {
    this.#isMarked = true;
    this.#wake.resolve();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake.resolve();
  }

  /** False: there will be no more. */
  async next(): Promise<boolean> {
    await this.#wake.promise;
    this.#wake = Promise.withResolvers<void>();
    const wasMarked = this.#isMarked;
    this.#isMarked = false;
    return wasMarked && !this.#hasEnded;
  }
}
