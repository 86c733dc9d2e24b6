import type { MetricPoint } from '../../../domain/metric.ts'

/** A point as the file has it. */
export interface StoredPoint {
  readonly at: number
  readonly step: number
  /** 0 for NaN; infinities are the greatest double of their sign. */
  readonly value: number
  readonly isNan: 0 | 1
}

/** The point without its key, fit for the file. */
export function storedPointOf({ at, step, value }: MetricPoint): StoredPoint {
  if (Number.isNaN(value)) return { at, step, value: 0, isNan: 1 }
  return { at, step, value: Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value)), isNan: 0 }
}

/** The point as users know it. */
export function metricPointOf(key: string, { at, step, value, isNan }: StoredPoint): MetricPoint {
  return { key, value: isNan === 1 ? Number.NaN : value, at, step }
}

/** The order of a series: by time, step, value, NaN last. */
export function comparePoints(a: StoredPoint, b: StoredPoint): number {
  return a.at - b.at || a.step - b.step || a.value - b.value || a.isNan - b.isNan
}
