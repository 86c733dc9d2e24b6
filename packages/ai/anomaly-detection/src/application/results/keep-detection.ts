import type { DetectionResult } from '../../domain/detection-result.ts'
import type { Model } from '../../domain/model.ts'
import type { ResultInfo } from '../../domain/results/result-info.ts'
import type { ResultDraft, ResultStore } from '../ports/result-store.ts'

/** A detection that is to be kept. */
export interface DetectionToKeep {
  readonly id: string
  readonly result: Pick<DetectionResult, 'algorithm' | 'parameters' | 'scores' | 'threshold'>
  /** For each row that was scored its row of the data set, where rows were dropped. */
  readonly sourceRows?: Int32Array | undefined
  /** Rows of the data set, those that were dropped included. */
  readonly rows: number
  readonly about: Pick<ResultDraft, 'dataset' | 'createdAt' | 'durationMs' | 'options' | 'columns' | 'model'>
  /** The detector, for explanations later. */
  readonly fitted?: Model | undefined
}

/** Keeps a detection; where there is a result of this id already, that one stays. @throws AnomalyDetectionError `storage-failed` */
export async function keepDetection(
  results: Pick<ResultStore, 'write'>,
  { id, result, sourceRows, rows, about, fitted }: DetectionToKeep,
): Promise<ResultInfo> {
  const { algorithm, parameters, scores, threshold } = result
  const writer = await results.write(id)
  try {
    await writer.append({ score: sourceRows === undefined ? scores : spread(scores, sourceRows, rows) })
    return await writer.finish({ ...about, algorithm, parameters, threshold, bands: false }, fitted)
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

function spread(scores: Float64Array, sourceRows: Int32Array, rows: number): Float64Array {
  const all = new Float64Array(rows).fill(Number.NaN)
  for (let at = 0; at < scores.length; at++) all[sourceRows[at] as number] = scores[at] as number
  return all
}
