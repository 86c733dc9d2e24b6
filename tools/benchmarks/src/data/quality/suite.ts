import type { Expectation } from '@nomaly/data-quality'

const COLUMNS = [
  'id',
  'user_id',
  'qty',
  'price',
  'temperature',
  'score',
  'country',
  'status',
  'session',
  'sku',
  'created_at',
  'active',
]
const COUNTRIES = 'DE FR US GB NL ES IT PL BR IN JP CN CA AU SE NO DK FI PT AT'.split(' ')
const STATUSES = 'new paid shipped delivered returned cancelled'.split(' ')

/** An expectation beside the condition that somebody would write by hand for its bad rows. */
export interface HandWritten {
  readonly expectation: Expectation
  readonly bad: string
}

const of = (type: string, kwargs: Readonly<Record<string, unknown>>, bad: string): HandWritten => ({
  expectation: { type, kwargs },
  bad,
})
const between = (column: string, kwargs: Readonly<Record<string, unknown>>, bad: string): HandWritten =>
  of('expectColumnValuesToBeBetween', { column, ...kwargs }, bad)
const quoted = (texts: ReadonlyArray<string>): string => texts.map((text) => `'${text}'`).join(', ')

/** Thirty checks of the table that the profiles' benchmark writes. */
export const THIRTY_CHECKS: ReadonlyArray<HandWritten> = [
  ...COLUMNS.map((column) => of('expectColumnValuesToNotBeNull', { column }, `${column} IS NULL`)),
  between('qty', { minValue: 0, maxValue: 99 }, 'qty < 0 OR qty > 99'),
  between('price', { minValue: 0, strictMin: true }, 'price <= 0'),
  between('price', { maxValue: 1000 }, 'price > 1000'),
  between('temperature', { minValue: -30, maxValue: 60 }, 'temperature NOT BETWEEN -30 AND 60'),
  between('score', { minValue: 0, maxValue: 1, strictMax: true }, 'score < 0 OR score >= 1'),
  between('user_id', { minValue: 0 }, 'user_id < 0'),
  between('id', { minValue: 0 }, 'id < 0'),
  of(
    'expectColumnValuesToBeInSet',
    { column: 'country', valueSet: COUNTRIES },
    `country NOT IN (${quoted(COUNTRIES)})`,
  ),
  of('expectColumnValuesToBeInSet', { column: 'status', valueSet: STATUSES }, `status NOT IN (${quoted(STATUSES)})`),
  of(
    'expectColumnValuesToMatchRegex',
    { column: 'session', regex: '^[0-9a-f]{16}$' },
    "NOT regexp_full_match(session, '[0-9a-f]{16}')",
  ),
  of(
    'expectColumnValuesToMatchRegex',
    { column: 'sku', regex: '^SKU-[0-9]{5}$' },
    "NOT regexp_full_match(sku, 'SKU-[0-9]{5}')",
  ),
  of(
    'expectColumnValuesToMatchRegex',
    { column: 'country', regex: '^[A-Z]{2}$' },
    "NOT regexp_full_match(country, '[A-Z]{2}')",
  ),
  of('expectColumnValueLengthsToEqual', { column: 'session', value: 16 }, 'length(session) <> 16'),
  of(
    'expectColumnValueLengthsToBeBetween',
    { column: 'sku', minValue: 9, maxValue: 9 },
    'length(sku) NOT BETWEEN 9 AND 9',
  ),
  between('created_at', { minValue: '2026-01-01T00:00:00' }, "created_at < TIMESTAMP '2026-01-01'"),
  between('created_at', { maxValue: '2100-01-01T00:00:00' }, "created_at > TIMESTAMP '2100-01-01'"),
  of(
    'expectColumnPairValuesAToBeGreaterThanB',
    { columnA: 'id', columnB: 'qty', orEqual: true, ignoreRowIf: 'eitherValueIsMissing' },
    'id < qty',
  ),
  of(
    'expectColumnValuesToNotBeInSet',
    { column: 'status', valueSet: ['cancelled'], rowCondition: 'active = true' },
    "active AND status = 'cancelled'",
  ),
]
