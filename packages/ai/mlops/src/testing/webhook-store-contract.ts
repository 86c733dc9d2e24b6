import type { WebhookSecrets, WebhookStore } from '../application/ports/webhook-store.ts'
import type { NewWebhook } from '../domain/webhooks/webhook.ts'
import { type Case, expectCode, expectEqual } from './case.ts'

const hook = (more: Partial<NewWebhook> = {}): NewWebhook => ({
  name: 'ci',
  url: 'https://example.com/hook',
  events: [{ entity: 'MODEL_VERSION', action: 'CREATED' }],
  ...more,
})

/** What every `WebhookStore` must keep. @param make - an empty store that allows public https addresses only */
export function webhookStoreContract(it: Case, make: () => Promise<WebhookStore & WebhookSecrets>): void {
  it('creates, finds and lists, and shows no secret', async () => {
    const store = await make()
    const created = await store.create(
      hook({ description: 'd', secret: 's3cret', patterns: ['nomaly.model.promoted'] }),
    )
    const { name, url, description, events, patterns, status, hasSecret } = created
    expectEqual(
      { name, url, description, events, patterns, status, hasSecret },
      {
        name: 'ci',
        url: 'https://example.com/hook',
        description: 'd',
        events: [{ entity: 'MODEL_VERSION', action: 'CREATED' }],
        patterns: ['nomaly.model.promoted'],
        status: 'ACTIVE',
        hasSecret: true,
      },
    )
    expectEqual(await store.find(created.id), created)
    expectEqual(await store.list(), [created])
    expectEqual(JSON.stringify(created).includes('s3cret'), false)
    expectEqual([await store.secretOf(created.id), await store.secretOf('none')], ['s3cret', undefined])
    expectEqual(await store.find('none'), undefined)
  })

  it('changes what is named and nothing else', async () => {
    const store = await make()
    const { id } = await store.create(hook({ secret: 's3cret' }))
    const changed = await store.change(id, { kind: 'update', status: 'DISABLED', name: 'other' })
    expectEqual(
      [changed?.name, changed?.status, changed?.url, changed?.hasSecret],
      ['other', 'DISABLED', 'https://example.com/hook', true],
    )
    await store.change(id, { kind: 'update', secret: '' })
    expectEqual([(await store.find(id))?.hasSecret, await store.secretOf(id)], [false, undefined])
    expectEqual(await store.change(id, { kind: 'delete' }), undefined)
    expectEqual(await store.find(id), undefined)
    await expectCode(store.change(id, { kind: 'delete' }), 'mlops/not-found')
  })

  it('refuses what breaks a rule, and changes nothing then', async () => {
    const store = await make()
    const { id } = await store.create(hook())
    const bad: ReadonlyArray<Partial<NewWebhook>> = [
      { name: '' },
      { name: '-a' },
      { name: 'a'.repeat(64) },
      { url: 'no url' },
      { url: 'ftp://example.com' },
      { url: 'http://example.com' },
      { url: 'https://user:pass@example.com' },
      { url: 'https://10.0.0.1/' },
      { url: 'https://localhost/' },
      { events: [] },
      { patterns: ['nomaly'] },
    ]
    for (const parts of bad) {
      await expectCode(store.create(hook(parts)), 'mlops/invalid-argument')
      await expectCode(store.change(id, { kind: 'update', ...parts }), 'mlops/invalid-argument')
    }
    expectEqual(
      (await store.list()).map(({ name, url }) => [name, url]),
      [['ci', 'https://example.com/hook']],
    )
  })
}
