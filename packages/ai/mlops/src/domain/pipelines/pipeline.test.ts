import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { Pipeline, pipeline } from './pipeline.ts'
import { canonicalJson } from './plain-data.ts'
import { planOf } from './plan.ts'

const step = (name: string, needs: string[] = []) => ({ name, needs, run: () => undefined })

describe('a pipeline', () => {
  it('knows the types of what its steps need', () => {
    const whole = pipeline<{ file: string }>('train')
      .step('load', { needs: ['input'] }, ({ inputs }) => {
        expectTypeOf(inputs).toEqualTypeOf<{ readonly input: { file: string } }>()
        return [1, 2]
      })
      .step('size', { needs: ['load'], version: '2' }, async ({ inputs: { load } }) => ({ rows: load.length }))
      .step('note', () => 'done')
    expectTypeOf(whole.outputs).toEqualTypeOf<
      | ({ readonly input: { file: string } } & { readonly load: number[] } & {
          readonly size: { rows: number }
        } & { readonly note: string })
      | undefined
    >()
    expect(whole.steps.map(({ name }) => name)).toEqual(['load', 'size', 'note'])
    // @ts-expect-error there is no such step before
    expect(() => whole.step('fit', { needs: ['clean'] }, () => 0)).toThrow(
      "step 'fit' of pipeline 'train': it needs 'clean', which is no step; there are: load, size, note",
    )
  })

  it('puts steps in order, whatever order they come in', () => {
    const steps = [step('c', ['b', 'a']), step('b', ['a']), step('a', ['input'])]
    expect(new Pipeline('p', steps).steps.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it.each([
    [[step('a', ['c']), step('b', ['a']), step('c', ['b'])], /in a circle: a needs c needs b needs a/],
    [[step('a', ['a'])], /in a circle: a needs a/],
    [[step('a'), step('a')], /two steps have this name/],
    [[step('input')], /not 'input'/],
    [[step('')], /1 to 100 letters/],
    [[step('a', ['b'])], /there are: none/],
    [[{ ...step('a'), timeoutMs: 0 }], /timeoutMs is above 0 .* found 0/],
    [[{ ...step('a'), timeoutMs: Number.NaN }], /timeoutMs/],
    [[{ ...step('a'), retry: { attempts: 0, firstMs: 1, factor: 1, maxMs: 1 } }], /retry: attempts is a whole/],
  ])('refuses %#', (steps, message) => {
    expect(() => planOf('p', steps)).toThrow(message)
  })

  it('puts each step of any tree after those it needs', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), fc.nat(), (parents, turn) => {
        const steps = parents.map((parent, i) => step(`s${i}`, i === 0 ? [] : [`s${parent % i}`]))
        const mixed = [...steps.slice(turn % (steps.length + 1)), ...steps.slice(0, turn % (steps.length + 1))]
        const names = planOf('p', mixed).map(({ name }) => name)
        expect(names.toSorted()).toEqual(steps.map(({ name }) => name).toSorted())
        for (const { name, needs } of steps) {
          for (const need of needs) expect(names.indexOf(need)).toBeLessThan(names.indexOf(name))
        }
      }),
    )
  })
})

describe('plain data', () => {
  it('has one text whatever the order of keys, and comes back', () => {
    expect(canonicalJson({ b: [1, null], a: { d: 'x', c: -0 }, e: undefined }, 'it')).toBe(
      '{"a":{"c":-0,"d":"x"},"b":[1,null]}',
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value, 'it'))).toEqual(value)
      }),
    )
  })

  const circle: { self?: unknown } = {}
  circle.self = circle
  it.each([
    [{ a: [1, Number.NaN] }, 'it has NaN at $.a[1]'],
    [{ at: new Date(0) }, 'it has Date at $.at'],
    [new Map(), 'it has Map at $'],
    [[() => 0], 'it has function at $[0]'],
    [[undefined], 'it has undefined at $[0]'],
    [{ x: Float64Array.of(1) }, 'it has Float64Array at $.x'],
    [circle, 'it has a circle at $.self'],
  ])('refuses %#: what JSON would lose', (value, message) => {
    expect(() => canonicalJson(value, 'it')).toThrow(message)
  })
})
