import type { TableEngine } from '../../application/ports/table-engine.ts'
import { QualityError } from '../../domain/errors.ts'
import type { CheckCommandContext, CheckSource } from './check-command-context.ts'

/** What `--table` gave: the table of a database, and other tables by name. */
export interface NamedTables {
  readonly table: string | undefined
  readonly others: ReadonlyArray<{ readonly name: string; readonly place: string }>
}

/**
 * Tells `--table customers=FILE`, another table, from `--table sales.orders`, the one of the database that is checked.
 * @throws QualityError `quality/invalid-options` where a name is given twice, or nothing behind it
 */
export function namedTables(given: ReadonlyArray<string> = []): NamedTables {
  const own = given.filter((text) => !text.includes('='))
  if (own.length > 1)
    throw new QualityError('quality/invalid-options', `--table ${own.join(' and ')}: check one at a time`)
  const others = given
    .filter((text) => text.includes('='))
    .map((text) => {
      const at = text.indexOf('=')
      return { name: text.slice(0, at).trim(), place: text.slice(at + 1).trim() }
    })
  for (const [i, { name, place }] of others.entries()) {
    if (name === '' || place === '')
      throw new QualityError('quality/invalid-options', `--table ${name}=${place}: give name=FILE`)
    if (others.findIndex((other) => other.name === name) !== i)
      throw new QualityError('quality/invalid-options', `--table ${name}: there are two tables of this name`)
  }
  return { table: own[0], others }
}

/** Tables by name, and how to end their engines. */
export interface OpenTables {
  readonly tables: Readonly<Record<string, TableEngine>>
  readonly close: () => Promise<void>
}

/** Opens the other tables as the first was opened: files, globs, or `postgres://user@host/database#schema.table`. */
export async function openOtherTables(
  others: NamedTables['others'],
  as: Omit<CheckSource, 'paths' | 'table' | 'inputFormat'>,
  context: Pick<CheckCommandContext, 'openCheckSource' | 'progress'>,
): Promise<OpenTables> {
  const opened: Array<Awaited<ReturnType<CheckCommandContext['openCheckSource']>>> = []
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((one) => one.close()))
  }
  try {
    const tables: Array<readonly [string, TableEngine]> = []
    for (const { name, place } of others) {
      context.progress(`opening ${name}`)
      const one = await context.openCheckSource({ ...as, ...placeOf(place) })
      opened.push(one)
      tables.push([name, one.engine])
    }
    return { tables: Object.fromEntries(tables), close }
  } catch (error) {
    await close()
    throw error
  }
}

function placeOf(place: string): Pick<CheckSource, 'paths' | 'table'> {
  const [address = '', table] = /^postgres(ql)?:\/\//.test(place) ? place.split('#', 2) : [place]
  return table === undefined ? { paths: [address] } : { paths: [address], table }
}
