import { QualityError } from '../../domain/errors.ts'
import type { Expectation, Suite } from '../../domain/expectation.ts'
import { nearestName } from '../../domain/nearest-name.ts'
import { decidedOf, isEdited, noted, type SuggestionState } from './suggestion-notes.ts'
import type { Suggestion } from './suggestion.ts'

/** What was decided, and before. */
export interface Decisions {
  /** The suite's name, where there is none yet. */
  readonly name: string
  /** The suite that suggestions go into. */
  readonly previous?: Suite | undefined
  /** Ids; the names of columns in them may stand as they are. */
  readonly accept?: ReadonlyArray<string> | undefined
  readonly reject?: ReadonlyArray<string> | undefined
}

/** A suite, and what became of each suggestion. */
export interface SuggestedSuite {
  readonly suite: Suite
  readonly states: ReadonlyMap<string, SuggestionState>
}

/**
 * Puts suggestions into a suite. Expectations of people stay, and what they say is not suggested again; so do suggestions that were
 * accepted, or changed by hand, as they are. What is only proposed is renewed, and gone where nothing speaks for it any more. What was
 * rejected stays away: its id is kept in the suite's `meta`.
 * @throws QualityError `quality/invalid-options` for an id that is none, with the nearest
 */
export function suggestedSuite(suggestions: ReadonlyArray<Suggestion>, decisions: Decisions): SuggestedSuite {
  const { previous } = decisions
  const before = previous?.expectations ?? []
  const rejectedBefore = rejectedOf(previous)
  const known = [
    ...suggestions.map(({ id }) => id),
    ...before.flatMap((one) => decidedOf(one)?.id ?? []),
    ...rejectedBefore,
  ]
  const written = (ids: ReadonlyArray<string> = []): ReadonlyArray<string> => ids.map((id) => writtenId(id, known))
  const [accept, reject] = [written(decisions.accept), written(decisions.reject)]
  checkIds(accept, reject, known)
  const rejected = new Set([...rejectedBefore, ...reject].filter((id) => !accept.includes(id)))
  const states = new Map<string, SuggestionState>()
  const own = before.filter((one) => decidedOf(one) === undefined)
  const kept = new Map(
    before.flatMap((one): ReadonlyArray<readonly [string, Expectation]> => {
      const decided = decidedOf(one)
      if (decided === undefined || rejected.has(decided.id)) return []
      const { id, state } = decided
      if (state !== 'accepted' && !accept.includes(id) && !isEdited(one)) return []
      states.set(id, 'accepted')
      return [[id, noted(one, 'accepted')]]
    }),
  )
  const added = suggestions.flatMap(({ id, expectation, reason, confidence }): ReadonlyArray<Expectation> => {
    const asItWas = kept.get(id)
    if (asItWas !== undefined) return [asItWas]
    if (rejected.has(id)) {
      states.set(id, 'rejected')
      return []
    }
    if (own.some((one) => isAlike(one, expectation))) {
      states.set(id, 'present')
      return []
    }
    const state = accept.includes(id) ? 'accepted' : 'proposed'
    states.set(id, state)
    return [noted({ ...expectation, meta: { suggestion: { reason, confidence } } }, state)]
  })
  const silent = [...kept].filter(([id]) => !suggestions.some((one) => one.id === id)).map(([, one]) => one)
  return {
    suite: withRejected(
      { name: previous?.name ?? decisions.name, expectations: [...own, ...added, ...silent] },
      previous,
      rejected,
    ),
    states,
  }
}

function withRejected(suite: Suite, previous: Suite | undefined, rejected: ReadonlySet<string>): Suite {
  const { suggestions: _, ...meta } = { suggestions: undefined, ...previous?.meta }
  const whole = { ...meta, ...(rejected.size === 0 ? {} : { suggestions: { rejected: [...rejected].sort() } }) }
  return Object.keys(whole).length === 0 ? suite : { ...suite, meta: whole }
}

function rejectedOf(suite: Suite | undefined): ReadonlyArray<string> {
  const kept = suite?.meta?.['suggestions']
  const list: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, 'rejected') : undefined
  return Array.isArray(list) ? list.filter((id): id is string => typeof id === 'string') : []
}

// `in-set:Unit price` for `in-set:Unit%20price`.
function writtenId(id: string, known: ReadonlyArray<string>): string {
  const [rule = '', ...rest] = id.split(':')
  const written = `${rule}:${encodeURIComponent(rest.join(':').toWellFormed())}`
  return !known.includes(id) && known.includes(written) ? written : id
}

function checkIds(accept: ReadonlyArray<string>, reject: ReadonlyArray<string>, known: ReadonlyArray<string>): void {
  for (const id of [...accept, ...reject]) {
    if (accept.includes(id) && reject.includes(id))
      throw new QualityError('quality/invalid-options', `${id} cannot be both accepted and rejected`)
    if (known.includes(id)) continue
    const nearest = nearestName(id, known)
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
    throw new QualityError('quality/invalid-options', `there is no suggestion ${JSON.stringify(id)}${hint}`, {
      id,
      ...(nearest === undefined ? {} : { nearest }),
    })
  }
}

function isAlike(one: Expectation, other: Expectation): boolean {
  const about = ({ type, kwargs }: Expectation): string =>
    JSON.stringify([type, kwargs['column'], kwargs['columnList']])
  return about(one) === about(other)
}
