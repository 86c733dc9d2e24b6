import type { Place, SuiteDraft } from '../suite-draft.ts'

const DEEPEST = 100
const MOST_PARTS = 10_000

/** A part of a JSON Schema. */
export type SchemaNode = Readonly<Record<string, unknown>>

/** A schema with references and `allOf` taken apart, and where each part stands. */
export interface FlatSchemas {
  readonly parts: ReadonlyArray<{ readonly path: Place; readonly schema: SchemaNode }>
}

/** True for what may be a schema with keywords. */
export function isSchemaNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows `$ref` within the document and `allOf`; what leads nowhere, or round in a circle, is told. */
export function flatSchemas(schema: unknown, path: Place, root: SchemaNode, draft: SuiteDraft): FlatSchemas {
  const parts: Array<FlatSchemas['parts'][number]> = []
  let visits = 0
  const visit = (node: unknown, at: Place, seen: ReadonlySet<string>, depth: number): void => {
    visits++
    if (visits > MOST_PARTS || depth > DEEPEST) {
      if (visits <= MOST_PARTS) draft.leaveOut(at, 'the schema is nested too deep')
      else if (visits === MOST_PARTS + 1) draft.leaveOut(at, 'the schema has too many parts')
      return
    }
    if (node === true) return
    if (!isSchemaNode(node)) {
      draft.leaveOut(at, node === false ? 'no value fits a schema that is false' : 'this is no schema')
      return
    }
    const { $ref, allOf, ...own } = node
    if (Object.keys(own).length > 0) parts.push({ path: at, schema: own })
    if (typeof $ref === 'string') {
      const target = seen.has($ref) ? undefined : referred(root, $ref)
      if (target === undefined) {
        const why = seen.has($ref) ? 'goes round in a circle' : 'leads nowhere in this document'
        draft.leaveOut([...at, '$ref'], `${$ref} ${why}`)
      } else visit(target, at, new Set([...seen, $ref]), depth + 1)
    }
    if (Array.isArray(allOf)) for (const [i, part] of allOf.entries()) visit(part, [...at, 'allOf', i], seen, depth + 1)
  }
  visit(schema, path, new Set(), 0)
  return { parts }
}

// Source: RFC 6901, and JSON Schema's `$anchor` left out.
function referred(root: SchemaNode, reference: string): unknown {
  if (reference === '#') return root
  if (!reference.startsWith('#/')) return undefined
  let node: unknown = root
  for (const part of decodeURIComponent(reference.slice(2)).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
    node = Reflect.get(node, key)
  }
  return node
}
