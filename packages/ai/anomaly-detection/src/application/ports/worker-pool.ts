import type { PartKind, PartOf, ResultOf } from '../parallel/work-part.ts'

/**
 * Does the parts of a long work side by side, where that helps. Whoever is given none does them one after another; the
 * outcome is the same to the last bit.
 */
export interface WorkerPool {
  /** The most parts that are done at once, >= 1. A pool of 1 is never asked. */
  readonly threads: number
  /** Rows from which work is cut into parts; undefined: where that was measured to pay. */
  readonly fewestRows?: number | undefined
  /**
   * Does `runPart(kind, part)` for each part; answers in the parts' order, whatever the order in which they end. Arrays
   * that several parts have in common are brought to the workers once, and those in shared memory not at all; nobody changes them meanwhile. Calls may overlap.
   * @throws AnomalyDetectionError what the first part to fail throws, the others being given up; `cancelled` once the
   *   signal is aborted; `worker-failed` where a worker dies; `missing-package`. A later call works again.
   */
  readonly run: <K extends PartKind>(
    kind: K,
    parts: ReadonlyArray<PartOf<K>>,
    options: { readonly signal: AbortSignal | undefined },
  ) => Promise<ReadonlyArray<ResultOf<K>>>
}
