import { expect, test } from 'vitest'
import { listSuperDuperAiModels } from './superduperai-models.ts'
import { contextAnswering, createTestbed, errorOf, testContext } from './test-bed.ts'

const account = { token: 't', baseUrl: 'https://superduperai.example' }

test('lists the models of a type with what they tell of themselves', async () => {
  const { account, close } = await createTestbed()
  expect(await listSuperDuperAiModels('text_to_video', account, testContext())).toEqual([
    {
      name: 'google-cloud/veo3-text2video',
      pricePerSecondUsd: 3,
      availableDurations: [5, 8],
      vipRequired: true,
    },
    { name: 'google-cloud/veo2-text2video', pricePerSecondUsd: 2 },
    { name: 'azure-openai/sora' },
  ])
  await close()
})

test('turns the pages until all are there', async () => {
  const models = Array.from({ length: 250 }, (_, index) => ({
    name: `model-${index}`,
    type: 'text_to_video',
  }))
  const { account, emulator, close } = await createTestbed({ models })
  const listed = await listSuperDuperAiModels('text_to_video', account, testContext())
  expect(listed).toEqual(models.map(({ name }) => ({ name })))
  expect(emulator.requests).toHaveLength(3)
  await close()
})

test('takes what fits and leaves the rest', async () => {
  const items = [
    { name: 'a', params: { price_per_second: 'much', price: 2, available_durations: 'all' } },
    { name: 'b', params: { price_per_second: -1, vip_required: 'yes' } },
    { name: 'c', params: 'none' },
    { name: '' },
    { params: { price: 1 } },
    null,
  ]
  const context = contextAnswering({ items, total: 6, limit: 100, offset: 0 })
  expect(await listSuperDuperAiModels('text_to_video', account, context)).toEqual([
    { name: 'a', pricePerSecondUsd: 2 },
    { name: 'b' },
    { name: 'c' },
  ])
})

test('ends where a list is shorter than it says', async () => {
  const context = contextAnswering({ items: [], total: 7 })
  expect(await listSuperDuperAiModels('text_to_video', account, context)).toEqual([])
})

test('throws where there is no list', async () => {
  const call = listSuperDuperAiModels('text_to_video', account, contextAnswering({}, 404))
  expect(await errorOf(call)).toMatchObject({ code: 'provider_unavailable' })
})
