import { jsonText } from '../../domain/checks.ts'
import { SqliteError } from '../../domain/errors.ts'
import { type CloudEvent, eventText } from '../../domain/events/cloud-event.ts'
import { readFailure } from '../../domain/failure.ts'
import type { JobProgress } from '../../domain/jobs/job.ts'
import { JOB_SCHEDULE, retryDelayMs, type RetrySchedule } from '../../domain/retry-schedule.ts'
import type { Claim, JobClaims, JobOutcome } from '../ports/job-claims.ts'
import type { HandledType, JobContext } from './job-handler.ts'

/** What an attempt works with. */
export interface AttemptDeps {
  readonly claims: JobClaims
  /** Epoch milliseconds. */
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly schedule?: Omit<RetrySchedule, 'attempts'> | undefined
  readonly leaseMs: number
  readonly beatMs: number
  /** Milliseconds that a handler has to end after its signal; then what it does is ignored. */
  readonly graceMs: number
  readonly onError: (error: unknown) => void
}

type Ending = 'cancelled' | 'released' | 'lost' | 'timed-out'

/** One attempt at a claimed job: renews the lease while the handler works, and settles how it ended. */
export class JobAttempt {
  readonly #deps: AttemptDeps
  readonly #claim: Claim
  readonly #controller = new AbortController()
  readonly #events: CloudEvent[] = []
  #progress: JobProgress | undefined
  #keptProgress: JobProgress | undefined
  #ending: Ending | undefined

  constructor(deps: AttemptDeps, claim: Claim) {
    this.#deps = deps
    this.#claim = claim
  }

  /** Resolves when the attempt is settled. @throws what the store throws, when even that fails: the lease then runs out */
  async run({ handle, timeoutMs }: HandledType): Promise<void> {
    const beat = setInterval(() => void this.look(), this.#deps.beatMs)
    const limit = timeoutMs === undefined ? undefined : setTimeout(() => this.#end('timed-out', timeoutMs), timeoutMs)
    try {
      const outcome = await this.#outcome(handle)
      clearInterval(beat)
      if (outcome !== undefined) await this.#deps.claims.settle(this.#claim, outcome, this.#progress)
    } finally {
      clearInterval(beat)
      clearTimeout(limit)
    }
  }

  /** Renews the lease and learns whether the job was cancelled or is another's meanwhile. */
  async look(): Promise<void> {
    try {
      const { claims, leaseMs } = this.#deps
      const state = await claims.renew(this.#claim, leaseMs, { progress: this.#newProgress() })
      if (state === 'cancel-requested') this.#end('cancelled')
      if (state === 'lost') this.#end('lost')
    } catch (error) {
      this.#deps.onError(error) // the lease lasts for some more beats
    }
  }

  /** Gives the job back, not counting the attempt: the process ends. */
  release(): void {
    this.#end('released')
  }

  #newProgress(): JobProgress | undefined {
    if (this.#progress === this.#keptProgress) return undefined
    this.#keptProgress = this.#progress
    return this.#progress
  }

  #end(how: Ending, timeoutMs?: number): void {
    if (this.#ending !== undefined) return
    this.#ending = how
    this.#controller.abort(
      how === 'timed-out'
        ? new SqliteError('sqlite/timed-out', `the job took longer than ${timeoutMs} ms`, { timeoutMs })
        : new SqliteError('sqlite/cancelled', REASONS[how], { reason: how }),
    )
  }

  async #outcome(handle: HandledType['handle']): Promise<JobOutcome | undefined> {
    const work = (async () => handle(this.#claim.job.input, this.#context()))()
    const aborted = this.#graceAfterAbort()
    try {
      const output = (await Promise.race([work, aborted])) ?? null
      if (this.#ending === 'lost') return undefined
      jsonText('output', output)
      return { kind: 'completed', output, events: this.#events }
    } catch (error) {
      return this.#afterFailure(error)
    } finally {
      work.catch(() => undefined) // one that was not waited for: its job is settled already
      aborted.catch(() => undefined)
    }
  }

  /** Rejects some time after the signal, for handlers that do not heed it. */
  #graceAfterAbort(): Promise<never> {
    const { signal } = this.#controller
    return new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => setTimeout(() => reject(signal.reason), this.#deps.graceMs))
    })
  }

  #afterFailure(error: unknown): JobOutcome | undefined {
    const { now, random, schedule = JOB_SCHEDULE } = this.#deps
    if (this.#ending === 'lost') return undefined
    if (this.#ending === 'cancelled' || this.#ending === 'released') return { kind: this.#ending }
    const { failure, retryable, retryAfterMs } = readFailure(
      this.#ending === 'timed-out' ? this.#controller.signal.reason : error,
    )
    const { attempt, attempts } = this.#claim.job
    const wait = retryDelayMs(attempt, { ...schedule, attempts }, random())
    if (wait === undefined || !retryable) return { kind: 'failed', failure }
    return { kind: 'retry', at: now() + Math.max(wait, Math.min(retryAfterMs, schedule.maxMs)), failure }
  }

  #context(): JobContext {
    const { claims, leaseMs } = this.#deps
    const { job, checkpoint } = this.#claim
    return {
      id: job.id,
      type: job.type,
      attempt: job.attempt,
      signal: this.#controller.signal,
      progress: (progress) => {
        this.#progress = progress
      },
      checkpoint: async (value) => {
        jsonText('checkpoint', value)
        const state = await claims.renew(this.#claim, leaseMs, { progress: this.#newProgress(), checkpoint: value })
        if (state === 'cancel-requested') this.#end('cancelled')
        if (state === 'lost') this.#end('lost')
        this.#controller.signal.throwIfAborted()
      },
      resumeFrom: checkpoint,
      emit: (event) => {
        eventText(event) // refused here, where the handler can see it
        this.#events.push(event)
      },
    }
  }
}

const REASONS: Readonly<Record<Exclude<Ending, 'timed-out'>, string>> = {
  cancelled: 'the job was cancelled',
  released: 'the process ends: the job will be gone on with',
  lost: 'the lease ran out, and the job is another process’s',
}
