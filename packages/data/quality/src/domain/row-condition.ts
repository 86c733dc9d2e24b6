/**
 * Conditions on rows as people write them: `status = 'paid' and (amount > 10 or note is not null) and country in ('DE', 'FR')`.
 * Columns stand bare or in double quotes, texts in single quotes (doubled inside), `like` and `matches` take a text,
 * `length(name)` is in code points. `and` binds stronger than `or`. Words in any case.
 */
import { QualityError } from './errors.ts'
import { likePattern } from './pattern/like-pattern.ts'
import { ALWAYS, type Comparison, type Condition, type Literal } from './predicate.ts'

const TOKEN =
  /\s*(?:("(?:[^"]|"")*")|('(?:[^']|'')*')|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_$]*)|(<=|>=|<>|!=|==|[=<>(),]))/uy
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '<': '<',
  '<=': '<=',
  '=': '=',
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '>=': '>=',
  '>': '>', // prettier-ignore
}
type Kind = 'name' | 'text' | 'number' | 'word' | 'sign' | 'end'
interface Token {
  readonly kind: Kind
  readonly text: string
  readonly at: number
}

/** @throws QualityError `quality/invalid-arguments` with `details.at`, the character of the fault */
export function parseRowCondition(source: string): Condition {
  if (source.trim() === '') return ALWAYS
  return new Reader(source).read()
}

class Reader {
  readonly #source: string
  readonly #tokens: ReadonlyArray<Token>
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
    this.#tokens = this.#split()
  }

  read(): Condition {
    const condition = this.#either()
    if (this.#token().kind !== 'end') throw this.#fault(`"${this.#token().text}" is not expected here`)
    return condition
  }

  #split(): ReadonlyArray<Token> {
    const tokens: Array<Token> = []
    const kinds: ReadonlyArray<Kind> = ['name', 'text', 'number', 'word', 'sign']
    TOKEN.lastIndex = 0
    while (TOKEN.lastIndex < this.#source.trimEnd().length) {
      const begin = TOKEN.lastIndex
      const match = TOKEN.exec(this.#source)
      if (match === null) {
        const at = begin + (/^\s*/.exec(this.#source.slice(begin))?.[0].length ?? 0)
        throw this.#faultAt(at, `"${this.#source[at] ?? ''}" begins nothing known`)
      }
      const i = match.findIndex((part, j) => j > 0 && part !== undefined)
      const text = match[i] ?? ''
      tokens.push({ kind: kinds[i - 1] ?? 'sign', text, at: TOKEN.lastIndex - text.length })
    }
    return [...tokens, { kind: 'end', text: '', at: this.#source.length }]
  }

  #either(): Condition {
    if (++this.#depth > 100) throw this.#fault('groups nest deeper than 100')
    const args = [this.#both()]
    while (this.#takeWord('or')) args.push(this.#both())
    this.#depth--
    return args.length === 1 && args[0] !== undefined ? args[0] : { op: 'or', args }
  }

  #both(): Condition {
    const args = [this.#negation()]
    while (this.#takeWord('and')) args.push(this.#negation())
    return args.length === 1 && args[0] !== undefined ? args[0] : { op: 'and', args }
  }

  #negation(): Condition {
    let negations = 0
    while (this.#takeWord('not')) negations++
    const inner = this.#primary()
    return negations % 2 === 1 ? { op: 'not', arg: inner } : inner
  }

  #primary(): Condition {
    if (this.#takeSign('(')) {
      const inner = this.#either()
      this.#needSign(')')
      return inner
    }
    const next = this.#tokens[this.#at + 1]
    if (this.#isWord('length') && next?.text === '(') return this.#lengthTest()
    const column = this.#name()
    if (this.#takeWord('is')) return this.#nullTest(column)
    const negated = this.#takeWord('not')
    const test = this.#wordTest(column) ?? (negated ? undefined : this.#comparison(column))
    if (test === undefined) throw this.#fault('"in", "like", "matches" or "between" is expected here')
    return negated ? { op: 'not', arg: test } : test
  }

  #lengthTest(): Condition {
    this.#at += 2
    const column = this.#name()
    this.#needSign(')')
    const comparison = this.#sign()
    const value = this.#literal()
    if (typeof value !== 'number') throw this.#fault('a length is a number')
    return { op: 'length', column, comparison, value }
  }

  #nullTest(column: string): Condition {
    const negated = this.#takeWord('not')
    const op = this.#takeWord('nan') ? 'isNaN' : 'isNull'
    if (op === 'isNull' && !this.#takeWord('null')) throw this.#fault('"null" or "nan" is expected here')
    return negated ? { op: 'not', arg: { op, column } } : { op, column }
  }

  #wordTest(column: string): Condition | undefined {
    if (this.#takeWord('in')) return { op: 'in', column, values: this.#list() }
    if (this.#takeWord('like')) return { op: 'matches', column, pattern: likePattern(this.#text()) }
    if (this.#takeWord('matches')) return { op: 'matches', column, pattern: this.#text() }
    if (!this.#takeWord('between')) return undefined
    const least = this.#literal()
    if (!this.#takeWord('and')) throw this.#fault('"and" is expected here')
    return {
      op: 'and',
      args: [
        { op: 'compare', column, comparison: '>=', value: least },
        { op: 'compare', column, comparison: '<=', value: this.#literal() },
      ],
    }
  }

  #comparison(column: string): Condition {
    const comparison = this.#sign()
    const token = this.#token()
    const isColumn = token.kind === 'name' || (token.kind === 'word' && !this.#isWord('true') && !this.#isWord('false'))
    if (isColumn) return { op: 'compareColumns', column, comparison, other: this.#name() }
    return { op: 'compare', column, comparison, value: this.#literal() }
  }

  #list(): ReadonlyArray<Literal> {
    this.#needSign('(')
    const values: Array<Literal> = []
    if (this.#takeSign(')')) return values
    do values.push(this.#literal())
    while (this.#takeSign(','))
    this.#needSign(')')
    return values
  }

  #literal(): Literal {
    const { kind, text } = this.#token()
    if (kind === 'text') return this.#text()
    if (this.#takeWord('true')) return true
    if (this.#takeWord('false')) return false
    if (kind !== 'number')
      throw this.#fault('a value is expected here: a number, a text in single quotes, true or false')
    this.#at++
    // Whole numbers past 2^53 stay exact.
    const whole = /^[+-]?\d+$/.test(text)
    return whole && !Number.isSafeInteger(Number(text)) ? BigInt(text) : Number(text)
  }

  #text(): string {
    const { kind, text } = this.#token()
    if (kind !== 'text') throw this.#fault('a text in single quotes is expected here')
    this.#at++
    return text.slice(1, -1).replaceAll("''", "'")
  }

  #name(): string {
    const { kind, text } = this.#token()
    if (kind !== 'name' && kind !== 'word') throw this.#fault('the name of a column is expected here')
    this.#at++
    return kind === 'name' ? text.slice(1, -1).replaceAll('""', '"') : text
  }

  #sign(): Comparison {
    const comparison = COMPARISONS[this.#token().text]
    if (comparison === undefined || this.#token().kind !== 'sign') throw this.#fault('a comparison is expected here')
    this.#at++
    return comparison
  }

  #token(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: this.#source.length }
  }

  #isWord(word: string): boolean {
    const { kind, text } = this.#token()
    return kind === 'word' && text.toLowerCase() === word
  }

  #takeWord(word: string): boolean {
    const taken = this.#isWord(word)
    if (taken) this.#at++
    return taken
  }

  #takeSign(sign: string): boolean {
    const { kind, text } = this.#token()
    const taken = kind === 'sign' && text === sign
    if (taken) this.#at++
    return taken
  }

  #needSign(sign: string): void {
    if (!this.#takeSign(sign)) throw this.#fault(`"${sign}" is expected here`)
  }

  #fault(why: string): QualityError {
    return this.#faultAt(this.#token().at, why)
  }

  #faultAt(at: number, why: string): QualityError {
    return new QualityError('quality/invalid-arguments', `row condition, character ${at}: ${why}`, { at })
  }
}
