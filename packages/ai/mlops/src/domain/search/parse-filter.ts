import { limits } from '../limits.ts'
import { comparators, opposites } from './comparators.ts'
import type { Comparator, Comparison, FieldName, Filter, Literal, OrderItem } from './filter.ts'
import { invalidFilter } from './invalid-filter.ts'
import { type Token, tokensOf } from './tokens.ts'

const DEEPEST = 50
const MOST_COMPARISONS = 500
const KEYWORDS: ReadonlySet<string> = new Set('AND OR NOT IN BETWEEN LIKE ILIKE IS NULL'.split(' '))

/**
 * Reads a filter: comparisons joined by AND, OR, NOT and parentheses. An empty or blank one is undefined. At most
 * 100,000 characters, 500 comparisons and 50 levels of nesting.
 * @throws MlopsError `mlops/invalid-filter`, details: reason, position, near
 */
export function parseFilter(text: string): Filter | undefined {
  if (text.length > limits.filter)
    throw invalidFilter(
      'too-large',
      text,
      limits.filter,
      `a filter may have ${limits.filter} characters, not ${text.length}`,
    )
  if (text.trim() === '') return undefined
  const parser = new FilterParser(text)
  const filter = parser.any(false, 0)
  parser.end()
  return filter
}

/**
 * Reads one item of an order: a field, then ASC or DESC; ascending when neither is said.
 * @throws MlopsError `mlops/invalid-filter`
 */
export function parseOrderItem(text: string): OrderItem {
  if (text.length > limits.filter)
    throw invalidFilter('too-large', text, limits.filter, 'an order may not be that long')
  const parser = new FilterParser(text)
  const field = parser.field()
  const descending = parser.takes('DESC')
  if (!descending) parser.takes('ASC')
  parser.end()
  return { field, descending }
}

class FilterParser {
  readonly #text: string
  readonly #tokens: ReadonlyArray<Token>
  #next = 0
  #comparisons = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokensOf(text)
  }

  /** Parts joined by OR; within NOT they become an AND of what is not. */
  any(negated: boolean, depth: number): Filter {
    const parts = [this.#all(negated, depth)]
    while (this.takes('OR')) parts.push(this.#all(negated, depth))
    return joined(negated ? 'and' : 'or', parts)
  }

  field(): FieldName {
    const token = this.#take()
    if (token.kind === 'name') return { key: token.text, position: token.position }
    if (token.kind !== 'word' || isKeyword(token)) throw this.#expected('a field such as metrics.auc', token)
    const dot = token.text.indexOf('.')
    if (dot === -1) return { key: token.text, position: token.position }
    const [entity, key] = [token.text.slice(0, dot), token.text.slice(dot + 1)]
    if (key === '') throw this.#expected(`a key after '${entity}.'`, token)
    return { entity, key, position: token.position }
  }

  takes(keyword: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'word' || token.quote !== undefined || token.text.toUpperCase() !== keyword) return false
    this.#next++
    return true
  }

  end(): void {
    const token = this.#peek()
    if (token.kind !== 'end') throw this.#expected('AND, OR or the end', token)
  }

  #all(negated: boolean, depth: number): Filter {
    const parts = [this.#one(negated, depth)]
    while (this.takes('AND')) parts.push(this.#one(negated, depth))
    return joined(negated ? 'or' : 'and', parts)
  }

  #one(negated: boolean, depth: number): Filter {
    if (depth > DEEPEST)
      throw invalidFilter('too-large', this.#text, this.#peek().position, `nested more than ${DEEPEST} levels deep`)
    if (this.takes('NOT')) return this.#one(!negated, depth + 1)
    if (!this.#takesSign('(')) return this.#comparison(negated)
    const inner = this.any(negated, depth + 1)
    this.#expectSign(')')
    return inner
  }

  #comparison(negated: boolean): Comparison {
    const field = this.field()
    this.#comparisons++
    if (this.#comparisons > MOST_COMPARISONS)
      throw invalidFilter('too-large', this.#text, field.position, `more than ${MOST_COMPARISONS} comparisons`)
    if (this.takes('IS')) {
      const isNot = this.takes('NOT')
      if (!this.takes('NULL')) throw this.#expected('NULL or NOT NULL', this.#peek())
      return { kind: 'null', field, negated: isNot !== negated }
    }
    const isNot = this.takes('NOT')
    if (this.takes('IN')) return { kind: 'in', field, negated: isNot !== negated, literals: this.#list() }
    if (this.takes('BETWEEN')) {
      const from = this.#literal()
      if (!this.takes('AND')) throw this.#expected('AND', this.#peek())
      return { kind: 'between', field, negated: isNot !== negated, from, to: this.#literal() }
    }
    const { position } = this.#peek()
    const comparator = this.#comparator(isNot)
    return {
      kind: 'compare',
      field,
      comparator: negated ? opposites[comparator] : comparator,
      comparatorPosition: position,
      literal: this.#literal(),
    }
  }

  #comparator(isNot: boolean): Comparator {
    if (this.takes('LIKE')) return isNot ? 'NOT LIKE' : 'LIKE'
    if (this.takes('ILIKE')) return isNot ? 'NOT ILIKE' : 'ILIKE'
    const token = this.#take()
    const comparator = comparators.get(token.kind === 'sign' ? token.text : '')
    if (comparator === undefined || isNot)
      throw this.#expected(isNot ? 'IN, BETWEEN, LIKE or ILIKE' : 'a comparator such as =', token)
    return comparator
  }

  #list(): ReadonlyArray<Literal> {
    this.#expectSign('(')
    const literals = [this.#literal()]
    // MLflow's own clients write a single value with a comma behind it.
    while (this.#takesSign(',')) if (!this.#isSign(')')) literals.push(this.#literal())
    this.#expectSign(')')
    return literals
  }

  #literal(): Literal {
    const { kind, text, position, quote } = this.#take()
    if (kind === 'text' || (kind === 'name' && quote === '"')) return { value: text, position }
    if (kind !== 'number') throw this.#expected('a number or a text in quotes', { kind, text, position })
    const value = Number(text)
    if (!Number.isFinite(value)) throw invalidFilter('value', this.#text, position, 'a number is too large')
    return { value, position }
  }

  #isSign(sign: string): boolean {
    const token = this.#peek()
    return token.kind === 'sign' && token.text === sign
  }

  #takesSign(sign: string): boolean {
    if (!this.#isSign(sign)) return false
    this.#next++
    return true
  }

  #expectSign(sign: string): void {
    if (!this.#takesSign(sign)) throw this.#expected(`'${sign}'`, this.#peek())
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', position: this.#text.length }
  }

  #take(): Token {
    const token = this.#peek()
    this.#next++
    return token
  }

  #expected(what: string, { kind, text, position }: Token): Error {
    const found = kind === 'end' ? 'nothing' : `'${text.slice(0, 60)}'`
    return invalidFilter('syntax', this.#text, position, `expected ${what}, found ${found}`)
  }
}

function isKeyword({ text, quote }: Token): boolean {
  return quote === undefined && KEYWORDS.has(text.toUpperCase())
}

function joined(kind: 'and' | 'or', parts: ReadonlyArray<Filter>): Filter {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) }
}
