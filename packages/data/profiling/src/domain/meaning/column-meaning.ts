import type { SemanticType } from '../column-profile.ts'
import { nameHints } from './name-hints.ts'
import { passes, VALUE_CHECKS } from './value-checks.ts'

/** From this share of values on, the values alone tell. */
const MEANING_SHARE = 0.8
/** From this share on, when the column's name says so too. */
const NAMED_SHARE = 0.3
/** From this share on a personal meaning is told, as a stray one in free text is worth knowing. */
const STRAY_PERSONAL_SHARE = 0.01

/**
 * What the values of a column mean beyond their type; the surest meaning first. Never a value.
 * @param values - texts with how often each occurs; numbers as their decimal text
 * @param texts - false where the column holds numbers or times: shapes of plain digits are then no evidence by themselves
 */
export function columnMeaning(
  name: string,
  values: ReadonlyArray<readonly [text: string, times: number]>,
  texts: boolean,
): ReadonlyArray<SemanticType> {
  const rows = values.reduce((sum, [, times]) => sum + times, 0)
  const hints = nameHints(name)
  const found = new Map<string, SemanticType>()
  for (const check of rows === 0 ? [] : VALUE_CHECKS) {
    const named = hints.some(({ kind }) => kind === check.kind)
    if (check.needsName === true && !named) continue
    const share = values.reduce((sum, [text, times]) => sum + (passes(check, text) ? times : 0), 0) / rows
    const least = named ? NAMED_SHARE : check.surely === true && texts ? STRAY_PERSONAL_SHARE : MEANING_SHARE
    if (share < least || (found.get(check.kind)?.share ?? 0) >= share) continue
    const evidence = named ? `${check.evidence}; the column's name` : check.evidence
    found.set(check.kind, { kind: check.kind, share, rows, personal: check.personal, evidence })
  }
  for (const { kind, personal, alone } of hints) {
    if (!alone || found.has(kind) || [...found.values()].some(({ share }) => share >= MEANING_SHARE)) continue
    found.set(kind, { kind, share: 1, rows, personal, evidence: "the column's name alone" })
  }
  return [...found.values()].sort((a, b) => b.share - a.share)
}

/** Whether the column as a whole holds personal data, so that none of its values may be shown. */
export function isPersonal(semantic: ReadonlyArray<SemanticType>): boolean {
  return semantic.some(({ personal }) => personal)
}
