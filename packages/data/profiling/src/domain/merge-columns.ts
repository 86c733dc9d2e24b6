import { exactText, sumOfDecimals } from './cell-number.ts'
import { isNumeric, isTime } from './cell.ts'
import type { ColumnProfile, TextStatistics } from './column-profile.ts'
import { ProfilingError } from './errors.ts'
import { mergedMeaning } from './meaning/merged-meaning.ts'
import { mergedDistinct } from './merged-distinct.ts'
import { mergedValues } from './merged-values.ts'
import type { ColumnSketch } from './sketches/column-sketch.ts'
import { mergeDistributions } from './sketches/distribution.ts'
import { mergeRegisters, parseRegisters, registersText } from './sketches/registers.ts'
import { columnType } from './statistics/column-type.ts'
import { dateStatistics } from './statistics/date-statistics.ts'
import { mergedNumbers } from './statistics/merged-numbers.ts'

/** How statistics are written down. */
export interface RebuildOptions {
  readonly top: number
  readonly quantiles: ReadonlyArray<number>
  readonly bins: number
}

/** One column of two parts of a table. @throws ProfilingError `profiling/cannot-merge` */
export function mergeColumns(a: ColumnProfile, b: ColumnProfile, options: RebuildOptions): ColumnProfile {
  const sketch = mergedSketch(a, b)
  const count = a.count + b.count
  const distinct = mergedDistinct(sketch, count)
  return {
    name: a.name,
    physicalType: a.count === 0 ? b.physicalType : a.physicalType,
    type: columnType(sketch.kind, count, distinct.value, undefined),
    count,
    nulls: a.nulls + b.nulls,
    distinct,
    top: (sketch.values?.items ?? []).slice(0, options.top),
    ...(isNumeric(sketch.kind) ? { numbers: mergedNumbers(a.numbers, b.numbers, sketch, options) } : {}),
    ...(isTime(sketch.kind) ? { dates: dateStatistics(sketch.distribution, undefined, options.bins) } : {}),
    ...mergedTexts(a, b, sketch, count),
    semantic: mergedMeaning(a.semantic, b.semantic),
    sketches: sketch,
  }
}

function mergedSketch(one: ColumnProfile, other: ColumnProfile): ColumnSketch {
  const [a, b] = [one.sketches, other.sketches]
  const refuse = (why: string): ProfilingError =>
    new ProfilingError('profiling/cannot-merge', `the column ${JSON.stringify(one.name)} cannot be merged: ${why}`, {
      column: one.name,
      why,
    })
  if (a === undefined || b === undefined) throw refuse('make both profiles with `sketches: true`')
  const [empty, kept] = one.count === 0 ? [true, b] : [other.count === 0, a]
  if (empty) return kept
  if (a.hash !== b.hash) throw refuse(`its values were hashed by ${a.hash} and by ${b.hash}`)
  if (a.kind !== b.kind) throw refuse(`it is ${a.kind} here and ${b.kind} there`)
  const [left, right] = [parseRegisters(a.registers ?? ''), parseRegisters(b.registers ?? '')]
  const values = mergedValues(a.values, b.values, one.count, other.count, a.kind)
  const distributions = [a.distribution, b.distribution].filter((sketch) => sketch !== undefined)
  return {
    hash: a.hash,
    kind: a.kind,
    ...(left === undefined || right === undefined ? {} : { registers: registersText(mergeRegisters(left, right)) }),
    ...(values === undefined ? {} : { values }),
    ...(distributions[0] === undefined ? {} : { distribution: distributions.reduce(mergeDistributions) }),
    ...(a.exactSum === undefined && b.exactSum === undefined ? {} : { exactSum: sumOf(a.exactSum, b.exactSum) }),
    ...(a.lengthSum === undefined && b.lengthSum === undefined
      ? {}
      : { lengthSum: (a.lengthSum ?? 0) + (b.lengthSum ?? 0) }),
  }
}

function sumOf(a: string | undefined, b: string | undefined): string {
  const sum = sumOfDecimals([
    [a ?? '0', 1],
    [b ?? '0', 1],
  ])
  return exactText(sum) ?? sum
}

function mergedTexts(
  a: ColumnProfile,
  b: ColumnProfile,
  sketch: ColumnSketch,
  count: number,
): Pick<ColumnProfile, 'texts'> {
  const left = a.count === 0 ? undefined : a.texts
  const right = b.count === 0 ? undefined : b.texts
  if (left === undefined || right === undefined) {
    return onlyTexts(left ?? right ?? a.texts ?? b.texts)
  }
  const looked = left.looked + right.looked
  const classes = new Set([...Object.keys(left.characterClasses), ...Object.keys(right.characterClasses)])
  const patterns = new Map<string, number>()
  for (const { pattern, count: times } of [...left.patterns, ...right.patterns]) {
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + times)
  }
  return {
    texts: {
      minLength: Math.min(left.minLength, right.minLength),
      maxLength: Math.max(left.maxLength, right.maxLength),
      meanLength: count === 0 ? 0 : (sketch.lengthSum ?? 0) / count,
      empty: left.empty + right.empty,
      patterns: [...patterns].map(([pattern, times]) => ({ pattern, count: times })).sort((x, y) => y.count - x.count),
      characterClasses: Object.fromEntries(
        [...classes]
          .sort()
          .map((name) => [name, (left.characterClasses[name] ?? 0) + (right.characterClasses[name] ?? 0)]),
      ),
      looked,
    },
  }
}

function onlyTexts(texts: TextStatistics | undefined): Pick<ColumnProfile, 'texts'> {
  return texts === undefined ? {} : { texts }
}
