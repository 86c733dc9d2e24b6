import { bindCondition, checkNumeric, checkOrdered, columnNamed } from '../domain/bind-condition.ts'
import type { Cell, TableColumn } from '../domain/cell.ts'
import type { AggregateName, Answer, Measure, ValueCount } from '../domain/measure.ts'
import { type Condition, type Predicate, ALWAYS } from '../domain/predicate.ts'
import type { Batch } from './batch.ts'

/** Typed questions about one table; all that are asked in the same turn share a scan. */
export class TableQuestions {
  readonly columns: ReadonlyArray<TableColumn>
  readonly engine: string
  readonly #batch: Batch

  constructor(columns: ReadonlyArray<TableColumn>, batch: Batch, engine: string) {
    this.columns = columns
    this.engine = engine
    this.#batch = batch
  }

  /** A column by name. @throws QualityError `quality/unknown-column` */
  column(name: string): TableColumn {
    return columnNamed(name, this.columns)
  }

  /** Checks a condition against the table. @throws QualityError see `bindCondition` */
  bind(condition: Condition): Predicate {
    return bindCondition(condition, this.columns)
  }

  /** Rows of which the condition is true. */
  async count(where: Condition = ALWAYS): Promise<number> {
    return numberAnswer(await this.#batch.ask({ kind: 'count', where: this.bind(where) }))
  }

  /** @throws QualityError `quality/invalid-arguments` for a column without an order, or without numbers for sums */
  async aggregate(name: AggregateName, column: string, where: Condition = ALWAYS): Promise<Cell> {
    const found = this.column(column)
    if (name === 'min' || name === 'max') checkOrdered(found)
    else checkNumeric(found)
    return cellAnswer(await this.#batch.ask({ kind: 'aggregate', name, column, where: this.bind(where) }))
  }

  /** See `Measure`. */
  async orderStatistic(column: string, rank: number, of: number, where: Condition = ALWAYS): Promise<Cell> {
    checkOrdered(this.column(column))
    return cellAnswer(await this.#batch.ask({ kind: 'orderStatistic', column, rank, of, where: this.bind(where) }))
  }

  /** Different tuples. */
  async distinct(columns: ReadonlyArray<string>, where: Condition = ALWAYS): Promise<number> {
    for (const name of columns) this.column(name)
    return numberAnswer(await this.#batch.ask({ kind: 'distinct', columns, where: this.bind(where) }))
  }

  /** Rows whose tuple occurs more than once. */
  async duplicates(columns: ReadonlyArray<string>, where: Condition = ALWAYS): Promise<number> {
    for (const name of columns) this.column(name)
    return numberAnswer(await this.#batch.ask({ kind: 'duplicates', columns, where: this.bind(where) }))
  }

  /** Different tuples and how often each occurs. */
  async values(
    columns: ReadonlyArray<string>,
    where: Condition = ALWAYS,
    order: 'value' | 'count' = 'value',
    limit?: number,
  ): Promise<ReadonlyArray<ValueCount>> {
    for (const name of columns) this.column(name)
    const measure: Measure = { kind: 'values', columns, where: this.bind(where), order }
    const answer = await this.#batch.ask(limit === undefined ? measure : { ...measure, limit })
    return Array.isArray(answer) ? answer.filter(isValueCount) : []
  }

  /** Rows in row order. */
  async rows(
    columns: ReadonlyArray<string>,
    where: Condition,
    limit?: number,
  ): Promise<ReadonlyArray<ReadonlyArray<Cell>>> {
    for (const name of columns) this.column(name)
    const measure: Measure = { kind: 'rows', columns, where: this.bind(where) }
    const answer = await this.#batch.ask(limit === undefined ? measure : { ...measure, limit })
    return Array.isArray(answer) ? answer.filter((row): row is ReadonlyArray<Cell> => Array.isArray(row)) : []
  }

  /** The statement that lists such rows, in the engine's language. */
  async selection(columns: ReadonlyArray<string>, where: Condition): Promise<string> {
    return (await this.#batch.explain({ kind: 'rows', columns, where: this.bind(where) })).join(';\n')
  }

  /** One statement in the engine's own language. */
  async query(sql: string, limit?: number): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
    const answer = await this.#batch.ask(limit === undefined ? { kind: 'query', sql } : { kind: 'query', sql, limit })
    return Array.isArray(answer) ? answer.filter(isRecord) : []
  }
}

function numberAnswer(answer: Answer): number {
  if (typeof answer !== 'number') throw new TypeError('the engine answered a count with something else than a number')
  return answer
}

function cellAnswer(answer: Answer): Cell {
  if (typeof answer === 'object' && answer !== null) throw new TypeError('the engine answered an aggregate with a list')
  return answer
}

function isValueCount(item: unknown): item is ValueCount {
  return typeof item === 'object' && item !== null && 'count' in item && 'values' in item
}

function isRecord(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null && !Array.isArray(item)
}
