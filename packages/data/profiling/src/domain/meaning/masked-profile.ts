import type { ColumnProfile } from '../column-profile.ts'
import type { Profile } from '../profile.ts'
import { isPersonal } from './column-meaning.ts'
import { MASK, masked } from './mask.ts'

/**
 * The profile without personal data. Of a personal column go all values and whatever a value could be read from: extremes,
 * quantiles, histograms, ranges of dates, the distribution and the values of its sketch. Of the other columns go single
 * values that are personal by themselves.
 */
export function maskedProfile(profile: Profile): Profile {
  const personal = new Set(profile.columns.filter(({ semantic }) => isPersonal(semantic)).map(({ name }) => name))
  return {
    ...profile,
    columns: profile.columns.map((column) =>
      personal.has(column.name) ? withoutValues(column) : withoutStrays(column),
    ),
    sample: profile.sample.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => {
          if (value === null) return [name, null]
          return [name, personal.has(name) ? MASK : masked(value)]
        }),
      ),
    ),
    ...(profile.interactions === undefined
      ? {}
      : {
          interactions: profile.interactions.filter(({ x, y }) => !personal.has(x.column) && !personal.has(y.column)),
        }),
  }
}

function withoutValues({ numbers: _numbers, dates: _dates, sketches, texts, ...kept }: ColumnProfile): ColumnProfile {
  return {
    ...kept,
    top: kept.top.map(({ count }) => ({ value: MASK, count })),
    // Shapes of single values could be values: `A-9` is one. Only shapes that many share are kept.
    ...(texts === undefined
      ? {}
      : { texts: { ...texts, patterns: texts.patterns.filter(({ pattern }) => /[aA9]{3}/.test(pattern)) } }),
    ...(sketches === undefined
      ? {}
      : {
          sketches: {
            hash: sketches.hash,
            kind: sketches.kind,
            ...(sketches.registers === undefined ? {} : { registers: sketches.registers }),
            ...(sketches.lengthSum === undefined ? {} : { lengthSum: sketches.lengthSum }),
          },
        }),
  }
}

function withoutStrays(column: ColumnProfile): ColumnProfile {
  const { sketches } = column
  return {
    ...column,
    top: column.top.map(({ value, count }) => ({ value: masked(value), count })),
    ...(sketches?.values === undefined
      ? {}
      : {
          sketches: {
            ...sketches,
            values: {
              ...sketches.values,
              items: sketches.values.items.map(({ value, count }) => ({ value: masked(value), count })),
            },
          },
        }),
  }
}
