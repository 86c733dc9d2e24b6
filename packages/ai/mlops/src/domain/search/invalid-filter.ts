import { MlopsError } from '../errors.ts'

/** Why a filter or an order is refused. */
export type FilterProblem = 'syntax' | 'too-large' | 'unknown-field' | 'comparator' | 'value' | 'repeated'

/**
 * `mlops/invalid-filter`, details: reason, position, near (the text from there on, cut).
 * @param position - of the fault, in UTF-16 units from 0 on; the message counts from 1 on, as people do
 */
export function invalidFilter(reason: FilterProblem, text: string, position: number, problem: string): MlopsError {
  const near = text.slice(position, position + 60)
  const place = near === '' ? 'at the end' : `at position ${position + 1}, near \`${near}\``
  return new MlopsError('mlops/invalid-filter', `${problem}, ${place}`, { reason, position, near })
}
