/**
 * Does a text match anywhere? In time linear in its length: the automaton's states are found as they are needed and kept.
 * Source: R. Cox (2010), Regular Expression Matching in the Wild: https://swtch.com/~rsc/regexp/regexp3.html
 */
import { QualityError } from '../errors.ts'
import { parsePattern } from './parse-pattern.ts'
import type { Pattern, Ranges } from './pattern.ts'

type Step =
  | { readonly kind: 'set'; readonly ranges: Ranges; next: number }
  | { readonly kind: 'start' | 'end' | 'boundary' | 'noBoundary'; next: number }
  | { readonly kind: 'split'; next: number; other: number }
  | { readonly kind: 'accept' }

/** What stands before a position: nothing, a word's character or another. */
const [AT_START, AFTER_WORD, AFTER_OTHER] = [0, 1, 2]
const END = -1
const MOST_STEPS = 20_000
const MOST_STATES = 1000

interface State {
  readonly cores: ReadonlyArray<number>
  readonly before: number
  readonly ascii: Array<State | undefined>
  readonly others: Map<number, State>
}

/** A test of texts against a pattern. @throws QualityError `quality/invalid-pattern`, also for a pattern that expands too far */
export function patternMatcher(source: string): (text: string) => boolean {
  const steps: Array<Step> = []
  const first = compile(parsePattern(source), steps, source)
  let states = new Map<string, State>()
  const accepted: State = { cores: [], before: AFTER_OTHER, ascii: [], others: new Map() }
  const initial = (): State => stateOf([first], AT_START)
  let begin = initial()

  function stateOf(cores: ReadonlyArray<number>, before: number): State {
    const key = `${before}:${cores.join(',')}`
    const known = states.get(key)
    if (known !== undefined) return known
    if (states.size >= MOST_STATES) states = new Map()
    const made: State = { cores, before, ascii: [], others: new Map() }
    states.set(key, made)
    return made
  }

  function advance(state: State, point: number): State {
    const reached = closure(state.cores, state.before, point, steps)
    if (reached === undefined) return accepted
    const cores = new Set<number>()
    for (const at of reached) {
      const step = steps[at]
      if (step?.kind === 'set' && includes(step.ranges, point)) cores.add(step.next)
    }
    cores.add(first)
    return stateOf(
      [...cores].sort((a, b) => a - b),
      isWord(point) ? AFTER_WORD : AFTER_OTHER,
    )
  }

  return (text) => {
    if (states.size >= MOST_STATES) {
      states = new Map()
      begin = initial()
    }
    let state = begin
    for (let i = 0; i < text.length; i++) {
      const point = text.codePointAt(i) ?? 0
      if (point > 0xffff) i++
      let next = point < 128 ? state.ascii[point] : state.others.get(point)
      if (next === undefined) {
        next = advance(state, point)
        if (point < 128) state.ascii[point] = next
        else state.others.set(point, next)
      }
      if (next === accepted) return true
      state = next
    }
    return closure(state.cores, state.before, END, steps) === undefined
  }
}

// The states reached without reading; undefined when accepting is among them.
function closure(
  cores: ReadonlyArray<number>,
  before: number,
  point: number,
  steps: ReadonlyArray<Step>,
): Set<number> | undefined {
  const seen = new Set<number>()
  const pending = [...cores]
  const edge = (before === AFTER_WORD) !== (point !== END && isWord(point))
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const step = steps[at]
    if (step === undefined || step.kind === 'set') continue
    if (step.kind === 'accept') return undefined
    if (step.kind === 'split') pending.push(step.other, step.next)
    else if (holds(step.kind, before, point, edge)) pending.push(step.next)
  }
  return seen
}

function holds(
  kind: 'start' | 'end' | 'boundary' | 'noBoundary',
  before: number,
  point: number,
  edge: boolean,
): boolean {
  if (kind === 'start') return before === AT_START
  if (kind === 'end') return point === END
  return (kind === 'boundary') === edge
}

function isWord(point: number): boolean {
  return (point >= 97 && point <= 122) || (point >= 48 && point <= 57) || (point >= 65 && point <= 90) || point === 95
}

function includes(ranges: Ranges, point: number): boolean {
  return ranges.some(([from, to]) => from <= point && point <= to)
}

// Thompson's construction, built from the end: each part knows what follows it.
function compile(pattern: Pattern, steps: Array<Step>, source: string): number {
  const add = (step: Step): number => {
    if (steps.length >= MOST_STEPS) {
      throw new QualityError(
        'quality/invalid-pattern',
        `pattern ${JSON.stringify(source)} expands to more than ${MOST_STEPS} steps`,
        {
          pattern: source,
        },
      )
    }
    return steps.push(step) - 1
  }
  const build = (part: Pattern, next: number): number => {
    switch (part.kind) {
      case 'set':
        return add({ kind: 'set', ranges: part.ranges, next })
      case 'sequence':
        return part.parts.reduceRight((after, inner) => build(inner, after), next)
      case 'either':
        return part.parts
          .map((inner) => build(inner, next))
          .reduceRight((other, inner) => add({ kind: 'split', next: inner, other }))
      case 'repeat':
        return repeat(part, next)
      case 'start':
      case 'end':
      case 'boundary':
      case 'noBoundary':
        return add({ kind: part.kind, next })
    }
  }
  const repeat = ({ part, from, to }: Extract<Pattern, { kind: 'repeat' }>, next: number): number => {
    let at = next
    if (to === undefined) {
      const loop: Step = { kind: 'split', next, other: next }
      at = add(loop)
      loop.next = build(part, at)
    }
    for (let i = from; i < (to ?? from); i++) at = add({ kind: 'split', next: build(part, at), other: next })
    for (let i = 0; i < from; i++) at = build(part, at)
    return at
  }
  return build(pattern, add({ kind: 'accept' }))
}
