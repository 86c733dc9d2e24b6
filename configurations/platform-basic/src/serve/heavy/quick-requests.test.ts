import { describe, expect, it } from 'vitest'

import { smallRequestOf } from './kind-of-request.ts'
import { createQuickRequests } from './quick-requests.ts'
import { createRequestGate } from './request-gate.ts'

describe('quick requests', () => {
  it('are those whose like was quick, at their size and for a while', () => {
    let now = 0
    const { isQuick, took, forget } = createQuickRequests(() => now)
    expect(isQuick('a', 1)).toBe(false)
    took('a', 1000, 3)
    took('b', 1000, 300)
    expect([isQuick('a', 1000), isQuick('a', 1250), isQuick('a', 1251), isQuick('b', 1)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    now = 600_001
    expect(isQuick('a', 1000)).toBe(false)
    took('a', 1000, 3)
    forget()
    expect(isQuick('a', 1000)).toBe(false)
  })

  it('are known for a thousand kinds', () => {
    const { isQuick, took } = createQuickRequests(() => 0)
    for (let i = 0; i < 1001; i++) took(`kind ${i}`, 1, 1)
    expect([isQuick('kind 0', 1), isQuick('kind 1', 1)]).toEqual([false, true])
  })
})

describe('the kind of a request', () => {
  const kindOf = (body: unknown): string | undefined => smallRequestOf('/detect', JSON.stringify(body))?.kind

  it('is the same with other rows, and another with other options', () => {
    expect(kindOf({ rows: [[1]], detector: 'lof' })).toBe(kindOf({ rows: [[2], [3]], detector: 'lof' }))
    expect(kindOf({ rows: [[1]], detector: 'lof' })).not.toBe(kindOf({ rows: [[1]], detector: 'knn' }))
  })

  it.each([['{'], ['7'], [`{"rows": [${'1,'.repeat(150_000)}1]}`], [`{"columns": ["${'x'.repeat(600)}"]}`]])(
    'is not told of %.20s',
    (text) => expect(smallRequestOf('/detect', text)).toBeUndefined(),
  )
})

describe('the gate of requests', () => {
  it('lets in so many, of so many bytes together, and one of any size', () => {
    const { enter } = createRequestGate({ mostRequests: 2, mostBytes: 100 })
    const leave = enter(500)
    expect(leave).toBeTypeOf('function')
    expect(enter(1)).toBeUndefined()
    leave?.()
    expect([enter(50), enter(50)].every((one) => one !== undefined)).toBe(true)
    expect(enter(0)).toBeUndefined()
  })
})
