import { QUEUES } from '../../domain/jobs/job-draft.ts'
import type { QueueName } from '../../domain/jobs/job.ts'
import type { RetrySchedule } from '../../domain/retry-schedule.ts'
import type { JobClaims } from '../ports/job-claims.ts'
import type { JobLog } from '../ports/job-log.ts'
import { JobAttempt } from './job-attempt.ts'
import type { HandledType } from './job-handler.ts'

/** What a runner works with. */
export interface JobRunnerDeps {
  readonly claims: JobClaims
  readonly log: Pick<JobLog, 'find' | 'onChanged'>
  /** By type: only jobs of these types are taken. */
  readonly handlers: Readonly<Record<string, HandledType>>
  /** Jobs at once; default 2. */
  readonly concurrency?: number | undefined
  /** Epoch milliseconds. */
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  /** Waits between attempts; default 5 s, 20 s, 80 s, ..., at most 10 minutes. How many there are each job says. */
  readonly schedule?: Omit<RetrySchedule, 'attempts'> | undefined
  /** Milliseconds after which a job whose process ended is another's to take; default 10,000. */
  readonly leaseMs?: number | undefined
  /** Milliseconds between looks for jobs of other processes, and for cancelling; default 500. */
  readonly pollMs?: number | undefined
  /** Milliseconds that a handler has to end after its signal; then what it does is ignored. Default 300. */
  readonly graceMs?: number | undefined
  /** Told of faults that are no job's: the store could not be read or written. It is tried again. */
  readonly onError: (error: unknown) => void
}

const FAIR = 8

/** Takes jobs and runs them, as many at once as it is told. Several runners, in several processes, may share a queue. */
export class JobRunner {
  readonly #deps: JobRunnerDeps
  readonly #running = new Map<string, { readonly attempt: JobAttempt; readonly done: Promise<void> }>()
  #timer: ReturnType<typeof setInterval> | undefined
  #unlisten: (() => void) | undefined
  #filling: Promise<void> | undefined
  #lookAgain = false
  #claims = 0

  constructor(deps: JobRunnerDeps) {
    this.#deps = deps
  }

  /** Takes jobs from now on; again is harmless. */
  start(): void {
    if (this.#timer !== undefined) return
    this.#timer = setInterval(() => this.#look(), this.#pollMs)
    this.#unlisten = this.#deps.log.onChanged((id) => {
      if (this.#running.has(id)) void this.#heedCancelling(id)
      else this.#look()
    })
    this.#look()
  }

  /**
   * Takes up nothing new and lets what runs end within `drainMs`; the rest is given back, to be gone on with by the next process.
   * @param drainMs - default 0
   */
  async stop({ drainMs = 0 }: { readonly drainMs?: number } = {}): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#unlisten?.()
    await this.#filling
    const all = Promise.allSettled([...this.#running.values()].map(({ done }) => done))
    let timer: ReturnType<typeof setTimeout> | undefined
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, drainMs)))])
    clearTimeout(timer)
    for (const { attempt } of this.#running.values()) attempt.release()
    await all
  }

  /** How many jobs it works on now. */
  get running(): number {
    return this.#running.size
  }

  get #pollMs(): number {
    return this.#deps.pollMs ?? 500
  }

  // Asked of the log, as renewing the lease is itself a change.
  async #heedCancelling(id: string): Promise<void> {
    try {
      const job = await this.#deps.log.find(id)
      if (job?.cancelRequested === true) await this.#running.get(id)?.attempt.look()
    } catch (error) {
      this.#deps.onError(error) // the next beat tells as well
    }
  }

  #look(): void {
    if (this.#filling !== undefined) {
      this.#lookAgain = true
      return
    }
    this.#filling = this.#fill()
      .catch((error: unknown) => this.#deps.onError(error))
      .finally(() => {
        this.#filling = undefined
        if (!this.#lookAgain) return
        this.#lookAgain = false
        if (this.#timer !== undefined) this.#look()
      })
  }

  async #fill(): Promise<void> {
    const { claims, handlers, concurrency = 2, leaseMs = 10_000 } = this.#deps
    const types = Object.keys(handlers)
    while (this.#timer !== undefined && this.#running.size < concurrency) {
      const claim = await claims.claim({ types, queues: this.#order(), leaseMs, except: [...this.#running.keys()] })
      if (claim === undefined) return
      this.#claims += 1
      const { id, type } = claim.job
      const handler = handlers[type]
      if (handler === undefined) throw new Error(`the store gave a job of type ${type}, which was not asked for`)
      const attempt = new JobAttempt(
        { ...this.#deps, leaseMs, beatMs: Math.min(this.#pollMs, leaseMs / 3), graceMs: this.#deps.graceMs ?? 300 },
        claim,
      )
      const done = attempt
        .run(handler)
        .catch((error: unknown) => this.#deps.onError(error))
        .finally(() => {
          this.#running.delete(id)
          if (this.#timer !== undefined) this.#look()
        })
      this.#running.set(id, { attempt, done })
    }
  }

  // So that no queue starves.
  #order(): ReadonlyArray<QueueName> {
    return this.#claims % FAIR === FAIR - 1 ? QUEUES.toReversed() : QUEUES
  }
}
