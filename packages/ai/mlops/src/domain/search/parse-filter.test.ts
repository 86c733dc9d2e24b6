import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { MlopsError } from '../errors.ts'
import { parseFilter, parseOrderItem } from './parse-filter.ts'

function refusalOf(text: string, parse: (text: string) => unknown = parseFilter): Readonly<Record<string, unknown>> {
  try {
    parse(text)
  } catch (error) {
    if (MlopsError.is(error) && error.code === 'mlops/invalid-filter') return error.details
    throw error
  }
  throw new Error(`'${text.slice(0, 50)}' was taken`)
}

describe('a filter', () => {
  it('is nothing when it is blank', () => {
    for (const text of ['', '  ', '\n\t']) expect(parseFilter(text)).toBeUndefined()
  })

  it.each([
    ["params.depth = '3'", 'params', 'depth', '=', '3'],
    ['params.depth = "3"', 'params', 'depth', '=', '3'],
    ['metrics."my metric" >= 1.5e-3', 'metrics', 'my metric', '>=', 0.0015],
    ["tags.`mlflow.runName` != 'it''s'", 'tags', 'mlflow.runName', '!=', "it's"],
    ['metrics.val/loss<-1', 'metrics', 'val/loss', '<', -1],
    ['metrics.a.b-c == .5', 'metrics', 'a.b-c', '=', 0.5],
    ["tag.x like '%y%'", 'tag', 'x', 'LIKE', '%y%'],
    ["tag.x Not ILike '%y%'", 'tag', 'x', 'NOT ILIKE', '%y%'],
    ['start_time > 5', undefined, 'start_time', '>', 5],
    ["`run name` = 'a'", undefined, 'run name', '=', 'a'],
    ["params.größe = 'ß'", 'params', 'größe', '=', 'ß'],
  ])('reads %s', (text, entity, key, comparator, value) => {
    const filter = parseFilter(text)
    expect(filter).toMatchObject({ kind: 'compare', comparator, field: { key, position: 0 }, literal: { value } })
    expect(filter?.kind === 'compare' ? filter.field.entity : 'none').toBe(entity)
  })

  it('binds AND before OR, and carries NOT into the comparisons', () => {
    const shown = (text: string): string => showFilter(parseFilter(text))
    expect(shown('a = 1 OR b = 2 AND c = 3')).toBe('(a=1 or (b=2 and c=3))')
    expect(shown('(a = 1 OR b = 2) AND c = 3')).toBe('((a=1 or b=2) and c=3)')
    expect(shown('NOT (a = 1 OR NOT b < 2)')).toBe('(a!=1 and b<2)')
    expect(shown("NOT a LIKE 'x' AND NOT b IS NULL")).toBe('(aNOT LIKEx and b not null)')
    expect(shown("a IN ('x', 'y',) AND NOT b NOT BETWEEN 1 AND 2")).toBe('(a in x,y and b between 1,2)')
    expect(shown('not not not a = 1')).toBe('a!=1')
  })

  it.each([
    ['metrics.auc >', 13, 'a number or a text'],
    ['metrics.auc > high', 14, 'a number or a text'],
    ['metrics.auc 5', 12, 'a comparator'],
    ['metrics. > 5', 0, 'a key'],
    ["params.a = 'x", 11, 'not closed'],
    ["params.a = 'x' params.b = 'y'", 15, 'AND, OR or the end'],
    ["(params.a = 'x'", 15, "')'"],
    ["params.a = 'x')", 14, 'AND, OR or the end'],
    ["params.a IN 'x'", 12, "'('"],
    ['params.a IN ()', 13, 'a number or a text'],
    ['params.a BETWEEN 1 5', 19, 'AND'],
    ['params.a IS 5', 12, 'NULL'],
    ["AND params.a = 'x'", 0, 'a field'],
    ["params.a = 'x' OR", 17, 'a field'],
    ['params.a NOT = 5', 13, 'IN, BETWEEN'],
    ['metrics.a > 5 ; DROP TABLE run', 14, 'means nothing'],
    ['metrics.a > 1e999', 12, 'too large'],
    ['params.a = `x`', 11, 'a number or a text'],
  ])('%s is refused at its position', (text, position, problem) => {
    expect(refusalOf(text)).toMatchObject({ position, near: text.slice(position) })
    expect(() => parseFilter(text)).toThrow(problem)
    expect(() => parseFilter(text)).toThrow(position >= text.length ? 'at the end' : `at position ${position + 1}`)
  })

  it('is refused cleanly when it is huge', () => {
    expect(refusalOf(`params.a = '${'x'.repeat(1_000_000)}'`)['reason']).toBe('too-large')
    expect(refusalOf(`${'('.repeat(5000)}a = 1${')'.repeat(5000)}`)['reason']).toBe('too-large')
    expect(refusalOf(`${'NOT '.repeat(10_000)}a = 1`)['reason']).toBe('too-large')
    expect(refusalOf(Array.from({ length: 501 }, () => 'a = 1').join(' OR '))['reason']).toBe('too-large')
    expect(parseFilter(Array.from({ length: 500 }, () => 'a = 1').join(' AND '))?.kind).toBe('and')
  })

  it('answers a filter or a refusal for any text', () => {
    const pieces = fc.constantFrom(
      'a',
      'metrics.',
      '"b c"',
      "'x'",
      '`',
      '(',
      ')',
      ',',
      '=',
      '<',
      'NOT',
      ' IN ',
      '1',
      '.',
      '-',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join(' ')),
        ),
        (text) => {
          try {
            parseFilter(text)
          } catch (error) {
            expect(MlopsError.is(error) && error.code).toBe('mlops/invalid-filter')
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('an order', () => {
  it('is a field, and ascending unless it says otherwise', () => {
    expect(parseOrderItem('metrics."a b" desc')).toMatchObject({
      field: { entity: 'metrics', key: 'a b' },
      descending: true,
    })
    expect(parseOrderItem('start_time ASC')).toMatchObject({ field: { key: 'start_time' }, descending: false })
    expect(parseOrderItem('`run name`')).toMatchObject({ field: { key: 'run name' }, descending: false })
    for (const text of ['', 'metrics.', 'a b', 'a ASC DESC', "'a'", '5'])
      expect(refusalOf(text, parseOrderItem)['reason']).toBe('syntax')
  })
})

function showFilter(filter: ReturnType<typeof parseFilter>): string {
  if (filter === undefined) return ''
  switch (filter.kind) {
    case 'compare':
      return `${filter.field.key}${filter.comparator}${filter.literal.value}`
    case 'in':
      return `${filter.field.key}${filter.negated ? ' not' : ''} in ${filter.literals.map(({ value }) => value).join(',')}`
    case 'between':
      return `${filter.field.key}${filter.negated ? ' not' : ''} between ${filter.from.value},${filter.to.value}`
    case 'null':
      return `${filter.field.key}${filter.negated ? ' not' : ''} null`
    case 'and':
    case 'or':
      return `(${filter.parts.map(showFilter).join(` ${filter.kind} `)})`
  }
}
