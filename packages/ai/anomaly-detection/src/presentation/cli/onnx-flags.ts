/** The flags of `export`. */
export interface ExportFlags {
  readonly float?: boolean
  readonly verify?: boolean
  readonly output?: string
}

/** The flags of `import`. */
export interface ImportFlags {
  readonly model: string
  readonly features?: ReadonlyArray<string>
  /** Features by the name of the input that takes them. */
  readonly input?: Readonly<Record<string, ReadonlyArray<string>>>
  readonly scoreOutput?: string
  readonly scoreColumn?: number
  readonly scoreKind?: 'score' | 'reconstruction'
  readonly direction?: 'higher' | 'lower'
  readonly threshold?: number
  readonly rows?: string
  readonly contamination?: number
}

// What commander takes for a wrong value; its class would have to be loaded to be thrown.
class InvalidFlagValue extends Error {
  readonly code = 'commander.invalidArgument'
}

/** Reads `name=a,b`, added to what the flag gave before. */
export function parseInput(
  text: string,
  before: Readonly<Record<string, ReadonlyArray<string>>> = {},
): Readonly<Record<string, ReadonlyArray<string>>> {
  const at = text.indexOf('=')
  const features = text
    .slice(at + 1)
    .split(',')
    .map((name) => name.trim())
  if (at < 1 || features.includes('')) throw new InvalidFlagValue('Give input=feature,feature, such as X=a,b.')
  return { ...before, [text.slice(0, at)]: features }
}
