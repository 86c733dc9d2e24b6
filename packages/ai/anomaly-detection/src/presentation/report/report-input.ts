import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import type { CurveSketch } from './curve-sketch.ts'
import type { ScoreHistogram } from './score-histogram.ts'

/** Values from left to right, with what is drawn about them. */
export interface ReportPlot {
  readonly title: string
  /** Points of their own, or a curve that runs on from each to the next. */
  readonly form: 'points' | 'curve'
  readonly values: CurveSketch
  /** What of the values is an anomaly. */
  readonly marks: CurveSketch
  readonly expected?: CurveSketch | undefined
  /** The expected band. */
  readonly lower?: CurveSketch | undefined
  readonly upper?: CurveSketch | undefined
  readonly threshold?: number | undefined
  /** What stands under the left and the right end. */
  readonly from: string
  readonly to: string
  /** How many points there are. */
  readonly points: number
}

/** One series of several. */
export interface ReportEntity {
  readonly key: string
  readonly rows: number
  readonly anomalies: number
  readonly highest: number
}

/** An anomalous row. */
export interface ReportAnomaly {
  /** 0-based row of the data set. */
  readonly row: number
  readonly score: number
  readonly key?: string | undefined
  readonly time?: string | number | undefined
  /** Of a series: what was expected there, and the band. */
  readonly expected?: number | undefined
  readonly lower?: number | undefined
  readonly upper?: number | undefined
  readonly verdict?: 'true_alarm' | 'false_alarm' | undefined
  readonly note?: string | undefined
  /** One for each of `valueColumns`; null where there is none. */
  readonly values: ReadonlyArray<number | string | null>
}

/** All that a report tells, condensed: its size does not hang on that of the data. */
export interface DetectionReportInput {
  readonly data: { readonly name: string; readonly rows: number; readonly sha256?: string | undefined }
  /** The id of the result, where it is kept. */
  readonly id?: string | undefined
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly durationMs?: number | undefined
  /** Of the program that made it. */
  readonly version: string
  readonly algorithm: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** What was asked for besides, by name; what is undefined was not. */
  readonly options: Readonly<Record<string, unknown>>
  readonly model?: { readonly name: string; readonly version: number } | undefined
  /** What was looked at. */
  readonly columns: ReadonlyArray<string>
  readonly series?: { readonly time: string; readonly value: string; readonly key?: string | undefined } | undefined
  /** All series, the highest score first, where there are several. */
  readonly entities?: ReadonlyArray<ReportEntity> | undefined
  /** Undefined where each series has its own. */
  readonly threshold?: number | undefined
  readonly rows: number
  readonly anomalyCount: number
  readonly plots: ReadonlyArray<ReportPlot>
  /** What lies around the strangest points of series. */
  readonly closeUps: ReadonlyArray<ReportPlot>
  readonly histogram: ScoreHistogram
  readonly valueColumns: ReadonlyArray<string>
  /** The highest score first. */
  readonly anomalies: ReadonlyArray<ReportAnomaly>
  /** Of the first of the anomalies. */
  readonly explanations: ReadonlyArray<RowExplanation>
  /** What could not be told, and why, a sentence each. */
  readonly lacks: ReadonlyArray<string>
  readonly feedback: { readonly trueAlarms: number; readonly falseAlarms: number }
  /** The command that does it again, in words of its own; undefined where none does. */
  readonly command?: ReadonlyArray<string> | undefined
}
