import { expect, test } from 'vitest'

import { withSection } from './marked-section.ts'

const page = 'Before.\n<!-- a:begin -->old\ntext<!-- a:end -->\nAfter. <!-- b:begin --><!-- b:end -->\n'

test('replaces what stands between the marks and nothing else', () => {
  expect(withSection(page, 'a', ' new $& $1\n')).toBe(
    'Before.\n<!-- a:begin -->\n\nnew $& $1\n\n<!-- a:end -->\nAfter. <!-- b:begin --><!-- b:end -->\n',
  )
})

test('gives the same page when the same text comes twice', () => {
  const once = withSection(page, 'b', 'new')
  expect(withSection(once, 'b', 'new')).toBe(once)
})

test('refuses a page whose marks are missing, doubled or turned round', () => {
  expect(() => withSection(page, 'c', 'x')).toThrow('no <!-- c:begin -->')
  expect(() => withSection(page + page, 'a', 'x')).toThrow('twice')
  expect(() => withSection('<!-- a:end --><!-- a:begin -->', 'a', 'x')).toThrow('before')
})
