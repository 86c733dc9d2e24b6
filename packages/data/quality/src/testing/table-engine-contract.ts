import type { TableEngine } from '../application/ports/table-engine.ts'
import { bindCondition } from '../domain/bind-condition.ts'
import type { Cell } from '../domain/cell.ts'
import type { Answer, Measure } from '../domain/measure.ts'
import { ALWAYS, type Condition } from '../domain/predicate.ts'
import { type Case, expectEqual } from './case.ts'

/** A column of a table to make: its kind, and a value a row. Times are epoch microseconds. */
export interface ContractColumn {
  readonly name: string
  readonly kind: 'integer' | 'float' | 'text' | 'boolean' | 'timestamp'
  readonly values: ReadonlyArray<Cell>
}

/**
 * What every engine promises, on tables that the harness makes; rows are in the order given.
 * @param it - the runner's `it`
 * @param make - an engine over a table of these columns
 */
export function tableEngineContract(
  it: Case,
  make: (columns: ReadonlyArray<ContractColumn>) => Promise<TableEngine>,
): void {
  const column = (name: string, kind: ContractColumn['kind'], values: ReadonlyArray<Cell>): ContractColumn => ({
    name,
    kind,
    values,
  })
  const count = async (engine: TableEngine, condition: Condition): Promise<Answer> => {
    const where = bindCondition(condition, await engine.columns())
    return (await engine.measure([{ kind: 'count', where }]))[0] ?? null
  }

  it('takes conditions for true, false or unknown: null is in no set and outside of none', async () => {
    const engine = await make([column('x', 'integer', [1, 2, null])])
    const inSet: Condition = { op: 'in', column: 'x', values: [1] }
    expectEqual(await count(engine, inSet), 1)
    expectEqual(await count(engine, { op: 'not', arg: inSet }), 1)
    expectEqual(await count(engine, { op: 'not', arg: { op: 'isTrue', arg: inSet } }), 2)
    expectEqual(await count(engine, { op: 'in', column: 'x', values: [] }), 0)
    expectEqual(await count(engine, { op: 'not', arg: { op: 'in', column: 'x', values: [] } }), 2)
    expectEqual(await count(engine, { op: 'or', args: [inSet, { op: 'isNull', column: 'x' }] }), 2)
  })

  it('tells NaN from null, holds it for no size, and both zeros for one', async () => {
    const engine = await make([column('x', 'float', [Number.NaN, -0, 0, null, 5, Number.NaN])])
    expectEqual(await count(engine, { op: 'isNull', column: 'x' }), 1)
    expectEqual(await count(engine, { op: 'isNaN', column: 'x' }), 2)
    expectEqual(await count(engine, { op: 'compare', column: 'x', comparison: '>', value: 1 }), 1)
    expectEqual(await count(engine, { op: 'not', arg: { op: 'compare', column: 'x', comparison: '>', value: 1 } }), 4)
    const measures: ReadonlyArray<Measure> = [
      { kind: 'aggregate', name: 'max', column: 'x', where: ALWAYS },
      { kind: 'distinct', columns: ['x'], where: ALWAYS },
      { kind: 'duplicates', columns: ['x'], where: ALWAYS },
      { kind: 'values', columns: ['x'], where: ALWAYS, order: 'count', limit: 2 },
      { kind: 'orderStatistic', column: 'x', rank: 2, of: 3, where: ALWAYS },
    ]
    expectEqual(await engine.measure(measures), [
      5,
      4,
      4,
      [
        { values: [0], count: 2 },
        { values: [Number.NaN], count: 2 },
      ],
      5,
    ])
  })

  it('keeps whole numbers past 2^53 apart, and sums them exactly', async () => {
    const engine = await make([
      column('i', 'integer', [9_007_199_254_740_992n, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n, 5, null]),
    ])
    expectEqual(await count(engine, { op: 'compare', column: 'i', comparison: '=', value: 9_007_199_254_740_993n }), 1)
    expectEqual(await count(engine, { op: 'compare', column: 'i', comparison: '<', value: 5.5 }), 1)
    expectEqual(
      await engine.measure([
        { kind: 'aggregate', name: 'sum', column: 'i', where: ALWAYS },
        { kind: 'aggregate', name: 'min', column: 'i', where: ALWAYS },
        { kind: 'aggregate', name: 'max', column: 'i', where: ALWAYS },
        { kind: 'duplicates', columns: ['i'], where: ALWAYS },
      ]),
      ['9241386435364257797', 5, 9_223_372_036_854_775_807n, 0],
    )
  })

  it('orders and compares texts by code point, counts code points, matches anywhere', async () => {
    const engine = await make([column('t', 'text', ['b', 'B', 'ä', 'a', '\u{1f600}', '\uff5e', '', null])])
    const [answer] = await engine.measure([{ kind: 'values', columns: ['t'], where: ALWAYS, order: 'value' }])
    expectEqual(
      answer,
      ['', 'B', 'a', 'b', 'ä', '\uff5e', '\u{1f600}', null].map((text) => ({ values: [text], count: 1 })),
    )
    expectEqual(await count(engine, { op: 'compare', column: 't', comparison: '<', value: 'a' }), 2)
    expectEqual(await count(engine, { op: 'length', column: 't', comparison: '=', value: 1 }), 6)
    expectEqual(await count(engine, { op: 'matches', column: 't', pattern: '^[^a-z]$' }), 4)
  })

  it('gives rows in their order, and knows duplicates and disorder', async () => {
    const engine = await make([
      column('k', 'integer', [3, 1, 3, null, 4]),
      column('t', 'text', ['a', null, 'a', null, 'b']),
    ])
    const rows = (where: Condition, limit?: number): Measure =>
      limit === undefined
        ? { kind: 'rows', columns: ['k', 't'], where: bound(where) }
        : { kind: 'rows', columns: ['k', 't'], where: bound(where), limit }
    const found = await engine.columns()
    const bound = (where: Condition): ReturnType<typeof bindCondition> => bindCondition(where, found)
    const present: Condition = { op: 'not', arg: { op: 'isNull', column: 'k' } }
    expectEqual(
      await engine.measure([
        rows(present, 2),
        rows({ op: 'duplicated', columns: ['k', 't'], scope: { op: 'true' } }),
        rows({ op: 'duplicated', columns: ['k'], scope: present }),
        rows({ op: 'outOfOrder', column: 'k', descending: false, strictly: true, scope: { op: 'true' } }),
        {
          kind: 'rows',
          columns: ['k'],
          where: bound(present),
          flags: [
            bound({ op: 'duplicated', columns: ['k'], scope: present }),
            bound({ op: 'in', column: 't', values: ['b'] }),
          ],
        },
      ]),
      [
        [
          [3, 'a'],
          [1, null],
        ],
        [
          [3, 'a'],
          [3, 'a'],
        ],
        [
          [3, 'a'],
          [3, 'a'],
        ],
        [[1, null]],
        [
          [3, true, false],
          [1, false, false],
          [3, true, false],
          [4, false, true],
        ],
      ],
    )
  })

  it('says null, not 0, of what an empty table has not', async () => {
    const engine = await make([column('x', 'float', []), column('at', 'timestamp', [])])
    const names = ['min', 'max', 'sum', 'mean', 'sd'] as const
    expectEqual(
      await engine.measure([
        ...names.map((name): Measure => ({ kind: 'aggregate', name, column: 'x', where: ALWAYS })),
        { kind: 'aggregate', name: 'max', column: 'at', where: ALWAYS },
        { kind: 'count', where: ALWAYS },
        { kind: 'duplicates', columns: ['x'], where: ALWAYS },
        { kind: 'rows', columns: ['x'], where: ALWAYS, limit: 3 },
      ]),
      [null, null, null, null, null, null, 0, 0, []],
    )
  })
}
