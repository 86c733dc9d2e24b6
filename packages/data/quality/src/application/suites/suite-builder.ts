import type { Expectation, Suite } from '../../domain/expectation.ts'
import { parseRowCondition } from '../../domain/row-condition.ts'
import { checkExpectation, expectationTypes } from '../catalogue/catalogue.ts'
import type { ColumnArguments } from './column-arguments.ts'
import type { TableArguments } from './table-arguments.ts'

/** The arguments of every expectation, by its type; `C` are the names of the columns. */
export type ExpectationArguments<C extends string = string> = ColumnArguments<C> & TableArguments<C>

/** What may stand beside the arguments of an expectation. */
export type ExpectationNotes = Pick<Expectation, 'severity' | 'meta' | 'id'>

/**
 * A suite, and a method for each expectation, which answers a suite that has it too. It is plain data: JSON of it, and whatever
 * takes a suite, sees `name` and `expectations` only.
 */
export type SuiteBuilder<C extends string = string> = Suite & {
  readonly [T in keyof ExpectationArguments<C>]: (
    kwargs: ExpectationArguments<C>[T],
    notes?: ExpectationNotes,
  ) => SuiteBuilder<C>
}

/** A schema of rows, of zod or any library of the Standard Schema: only its type is used. */
export interface RowSchema<Row> {
  readonly '~standard': { readonly types?: { readonly input: Row } | undefined }
}

/**
 * Begins a suite: `suite('orders').expectColumnValuesToBeBetween({ column: 'amount', minValue: 0 })`. Arguments are checked as they
 * are given.
 * @param _row - the compiler then knows the columns; so does `suite<Order>('orders')`
 * @throws QualityError `quality/invalid-arguments`, `quality/invalid-suite`, from the methods
 */
export function suite<Row extends object = Record<string, unknown>>(
  name: string,
  _row?: RowSchema<Row>,
): SuiteBuilder<Extract<keyof Row, string>> {
  return builderOf({ name, expectations: [] })
}

function builderOf<C extends string>(data: Suite): SuiteBuilder<C> {
  const builder: unknown = Object.freeze(Object.assign(Object.create(methods()) as object, data))
  return builder as SuiteBuilder<C> // its prototype has a method for every type of the catalogue
}

let made: object | undefined

// Not enumerable, so that the suite stays plain data.
function methods(): object {
  made ??= Object.defineProperties(
    {},
    Object.fromEntries(
      expectationTypes().map((type) => [
        type,
        {
          value(this: Suite, kwargs: Expectation['kwargs'], notes: ExpectationNotes = {}) {
            return withExpectation(this, { type, kwargs, ...notes })
          },
        },
      ]),
    ),
  )
  return made
}

function withExpectation({ name, expectations }: Suite, { type, kwargs, ...rest }: Expectation): Suite {
  const given = Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== undefined))
  const expectation = { type, kwargs: given, ...rest }
  checkExpectation(expectation)
  if (typeof given['rowCondition'] === 'string') parseRowCondition(given['rowCondition'])
  return builderOf({ name, expectations: [...expectations, Object.freeze(expectation)] })
}
