import { join } from 'node:path'

import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { endAll, serveFolder } from './serving.ts'
import { type Scratch, scratch } from './spawn-nomaly.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: ReadonlyArray<string>
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string }>
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>
}

let files: Scratch
let described: Readonly<Record<string, unknown>> = {}
let operations: ReadonlyArray<Operation & { readonly at: string }> = []
beforeAll(async () => {
  files = scratch()
  const { url } = await serveFolder(join(files.folder, 'described'))
  described = (await (await fetch(`${url}/openapi.json`)).json()) as typeof described // JSON of an object, as validated below
  const paths = described['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>> // as OpenAPI has it
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ at: `${method} ${path}`, ...operation })),
  )
})
afterAll(() => {
  endAll()
  files.remove()
})

const those = (isWrong: (operation: Operation & { readonly at: string }) => boolean): ReadonlyArray<string> =>
  operations.filter(isWrong).map(({ at }) => at)

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate({ ...described })).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('names every operation, once, says what it does, and groups it', () => {
    expect(operations.length).toBeGreaterThan(30)
    const ids = operations.map(({ operationId }) => operationId)
    expect(ids.filter((id, at) => id === undefined || ids.indexOf(id) !== at)).toEqual([])
    expect(those(({ summary, tags }) => !summary || tags?.length !== 1)).toEqual([])
  })

  it('tells every parameter of a path', () => {
    const wrong = those(({ at, parameters = [] }) => {
      const names = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      return !names.every((name) => parameters.some((one) => one.in === 'path' && one.name === name))
    })
    expect(wrong).toEqual([])
  })

  it('tells how each operation refuses, as a problem', () => {
    const mayBeRefused = ({ parameters = [], requestBody }: Operation): boolean =>
      parameters.length > 0 || requestBody !== undefined
    expect(those((one) => mayBeRefused(one) && one.responses['400'] === undefined)).toEqual([])
    expect(those(({ at, responses }) => /^(?!put).*\{(id|name)\}/.test(at) && !('404' in responses))).toEqual([])
    const otherThanProblems = those(({ operationId, responses }) =>
      Object.entries(responses).some(
        ([status, { content }]) =>
          Number(status) >= 400 &&
          operationId !== 'getReadiness' && // where it is not, it says what is not
          !Object.keys(content ?? {}).includes('application/problem+json'),
      ),
    )
    expect(otherThanProblems).toEqual([])
    expect(those(({ responses }) => !Object.keys(responses).some((status) => status.startsWith('2')))).toEqual([])
  })

  it('refers to nothing that it lacks', () => {
    const schemas = (described['components'] as { readonly schemas: object }).schemas // as OpenAPI has it
    const referred = [...JSON.stringify(described).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    )
    expect(referred.filter((name) => name === undefined || !(name in schemas))).toEqual([])
  })
})
