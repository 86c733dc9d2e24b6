import { bindCondition } from '../../domain/bind-condition.ts'
import { QualityError } from '../../domain/errors.ts'
import { expectationId } from '../../domain/expectation-id.ts'
import type { Severity, Suite } from '../../domain/expectation.ts'
import type { Condition } from '../../domain/predicate.ts'
import type { RowCheck } from '../../domain/row-split.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import type { UnexpectedRows } from '../catalogue/catalogue-entry.ts'
import type { RowSplitter } from '../ports/row-splitter.ts'
import type { TableEngine } from '../ports/table-engine.ts'
import { validate, type ValidateOptions } from '../validate.ts'

/** How rows were split. */
export interface Quarantine {
  readonly suite: string
  readonly source: string
  readonly rows: number
  readonly good: number
  readonly bad: number
  /** Those that judge rows, in the suite's order. */
  readonly expectations: ReadonlyArray<{
    readonly id: string
    readonly type: string
    readonly severity: Severity
    /** What it looks at. */
    readonly column: string
    /** Bad rows by it; null where the results do not carry counts. A row may be bad by several. */
    readonly rows: number | null
  }>
  /** Ids of those that judge the table as a whole: no row is bad by them. */
  readonly notOfRows: ReadonlyArray<string>
}

/** Gathers what a validation finds unexpected: give `onUnexpectedRows` to `validate`, then `split`. */
export class RowGathering {
  readonly #found = new Map<number, Array<UnexpectedRows>>()

  /** Takes the rows that the expectation at this place of the suite finds unexpected. */
  readonly onUnexpectedRows = (rows: UnexpectedRows, index: number): void => {
    const list = this.#found.get(index)
    if (list === undefined) this.#found.set(index, [rows])
    else list.push(rows)
  }

  /**
   * Has the rows written apart. A row is bad when any expectation finds it unexpected, also within `mostly`.
   * @throws QualityError `quality/unsupported` where an expectation could not be evaluated: its rows would pass for good;
   *   what the splitter throws
   */
  async split(
    validation: ValidationResult,
    engine: TableEngine,
    splitter: RowSplitter,
    signal?: AbortSignal,
  ): Promise<Quarantine> {
    const fault = validation.results.find(({ exception }) => exception !== undefined)
    if (fault !== undefined) {
      throw new QualityError(
        'quality/unsupported',
        `rows are not split: ${fault.expectation.type} could not be evaluated, and its rows would pass for good`,
        { expectation: expectationId(fault.expectation) },
      )
    }
    const columns = await engine.columns({ signal })
    const bound = this.#checks(validation).map(({ where, ...check }) => ({
      ...check,
      where: bindCondition(where, columns),
    }))
    const { good, bad } = await splitter(bound, { signal, rows: validation.rows })
    return { ...this.#told(validation), rows: validation.rows, good, bad }
  }

  /** The validation with the statement that selects the failing rows, in the engine's language, beside each that is unmet. */
  async withSelections(validation: ValidationResult, engine: TableEngine): Promise<ValidationResult> {
    const columns = await engine.columns()
    const results = await Promise.all(
      validation.results.map(async (one, index) => {
        const found = this.#found.get(index)
        if (found === undefined || one.success || one.result.unexpectedIndexQuery !== undefined) return one
        const where = bindCondition(anyOf(found), columns)
        const shown = [...new Set(found.flatMap((rows) => rows.columns))]
        const statements = await engine.explain([{ kind: 'rows', columns: shown, where }])
        return { ...one, result: { ...one.result, unexpectedIndexQuery: statements.join(';\n') } }
      }),
    )
    return { ...validation, results }
  }

  #checks(validation: ValidationResult): ReadonlyArray<Omit<RowCheck, 'where'> & { readonly where: Condition }> {
    return validation.results.flatMap(({ expectation }, index) => {
      const found = this.#found.get(index)
      if (found === undefined) return []
      return [{ id: expectationId(expectation), column: columnText(found), where: anyOf(found) }]
    })
  }

  #told({
    suite,
    source,
    results,
  }: ValidationResult): Pick<Quarantine, 'suite' | 'source' | 'expectations' | 'notOfRows'> {
    const ofRows = results.flatMap(({ expectation, severity, result }, index) => {
      const found = this.#found.get(index)
      if (found === undefined) return []
      // Of segments the count is of segments.
      const rows = expectation.type === 'expectSegmentsToSatisfy' ? null : (result.unexpectedCount ?? null)
      return [{ id: expectationId(expectation), type: expectation.type, severity, column: columnText(found), rows }]
    })
    return {
      suite,
      source,
      expectations: ofRows,
      notOfRows: results
        .filter((_, index) => !this.#found.has(index))
        .map(({ expectation }) => expectationId(expectation)),
    }
  }
}

function anyOf(found: ReadonlyArray<UnexpectedRows>): Condition {
  const [first] = found
  return found.length === 1 && first !== undefined ? first.where : { op: 'or', args: found.map(({ where }) => where) }
}

function columnText(found: ReadonlyArray<UnexpectedRows>): string {
  return [...new Set(found.flatMap(({ columns }) => columns))].join(', ')
}

/**
 * Validates a table and has its rows written apart, good ones and bad ones with their reasons.
 * @throws QualityError what `validate` and the splitter throw; `quality/unsupported` where an expectation could not be evaluated
 */
export async function quarantine(
  suite: Suite,
  engine: TableEngine,
  splitter: RowSplitter,
  options: ValidateOptions = {},
): Promise<{ readonly validation: ValidationResult; readonly quarantine: Quarantine }> {
  const gathering = new RowGathering()
  const validation = await validate(suite, engine, {
    ...options,
    onUnexpectedRows: (rows, index) => {
      gathering.onUnexpectedRows(rows, index)
      options.onUnexpectedRows?.(rows, index)
    },
  })
  return { validation, quarantine: await gathering.split(validation, engine, splitter, options.signal) }
}
