import { AnomalyDetectionError } from '../domain/errors.ts'
import type { TableBatch } from './ports/table-reader.ts'

/** What stands for a row without a label. */
export const UNLABELLED = 2

const NORMAL = new Set(['0', 'false', 'no', 'normal', 'inlier', 'benign', 'ok'])
const ANOMALOUS = new Set(['1', 'true', 'yes', 'anomaly', 'anomalous', 'abnormal', 'outlier'])

/** Collects a label column batch by batch. */
export class LabelColumn {
  readonly #name: string
  readonly #index: number
  readonly #keepsUnlabelled: boolean
  readonly #batches: Uint8Array[] = []

  /** @param keepsUnlabelled - whether an empty cell is `UNLABELLED`, or refused */
  constructor(name: string, index: number, keepsUnlabelled = false) {
    this.#name = name
    this.#index = index
    this.#keepsUnlabelled = keepsUnlabelled
  }

  /** @throws AnomalyDetectionError `invalid-label` naming the row, for anything but 0 and 1 or words that mean them */
  add(batch: TableBatch, firstRow: number): void {
    const values = batch.columns[this.#index]?.values
    this.#batches.push(
      Uint8Array.from({ length: batch.rows }, (_, row) => this.#labelOf(values?.[row], batch, firstRow, row)),
    )
  }

  /** The labels of all rows, or of those that stayed; shape (rows). */
  labels(sourceRows: Int32Array | undefined): Uint8Array {
    const all = new Uint8Array(this.#batches.reduce((sum, batch) => sum + batch.length, 0))
    let at = 0
    for (const batch of this.#batches) {
      all.set(batch, at)
      at += batch.length
    }
    return sourceRows === undefined ? all : Uint8Array.from(sourceRows, (row) => all[row] as number)
  }

  #labelOf(value: unknown, batch: TableBatch, firstRow: number, row: number): number {
    if (this.#keepsUnlabelled && isEmpty(value)) return UNLABELLED
    const word = String(value).trim().toLowerCase()
    if (NORMAL.has(word)) return 0
    if (ANOMALOUS.has(word)) return 1
    const line = batch.lineOf?.(row)
    const where = line === undefined ? `row ${firstRow + row}` : `line ${line}`
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-label',
      `${where}, column '${this.#name}' is no label; write 0 or normal, 1 or anomaly`,
      { row: firstRow + row, line, column: this.#name },
    )
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || Number.isNaN(value) || (typeof value === 'string' && value.trim() === '')
  )
}
