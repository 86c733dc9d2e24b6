import { ALWAYS, type Condition } from '../../domain/predicate.ts'
import { parseRowCondition } from '../../domain/row-condition.ts'

/** The condition that a `rowCondition` stands for. @throws QualityError `quality/invalid-arguments` for text that does not parse */
export function scopeOf({
  rowCondition,
}: {
  readonly rowCondition?: string | Condition | null | undefined
}): Condition {
  if (rowCondition === undefined || rowCondition === null) return ALWAYS
  return typeof rowCondition === 'string' ? parseRowCondition(rowCondition) : rowCondition
}

/** Which of these columns must have a value for a row to be judged. */
export function withoutIgnored(columns: ReadonlyArray<string>, ignoreRowIf: string): Condition {
  const missing = columns.map((column): Condition => ({ op: 'isNull', column }))
  if (ignoreRowIf === 'bothValuesAreMissing' || ignoreRowIf === 'allValuesAreMissing') {
    return { op: 'not', arg: { op: 'and', args: missing } }
  }
  if (ignoreRowIf === 'eitherValueIsMissing' || ignoreRowIf === 'anyValueIsMissing') {
    return { op: 'not', arg: { op: 'or', args: missing } }
  }
  return ALWAYS
}
