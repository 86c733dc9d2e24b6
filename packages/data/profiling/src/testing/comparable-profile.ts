import type { ColumnProfile } from '../domain/column-profile.ts'
import type { Profile } from '../domain/profile.ts'

/**
 * What two engines must agree on: all but their names for themselves and for types, and the order of rows. Engines hash in
 * their own ways, so estimates of different values, and lists that hang on an estimate, are left out: see `estimatesOf`.
 */
export function comparableProfile(profile: Profile, other: Profile): unknown {
  const rounded = JSON.stringify(profile, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value,
  )
  const { columns, engine: _engine, sample: _sample, ...rest }: Profile = JSON.parse(rounded)
  const compared = columns.map(({ physicalType: _physicalType, ...column }, i) => {
    const counterpart = other.columns[i]
    const counted = column.distinct.exact && counterpart?.distinct.exact === true
    const listed = column.top.length === 0 ? counterpart?.top.length === 0 : counterpart?.top.length !== 0
    return counted && listed ? column : withoutEstimates(column)
  })
  return { ...rest, columns: compared }
}

/** The different values of each column, exact or not. */
export function estimatesOf(profile: Profile): ReadonlyArray<number> {
  return profile.columns.map(({ distinct }) => distinct.value)
}

function withoutEstimates({ distinct: _distinct, top: _top, ...column }: Omit<ColumnProfile, 'physicalType'>): unknown {
  return column
}
