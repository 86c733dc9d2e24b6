import { checkText } from '../checks/text.ts'
import { limits } from '../limits.ts'
import { invalidArgument } from '../refusals.ts'
import type { Tags } from '../tags.ts'

const NAME = 256
const DESCRIPTION = 100_000
const SOURCE = 4096

/**
 * A registered model's name: 1 to 256 characters, not blank, none of `/` and `:` (they would break `models:/` URIs), not
 * `.` or `..`. @throws MlopsError `mlops/invalid-argument`
 */
export function checkModelName(name: string): void {
  checkText('name', name, 1, NAME)
  if (name.trim() === '') throw invalidArgument('name', 'must not be blank', { found: name, reason: 'blank' })
  if (/[/:]/.test(name) || name === '.' || name === '..')
    throw invalidArgument('name', `'${name}' must hold no '/' or ':' and be no '.' or '..'`, {
      found: name,
      reason: 'characters',
    })
}

/** @throws MlopsError `mlops/invalid-argument` for a key of no or more than 250 characters, a value above 100,000 */
export function checkRegistryTag(key: string, value: string): void {
  checkText('key', key, 1, limits.registryTagKey)
  checkText('value', value, 0, limits.registryTagValue)
}

/** @throws MlopsError `mlops/invalid-argument` */
export function checkRegistryTags(tags: Tags = {}): void {
  for (const [key, value] of Object.entries(tags)) checkRegistryTag(key, value)
}

/**
 * An alias: at most 255 of letters, digits, `_` and `-`; not `latest`, and not `v` with digits, which would read as a
 * version. @throws MlopsError `mlops/invalid-argument`
 */
export function checkAlias(alias: string): void {
  checkText('alias', alias, 1, limits.alias)
  if (!/^[\w-]+$/.test(alias))
    throw invalidArgument('alias', `'${alias}' may hold letters, digits, underscores and dashes only`, {
      found: alias,
      reason: 'characters',
    })
  if (/^latest$/i.test(alias) || /^v\d+$/i.test(alias))
    throw invalidArgument('alias', `'${alias}' is reserved`, { found: alias, reason: 'reserved' })
}

/** A version's number. @throws MlopsError `mlops/invalid-argument` for anything but decimal digits */
export function checkVersion(version: string): number {
  if (/^\d{1,15}$/.test(version)) return Number(version)
  throw invalidArgument('version', `must be a whole number, not ${JSON.stringify(version)}`, { found: version })
}

/** @throws MlopsError `mlops/invalid-argument` above 100,000 characters */
export function checkDescription(description: string): void {
  checkText('description', description, 0, DESCRIPTION)
}

/** @throws MlopsError `mlops/invalid-argument` for an empty source or one above 4,096 characters */
export function checkSourceText(source: string): void {
  checkText('source', source, 1, SOURCE)
}
