import type { Expectation, ExpectationResult } from '@nomaly/data-quality'

import type { Mood } from '../../parts/badge.tsx'

/** What lists tell of a suite. */
export interface SuiteSummary {
  readonly name: string
  readonly version: number
  readonly savedAt: number
  readonly expectations: number
}

/** How an outcome is shown. */
export function badgeOf({ success, exception, severity }: ExpectationResult): {
  readonly mood: Mood
  readonly text: string
} {
  if (exception !== undefined) return { mood: 'bad', text: 'not judged' }
  if (success) return { mood: 'good', text: 'met' }
  return { mood: severity === 'critical' ? 'bad' : 'warning', text: `unmet, ${severity}` }
}

/** An expectation's kind in words: `column values to be between`. */
export function wordsOf(type: string): string {
  return type
    .replace(/^expect/, '')
    .replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim()
}

/** What an expectation is about: its column or columns; nothing where that is the table. */
export function subjectOf({ kwargs }: Pick<Expectation, 'kwargs'>): string {
  const { column, columnList, columnSet } = kwargs
  const list = columnList ?? columnSet
  return Array.isArray(list) ? list.join(', ') : typeof column === 'string' ? column : ''
}

/** An expectation's arguments but its columns, as a person would note them. */
export function argumentsOf({ kwargs }: Pick<Expectation, 'kwargs'>): string {
  return Object.entries(kwargs)
    .filter(([name]) => !['column', 'columnList', 'columnSet'].includes(name))
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(', ')
}

/** A value of a table or an argument, cut where it is long. */
export function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 120)} ...` : text
}

/** A score of 0 to 100. */
export function scoreText(score: number | null): string {
  return score === null ? '' : score.toLocaleString('en', { maximumFractionDigits: 1 })
}
