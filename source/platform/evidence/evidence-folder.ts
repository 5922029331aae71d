import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  EvidenceCollector,
  EvidenceRequest,
  EvidenceResult,
  SampleLines,
  TraceLines,
} from '../../ports/evidence.ts';
import { fingerprintOf } from './fingerprint.ts';
import { reasonWord, takingPrefix } from './folder-name.ts';
import { describeIncident } from './incident-text.ts';
import { Lane } from './lane.ts';
import { lastLineOf, markOutput, type OutputMark, readOutput } from './last-output.ts';
import { openStore, type Store } from './open-store.ts';
import type { Part } from './part.ts';
import { SharedTrace } from './shared-trace.ts';
import { Taking } from './taking.ts';
import { within } from './within.ts';

export interface EvidenceOptions {
  /** Absolute. Made when the first incident comes, 0700. */
  readonly directory: string;
  /** What this system can take of a process, in the order of its worth. */
  readonly parts: readonly Part[];
  /** Null, or why somebody else could put his own folder in its place: the system's check of all folders above. */
  readonly whyUnsafe?: (directory: string) => string | null;
  /** Hears, in whole sentences, what goes wrong beside any incident. */
  readonly problem?: (text: string) => void;
  /** Ends programs that are still looking at a process. */
  readonly close?: () => void;
}

/** Incidents under way; what comes beyond is refused. */
const underWayBound = 200;
/** Even a slow disk writes the small files within this; one that does not is given up. */
const patienceMs = 5_000;
/** Then nothing is written there for so long, or else each incident would wait for it anew. */
const refusedMs = 60_000;
/** Kept back of the limit for the last files. */
const reserveMs = 100;

/** One folder an incident. Nothing here throws at the caller, and nothing holds the event loop for more than a moment. */
export class EvidenceFolder implements EvidenceCollector {
  private readonly options: EvidenceOptions;
  /** Small files, and all that changes the folder as a whole. */
  private readonly light = new Lane();
  /** Programs that look into a process, and cores. The living never wait for the dead. */
  private readonly heavy = { living: new Lane(), dead: new Lane() };
  private readonly trace = new SharedTrace();
  private lent: { readonly samples: SampleLines; readonly trace: TraceLines } = { samples: () => [], trace: () => [] };
  private store: Store | null = null;
  private isClosed = false;
  private underWay = 0;
  private refusedUntilMs = 0;

  constructor(options: EvidenceOptions) {
    this.options = options;
    // What an engine that was killed left half done goes at once; a folder that is not there yet stays so.
    void this.light.run(false, () => this.open(false)).catch(() => {});
  }

  /** What only the runtime has. */
  lend(lent: { readonly samples: SampleLines; readonly trace: TraceLines }): void {
    this.lent = lent;
  }

  collect(
    request: EvidenceRequest,
    report: (result: EvidenceResult) => void,
    stage: (name: string) => void = () => {},
  ): void {
    const refusal = this.whyRefused(request);
    if (refusal !== null) {
      queueMicrotask(() => report({ ok: false, problem: refusal }));
      return;
    }
    const taking = new Taking(request, join(this.options.directory, `${takingPrefix}${randomUUID()}`), reserveMs);
    // Taken now, because in a moment its successor writes there, and the recorder forgets the dead.
    const output = markOutput(request.outputFile);
    const samples = request.instance === null ? [] : this.lent.samples(request.instance);
    this.underWay += 1;
    this.take(taking, output, samples, stage)
      .catch((error: Error): EvidenceResult => this.failure(taking, error))
      .then((result) => {
        this.underWay -= 1;
        report(result);
      })
      .catch((error: unknown) => {
        // A report that throws is a fault of ours.
        queueMicrotask(() => {
          throw error;
        });
      });
  }

  /** Ends programs under way. What is not complete is removed when the engine starts again. */
  close(): void {
    this.isClosed = true;
    this.options.close?.();
    this.store?.index.close();
    this.store = null;
  }

  private whyRefused(request: EvidenceRequest): string | null {
    if (request.keep <= 0) return 'its `keep` is 0.';
    if (this.underWay >= underWayBound)
      return `${underWayBound} incidents are being taken already, and more at once would be a burden of their own.`;
    if (performance.now() < this.refusedUntilMs)
      return `the disk of ${this.options.directory} did not answer a moment ago. It is tried again within a minute.`;
    return null;
  }

  private async take(
    taking: Taking,
    output: OutputMark | string,
    samples: Iterable<string>,
    stage: (name: string) => void,
  ): Promise<EvidenceResult> {
    const { request } = taking;
    const isUrgent = request.lives;
    const parts = this.options.parts.filter((part) => part.isWanted(request));
    const lastLine = await this.light.run(isUrgent, () =>
      within(patienceMs, async () => {
        await this.open(true);
        await mkdir(taking.folder, { mode: 0o700 });
        taking.beginTime();
        for (const part of parts.filter(({ isHeavy }) => !isHeavy)) await taking.run(part, stage);
        await taking.write('samples.jsonl', [...samples].map((line) => `${line}\n`).join(''));
        return this.takeOutput(taking, output);
      }),
    );
    const heavy = parts.filter(({ isHeavy }) => isHeavy);
    if (heavy.length > 0) await this.takeHeavy(taking, heavy, stage);
    // The living are waited for; for them the engine writes its trace a second time.
    if (!isUrgent) await this.trace.awaitDue(taking.askedAtMs);
    return this.light.run(isUrgent, () => within(patienceMs, () => this.finish(taking, lastLine)));
  }

  private async takeHeavy(taking: Taking, parts: readonly Part[], stage: (name: string) => void): Promise<void> {
    const { lives } = taking.request;
    const lane = lives ? this.heavy.living : this.heavy.dead;
    const work = async () => {
      // Nobody waits for the dead: their time begins with their turn.
      if (!lives) taking.beginTime();
      await within(taking.leftMs() + patienceMs, async () => {
        for (const part of parts) await taking.run(part, stage);
      });
    };
    if (!(await lane.runWithin(lives ? taking.leftMs() : null, work)))
      for (const { name } of parts)
        taking.missing.push(`no ${name}: others were being examined until its time was over`);
  }

  /** The last line of what it wrote. */
  private async takeOutput(taking: Taking, output: OutputMark | string): Promise<string> {
    if (typeof output === 'string') {
      taking.missing.push(output);
      return '';
    }
    try {
      const text = taking.masks.text(await readOutput(output));
      await taking.write('output.txt', text);
      return lastLineOf(text);
    } catch (error) {
      taking.missing.push(`no output: ${(error as Error).message}`);
      return '';
    }
  }

  private async finish(taking: Taking, lastLine: string): Promise<EvidenceResult> {
    const { index, kept } = await this.open(true);
    const { request } = taking;
    const name = await taking.freeName(this.options.directory);
    const folder = join(this.options.directory, name);
    await this.trace
      .put(taking, taking.askedAtMs, this.lent.trace, folder)
      .catch((error: Error) => taking.missing.push(`no notices: ${error.message}`));
    const { process, slot, reason, text, atMs } = request;
    const fingerprint = fingerprintOf({ process, reason, frames: taking.frames, lastLine });
    const number = index.nextNumber();
    const { first, sinceMs, times } = index.count(fingerprint, number, atMs);
    const same = times === 1 ? null : { number: first, times, sinceMs };
    const tookMs = taking.tookMs();
    const incident = describeIncident(taking, { number, fingerprint, same, tookMs });
    // Without this file a folder says nothing, so it is not kept without.
    await taking.writeOrThrow('incident.json', `${JSON.stringify(incident, null, 2)}\n`);
    const at = new Date(atMs).toISOString();
    const line = {
      at,
      number,
      process,
      ...(slot > 1 ? { slot } : {}),
      reason: reasonWord(reason),
      text,
      fingerprint,
      folder: name,
      first,
      sinceMs,
      times,
    };
    const lost = index.append({ ...line, text: taking.masks.text(text) });
    if (lost !== null) this.options.problem?.(lost);
    await rename(taking.folder, folder);
    await kept.add(name, process);
    void this.light.run(false, () => this.bound(name, request)).catch(() => {});
    return { ok: true, number, folder, tookMs, fingerprint, same, missing: taking.missing };
  }

  private async bound(name: string, { keep, maxTotalBytes }: EvidenceRequest): Promise<void> {
    const problem = await this.store?.kept.bound(name, keep, maxTotalBytes);
    if (problem) this.options.problem?.(problem);
  }

  /** The folder as it is now: anybody may have changed it since the last incident. Throws a sentence. */
  private async open(isNeeded: boolean): Promise<Store> {
    if (this.isClosed) throw new Error('the engine is ending.');
    this.store = await openStore(this.options.directory, this.store, isNeeded, this.options.whyUnsafe ?? (() => null));
    return this.store;
  }

  private failure(taking: Taking, error: Error & { isTimeOver?: boolean }): EvidenceResult {
    if (error.isTimeOver) this.refusedUntilMs = performance.now() + refusedMs;
    // Not waited for: where it cannot be written, removing may take as long.
    void rm(taking.folder, { recursive: true, force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOSPC' || code === 'EDQUOT'
        ? `the disk of ${this.options.directory} is full. Make room; monitoring goes on.`
        : code === undefined
          ? error.message
          : `${this.options.directory} cannot be written: ${error.message}. Correct the rights or the disk; monitoring goes on.`;
    return { ok: false, problem: why };
  }
}
