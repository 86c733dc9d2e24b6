import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { ArtifactStore } from '../../application/ports/artifact-store.ts'
import { artifactPathOf } from '../../domain/artifact-path.ts'
import { proxiedPathOf } from '../../domain/artifact-uri.ts'
import { folderArtifacts } from './folder-artifacts.ts'

/** Where the files of a store on this machine lie. */
export interface LocalPlaces {
  /** What relative locations are relative to. */
  readonly base: string
  /** The folder behind `mlflow-artifacts:`, where the store's server has served from one. */
  readonly artifactRoot?: string
}

/** The files below an artifact location, or undefined where they are not on this machine. */
export function localArtifacts(
  location: string,
  { base, artifactRoot }: LocalPlaces,
): Pick<ArtifactStore, 'list' | 'get'> | undefined {
  const folder = folderOf(location, base, artifactRoot)
  return folder === undefined ? undefined : folderArtifacts(folder)
}

function folderOf(location: string, base: string, artifactRoot: string | undefined): string | undefined {
  const proxied = proxiedPathOf(location)
  if (proxied !== undefined) return artifactRoot === undefined ? undefined : join(artifactRoot, artifactPathOf(proxied))
  if (location.startsWith('file:')) return existing(fileURLToPath(new URL(location, 'file:///')))
  if (/^[a-z][a-z0-9+.-]+:/i.test(location) || location === '') return undefined
  return existing(isAbsolute(location) ? location : resolve(base, location))
}

const LEVELS = 5 // `mlruns/1/<run>/artifacts`: what MLflow makes when the first file comes

/** A folder that is not there yet holds nothing; one whose parents are gone as well is on another machine. */
function existing(folder: string): string | undefined {
  let parent = folder
  for (let level = 0; level < LEVELS && parent !== dirname(parent); level++) {
    if (existsSync(parent)) return folder
    parent = dirname(parent)
  }
  return undefined
}
