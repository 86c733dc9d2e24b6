import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { parseDocument, Scalar, visit } from 'yaml'

import { MlflowError } from '../../domain/errors.ts'

/** What stands in a `meta.yaml`: texts, or nothing where it says null. */
export type Meta = Readonly<Record<string, unknown>>

/**
 * Reads a `meta.yaml`. Every value stays the text that it is: YAML's versions differ in which texts are numbers, and
 * MLflow writes another one than libraries read. @throws MlflowError `mlflow/unsupported-format`
 */
export async function readMeta(folder: string): Promise<Meta> {
  const file = join(folder, 'meta.yaml')
  const text = await readFile(file, 'utf8')
  const document = parseDocument(text, { schema: 'failsafe' })
  const fault = document.errors[0]
  if (fault !== undefined) throw new MlflowError('mlflow/unsupported-format', `${file} is no YAML: ${fault.message}`)
  visit(document, {
    Scalar: (_, node) => {
      if (node.type === Scalar.PLAIN && (node.value === 'null' || node.value === '')) node.value = null
    },
  })
  const value: unknown = document.toJS()
  if (typeof value === 'object' && value !== null) return value as Meta // a map, as every meta.yaml is
  throw new MlflowError('mlflow/unsupported-format', `${file} holds no fields`)
}

/** A field's text; `otherwise` where it is absent. */
export function textOf(meta: Meta, name: string, otherwise = ''): string {
  const value = meta[name]
  return typeof value === 'string' ? value : otherwise
}

/** A field's whole number; undefined where it is absent or none. */
export function numberOf(meta: Meta, name: string): number | undefined {
  const value = meta[name]
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined
}

/** The names of the folders in a folder; none where it is not there. */
export async function foldersIn(folder: string): Promise<ReadonlyArray<string>> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** Files by their path below a folder, as MLflow keeps tags, params and metrics: `a/b` is the key `a/b`. */
export async function keyedFiles(folder: string): Promise<ReadonlyArray<string>> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
}

/** What each of those files holds. */
export async function keyedTexts(folder: string): Promise<Readonly<Record<string, string>>> {
  const keys = await keyedFiles(folder)
  return Object.fromEntries(
    await Promise.all(keys.map(async (key) => [key, await readFile(join(folder, key), 'utf8')])),
  )
}
