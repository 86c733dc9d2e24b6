import { compactNext } from './series-chunks.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Moves finished series into compressed chunks, a little at a time, so that others are never kept waiting. */
export class Compaction {
  readonly #context: TrackingContext
  #timer: NodeJS.Timeout | undefined
  #running: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(context: TrackingContext) {
    this.#context = context
  }

  /** From now on compacts what is due, again and again; keeps no process alive. */
  start(): void {
    const every = Math.max(1000, this.#context.compactAfterMs)
    this.#timer = setInterval(() => {
      // What fails now (a full disk, a busy file) is due at the next turn as well; rows are as good meanwhile.
      this.#running = this.run(this.#context.now()).catch(() => 0)
    }, every)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  /** Compacts the series of runs that were due by that time; answers how many points. */
  async run(dueBy: number): Promise<number> {
    const { database } = this.#context
    let points = 0
    while (!this.#stopped) {
      const due = await database.read(() =>
        database.sql('SELECT id FROM run WHERE compact_after <= ? ORDER BY compact_after LIMIT 1').get(dueBy),
      )
      if (due === undefined) break
      points += await this.#compactRun(Number(due['id']), dueBy)
    }
    return points
  }

  async #compactRun(run: number, dueBy: number): Promise<number> {
    const { database } = this.#context
    let points = 0
    for (let key = 0; !this.#stopped;) {
      const step = await database.write(() => compactNext(this.#context, run, key))
      points += step.points
      if (step.key !== undefined) {
        key = step.key
        continue
      }
      // Unless something was logged meanwhile: then the run is due later, once more.
      await database.write(() =>
        database.sql('UPDATE run SET compact_after = NULL WHERE id = ? AND compact_after <= ?').run(run, dueBy),
      )
      break
    }
    return points
  }
}
