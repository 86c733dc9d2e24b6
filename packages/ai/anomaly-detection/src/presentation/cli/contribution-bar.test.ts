import { describe, expect, it } from 'vitest'

import { contributionBars } from './contribution-bar.ts'

describe('contributionBars', () => {
  it('gives the largest the whole width, and others their share to an eighth', () => {
    const bar = contributionBars([8, 1, 0])
    expect(bar(8)).toBe('█'.repeat(24))
    expect(bar(4)).toBe('█'.repeat(12))
    expect(bar(1)).toBe('███')
    expect(bar(0.9)).toBe('██▊')
    expect(bar(0)).toBe('')
  })

  it('puts what makes a row less abnormal to the left of a line', () => {
    const bar = contributionBars([6, -2])
    expect(bar(6)).toBe(`      │${'█'.repeat(18)}`)
    expect(bar(-2)).toBe('██████│')
    expect(bar(-0.5)).toBe('    ▐█│')
    expect(bar(0)).toBe('      │')
    const small = contributionBars([100, -0.1])
    expect(small(-0.1)).toBe('▐│')
    expect(small(100)).toBe(` │${'█'.repeat(23)}`)
  })

  it('draws nothing where nothing contributes', () => {
    expect(contributionBars([0, 0])(0)).toBe('')
    expect(contributionBars([])(0)).toBe('')
  })
})
