import type { Cell, ColumnKind } from '../domain/cell.ts'

/** A column of a table to make in every engine; `type` is the SQL type that all of them know. */
export interface RandomColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly type: string
  readonly values: ReadonlyArray<Cell>
}

const DAY = 86_400_000_000

/** Values that engines are known to treat differently, by kind. */
const TRAPS: Readonly<Record<string, ReadonlyArray<Cell>>> = {
  integer: [0, 1, -1, 7, 2 ** 53 - 1, 9_007_199_254_740_993n, -9_007_199_254_740_993n, 9_223_372_036_854_775_807n],
  decimal: ['0', '0.1', '-0.1', '12345678901234.5678', '12345678901234.5679', '1', '-99.99'],
  float: [0, 1, -1, 0.1, 0.3, 1e120, 5e-324, -5e-324, 1e-200, Number.NaN, Infinity, -Infinity, 2 ** 53 + 2],
  text: [
    '',
    ' ',
    'a',
    'A',
    'ä',
    'Ä',
    'z',
    'Z',
    'null',
    'NaN',
    "O'Hara",
    'a\\b',
    '\u{1f600}',
    '\uff5e',
    'e\u0301',
    '10',
    '9',
    'ab12',
  ],
  boolean: [true, false],
  timestamp: [0, -1, 1, 1_600_000_000_123_456, -62_135_596_800_000_000, 4_102_444_800_000_000, 1_583_020_800_000_000],
  date: [0, -DAY, 18_262 * DAY, 18_321 * DAY],
}

const TYPES: ReadonlyArray<readonly [ColumnKind, string]> = [
  ['integer', 'BIGINT'],
  ['decimal', 'DECIMAL(24,4)'],
  ['float', 'DOUBLE PRECISION'],
  ['text', 'VARCHAR'],
  ['boolean', 'BOOLEAN'],
  ['timestamp', 'TIMESTAMP'],
  ['timestamp', 'TIMESTAMP WITH TIME ZONE'],
  ['date', 'DATE'],
]

/** A table with one column of every kind, full of nulls, ties and traps; hostile column names. */
export function randomTable(rows: number, seed: number): ReadonlyArray<RandomColumn> {
  let state = seed >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
  const nulls = [0, 0.2, 0.9, 1][Math.floor(next() * 4)] ?? 0
  const traps = [0, 0.3, 1][Math.floor(next() * 3)] ?? 0
  return TYPES.map(([kind, type], i) => ({
    name: [`"; DROP TABLE t; --${i}`, `Ünïcode ${i}`, `c'${i}`, `select${i}`][i % 4] ?? '',
    kind,
    type,
    values: Array.from({ length: rows }, () => (next() < nulls ? null : valueOf(kind, traps, next))),
  }))
}

function valueOf(kind: ColumnKind, traps: number, next: () => number): Cell {
  const known = TRAPS[kind] ?? []
  if (next() < traps) return exact(known[Math.floor(next() * known.length)] ?? null, kind)
  const wide = next() - 0.5
  if (kind === 'integer') return Math.round(wide * 10 ** Math.floor(next() * 12)) + 0
  if (kind === 'float') return wide * 10 ** Math.floor(next() * 20 - 10)
  if (kind === 'decimal') return String(Math.round(wide * 100_000) / 1000 + 0)
  if (kind === 'text') return String(known[Math.floor(next() * known.length)]) + Math.floor(next() * 40)
  if (kind === 'timestamp') return Math.round(wide * 4e15)
  return kind === 'date' ? Math.round(wide * 40_000) * DAY + 0 : next() < 0.5
}

function exact(cell: Cell, kind: ColumnKind): Cell {
  return kind !== 'float' &&
    typeof cell === 'number' &&
    Number.isInteger(cell) &&
    !Number.isSafeInteger(cell) &&
    Math.abs(cell) < 1e18
    ? BigInt(cell)
    : cell
}
