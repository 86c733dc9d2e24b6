/** A detection as the form has it: texts as they were typed. */
export interface Draft {
  readonly isSeries: boolean
  readonly time: string
  readonly value: string
  /** Empty: one series. */
  readonly key: string
  readonly columns: ReadonlyArray<string>
  readonly detector: string
  /** `auto`: what suits the series. */
  readonly seriesDetector: string
  /** Those that differ from the defaults. */
  readonly parameters: Readonly<Record<string, unknown>>
  readonly percent: string
  /** Empty: the band, or the scores, say it. */
  readonly seriesPercent: string
  readonly seed: string
  readonly missing: string
  /** Points in a cycle; empty: looked for. */
  readonly period: string
  /** `name@version`; empty: a new detector. */
  readonly model: string
}

/** What a job is asked with. */
export function inputOf(dataset: string, draft: Draft): Readonly<Record<string, unknown>> {
  const { time, value, key, columns, parameters, percent, seriesPercent, missing, period, model } = draft
  const at = model.lastIndexOf('@')
  if (at > 0) return { dataset, model: { name: model.slice(0, at), version: Number(model.slice(at + 1)) } }
  const seed = Number(draft.seed)
  const own = Object.keys(parameters).length > 0 ? { parameters } : {}
  if (!draft.isSeries) {
    return { dataset, columns, detector: draft.detector, ...own, contamination: Number(percent) / 100, seed, missing }
  }
  return {
    dataset,
    time,
    value,
    ...(key !== '' && { key }),
    ...(draft.seriesDetector !== 'auto' && { detector: draft.seriesDetector, ...own }),
    ...(seriesPercent !== '' && { contamination: Number(seriesPercent) / 100 }),
    ...(period !== '' && { period: Number(period) }),
    seed,
  }
}
