/**
 * Real labelled data and reference scores that tests are checked against. They are not part of the repository: they
 * lie in a folder beside it (`../shared`, or wherever NOMALY_REFERENCE points); tests that need them must say so when
 * it is absent.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Where it is, or would be. */
export const referenceRoot: string =
  process.env['NOMALY_REFERENCE'] ?? resolve(import.meta.dirname, '../../../../shared')

/** True where the reference folder can be read. */
export const hasReferenceData: boolean = existsSync(join(referenceRoot, 'data/adbench'))

/** What a skipped suite adds to its title. */
export const referenceNote: string = hasReferenceData ? '' : ' (left out: no reference data; set NOMALY_REFERENCE)'

/** A labelled set: `data` row-major, shape (rows, columns); label 1 is an anomaly. */
export interface LabelledSet {
  readonly name: string
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
  readonly features: ReadonlyArray<string>
  readonly labels: Uint8Array
}

/** Names of the ADBench sets that are there. */
export function adbenchNames(): ReadonlyArray<string> {
  return readdirSync(join(referenceRoot, 'data/adbench'))
    .filter((file) => file.endsWith('.csv.gz'))
    .map((file) => file.slice(0, -'.csv.gz'.length))
    .sort((a, b) => a.localeCompare(b))
}

/** Reads an ADBench set: header `f0,...,label`, no missing values, no quotes. */
export function adbench(name: string): LabelledSet {
  const text = gunzipSync(readFileSync(join(referenceRoot, 'data/adbench', `${name}.csv.gz`))).toString('utf8')
  const lines = text.trimEnd().split('\n')
  const features = (lines[0] ?? '').split(',').slice(0, -1)
  const rows = lines.length - 1
  const columns = features.length
  const data = new Float64Array(rows * columns)
  const labels = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    const fields = (lines[row + 1] ?? '').split(',')
    for (let column = 0; column < columns; column++) data[row * columns + column] = Number(fields[column])
    labels[row] = Number(fields[columns])
  }
  return { name, data, rows, columns, features, labels }
}

/** Every column with its mean taken off and divided by its population standard deviation (1 where it is constant). */
export function standardized(set: LabelledSet): LabelledSet {
  const { rows, columns } = set
  const data = new Float64Array(set.data)
  for (let column = 0; column < columns; column++) {
    let mean = 0
    for (let row = 0; row < rows; row++) mean += data[row * columns + column] ?? 0
    mean /= rows
    let variance = 0
    for (let row = 0; row < rows; row++) variance += ((data[row * columns + column] ?? 0) - mean) ** 2
    variance /= rows
    const scale = variance === 0 ? 1 : Math.sqrt(variance)
    for (let row = 0; row < rows; row++) {
      const at = row * columns + column
      data[at] = ((data[at] ?? 0) - mean) / scale
    }
  }
  return { ...set, data }
}

/** Reads a JSON file of the reference folder, e.g. `scores/glass_knn_mean_k5.json` or `adbench_pyod.json`. */
export function referenceJson(path: string): unknown {
  return JSON.parse(readFileSync(join(referenceRoot, 'reference', path), 'utf8'))
}

/** How PyOD ranks a standardized ADBench set: see `meta` in `adbench_pyod.json`. */
export interface PyodFigures {
  /** ROC-AUC; the mean over seeds where there are several. */
  readonly auc: number
  /** Standard deviation over seeds; 0 for one. */
  readonly aucSd: number
  /** Rows that PyOD gave no finite score. */
  readonly nonFiniteScores: number
}

/** PyOD's figures for a set, by PyOD's name of the algorithm (`IForest`). Call it inside a test: it reads a file. */
export function pyodFigures(set: string, algorithm: string): PyodFigures {
  const { datasets } = referenceJson('adbench_pyod.json') as {
    readonly datasets: Readonly<Record<string, { readonly algos: Readonly<Record<string, Record<string, unknown>>> }>>
  }
  const figures = datasets[set]?.algos[algorithm]
  if (typeof figures?.['auc'] !== 'number') throw new Error(`the reference has no figure of ${algorithm} on ${set}`)
  const numberOf = (key: string): number => (typeof figures[key] === 'number' ? figures[key] : 0)
  return { auc: figures['auc'], aucSd: numberOf('auc_std'), nonFiniteScores: numberOf('nonfinite_scores') }
}
