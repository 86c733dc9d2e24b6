import { MlopsError } from '../../domain/errors.ts'
import { retryDelayMs } from '../../domain/events/retry-schedule.ts'
import type { StepContext, StepDefinition } from '../../domain/pipelines/step.ts'

/** What an attempt is given, but for its number and signal. */
export type StepGround = Omit<StepContext<Readonly<Record<string, unknown>>>, 'attempt' | 'signal'>

/**
 * Runs a step as often as its schedule allows.
 * @param random - in [0, 1): spreads retries
 * @returns the answer, and how many attempts it took
 * @throws what the last attempt threw; MlopsError `mlops/cancelled` once the signal is aborted, `mlops/unavailable` for one that
 *   took too long
 */
export async function attemptStep(
  step: StepDefinition,
  ground: StepGround,
  signal: AbortSignal,
  random: () => number,
): Promise<{ readonly value: unknown; readonly attempts: number }> {
  for (let attempt = 1; ; attempt++) {
    throwIfCancelled(signal)
    try {
      return { value: await attemptOnce(step, { ...ground, attempt }, signal), attempts: attempt }
    } catch (error) {
      throwIfCancelled(signal)
      const delay = step.retry === undefined ? undefined : retryDelayMs(attempt, step.retry, random())
      if (delay === undefined) throw error
      await pause(delay, signal)
    }
  }
}

/** @throws MlopsError `mlops/cancelled` */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal)
}

function attemptOnce(
  step: StepDefinition,
  ground: StepGround & { attempt: number },
  signal: AbortSignal,
): Promise<unknown> {
  const controller = new AbortController()
  return new Promise((resolve, reject) => {
    const stop = (error: MlopsError): void => {
      controller.abort(error)
      reject(error) // a step that does not heed its signal is left to itself
    }
    const onAbort = (): void => stop(cancelled(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    const timer = step.timeoutMs === undefined ? undefined : setTimeout(() => stop(late(step)), step.timeoutMs)
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    // A step that throws before its first await rejects like any other.
    new Promise((answer) => answer(step.run({ ...ground, signal: controller.signal })))
      .then(resolve, reject)
      .finally(settle)
    controller.signal.addEventListener('abort', settle, { once: true })
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(cancelled(signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

function late({ name, timeoutMs }: StepDefinition): MlopsError {
  return new MlopsError('mlops/unavailable', `step '${name}' took longer than ${timeoutMs} ms`, {
    step: name,
    timeoutMs,
  })
}

function cancelled(signal: AbortSignal): MlopsError {
  return new MlopsError('mlops/cancelled', 'the pipeline was cancelled', {}, signal.reason)
}
