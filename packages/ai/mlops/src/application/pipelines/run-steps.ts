import { INPUT } from '../../domain/pipelines/plan.ts'
import type { StepDefinition } from '../../domain/pipelines/step.ts'

/** How a set of steps went. */
export interface StepsOutcome {
  /** In the order in which they failed. */
  readonly failures: ReadonlyArray<{ readonly step: string; readonly error: unknown }>
  /** Steps that were not begun, because one they need failed or the signal was aborted. */
  readonly skipped: ReadonlyArray<string>
}

/**
 * Runs steps as soon as those they need are done, at most `concurrency` at once. Steps that do not need a failed one go on.
 * @param steps - each after those it needs
 */
export async function runSteps(
  steps: ReadonlyArray<StepDefinition>,
  concurrency: number,
  signal: AbortSignal,
  run: (step: StepDefinition) => Promise<void>,
): Promise<StepsOutcome> {
  const done = new Set<string>([INPUT])
  const failures: { step: string; error: unknown }[] = []
  const waiting = new Set(steps)
  const working = new Map<string, Promise<void>>()
  for (;;) {
    for (const step of waiting) {
      if (working.size >= concurrency || signal.aborted) break
      if (!(step.needs ?? []).every((need) => done.has(need))) continue
      waiting.delete(step)
      const work = run(step).then(
        () => void done.add(step.name),
        (error: unknown) => void failures.push({ step: step.name, error }),
      )
      working.set(
        step.name,
        work.then(() => void working.delete(step.name)),
      )
    }
    if (working.size === 0) return { failures, skipped: Array.from(waiting, ({ name }) => name) }
    await Promise.race(working.values())
  }
}
