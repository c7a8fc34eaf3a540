import { describe, expect, it } from 'vitest'
import accepted from './fixtures/accepted.json' with { type: 'json' }
import completed from './fixtures/completed.json' with { type: 'json' }
import failed from './fixtures/failed.json' with { type: 'json' }
import pending from './fixtures/pending.json' with { type: 'json' }
import refused from './fixtures/refused.json' with { type: 'json' }
import { createKieProvider } from './kie-provider.ts'
import { begin, contextAnswering, errorOf, testInput, testRequest } from './test-bed.ts'

const provider = createKieProvider({
  apiKey: 'key',
  baseUrl: 'https://api.kie.ai',
  uploadUrl: 'https://kieai.redpandaai.co',
})

const models = { veo: 'veo3', jobs: 'wan/2-7-image-to-video', aleph: 'runway-aleph' }
const apis = ['veo', 'jobs', 'aleph'] as const

it('is not on this machine where Kie is not', () => {
  expect(provider.isOnThisMachine).toBe(false)
})

describe.each(apis)('%s, as documented,', (api) => {
  const operation = { api, resolution: '720p', aspectRatio: '16:9', completedAt: null }
  const check = (envelope: { data?: { taskId?: string } | null }) =>
    provider.check(
      { ...operation, taskId: envelope.data?.taskId ?? 't' },
      contextAnswering(envelope),
    )

  it('accepts', async () => {
    const inputs = api === 'aleph' ? [testInput('source_video', 'film.mp4')] : []
    // The same answer serves for the upload.
    const { data, ...rest } = accepted[api]
    const envelope = { ...rest, data: { ...data, downloadUrl: 'https://x/film.mp4' } }
    const request = testRequest({ model: models[api], inputs })
    const result = await begin(provider, request, contextAnswering(envelope))
    expect(result).toMatchObject({ providerJobId: data.taskId, operation: { api } })
  })

  it('is pending', async () => {
    expect(await check(pending[api])).toEqual({
      status: 'pending',
      ...(api === 'jobs' && { progress: 45 }),
    })
  })

  it('completes', async () => {
    expect(await check(completed[api])).toEqual({
      status: 'completed',
      output: { kind: 'url', url: expect.stringMatching(/^https:.*\.mp4$/) },
      ...(api === 'jobs' && { costMicros: 500_000 }),
    })
  })

  it('fails', async () => {
    const code = api === 'veo' ? 'content_policy' : 'generation_failed'
    expect(await check(failed[api])).toMatchObject({ status: 'failed', error: { code } })
  })

  it.each(refused.filter(({ msg }) => msg.includes('is null')))('is gone after %j', async (one) => {
    expect(await errorOf(check(one))).toMatchObject({ code: 'not_found_or_expired' })
  })
})

it.each(refused.filter(({ msg }) => !msg.includes('is null')))('is refused by %j', async (one) => {
  const error = await errorOf(begin(provider, testRequest(), contextAnswering(one)))
  expect(error.submitOutcome).toBe('no_job')
})
