import { says } from '../../../tests/support/says.ts'
import { inEnglish } from '#lib/messages/translate'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../models/catalogue.ts'
import { providerSetups } from './index.ts'
import type { Json } from './provider.ts'
import {
  type Offer,
  type Services,
  aContext,
  begin,
  errorOf,
  followAnywhere,
  isPaid,
  offersOf,
  requestFor,
  startServices,
} from './test-services.ts'

// Holds every adapter against the common form: the same files, and the same answers to the same events on the wire.

/** Folders next to the adapters that are no adapters. */
const shared = new Set(['google', 'process'])

/** Adapters that call no service: none of what can happen on the wire happens to them. */
const wireless = new Set(['edits', 'local'])

/** Those that cut what was made, and make nothing of words. */
const editors = new Set(['edits'])

/** Adapters whose health needs no answer of their service. */
const healthyAlone = new Set(['vertex'])

/** Services that do not say why they made nothing of a job. */
const silentAboutSafety = new Set(['superduperai'])

/** Providers that answer the submit of an image with the image itself: there is nothing to look at afterwards. */
const answersAtOnce = new Set(['gemini', 'vertex'])
const isLookedAt = ({ model, route }: Offer) =>
  !(model.kind === 'image' && answersAtOnce.has(route.provider))

/** What every adapter's folder has in common, and what those that speak to a service have besides. */
const commonFiles = ['-provider.ts', '-provider.test.ts']
const fixtures = ['accepted', 'pending', 'completed', 'failed', 'refused']

const root = import.meta.dirname
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !shared.has(entry.name))
  .map(({ name }) => name)
const onTheWire = folders.filter((id) => !wireless.has(id))

function missingIn(folder: string, id = folder) {
  const common = commonFiles.map((ending) => `${id}${ending}`)
  const wire = wireless.has(id) ? [] : fixtures.map((name) => `fixtures/${name}.json`)
  return [...common, ...wire].filter((file) => !existsSync(join(root, folder, file)))
}

describe('an adapter’s folder', () => {
  test.each(folders)('%s has every file of the common set', (id) => {
    expect(missingIn(id)).toEqual([])
  })

  test('is missed where it lacks one', () => {
    expect(missingIn('vertex', 'kie')).toEqual(commonFiles.map((end) => `kie${end}`))
    expect(missingIn('thief')).toHaveLength(commonFiles.length + fixtures.length)
  })

  test.each(folders)('%s is in the registry and in the catalogue', (id) => {
    expect(providerSetups.map((setup) => setup.id)).toContain(id)
    expect(offersOf(id).length > 0 || editors.has(id)).toBe(true)
  })

  test('is there for every provider of the registry and of the catalogue', () => {
    const used = catalogue.flatMap(({ routes }) => routes.map(({ provider }) => provider))
    expect([...new Set([...used, ...providerSetups.map(({ id }) => id)])].toSorted()).toEqual(
      folders.toSorted(),
    )
  })
})

let services: Services
beforeAll(async () => {
  services = await startServices()
})
afterAll(() => services.close())

const everyOffer = onTheWire
  .flatMap(offersOf)
  .map((offer): [name: string, id: string, offer: Offer] => {
    const { provider, model } = offer.route
    return [`${provider}: ${offer.model.kind} ${model}`, provider, offer]
  })
// The images of a provider differ in their fields alone, which its own tests hold: one stands for all.
function isHeldToAll([, id, { model, route }]: (typeof everyOffer)[number]) {
  const firstImage = offersOf(id).find((one) => one.model.kind === 'image')
  return model.kind === 'video' || firstImage?.route === route
}
const offers = everyOffer.filter(isHeldToAll)
const others = everyOffer.filter((one) => !isHeldToAll(one))

const submit = (offer: Offer, fault: string) =>
  begin(services.provider(offer.route.provider), requestFor(offer, fault))

const aPicture = {
  role: 'first_frame',
  contentType: 'image/png',
  fileName: 'picture.png',
  read: async () => new TextEncoder().encode('a picture'),
} as const

async function operationOf(offer: Offer, fault: string) {
  const started = await submit(offer, fault)
  if (!('operation' in started)) throw new Error('no operation')
  return started.operation
}

const follow = (id: string, operation: Json) =>
  followAnywhere(() => services.provider(id), operation)

test.each(others)('%s is made', async (_name, id, offer) => {
  const operation = await operationOf(offer, 'seconds=0')
  expect(await follow(id, operation)).toMatchObject({ status: 'completed' })
})

describe.each(offers)('%s', (_name, id, offer) => {
  test('is submitted, and looked at by any process with what was stored', async () => {
    const operation = await operationOf(offer, 'seconds=0.05')
    expect(JSON.parse(JSON.stringify(operation))).toEqual(operation)
    expect(await follow(id, operation)).toMatchObject({ status: 'completed' })
  })

  test('is prepared for nothing, as often as one likes, and submitted with one request', async () => {
    const provider = services.provider(id)
    const request = requestFor(offer, '422')
    const before = services.requestsOf(id).length
    await provider.prepare(request, aContext())
    const prepared = await provider.prepare(request, aContext())
    expect(services.requestsOf(id).slice(before).filter(isPaid)).toEqual([])
    expect(JSON.parse(JSON.stringify(prepared))).toEqual(prepared)
    for (const secret of services.secrets) expect(JSON.stringify(prepared)).not.toContain(secret)

    const between = services.requestsOf(id).length
    await errorOf(provider.submit(prepared, 'key_of_one', aContext()))
    const sent = services.requestsOf(id).slice(between)
    expect(sent).toHaveLength(1)
    expect(sent.filter(isPaid)).toHaveLength(1)
  })

  test('whose picture cannot be read fails in its preparation, and is no job', async () => {
    const request = requestFor(offer, 'seconds=0')
    const before = services.requestsOf(id).length
    const lost = { ...aPicture, read: () => Promise.reject(new Error('disk')) }
    const wish = { ...request, inputs: [...request.inputs, lost] }
    const error = await errorOf(services.provider(id).prepare(wish, aContext()))
    expect(error.submitOutcome).toBe('no_job')
    expect(services.requestsOf(id).slice(before).filter(isPaid)).toEqual([])
  })

  test('canceled before it goes out is no job, and not sent', async () => {
    const provider = services.provider(id)
    const prepared = await provider.prepare(requestFor(offer, 'seconds=0'), aContext())
    const before = services.requestsOf(id).length
    const context = { ...aContext(), signal: AbortSignal.abort() }
    const error = await errorOf(provider.submit(prepared, 'key_of_none', context))
    expect(error).toMatchObject({ submitOutcome: 'no_job', retryable: true })
    expect(services.requestsOf(id)).toHaveLength(before)
  })

  test.each([
    ['401', 'auth'],
    ['402', 'insufficient_credits'],
    ['422', 'invalid_input'],
    ['429=7', 'rate_limited'],
    ['503', 'provider_unavailable'],
    ['policy', 'content_policy'],
    ['retired', 'model_retired'],
  ])('refused by %s is %s, and no job', async (fault, code) => {
    const jobs = services.jobsOf(id).length
    const error = await errorOf(submit(offer, fault))
    expect(error).toMatchObject({ code, submitOutcome: 'no_job' })
    expect(error.retryable).toBe(code === 'rate_limited' || code === 'provider_unavailable')
    if (code === 'rate_limited') expect(error.retryAfterSeconds).toBe(7)
    expect(services.jobsOf(id)).toHaveLength(jobs)
  })

  test.each([
    ['reset-after', 1],
    ['500-after', 1],
    ['html-after', 1],
    ['reset', 0],
  ])('whose answer is lost by %s may be a job, and is asked for once', async (fault, more) => {
    const jobs = services.jobsOf(id).length
    const error = await errorOf(submit(offer, fault))
    expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
    expect(error.retryable).toBe(false)
    expect(services.jobsOf(id)).toHaveLength(jobs + more)
  })

  test('at a service that is gone is no job', async () => {
    const provider = services.providerWithoutService(id)
    const prepared = await services.provider(id).prepare(requestFor(offer, 'seconds=0'), aContext())
    const error = await errorOf(provider.submit(prepared, 'key_of_none', aContext()))
    expect(error).toMatchObject({
      code: 'provider_unavailable',
      submitOutcome: 'no_job',
      retryable: true,
    })
  })

  test('that fails says so', async () => {
    const result = await follow(id, await operationOf(offer, 'fail'))
    expect(result).toMatchObject({ status: 'failed', error: { submitOutcome: 'job_made' } })
  })

  test.runIf(!isLookedAt(offer))('is found by its key, and not after it was released', async () => {
    const provider = services.provider(id)
    const prepared = await provider.prepare(requestFor(offer, 'seconds=0'), aContext())
    expect(await provider.find!('key_of_the_found', aContext())).toBeNull()
    await provider.submit(prepared, 'key_of_the_found', aContext())
    const { operation } = (await services.provider(id).find!('key_of_the_found', aContext()))!
    expect(await follow(id, operation)).toMatchObject({ status: 'completed' })
    await services.provider(id).releaseProviderFiles!(operation)
    expect(await services.provider(id).find!('key_of_the_found', aContext())).toBeNull()
    const error = await errorOf(services.provider(id).check(operation, aContext()))
    expect(error.code).toBe('not_found_or_expired')
  })

  test.runIf(isLookedAt(offer))(
    'that the service does not know is not found, and no failure of ours',
    async () => {
      const operation = await operationOf(offer, 'lost')
      const error = await errorOf(services.provider(id).check(operation, aContext()))
      expect(error.code).toBe('not_found_or_expired')
    },
  )

  test.runIf(isLookedAt(offer)).each(['status-500', 'status-html', 'status-429'])(
    'is not lost by a look that ends in %s',
    async (fault) => {
      const operation = await operationOf(offer, `${fault}*1`)
      const error = await errorOf(services.provider(id).check(operation, aContext()))
      expect(error.retryable).toBe(true)
      expect(await follow(id, operation)).toMatchObject({ status: 'completed' })
    },
  )
})

test.each(offers.filter(([, id]) => !silentAboutSafety.has(id)))(
  '%s that is withheld says why',
  async (_name, id, offer) => {
    const result = await follow(id, await operationOf(offer, 'safety'))
    expect(result).toMatchObject({ status: 'failed', error: { code: 'content_policy' } })
  },
)

describe.each(onTheWire)('%s', (id) => {
  const offer = offersOf(id)[0]!

  test('keeps its key out of every error, and the words of the service from the user', async () => {
    for (const fault of ['401', '402', '422', '500-after', 'policy']) {
      const error = await errorOf(submit(offer, fault))
      for (const secret of services.secrets)
        expect(`${error.message} ${inEnglish(error.userMessage)}`).not.toContain(secret)
      expect(inEnglish(error.userMessage)).toMatch(/^[A-Z].*\.$/)
      expect(inEnglish(error.userMessage)).not.toMatch(/[{}<>]|https?:|\b[45]\d\d\b/)
    }
  })

  test('does not submit what it has not prepared', async () => {
    for (const nonsense of [null, 'x', {}, { body: 7 }] as Json[])
      expect(
        await errorOf(services.provider(id).submit(nonsense, 'key_of_none', aContext())),
      ).toMatchObject({ submitOutcome: 'no_job', retryable: true })
  })

  test('does not look at what is none of its operations', async () => {
    for (const nonsense of [null, 'x', {}, { name: 7 }] as Json[])
      expect((await errorOf(services.provider(id).check(nonsense, aContext()))).code).toBe(
        'not_found_or_expired',
      )
  })
})

test.each(onTheWire.filter((id) => !healthyAlone.has(id)))(
  '%s is down where its service is gone, and says so in a sentence',
  async (id) => {
    const health = await services.providerWithoutService(id).health(aContext())
    expect(health).toMatchObject({ state: 'down', message: says(/\.$/) })
  },
)

describe.each(folders)('%s', (id) => {
  test('is well', async () => {
    expect(await services.provider(id).health(aContext())).toMatchObject({ state: 'ok' })
  })

  test('bears the name it is registered under', () => {
    const setup = providerSetups.find((one) => one.id === id)
    expect(services.provider(id)).toMatchObject({ id, label: setup?.label })
  })
})

test.each([...wireless].filter((id) => !editors.has(id)))(
  '%s is submitted to, and looked at by any process with what was stored',
  async (id) => {
    const request = { ...requestFor(offersOf(id)[0]!, 'none'), width: 256, height: 144 }
    const started = await begin(services.provider(id), { ...request, durationSeconds: 2 })
    if (!('operation' in started)) throw new Error('no operation')
    expect(await follow(id, started.operation)).toMatchObject({
      status: 'completed',
      costMicros: 0,
    })
  },
)
