import type { JsonValue } from '../column-profile.ts'
import { passes, VALUE_CHECKS } from './value-checks.ts'

/** What stands in place of a value of a personal column. */
export const MASK = '•••'

// What may stand inside a longer text: an address, or a run of digits and their separators that a check then judges.
const EMAIL_WITHIN = /[^\s@<>,;:"'()[\]]+@[^\s@<>,;:"'()[\]]+\.[a-z\d-]{2,}/giu
const NUMBER_WITHIN = /\b[a-z]{0,2}\d[\dA-Z .()/:-]{5,40}[\dA-Z]\b/giu
const PLUS_NUMBER_WITHIN = /\+\d[\d ()./-]{6,18}\d/gu
const SEPARATE_WORDS = /[^\s,;"'<>()[\]]+/gu

/**
 * A text without what is personal in it: whole when it is one e-mail address, card, IBAN, phone or identity number ..., else
 * such parts of it. Other values are let through.
 */
export function masked(value: JsonValue): JsonValue {
  if (typeof value === 'boolean') return value
  const text = String(value)
  if (isPersonalText(text)) return MASK
  if (typeof value === 'number' || text.length < 6) return value
  return text
    .replaceAll(EMAIL_WITHIN, MASK)
    .replaceAll(PLUS_NUMBER_WITHIN, (part) => (isPersonalText(part) ? MASK : part))
    .replaceAll(NUMBER_WITHIN, maskedRuns)
    .replaceAll(SEPARATE_WORDS, (word) => (isPersonalText(word) ? MASK : word))
}

function isPersonalText(text: string): boolean {
  return VALUE_CHECKS.some((check) => check.personal && check.needsName !== true && passes(check, text))
}

// The run may begin or end with words that are no part of the number: shorten it from both ends, at spaces.
function maskedRuns(run: string): string {
  const words = run.split(' ')
  for (let length = words.length; length > 0; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      if (!isPersonalText(words.slice(from, from + length).join(' '))) continue
      const before = words.slice(0, from).map((word) => `${word} `)
      const after = words.slice(from + length).map((word) => ` ${word}`)
      return `${maskedRuns(before.join('').trimEnd())}${before.length > 0 ? ' ' : ''}${MASK}${after.length > 0 ? ' ' : ''}${maskedRuns(after.join('').trimStart())}`
    }
  }
  return run
}
