import { expect, it } from 'vitest'
import { createKieProvider } from './kie-provider.ts'
import { readUrls } from './kie-wire.ts'
import { begin, contextAnswering, errorOf, testRequest } from './test-bed.ts'

const two = ['https://x/a.mp4?b=1,2', 'http://y/c.mp4']

it.each([
  ['an array', two],
  ['a JSON string', JSON.stringify(two)],
  ['a bracketed string', `[${two.join(', ')}]`],
])('reads %s', (_what, value) => {
  expect(readUrls(value)).toEqual(two)
})

it.each([[null], [undefined], [''], ['[]'], ['null'], [[]], [[null, 5, 'ftp://x']], [{}], [5]])(
  'finds none in %j',
  (value) => {
    expect(readUrls(value)).toEqual([])
  },
)

it('takes a single address', () => {
  expect(readUrls('https://x/a.mp4')).toEqual(['https://x/a.mp4'])
})

const provider = createKieProvider({
  apiKey: 'key',
  baseUrl: 'https://api.kie.ai',
  uploadUrl: 'https://kieai.redpandaai.co',
})
const answered = (data: unknown, code: unknown = 200, status = 200) =>
  contextAnswering({ code, msg: 'success', data }, status)
const veo = { api: 'veo', taskId: '7', resolution: '720p', aspectRatio: '16:9', completedAt: null }

it.each([
  ['text for its code', { taskId: 'veo_1' }, '200', 200, 'veo_1'],
  ['a number for its task', { taskId: 17 }, 200, 200, '17'],
  ['the status of something made', { taskId: 'veo_1' }, 200, 201, 'veo_1'],
])('an accepted task with %s is no lost one', async (_what, data, code, status, providerJobId) => {
  const made = await begin(provider, testRequest(), answered(data, code, status))
  expect(made).toMatchObject({ providerJobId })
})

it.each([
  ['a number that is not told exactly', { taskId: 2 ** 60 }, 200],
  ['no name', { taskId: '' }, 200],
  ['a code in words', { taskId: 'veo_1' }, 'ok'],
])('of an accepted task with %s nothing is known', async (_what, data, code) => {
  const error = await errorOf(begin(provider, testRequest(), answered(data, code)))
  expect(error).toMatchObject({ code: 'unknown_submit_outcome', submitOutcome: 'unknown' })
})

it('a refusal with text for its code is one', async () => {
  const error = await errorOf(begin(provider, testRequest(), answered(null, '402')))
  expect(error).toMatchObject({ code: 'insufficient_credits', submitOutcome: 'no_job' })
})

const made = {
  taskId: 7,
  successFlag: '1',
  creditsConsumed: '80.5',
  response: { resultUrls: ['https://x/a.mp4'] },
}

it('a record with text for numbers tells its video and its price', async () => {
  expect(await provider.check(veo, answered(made))).toEqual({
    status: 'completed',
    output: { kind: 'url', url: 'https://x/a.mp4' },
    costMicros: 402_500,
  })
  const [job, waiting] = [
    { api: 'jobs', taskId: '7' },
    { state: 'generating', progress: '45' },
  ]
  expect(await provider.check(job, answered(waiting))).toEqual({ status: 'pending', progress: 45 })
})

it.each([
  ['veo', made],
  ['jobs', { state: 'fail', failCode: 500 }],
  ['aleph', { successFlag: 1, response: { resultVideoUrl: 'https://x/a.mp4' } }],
])('the record of another task of %s tells nothing of this one', async (api, record) => {
  const look = (taskId: unknown) => provider.check({ ...veo, api }, answered({ ...record, taskId }))
  expect(await look('7')).toHaveProperty('status')
  expect(await look(undefined)).toHaveProperty('status')
  const error = await errorOf(look('8'))
  expect(error).toMatchObject({ code: 'provider_unavailable', retryable: true })
})
