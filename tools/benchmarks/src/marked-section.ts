/**
 * Puts text between the two marks `<!-- name:begin -->` and `<!-- name:end -->` of a page, in place of what stood there;
 * all other text is kept as it is.
 * @throws Error where a mark is missing, stands twice, or the end stands before the beginning
 */
export function withSection(page: string, name: string, text: string): string {
  const begin = `<!-- ${name}:begin -->`
  const end = `<!-- ${name}:end -->`
  const from = onlyPlace(page, begin) + begin.length
  const to = onlyPlace(page, end)
  if (to < from) throw new Error(`${end} stands before ${begin}; it must come after it`)
  return `${page.slice(0, from)}\n\n${text.trim()}\n\n${page.slice(to)}`
}

function onlyPlace(page: string, mark: string): number {
  const at = page.indexOf(mark)
  if (at === -1) throw new Error(`the page has no ${mark}; add it where the text belongs`)
  if (page.includes(mark, at + 1)) throw new Error(`the page has ${mark} twice; once is needed`)
  return at
}
