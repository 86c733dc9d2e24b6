import type { RetrySchedule } from '../events/retry-schedule.ts'
import type { RunBatch } from '../run.ts'

/** What a step is given. */
export interface StepContext<Inputs> {
  /** What the needed steps have answered, by name: a copy of its own for each step. */
  readonly inputs: Inputs
  /** From 1 on. */
  readonly attempt: number
  /** Aborted when the pipeline is cancelled or the attempt takes too long. */
  readonly signal: AbortSignal
  /** The tracked run of this step. */
  readonly runId: string
  /** Writes params, metrics and tags to the step's tracked run. */
  readonly log: (batch: RunBatch) => Promise<void>
}

/** How a step is run. */
export interface StepOptions<Needs extends string = string> {
  /** Steps whose answers it reads; `input` is what the pipeline is run with. */
  readonly needs?: ReadonlyArray<Needs>
  /**
   * Change it when the step does something else: answers of another version are not reused. The text of its function when absent, which
   * shows neither what the function calls nor what it closes over; a function without a text (a bound one) is not reused by other runs.
   */
  readonly version?: string
  /** Whether an answer to the same inputs may be reused by other runs; true when absent. */
  readonly cache?: boolean
  /** One attempt when absent. */
  readonly retry?: RetrySchedule
  /** Milliseconds that one attempt may take; no limit when absent. */
  readonly timeoutMs?: number
}

/** A step of a pipeline. Its answer is plain JSON, bytes (`Uint8Array`) or undefined. */
export interface StepDefinition extends StepOptions {
  /** 1 to 100 letters, digits, `_ . -`; not `input`. */
  readonly name: string
  readonly run: (context: StepContext<Readonly<Record<string, unknown>>>) => unknown
}
