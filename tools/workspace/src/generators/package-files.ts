/** What a template needs to know. */
export interface Subject {
  /** kebab-case, without scope: `robust-scaling`. */
  readonly name: string
  readonly npmName: string
  /** `RobustScaling` */
  readonly pascal: string
  readonly description: string
}

/** Files by their path inside the new folder, and what they depend on. */
export interface Starter {
  readonly files: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/** A package to start from: an error class, one value object, and a test by hand. Replace the value object by yours. */
export function packageFiles(subject: Subject): Starter {
  const example = exampleOf(subject)
  return {
    files: {
      'README.md': readmeOf(subject, example, LIMITS),
      'CHANGELOG.md': CHANGELOG,
      'examples/quick-start.ts': example,
      'src/index.ts': indexOf(subject),
      'src/domain/errors.ts': errorsOf(subject),
      'src/domain/window.ts': windowOf(subject),
      'src/domain/window.test.ts': windowTestOf(subject),
    },
  }
}

/** Where every changelog begins; `nx release` writes above it, so it has no title of its own. */
export const CHANGELOG = '## 0.1.0\n\n- The beginning.\n'

const LIMITS = 'A window holds finite numbers only: what is missing has to be dropped or filled before.'

/** A README whose example is the text of `examples/quick-start.ts`; a test compares the two and runs it. */
export function readmeOf({ npmName, description }: Subject, example: string, limits: string): string {
  return `# ${npmName}

${description}

## Install

\`\`\`sh
npm install ${npmName}
\`\`\`

## Quick start

\`\`\`ts
${example.trimEnd()}
\`\`\`

## Limits

${limits}
`
}

function exampleOf({ npmName }: Subject): string {
  return `import { windowOf } from '${npmName}'

const window = windowOf([2, 3, 5])
console.log(\`\${window.length} values, the newest is \${window.at(-1)}\`)
`
}

function indexOf({ pascal }: Subject): string {
  return `export { ${pascal}Error, type ${pascal}ErrorCode } from './domain/errors.ts'
export { type Window, windowOf } from './domain/window.ts'
`
}

function errorsOf({ name, pascal }: Subject): string {
  return `/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type ${pascal}ErrorCode = '${name}/empty-window' | '${name}/non-finite'

/** Thrown when a caller breaks a stated precondition. \`details\` names the place, never a row's content. */
export class ${pascal}Error extends Error {
  override readonly name: string = '${pascal}Error'
  readonly code: ${pascal}ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ${pascal}ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where \`instanceof\` does not. */
  static is(value: unknown): value is ${pascal}Error {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('${name}/')
  }
}
`
}

function windowOf({ name, pascal }: Subject): string {
  return `import { ${pascal}Error } from './errors.ts'

declare const kind: unique symbol

/** A non-empty run of finite numbers, oldest first. Shape: (n), n >= 1. */
export type Window = ReadonlyArray<number> & { readonly [kind]: 'Window' }

/**
 * Checks and freezes a copy of \`values\`.
 * @throws ${pascal}Error \`${name}/empty-window\` without values; \`${name}/non-finite\` with the index of the first
 *   value that is not a finite number
 */
export function windowOf(values: ReadonlyArray<number>): Window {
  if (values.length === 0) throw new ${pascal}Error('${name}/empty-window', 'a window needs at least one value')
  const index = values.findIndex((value) => !Number.isFinite(value))
  if (index !== -1) {
    throw new ${pascal}Error('${name}/non-finite', \`value \${index} is \${values[index]}, not a finite number\`, { index })
  }
  return Object.freeze([...values]) as Window
}
`
}

function windowTestOf({ name, pascal }: Subject): string {
  return `import { expect, it } from 'vitest'

import { ${pascal}Error } from './errors.ts'
import { windowOf } from './window.ts'

it('keeps the values in order and leaves the argument alone', () => {
  const values = [2, 3, 5]
  const window = windowOf(values)
  values.push(7)

  expect([...window]).toEqual([2, 3, 5])
  expect(Object.isFrozen(window)).toBe(true)
})

it.each([
  { values: [], code: '${name}/empty-window', details: {} },
  { values: [1, Number.NaN], code: '${name}/non-finite', details: { index: 1 } },
  { values: [Number.POSITIVE_INFINITY], code: '${name}/non-finite', details: { index: 0 } },
])('refuses $values with $code', ({ values, code, details }) => {
  const refused = (): unknown => {
    try {
      return windowOf(values)
    } catch (error) {
      return error
    }
  }

  expect(refused()).toMatchObject({ code, details })
  expect(${pascal}Error.is(refused())).toBe(true)
})
`
}
