import type { FieldName } from '../../../domain/search/filter.ts'
import { invalidFilter } from '../../../domain/search/invalid-filter.ts'
import type { SqlValue } from '../driver.ts'

/** A column of the thing itself; `t` is its table. */
export interface OwnField {
  readonly kind: 'text' | 'number'
  /** An expression over `t`. */
  readonly sql: string
  /** Default false. */
  readonly nullable?: boolean
  /** What a user may do with it; default both. */
  readonly use?: 'filter' | 'order'
}

/** A value in rows beside the thing; `x` is their table. Without `key` there may be several. */
export interface RelatedField {
  readonly kind: 'text' | 'number'
  /** Table, join or query, e.g. `latest x`. */
  readonly from: string
  /** The same for an order, which needs one row a thing; default `from`. */
  readonly orderFrom?: string
  /** Values of the `?` in either. */
  readonly fromValues?: ReadonlyArray<SqlValue>
  /** Column that holds the thing's `t.id`. */
  readonly owner: string
  readonly value: string
  /** Column of the key, and whether it holds a word's number or the text itself. */
  readonly key?: { readonly column: string; readonly as: 'word' | 'text' }
  /** Column that is 1 for NaN. */
  readonly nan?: string
  /** A further condition. */
  readonly where?: string
  readonly nullable?: boolean
  readonly use?: 'filter' | 'order'
}

/** What can be searched for, and by which fields: a plain table. */
export interface SearchTarget {
  /** In the plural, for messages. */
  readonly thing: string
  /** The table as `t`, e.g. `run t`. It has an integer column `id`. */
  readonly from: string
  /** By bare name. Aliases are entries of their own. */
  readonly attributes: Readonly<Record<string, OwnField>>
  /** Entities that mean the thing itself, such as `attributes`. */
  readonly attributeEntities: ReadonlyArray<string>
  /** By entity: fields by name, or one field for every key. */
  readonly entities: Readonly<Record<string, RelatedField | Readonly<Record<string, RelatedField>>>>
  /** The order when none is asked for. */
  readonly defaultOrder: ReadonlyArray<string>
  /** What follows every order that is asked for, so that no two rows are equal. Items of the same fields are dropped. */
  readonly tieBreak: ReadonlyArray<string>
}

/** A field as a target has it, with the key asked for. */
export type Field =
  | ({ readonly place: 'own'; readonly name: string } & OwnField)
  | ({ readonly place: 'related'; readonly name: string; readonly keyText?: string } & RelatedField)

/** The field of that name. @throws MlopsError `mlops/invalid-filter` with the fields there are */
export function fieldOf(target: SearchTarget, field: FieldName, text: string, use: 'filter' | 'order'): Field {
  const found = findField(target, field)
  if (found !== undefined && (found.use ?? use) === use) return found
  const written = field.entity === undefined ? field.key : `${field.entity}.${field.key}`
  const verb = use === 'filter' ? 'filtered' : 'ordered'
  throw invalidFilter(
    'unknown-field',
    text,
    field.position,
    `${target.thing} cannot be ${verb} by '${written.slice(0, 100)}'; there are ${choicesOf(target, use)}`,
  )
}

function findField(target: SearchTarget, { entity, key }: FieldName): Field | undefined {
  if (entity === undefined || target.attributeEntities.includes(entity)) {
    const own = ownOf(target.attributes, key)
    return own === undefined ? undefined : { place: 'own', name: key, ...own }
  }
  const related = ownOf(target.entities, entity)
  if (related === undefined) return undefined
  if (isField(related)) return { place: 'related', name: `${entity}.${key}`, keyText: key, ...related }
  const named = ownOf(related, key)
  return named === undefined ? undefined : { place: 'related', name: `${entity}.${key}`, ...named }
}

function isField(entity: RelatedField | Readonly<Record<string, RelatedField>>): entity is RelatedField {
  return typeof entity['from'] === 'string'
}

// A key such as `constructor` must not reach the prototype.
function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function choicesOf(target: SearchTarget, use: 'filter' | 'order'): string {
  const own = Object.entries(target.attributes).filter(([, field]) => (field.use ?? use) === use)
  const keyed = Object.entries(target.entities).flatMap(([entity, field]) => {
    if (isField(field)) return (field.use ?? use) === use ? [`${entity}.<key>`] : []
    return Object.entries(field)
      .filter(([, one]) => (one.use ?? use) === use)
      .map(([name]) => `${entity}.${name}`)
  })
  return [...own.map(([name]) => name), ...keyed].join(', ')
}
