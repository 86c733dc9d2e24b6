import type { Dataset } from '../../domain/dataset.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import type { FittedDetector, FreshlyFittedDetector } from '../catalogue/catalogue-entry.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import { fitInParts } from '../parallel/fit-in-parts.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'

const FEWEST_ROWS = 3

/**
 * Fits the detector to all rows but one, where a row would be its own neighbour: a training row is scored by the others, and
 * so its explanation has to be. Undefined for detectors that score a training row as any other.
 */
export function fitterWithoutRow(
  { id, parameters }: FittedDetector,
  x: Dataset,
  options: { readonly seed: number; readonly signal: AbortSignal | undefined },
  pool: WorkerPool | undefined,
): ((row: number) => Promise<FittedDetector>) | undefined {
  const { trainingNeighbours, scoresTrainingRowsAsNew } = configureDetector(id, parameters)
  if (trainingNeighbours === undefined || scoresTrainingRowsAsNew === true || x.rows < FEWEST_ROWS) return undefined
  const fitted = (given: Readonly<Record<string, unknown>>, others: Matrix): Promise<FreshlyFittedDetector> =>
    fitInParts(configureDetector(id, given), others, options, pool)
  return async (row) => {
    const others = without(x, row)
    try {
      return await fitted(parameters, others)
    } catch (error) {
      const fewer = boundedParameter(error)
      if (fewer === undefined) throw error
      return fitted({ ...parameters, ...fewer }, others)
    }
  }
}

// As many neighbours as there were others are one too many with a row less.
function boundedParameter(error: unknown): Readonly<Record<string, number>> | undefined {
  if (!AnomalyDetectionError.is(error) || error.code !== 'anomaly-detection/invalid-parameters') return undefined
  const { parameter, maximum } = error.details
  return typeof parameter === 'string' && typeof maximum === 'number' && maximum >= 1
    ? { [parameter]: maximum }
    : undefined
}

function without({ data, rows, columns }: Matrix, row: number): Matrix {
  const others = new Float64Array((rows - 1) * columns)
  others.set(data.subarray(0, row * columns))
  others.set(data.subarray((row + 1) * columns), row * columns)
  return { data: others, rows: rows - 1, columns }
}
