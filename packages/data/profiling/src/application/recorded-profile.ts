import type { EventPublisher } from './ports/event-publisher.ts'
import type { KeptProfile, ProfilesStore } from './ports/profiles-store.ts'
import { profileGenerated } from './profile-event.ts'
import type { ProfileOptions } from './profile-options.ts'
import { type ProfileDeps, profileTable } from './profile-table.ts'

/** What a recorded profile needs from the world. */
export interface RecordedProfileDeps {
  readonly profiles: ProfilesStore
  readonly events?: EventPublisher | undefined
  /** Unique for every call. */
  readonly newId: () => string
}

/** Profiles a table, keeps the profile and tells of it. */
export class RecordedProfile {
  readonly #deps: RecordedProfileDeps

  constructor(deps: RecordedProfileDeps) {
    this.#deps = deps
  }

  /** @throws ProfilingError what `profileTable` and the store throw; whatever the publisher rejects with, when the profile is kept */
  async run(table: ProfileDeps, options: Partial<ProfileOptions> = {}): Promise<KeptProfile> {
    const { profiles, events, newId } = this.#deps
    const kept: KeptProfile = { id: newId(), profile: await profileTable(table, options) }
    await profiles.append(kept)
    await events?.publish(profileGenerated(kept.profile, newId))
    return kept
  }
}
