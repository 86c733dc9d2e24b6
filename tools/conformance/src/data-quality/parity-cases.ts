import type { Expectation } from '@nomaly/data-quality'

/** A column of both sides; `whole` has no nulls and is int64 in pandas, `integer` may have nulls and is float64 there. */
export interface ParityColumn {
  readonly name: string
  readonly kind: 'integer' | 'whole' | 'float' | 'text' | 'timestamp' | 'boolean'
  readonly values: ReadonlyArray<string | number | boolean | null>
}

/** A table with its suite. */
export interface ParityTable {
  readonly name: string
  readonly columns: ReadonlyArray<ParityColumn>
  readonly expectations: ReadonlyArray<Expectation>
}

const column = (name: string, kind: ParityColumn['kind'], values: ParityColumn['values']): ParityColumn => ({
  name,
  kind,
  values,
})
const many = <T>(count: number, of: (i: number) => T): ReadonlyArray<T> =>
  Array.from({ length: count }, (_, i) => of(i))

/** Everything that is asked of one column of numbers. */
function aboutNumbers(name: string): ReadonlyArray<Expectation> {
  const c = { column: name }
  return [
    { type: 'expectColumnValuesToNotBeNull', kwargs: c },
    { type: 'expectColumnValuesToNotBeNull', kwargs: { ...c, mostly: 0.5 } },
    { type: 'expectColumnValuesToBeNull', kwargs: c },
    { type: 'expectColumnValuesToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 10 } },
    { type: 'expectColumnValuesToBeBetween', kwargs: { ...c, minValue: 0, strictMin: true, mostly: 0.6 } },
    { type: 'expectColumnValuesToBeBetween', kwargs: { ...c, maxValue: 5, strictMax: true } },
    { type: 'expectColumnValuesToBeInSet', kwargs: { ...c, valueSet: [0, 1, 2, 5] } },
    { type: 'expectColumnValuesToNotBeInSet', kwargs: { ...c, valueSet: [1, 5] } },
    { type: 'expectColumnValuesToBeUnique', kwargs: c },
    { type: 'expectColumnValuesToBeIncreasing', kwargs: c },
    { type: 'expectColumnValuesToBeIncreasing', kwargs: { ...c, strictly: true } },
    { type: 'expectColumnValuesToBeDecreasing', kwargs: c },
    { type: 'expectColumnValueZScoresToBeLessThan', kwargs: { ...c, threshold: 1, doubleSided: true } },
    { type: 'expectColumnValueZScoresToBeLessThan', kwargs: { ...c, threshold: 1, doubleSided: false } },
    { type: 'expectColumnValuesToNotBeOutliers', kwargs: { ...c, method: 'iqr', multiplier: 1.5 } },
    { type: 'expectColumnValuesToNotBeOutliers', kwargs: { ...c, method: 'std', multiplier: 1 } },
    { type: 'expectColumnMinToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 3 } },
    { type: 'expectColumnMaxToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 100 } },
    { type: 'expectColumnMeanToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 5 } },
    { type: 'expectColumnMedianToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 5 } },
    { type: 'expectColumnStdevToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 3 } },
    { type: 'expectColumnSumToBeBetween', kwargs: { ...c, minValue: 0, maxValue: 50 } },
    { type: 'expectColumnUniqueValueCountToBeBetween', kwargs: { ...c, minValue: 1, maxValue: 4 } },
    { type: 'expectColumnProportionOfUniqueValuesToBeBetween', kwargs: { ...c, minValue: 0.5, maxValue: 1 } },
    { type: 'expectColumnProportionOfNonNullValuesToBeBetween', kwargs: { ...c, minValue: 0.5 } },
    {
      type: 'expectColumnQuantileValuesToBeBetween',
      kwargs: {
        ...c,
        quantileRanges: {
          quantiles: [0, 0.3, 0.5, 0.9],
          valueRanges: [
            [0, 1],
            [0, 3],
            [null, 9],
            [0, null],
          ],
        },
      },
    },
    { type: 'expectColumnDistinctValuesToBeInSet', kwargs: { ...c, valueSet: [0, 1, 2, 3, 5] } },
    { type: 'expectColumnDistinctValuesToContainSet', kwargs: { ...c, valueSet: [1, 2] } },
    { type: 'expectColumnDistinctValuesToEqualSet', kwargs: { ...c, valueSet: [1, 2, 3] } },
    { type: 'expectColumnMostCommonValueToBeInSet', kwargs: { ...c, valueSet: [1, 2], tiesOkay: true } },
    { type: 'expectColumnMostCommonValueToBeInSet', kwargs: { ...c, valueSet: [1, 2] } },
    {
      type: 'expectColumnKLDivergenceToBeLessThan',
      kwargs: {
        ...c,
        partitionObject: { bins: [0, 2, 4, 8], weights: [0.4, 0.3, 0.2], tailWeights: [0.05, 0.05] },
        threshold: 0.5,
      },
    },
  ]
}

/** Everything that is asked of one column of texts. */
function aboutTexts(name: string): ReadonlyArray<Expectation> {
  const c = { column: name }
  return [
    { type: 'expectColumnValuesToNotBeNull', kwargs: c },
    { type: 'expectColumnValuesToBeInSet', kwargs: { ...c, valueSet: ['a', 'b', ''] } },
    { type: 'expectColumnValuesToNotBeInSet', kwargs: { ...c, valueSet: ['a', "it's"] } },
    { type: 'expectColumnValuesToBeUnique', kwargs: c },
    { type: 'expectColumnValuesToMatchRegex', kwargs: { ...c, regex: '^[a-z]+$' } },
    { type: 'expectColumnValuesToMatchRegex', kwargs: { ...c, regex: '[0-9]', mostly: 0.2 } },
    { type: 'expectColumnValuesToNotMatchRegex', kwargs: { ...c, regex: 'a|\\s' } },
    { type: 'expectColumnValuesToMatchRegexList', kwargs: { ...c, regexList: ['^a', '\\d'], matchOn: 'any' } },
    { type: 'expectColumnValuesToMatchRegexList', kwargs: { ...c, regexList: ['^a', 'b$'], matchOn: 'all' } },
    { type: 'expectColumnValuesToNotMatchRegexList', kwargs: { ...c, regexList: ['^a', '\\d'] } },
    { type: 'expectColumnValueLengthsToBeBetween', kwargs: { ...c, minValue: 1, maxValue: 3 } },
    { type: 'expectColumnValueLengthsToEqual', kwargs: { ...c, value: 1 } },
    { type: 'expectColumnValuesToMatchStrftimeFormat', kwargs: { ...c, strftimeFormat: '%Y-%m-%d' } },
    { type: 'expectColumnValuesToMatchStrftimeFormat', kwargs: { ...c, strftimeFormat: '%d %b %Y, %H:%M' } },
    { type: 'expectColumnValuesToBeDateutilParseable', kwargs: c },
    { type: 'expectColumnValuesToBeJsonParseable', kwargs: c },
    {
      type: 'expectColumnValuesToMatchJsonSchema',
      kwargs: { ...c, jsonSchema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } },
    },
    { type: 'expectColumnDistinctValuesToBeInSet', kwargs: { ...c, valueSet: ['a', 'b'] } },
    { type: 'expectColumnDistinctValuesToEqualSet', kwargs: { ...c, valueSet: ['a', 'b', 'c'] } },
    { type: 'expectColumnMostCommonValueToBeInSet', kwargs: { ...c, valueSet: ['a'] } },
    { type: 'expectColumnUniqueValueCountToBeBetween', kwargs: { ...c, minValue: 1, maxValue: 3 } },
    {
      type: 'expectColumnKLDivergenceToBeLessThan',
      kwargs: {
        ...c,
        partitionObject: { values: ['a', 'b', 'c'], weights: [0.5, 0.3, 0.2] },
        tailWeightHoldout: 0.1,
        threshold: 0.3,
      },
    },
  ]
}

/** Everything that is asked of rows. */
function aboutRows(a: string, b: string): ReadonlyArray<Expectation> {
  const pair = { columnA: a, columnB: b }
  const list = { columnList: [a, b] }
  return [
    ...['bothValuesAreMissing', 'eitherValueIsMissing', 'neither'].flatMap(
      (ignoreRowIf): ReadonlyArray<Expectation> => [
        { type: 'expectColumnPairValuesAToBeGreaterThanB', kwargs: { ...pair, ignoreRowIf, orEqual: true } },
        { type: 'expectColumnPairValuesAToBeGreaterThanB', kwargs: { ...pair, ignoreRowIf } },
        { type: 'expectColumnPairValuesToBeEqual', kwargs: { ...pair, ignoreRowIf, mostly: 0.3 } },
        {
          type: 'expectColumnPairValuesToBeInSet',
          kwargs: {
            ...pair,
            ignoreRowIf,
            valuePairsSet: [
              [1, 1],
              [2, null],
              [3, 2],
            ],
          },
        },
      ],
    ),
    ...['allValuesAreMissing', 'anyValueIsMissing', 'never'].flatMap((ignoreRowIf): ReadonlyArray<Expectation> => [
      { type: 'expectMulticolumnSumToEqual', kwargs: { ...list, ignoreRowIf, sumTotal: 2 } },
      { type: 'expectMulticolumnValuesToBeEqual', kwargs: { ...list, ignoreRowIf } },
      { type: 'expectSelectColumnValuesToBeUniqueWithinRecord', kwargs: { ...list, ignoreRowIf } },
      { type: 'expectCompoundColumnsToBeUnique', kwargs: { ...list, ignoreRowIf } },
    ]),
  ]
}

/** Everything that is asked of a table. */
function aboutTable(names: ReadonlyArray<string>): ReadonlyArray<Expectation> {
  return [
    { type: 'expectTableRowCountToBeBetween', kwargs: { minValue: 1, maxValue: 8 } },
    { type: 'expectTableRowCountToEqual', kwargs: { value: 8 } },
    { type: 'expectTableColumnCountToBeBetween', kwargs: { minValue: 1, maxValue: 2 } },
    { type: 'expectTableColumnCountToEqual', kwargs: { value: 2 } },
    { type: 'expectTableColumnsToMatchOrderedList', kwargs: { columnList: [...names].sort() } },
    { type: 'expectTableColumnsToMatchSet', kwargs: { columnSet: names } },
    { type: 'expectTableColumnsToMatchSet', kwargs: { columnSet: names.slice(0, 1), exactMatch: false } },
    { type: 'expectColumnToExist', kwargs: { column: names[0] ?? '' } },
    { type: 'expectColumnToExist', kwargs: { column: 'not there' } },
  ]
}

const numbers = ['n', 'm']
/** Ten tables with every trap of the survey. */
export const PARITY_TABLES: ReadonlyArray<ParityTable> = [
  table('plain', [column('n', 'whole', [1, 2, 3, 2, 5, 9, 11, 1]), column('m', 'whole', [1, 1, 2, 2, 7, 9, 12, 1])]),
  table('nulls', [
    column('n', 'integer', [1, null, 3, 2, null, 9, -1, 1]),
    column('m', 'integer', [null, null, 2, 2, 7, null, 3, 1]),
  ]),
  table('empty', [column('n', 'float', []), column('m', 'float', [])]),
  table('all missing', [column('n', 'float', [null, null, null]), column('m', 'float', [null, 1, null])]),
  table('one row', [column('n', 'float', [2]), column('m', 'float', [2])]),
  table('ties and zeros', [
    column('n', 'float', [0, -0, 0, 1, 1, 2, 2, 0.5]),
    column('m', 'float', [1, 1, 0, 1, 0.1, 2, 0, 1.5]),
  ]),
  table('long', [
    column(
      'n',
      'whole',
      many(60, (i) => (i * 37) % 23),
    ),
    column(
      'm',
      'whole',
      many(60, (i) => (i * 11) % 17),
    ),
  ]),
  {
    name: 'texts',
    columns: [
      column('t', 'text', ['a', 'b', 'a', null, '', "it's", 'Zürich', '\u{1f600}', 'a b', 'ab1', 'A', null]),
      column('d', 'text', [
        '2024-01-31',
        '2024-02-30',
        '31 Jan 2024, 10:15',
        '12/31/2023',
        'yesterday',
        null,
        '20240131',
        '',
        '2024-1-5',
        'Jan 5 2024 10:00 PM',
        '10:30',
        '99',
      ]),
      column('j', 'text', [
        '{"a": 1}',
        '{"a": "x"}',
        '[]',
        '{',
        '1',
        null,
        '"a"',
        'null',
        '{"a": 1.0}',
        '',
        '{"b": 1}',
        'true',
      ]),
    ],
    expectations: [...aboutTexts('t'), ...aboutTexts('d'), ...aboutTexts('j'), ...aboutTable(['t', 'd', 'j'])],
  },
  {
    name: 'past 2^53',
    columns: [column('n', 'whole', ['9007199254740993', '9007199254740992', '-9007199254740993', '1', '1'])],
    expectations: [
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'n' } },
      { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'n', minValue: 0, maxValue: 100 } },
      { type: 'expectColumnValuesToBeIncreasing', kwargs: { column: 'n' } },
      { type: 'expectColumnUniqueValueCountToBeBetween', kwargs: { column: 'n', minValue: 4, maxValue: 4 } },
      { type: 'expectColumnMinToBeBetween', kwargs: { column: 'n', maxValue: 0 } },
      { type: 'expectColumnSumToBeBetween', kwargs: { column: 'n', minValue: 0 } },
    ],
  },
  {
    name: 'times and flags',
    columns: [
      column(
        'at',
        'timestamp',
        ['2024-01-31T00:00:00Z', '2024-02-01T10:00:00Z', null, '1999-12-31T23:59:59Z', '2024-01-31T00:00:00Z'].map(
          (text) => text?.replace('Z', '') ?? null,
        ),
      ),
      column('on', 'boolean', [true, false, null, true, true]),
    ],
    expectations: [
      {
        type: 'expectColumnValuesToBeBetween',
        kwargs: { column: 'at', minValue: '2000-01-01T00:00:00', maxValue: '2024-01-31T00:00:00' },
      },
      { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'at' } },
      { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'at' } },
      { type: 'expectColumnValuesToBeIncreasing', kwargs: { column: 'at' } },
      { type: 'expectColumnValuesToBeInSet', kwargs: { column: 'on', valueSet: [true] } },
      { type: 'expectColumnDistinctValuesToEqualSet', kwargs: { column: 'on', valueSet: [true, false] } },
    ],
  },
]

function table(name: string, columns: ReadonlyArray<ParityColumn>): ParityTable {
  return {
    name,
    columns,
    expectations: [
      ...aboutNumbers('n'),
      ...aboutNumbers('m'),
      ...aboutRows('n', 'm'),
      ...aboutRows('m', 'n'),
      ...aboutTable(numbers),
    ],
  }
}
