import { expect, it } from 'vitest'
import { initialValues } from './composer-values.ts'
import { findFaults } from './find-faults.ts'
import { testModel } from './test-model.ts'

const model = testModel({})
const check = (part: object) => findFaults({ ...initialValues, ...part }, model, [model])

it('finds nothing wrong with a good form', async () => {
  expect(await check({ prompt: 'A wave' })).toEqual({})
})

it('puts each fault beside its field, with the limits', async () => {
  const faults = await check({ prompt: ' ', seed: 'seven' })
  expect(faults.prompt).toContain('1 to 4,000')
  expect(faults.seed).toContain('whole number')
})

it('says why a model cannot be used', async () => {
  const off = testModel({ isEnabled: false, unavailableReason: 'Set KIE_API_KEY.' })
  const faults = await findFaults({ ...initialValues, prompt: 'A wave' }, off, [off])
  expect(faults.model).toBe('Set KIE_API_KEY.')
})
