import type { TableSample } from '../domain/cell.ts'
import type { Profile } from '../domain/profile.ts'
import type { ProfileOptions } from './profile-options.ts'

/** Adds to a profile; the sample has the values as they are. */
export type ProfileRefinement = (profile: Profile, sample: TableSample, options: ProfileOptions) => Profile
