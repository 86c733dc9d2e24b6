/**
 * The regular expressions that every engine understands alike: RE2's syntax without Unicode classes, named flags inside groups and
 * case folding past ASCII. `\d`, `\w`, `\s` and `\b` are ASCII, `.` is anything but a line feed, `^` and `$` are the ends of the text.
 * Source: https://github.com/google/re2/wiki/Syntax
 */
import { QualityError } from '../errors.ts'
import { LAST, mergeRanges, negateRanges, type Pattern, type Ranges } from './pattern.ts'

const DIGIT: Ranges = [[48, 57]]
const WORD: Ranges = [[48, 57], [65, 90], [95, 95], [97, 122]] // prettier-ignore
const SPACE: Ranges = [[9, 10], [12, 13], [32, 32]] // prettier-ignore
const CONTROLS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7 }
const MOST_REPEATS = 1000
const parsed = new Map<string, Pattern>()

/**
 * @throws QualityError `quality/invalid-pattern` for a pattern that does not compile, says where; also for what engines do not have
 *   in common (look-around, back-references) because it may take exponential time
 */
export function parsePattern(source: string): Pattern {
  const known = parsed.get(source)
  if (known !== undefined) return known
  const pattern = new Parser(source).parse()
  if (parsed.size > 1000) parsed.clear()
  parsed.set(source, pattern)
  return pattern
}

class Parser {
  readonly #chars: ReadonlyArray<string>
  readonly #source: string
  readonly #foldCase: boolean
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
    this.#foldCase = source.startsWith('(?i)')
    this.#chars = Array.from(this.#foldCase ? source.slice(4) : source)
  }

  parse(): Pattern {
    const pattern = this.#either()
    if (this.#at < this.#chars.length) throw this.#fault('a ")" without its "("')
    return pattern
  }

  #either(): Pattern {
    if (++this.#depth > 100) throw this.#fault('groups nest deeper than 100')
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    this.#depth--
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'either', parts }
  }

  #sequence(): Pattern {
    const parts: Array<Pattern> = []
    while (this.#at < this.#chars.length && !this.#sees('|') && !this.#sees(')')) parts.push(this.#repeated())
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'sequence', parts }
  }

  #repeated(): Pattern {
    let part = this.#atom()
    for (let bounds = this.#bounds(); bounds !== undefined; bounds = this.#bounds()) {
      part = { kind: 'repeat', part, from: bounds[0], to: bounds[1] }
      this.#take('?') // a lazy repeat matches the same texts
      if (this.#sees('+')) throw this.#fault('possessive repeats are not portable')
    }
    return part
  }

  #bounds(): readonly [number, number | undefined] | undefined {
    if (this.#take('*')) return [0, undefined]
    if (this.#take('+')) return [1, undefined]
    if (this.#take('?')) return [0, 1]
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(this.#chars.slice(this.#at, this.#at + 16).join(''))
    if (match === null) return undefined
    this.#at += match[0].length
    const from = Number(match[1])
    const to = match[2] === '' ? from : match[3] === '' ? undefined : Number(match[3])
    if (from > MOST_REPEATS || (to ?? 0) > MOST_REPEATS) throw this.#fault(`more than ${MOST_REPEATS} repeats`)
    if (to !== undefined && to < from) throw this.#fault('bounds in the wrong order')
    return [from, to]
  }

  #atom(): Pattern {
    const char = this.#next()
    if (char === '(') return this.#group()
    if (char === '[') return { kind: 'set', ranges: this.#class() }
    if (char === '.') return { kind: 'set', ranges: negateRanges([[10, 10]]) }
    if (char === '^') return { kind: 'start' }
    if (char === '$') return { kind: 'end' }
    if (char === '\\') return this.#escape()
    if ('*+?'.includes(char)) throw this.#fault(`"${char}" has nothing to repeat`)
    return this.#literal(char.codePointAt(0) ?? 0)
  }

  #group(): Pattern {
    if (this.#take('?')) {
      if (this.#take('P')) this.#sees('<')
      if (this.#sees('<') && !['=', '!'].includes(this.#chars[this.#at + 1] ?? '')) {
        while (this.#at < this.#chars.length && !this.#take('>')) this.#at++
      } else if (!this.#take(':')) throw this.#fault('look-around and flags inside are not portable')
    }
    const inner = this.#either()
    if (!this.#take(')')) throw this.#fault('a "(" without its ")"')
    return inner
  }

  #escape(): Pattern {
    const char = this.#next()
    if (char === 'b') return { kind: 'boundary' }
    if (char === 'B') return { kind: 'noBoundary' }
    if (char === 'A') return { kind: 'start' }
    if (char === 'z' || char === 'Z') return { kind: 'end' }
    const ranges = this.#escaped(char)
    return typeof ranges === 'number' ? this.#literal(ranges) : { kind: 'set', ranges }
  }

  #escaped(char: string): Ranges | number {
    const lower = char.toLowerCase()
    const ranges = lower === 'd' ? DIGIT : lower === 'w' ? WORD : lower === 's' ? SPACE : undefined
    if (ranges !== undefined) return lower === char ? ranges : negateRanges(ranges)
    const control = CONTROLS[char]
    if (control !== undefined) return control
    if (char === 'x' || char === 'u') return this.#hex(char)
    if (/[1-9]/.test(char)) throw this.#fault('back-references are not portable')
    if (/[A-Za-z0]/.test(char)) throw this.#fault(`"\\${char}" is not portable`)
    return char.codePointAt(0) ?? 0
  }

  #hex(char: string): number {
    const rest = this.#chars.slice(this.#at, this.#at + 10).join('')
    const match = (char === 'x' ? /^([0-9a-f]{2})|^\{([0-9a-f]{1,6})\}/i : /^([0-9a-f]{4})|^\{([0-9a-f]{1,6})\}/i).exec(
      rest,
    )
    const point = match === null ? LAST + 1 : Number.parseInt(match[1] ?? match[2] ?? '', 16)
    if (match === null || point > LAST || (point >= 0xd800 && point <= 0xdfff)) throw this.#fault('no such code point')
    this.#at += match[0].length
    return point
  }

  #class(): Ranges {
    const negated = this.#take('^')
    const ranges: Array<readonly [number, number]> = []
    for (let first = true; first || !this.#sees(']'); first = false) {
      if (this.#sees('[') && this.#chars[this.#at + 1] === ':') throw this.#fault('named classes are not portable')
      const from = this.#classItem()
      if (typeof from !== 'number') {
        ranges.push(...from)
      } else if (this.#sees('-') && ![']', undefined].includes(this.#chars[this.#at + 1])) {
        this.#at++
        const to = this.#classItem()
        if (typeof to !== 'number' || to < from) throw this.#fault('a range in the wrong order')
        ranges.push([from, to])
      } else ranges.push([from, from])
    }
    this.#at++
    const folded = this.#foldCase ? foldCase(ranges) : ranges
    return negated ? negateRanges(folded) : mergeRanges(folded)
  }

  #classItem(): Ranges | number {
    const char = this.#next()
    if (char !== '\\') return char.codePointAt(0) ?? 0
    const escaped = this.#next()
    return escaped === 'b' ? 8 : this.#escaped(escaped)
  }

  #literal(point: number): Pattern {
    const ranges: Ranges = [[point, point]]
    return { kind: 'set', ranges: this.#foldCase ? mergeRanges(foldCase(ranges)) : ranges }
  }

  #sees(char: string): boolean {
    return this.#chars[this.#at] === char
  }

  #take(char: string): boolean {
    if (!this.#sees(char)) return false
    this.#at++
    return true
  }

  #next(): string {
    const char = this.#chars[this.#at++]
    if (char === undefined) throw this.#fault('it ends too soon')
    return char
  }

  #fault(why: string): QualityError {
    const at = this.#at + (this.#foldCase ? 4 : 0)
    return new QualityError(
      'quality/invalid-pattern',
      `pattern ${JSON.stringify(this.#source)}, character ${at}: ${why}`,
      {
        pattern: this.#source,
        at,
      },
    )
  }
}

function foldCase(ranges: Ranges): Ranges {
  const folded: Array<readonly [number, number]> = [...ranges]
  for (const [from, to] of ranges) {
    for (const [low, high, shift] of [
      [65, 90, 32],
      [97, 122, -32],
    ] as const) {
      const [a, b] = [Math.max(from, low), Math.min(to, high)]
      if (a <= b) folded.push([a + shift, b + shift])
    }
  }
  return folded
}
