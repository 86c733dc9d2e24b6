import { z } from 'zod'

/** A part of a catalogue: its id, or its id and the parameters that differ from the defaults. */
export type PartChoice =
  | string
  | { readonly id: string; readonly parameters?: Readonly<Record<string, unknown>> | undefined }

/** A part with its parameters. */
export interface ResolvedPart {
  readonly id: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** Reads a `PartChoice`. */
export const partChoice: z.ZodType<ResolvedPart, PartChoice> = z.union([
  z.string().transform((id) => ({ id, parameters: {} })),
  z
    .strictObject({ id: z.string(), parameters: z.record(z.string(), z.unknown()).optional() })
    .transform(({ id, parameters }) => ({ id, parameters: parameters ?? {} })),
])
