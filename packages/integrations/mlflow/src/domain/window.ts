import { MlflowError } from './errors.ts'

declare const kind: unique symbol

/** A non-empty run of finite numbers, oldest first. Shape: (n), n >= 1. */
export type Window = ReadonlyArray<number> & { readonly [kind]: 'Window' }

/**
 * Checks and freezes a copy of `values`.
 * @throws MlflowError `mlflow/empty-window` without values; `mlflow/non-finite` with the index of the first
 *   value that is not a finite number
 */
export function windowOf(values: ReadonlyArray<number>): Window {
  if (values.length === 0) throw new MlflowError('mlflow/empty-window', 'a window needs at least one value')
  const index = values.findIndex((value) => !Number.isFinite(value))
  if (index !== -1) {
    throw new MlflowError('mlflow/non-finite', `value ${index} is ${values[index]}, not a finite number`, { index })
  }
  return Object.freeze([...values]) as Window
}
