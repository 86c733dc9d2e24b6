import { alertsOf } from '../domain/alerts/alerts-of.ts'
import { isTime, type TableSample } from '../domain/cell.ts'
import { columnMeaning } from '../domain/meaning/column-meaning.ts'
import { maskedProfile } from '../domain/meaning/masked-profile.ts'
import { correlationTables } from '../domain/relations/correlation-tables.ts'
import { interactions } from '../domain/relations/interactions.ts'
import { timeSeriesOf } from '../domain/time-series/time-series-of.ts'
import type { ProfileRefinement } from './profile-refinement.ts'

const NUMBERS_LOOKED_AT = 1000

const meanings: ProfileRefinement = (profile, sample) => {
  const columns = new Map(sample.columns.map((column) => [column.name, column]))
  return {
    ...profile,
    columns: profile.columns.map((column) => {
      const sampled = columns.get(column.name)
      return sampled === undefined ? column : { ...column, semantic: meaningOf(sampled) }
    }),
  }
}

// Times are read by their name only: their values are told by their type.
function meaningOf({ name, kind, values }: TableSample['columns'][number]): ReturnType<typeof columnMeaning> {
  const counts = new Map<string, number>()
  // Texts are searched for stray personal values; numbers show what they are sooner.
  for (const value of kind === 'text' ? values : values.slice(0, NUMBERS_LOOKED_AT)) {
    if (value === null || kind === 'boolean' || kind === 'other') continue
    const text = isTime(kind) ? '' : String(value)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return columnMeaning(name, [...counts], kind === 'text')
}

const relations: ProfileRefinement = (profile, sample, { correlations, seed }) => {
  if (!correlations) return profile
  const timeSeries = timeSeriesOf(sample)
  return {
    ...profile,
    correlations: correlationTables(sample, seed),
    interactions: interactions(sample),
    ...(timeSeries === undefined ? {} : { timeSeries }),
  }
}

const alerts: ProfileRefinement = (profile, sample, options) => ({
  ...profile,
  alerts: alertsOf(profile, sample, options.alerts),
})

const mask: ProfileRefinement = (profile, _, { unmask }) => (unmask ? profile : maskedProfile(profile))

/** Meanings, relations, alerts, and the mask. */
export const STANDARD_REFINEMENTS: ReadonlyArray<ProfileRefinement> = [meanings, relations, alerts, mask]
