import { CHANGELOG, readmeOf, type Starter, type Subject } from './package-files.ts'

/** A configuration to start from: options, tokens, one module, one service. Bind packages where the clock is bound. */
export function configurationFiles(subject: Subject): Starter {
  const example = exampleOf(subject)
  return {
    files: {
      'README.md': readmeOf(subject, example, LIMITS),
      'CHANGELOG.md': CHANGELOG,
      'examples/quick-start.ts': example,
      'src/index.ts': indexOf(subject),
      'src/options.ts': optionsOf(subject),
      'src/tokens.ts': tokensOf(subject),
      'src/modules/time.ts': timeModule(),
      'src/configuration.ts': configurationOf(subject),
      'src/configuration.test.ts': testOf(subject),
    },
    dependencies: { inversify: 'catalog:', 'reflect-metadata': 'catalog:', zod: 'catalog:' },
  }
}

const LIMITS = 'It decides and wires; it computes nothing.'

function exampleOf({ npmName, pascal }: Subject): string {
  return `import { create${pascal}Configuration } from '${npmName}'

const configuration = create${pascal}Configuration({ dataPath: './data' })
const { clock, options } = configuration.createServices()
console.log(\`keeps its data in \${options.dataPath}, started in \${new Date(clock()).getUTCFullYear()}\`)
await configuration.close()
`
}

function indexOf({ pascal }: Subject): string {
  return `export { ${pascal}Configuration, create${pascal}Configuration, type ${pascal}Services } from './configuration.ts'
export { ${pascal}ConfigurationError, parse${pascal}Options, type ${pascal}Options } from './options.ts'
export { tokens } from './tokens.ts'
`
}

function optionsOf({ name, pascal }: Subject): string {
  return `import { z } from 'zod'

/** What the configuration can be told. */
export interface ${pascal}Options {
  /** The folder that everything is kept under. */
  readonly dataPath: string
}

const schema = z.strictObject({ dataPath: z.string().min(1) }) satisfies z.ZodType<${pascal}Options>

/** Thrown when options cannot be read. \`details.issues\` says where and why. */
export class ${pascal}ConfigurationError extends Error {
  override readonly name: string = '${pascal}ConfigurationError'
  readonly code = '${name}/invalid-options' as const
  readonly details: Readonly<Record<string, unknown>>

  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.details = details
  }
}

/** Reads untrusted options. @throws ${pascal}ConfigurationError \`${name}/invalid-options\`, with \`details.issues\`. */
export function parse${pascal}Options(input: unknown): ${pascal}Options {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const lines = issues.map(({ path, message }) => \`\${path || 'options'}: \${message}\`)
  throw new ${pascal}ConfigurationError(lines.join('; '), { issues })
}
`
}

function tokensOf({ npmName, pascal }: Subject): string {
  return `import type { ServiceIdentifier } from 'inversify'

import type { ${pascal}Options } from './options.ts'

/** What every service of this configuration is asked for with. */
export const tokens: {
  readonly options: ServiceIdentifier<${pascal}Options>
  readonly clock: ServiceIdentifier<() => number>
} = {
  options: token('options'),
  clock: token('clock'),
}

function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(\`${npmName}/\${name}\`)
}
`
}

function timeModule(): string {
  return `import { ContainerModule } from 'inversify'

import { tokens } from '../tokens.ts'

/** Where time comes from: epoch milliseconds. */
export const timeModule: ContainerModule = new ContainerModule(({ bind }) => {
  bind(tokens.clock).toConstantValue(Date.now)
})
`
}

function configurationOf({ pascal }: Subject): string {
  return `import { Container, type ContainerModule } from 'inversify'

import { timeModule } from './modules/time.ts'
import { parse${pascal}Options, type ${pascal}Options } from './options.ts'
import { tokens } from './tokens.ts'

/** What the configuration hands out. */
export interface ${pascal}Services {
  readonly options: ${pascal}Options
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/** The wiring. Extend it by subclass, or bind something else with \`load\`. */
export class ${pascal}Configuration {
  readonly #container = new Container()

  constructor(options: ${pascal}Options) {
    this.#container.bind(tokens.options).toConstantValue(parse${pascal}Options(options))
    this.load(timeModule)
  }

  /** Adds modules; what they rebind replaces what was there. */
  load(...modules: ReadonlyArray<ContainerModule>): this {
    this.#container.load(...modules)
    return this
  }

  /** Typed services. Nothing is started. */
  createServices(): ${pascal}Services {
    return { options: this.#container.get(tokens.options), clock: this.#container.get(tokens.clock) }
  }

  /** Undoes what was started, in reverse order. */
  async close(): Promise<void> {
    await this.#container.unbindAllAsync()
  }
}

/** Wires the services. @throws ${pascal}ConfigurationError when the options cannot be read. */
export function create${pascal}Configuration(options: ${pascal}Options): ${pascal}Configuration {
  return new ${pascal}Configuration(options)
}
`
}

function testOf({ name, pascal }: Subject): string {
  return `import { ContainerModule } from 'inversify'
import { expect, it } from 'vitest'

import { create${pascal}Configuration } from './configuration.ts'
import { tokens } from './tokens.ts'

it('resolves every token', async () => {
  const configuration = create${pascal}Configuration({ dataPath: './data' })
  const { options, clock } = configuration.createServices()

  expect(options).toEqual({ dataPath: './data' })
  expect(clock()).toBeGreaterThan(0)
  await configuration.close()
})

it('lets a module replace a service', () => {
  const frozen = new ContainerModule(({ rebind }) => {
    rebind(tokens.clock).toConstantValue(() => 7)
  })

  expect(create${pascal}Configuration({ dataPath: './data' }).load(frozen).createServices().clock()).toBe(7)
})

it('refuses options that it does not know', () => {
  expect(() => create${pascal}Configuration({ dataPath: '' })).toThrow(
    expect.objectContaining({ code: '${name}/invalid-options' }),
  )
})
`
}
