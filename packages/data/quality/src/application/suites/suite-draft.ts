import { QualityError } from '../../domain/errors.ts'
import type { Expectation, Suite } from '../../domain/expectation.ts'
import { parsePattern } from '../../domain/pattern/parse-pattern.ts'
import { parseRowCondition } from '../../domain/row-condition.ts'
import { argumentIssues } from '../catalogue/catalogue.ts'
import type { ImportedSuite, Untranslated } from './imported-suite.ts'

/** A place in a document. */
export type Place = ReadonlyArray<string | number>

/** A suite that is being translated: what cannot be is told with its place. */
export class SuiteDraft {
  readonly #expectations: Array<Expectation> = []
  readonly #known: Set<string> = new Set()
  readonly #untranslated: Array<Untranslated> = []

  /** Adds an expectation, or tells why it cannot be. Arguments that are undefined are not given. Of two that are the same one is kept. True where it could be added. */
  add(path: Place, { type, kwargs, ...rest }: Expectation): boolean {
    const given = Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== undefined))
    const expectation = { type, kwargs: given, ...rest }
    const reason = reasonAgainst(expectation)
    if (reason !== undefined) {
      this.leaveOut(path, reason)
      return false
    }
    const key = keyOf(expectation)
    if (!this.#known.has(key)) this.#expectations.push(expectation)
    this.#known.add(key)
    return true
  }

  /** Tells of something that the suite does not have. */
  leaveOut(path: Place, reason: string, weakens = true): void {
    this.#untranslated.push({ path, reason, weakens })
  }

  finish(name: string, meta?: Suite['meta']): ImportedSuite {
    const suite = { name, expectations: this.#expectations, ...(meta === undefined ? {} : { meta }) }
    return { suite, untranslated: this.#untranslated }
  }
}

function keyOf(expectation: Expectation): string {
  return JSON.stringify(expectation, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function reasonAgainst({ type, kwargs }: Expectation): string | undefined {
  try {
    const issues = argumentIssues({ type, kwargs })
    if (issues.length > 0) {
      return issues
        .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
        .join('; ')
    }
    const { rowCondition, regex, regexList } = kwargs
    if (typeof rowCondition === 'string') parseRowCondition(rowCondition)
    // Other tools' regular expressions have forms that ours refuse.
    const patterns: ReadonlyArray<unknown> = Array.isArray(regexList) ? regexList : [regex]
    for (const pattern of patterns) if (typeof pattern === 'string') parsePattern(pattern)
    return undefined
  } catch (fault) {
    if (QualityError.is(fault)) return fault.message
    throw fault
  }
}
