import { runPart, type PartKind, type PartOf, type ResultOf } from '../application/parallel/work-part.ts'
import { AnomalyDetectionError, type AnomalyDetectionErrorCode } from '../domain/errors.ts'

/** A part on its way to a worker. */
export interface PartMessage {
  readonly kind: PartKind
  readonly part: PartOf<PartKind>
}

/** What comes back; an error sent as such would lose its code. */
export type PartAnswer =
  | { readonly kind: 'done'; readonly result: ResultOf<PartKind> }
  | {
      readonly kind: 'refused'
      readonly code: AnomalyDetectionErrorCode
      readonly message: string
      readonly details: Readonly<Record<string, unknown>>
    }

/** Does a part in a worker. Throws what is a fault of the program; what the part refuses is an answer. */
export function answerPart({ kind, part }: PartMessage): PartAnswer {
  try {
    return { kind: 'done', result: runPart(kind, part) }
  } catch (error) {
    if (!AnomalyDetectionError.is(error)) throw error
    const { code, message, details } = error
    return { kind: 'refused', code, message, details }
  }
}
