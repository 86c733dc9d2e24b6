import fc from 'fast-check'
import { expect, it } from 'vitest'

import { likePattern } from './like-pattern.ts'
import { patternMatcher } from './pattern-matcher.ts'

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '\\d',
  '\\w',
  '[a-c]',
  '[^a]',
  '\\s',
  '^',
  '$',
  '\\b',
  '(?:a|b)',
  '(a|bc)',
  '\\.',
  'é',
)
const repeated = fc
  .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?'))
  .map(([part, times]) => (/^(\^|\$|\\b)$/.test(part) ? part : part + times))
const pattern = fc
  .array(fc.array(repeated, { maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .map((either) => either.map((parts) => parts.join('')).join('|'))
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', ' ', '.', '\n', 'é', '😀', '_'), { maxLength: 8 })
  .map((parts) => parts.join(''))

it("matches as JavaScript's own expressions do", () => {
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      // JavaScript's \s holds more, but nothing of these texts; its dot leaves out other line breaks.
      expect(patternMatcher(source)(subject)).toBe(new RegExp(source, 'u').test(subject))
    }),
    { numRuns: 2000 },
  )
})

it('stays linear where backtracking explodes', () => {
  const matches = patternMatcher('^(a+)+$|(a|aa)+c|(.*a){20}b')
  const begin = performance.now()
  expect(matches(`${'a'.repeat(50_000)}!`)).toBe(false)
  expect(performance.now() - begin).toBeLessThan(5000)
})

it.each([
  '(',
  'a)',
  '[a',
  '*a',
  'a{2,1}',
  '(?=a)',
  '(?<!a)',
  '\\1',
  '(?P<n>a',
  'a**+',
  '[z-a]',
  '\\p{L}',
  '((((a{1000}){1000}))))',
])('refuses %s', (source) => {
  expect(() => patternMatcher(source)).toThrow(expect.objectContaining({ code: 'quality/invalid-pattern' }))
})

it('refuses what expands without bound', () => {
  expect(() => patternMatcher('((a{100}){100}){100}')).toThrow(/20000 steps/)
})

it('folds ASCII case, knows names and LIKE', () => {
  expect(patternMatcher('(?i)^[A-C]x$')('bX')).toBe(true)
  expect(patternMatcher('(?P<year>\\d{4})')('in 2024')).toBe(true)
  expect(['a_c', 'axc', 'a%c', 'abbc\n'].map(patternMatcher(likePattern('a\\_%')))).toEqual([true, false, false, false])
  expect(['a\nc', 'ac', 'axxc'].map(patternMatcher(likePattern('a_c')))).toEqual([true, false, false])
})
