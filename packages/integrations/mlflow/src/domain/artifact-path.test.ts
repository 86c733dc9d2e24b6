import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { artifactPathOf } from './artifact-path.ts'

describe('artifactPathOf', () => {
  it.each([
    ['plots/roc.png', 'plots/roc.png'],
    ['a//b/./c/', 'a/b/c'],
    ['a%20b%2Fc', 'a b/c'],
    ['gr%C3%BC%C3%9Fe.txt', 'grüße.txt'],
    ['100%', '100%'],
    ['', ''],
  ])('reads %s as %s', (raw, path) => expect(artifactPathOf(raw)).toBe(path))

  it('never answers what leaves the root, however often it was encoded', () => {
    const part = fc.constantFrom('..', '.', 'a', '/', '\\', '%2e', '%2E%2e', 'C:', 'file:', '#', '%00', '')
    const encoded = fc
      .tuple(fc.array(part, { maxLength: 6 }), fc.nat(3))
      .map(([parts, times]) => Array.from({ length: times }).reduce<string>(encodeURIComponent, parts.join('/')))
    fc.assert(
      fc.property(encoded, (raw) => {
        let path: string
        try {
          path = artifactPathOf(raw)
        } catch (error) {
          expect(error).toMatchObject({ code: 'mlflow/invalid-argument', message: 'Invalid path' })
          return
        }
        expect(path.split('/').some((piece) => piece === '..' || piece === '.')).toBe(false)
        expect(path).not.toMatch(/^\/|\\|\0|#|^[a-z]:/i)
      }),
      { numRuns: 300 },
    )
  })
})
