import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

import { MlflowError } from '../../domain/errors.ts'
import type { MetricPoint } from '../../domain/metric.ts'

const PART = 1000

/** A point of a file, and the run that the file of a logged model names. */
export interface FiledPoint extends MetricPoint {
  readonly runId?: string
}

/**
 * The points of a metric's file, in parts, in the order they were logged: `time value [step [dataset digest]]` a line of
 * a run, `time value step run [dataset digest]` of a logged model.
 * @throws MlflowError `mlflow/unsupported-format` with the number of the line
 */
export async function* metricFile(
  file: string,
  key: string,
  isOfModel = false,
): AsyncGenerator<ReadonlyArray<FiledPoint>> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  let part: FiledPoint[] = []
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    part.push(pointOf(line, key, isOfModel, () => `${file}, line ${number}`))
    if (part.length < PART) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

function pointOf(line: string, key: string, isOfModel: boolean, where: () => string): FiledPoint {
  const [at = '', text = '', step = '0', ...rest] = line.trim().split(' ')
  const value = valueOf(text)
  if (!/^\d+$/.test(at) || value === undefined || !/^-?\d+$/.test(step)) {
    throw new MlflowError('mlflow/unsupported-format', `${where()} is no point of a metric`)
  }
  const runId = isOfModel ? rest.shift() : undefined
  const [datasetName, datasetDigest] = rest
  return {
    key,
    value,
    at: Number(at),
    step: Number(step),
    ...(runId === undefined ? {} : { runId }),
    ...(datasetName === undefined ? {} : { datasetName }),
    ...(datasetDigest === undefined ? {} : { datasetDigest }),
  }
}

function valueOf(text: string): number | undefined {
  const special = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }[text.toLowerCase()]
  const value = special ?? Number(text)
  return text === '' || (Number.isNaN(value) && special === undefined) ? undefined : value
}
