import { invalidFilter } from './invalid-filter.ts'

/** A piece of a filter. `word` may be a keyword, an entity or a key; `quoted` stands in double quotes or back-ticks. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'end'
  /** Of quoted ones what is within the quotes. */
  readonly text: string
  readonly position: number
  /** For a `name` or a `text`: the quote. */
  readonly quote?: string
}

// A key without quotes may hold what metric keys may, but for spaces; so `metrics.val/loss` and `tags.a-b` are words.
const WORD = /[\p{L}_][\p{L}\p{N}_.\-/:]*/uy
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y
const SIGN = /!=|<=|>=|==|<>|[=<>(),]/y
const SPACE = /\s*/y

/** The pieces of a filter, closed by an `end`. @throws MlopsError `mlops/invalid-filter` */
export function tokensOf(text: string): ReadonlyArray<Token> {
  const tokens: Token[] = []
  let position = 0
  for (;;) {
    position += match(SPACE, text, position)?.length ?? 0
    if (position >= text.length) return [...tokens, { kind: 'end', text: '', position }]
    const token = tokenAt(text, position)
    tokens.push(token.token)
    position = token.end
  }
}

function tokenAt(text: string, position: number): { readonly token: Token; readonly end: number } {
  const first = text.charAt(position)
  if (first === "'" || first === '"' || first === '`') return quotedAt(text, position, first)
  const word = match(WORD, text, position)
  if (word !== undefined) return wordAt(text, position, word)
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['sign', SIGN],
  ] as const) {
    const found = match(pattern, text, position)
    if (found !== undefined) return { token: { kind, text: found, position }, end: position + found.length }
  }
  throw invalidFilter('syntax', text, position, `'${first}' means nothing here`)
}

// `params."a b"` is one name: the word ends in a dot and a quoted part follows at once.
function wordAt(text: string, position: number, word: string): { readonly token: Token; readonly end: number } {
  const end = position + word.length
  const quote = text.charAt(end)
  if (!word.endsWith('.') || (quote !== '"' && quote !== '`'))
    return { token: { kind: 'word', text: word, position }, end }
  const key = quotedAt(text, end, quote)
  return { token: { kind: 'word', text: word + key.token.text, position, quote }, end: key.end }
}

// A doubled quote within quotes is one quote.
function quotedAt(text: string, position: number, quote: string): { readonly token: Token; readonly end: number } {
  let value = ''
  let start = position + 1
  for (;;) {
    const end = text.indexOf(quote, start)
    if (end === -1) throw invalidFilter('syntax', text, position, `a ${quote} is not closed`)
    value += text.slice(start, end)
    if (text.charAt(end + 1) !== quote)
      return { token: { kind: quote === "'" ? 'text' : 'name', text: value, position, quote }, end: end + 1 }
    value += quote
    start = end + 2
  }
}

function match(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position
  return pattern.exec(text)?.[0]
}
