import { inEnglish } from '#lib/messages/translate'
import { expect, it } from 'vitest'
import { testModel } from '../../../../tests/support/generations/test-model.ts'
import { videoKind } from '../kinds/video-kind.ts'
import { initialValues } from './composer-values.ts'
import { faultsOf, findFaults } from './find-faults.ts'

const model = testModel()
const check = async (part: object, of = model) => {
  const faults = await findFaults({
    kind: videoKind,
    values: { ...initialValues, ...part },
    model: of,
    models: [of],
  })
  const said = Object.entries(faults).map(([field, fault]) => [field, inEnglish(fault)])
  return Object.fromEntries(said) as Record<string, string>
}

it('finds no fault in a valid form', async () => {
  expect(await check({ prompt: 'A wave' })).toEqual({})
})

it('assigns each fault to its field, with the limits', async () => {
  const faults = await check({ prompt: ' ', seed: 'seven', maxUsd: 'little' })
  expect(faults.prompt).toContain('1 to 4,000')
  expect(faults.seed).toContain('whole number')
  expect(faults.maxUsd).toBe('Enter dollars.')
})

it.each(['\u200B\u200B', '\u2800', '\u3164\u00A0', '\uFEFF', '\u0007', '\u{1D159}\uFFFC'])(
  'F33: a prompt of %j only is none',
  async (prompt) => expect((await check({ prompt })).prompt).toContain('Write a prompt'),
)

it('names why a model cannot be used', async () => {
  const off = testModel({ isEnabled: false, unavailableReason: 'Set KIE_API_KEY.' })
  const faults = await check({ prompt: 'A wave' }, off)
  expect(faults.model).toBe('Set KIE_API_KEY.')
})

it('waits for pictures that are not uploaded', async () => {
  const picture = { key: 'a', role: 'firstFrame', name: '', url: null, id: null, progress: 0.5 }
  const faults = (problem: string | null) =>
    check({ prompt: 'A wave', pictures: [{ ...picture, problem }] })
  expect((await faults(null)).inputs).toContain('still uploading')
  expect((await faults('Too large.')).inputs).toContain('Try again')
})

it('combines the faults of all inputs', () => {
  const issues = [
    { path: ['inputs.lastFrame'], message: 'first' },
    { path: ['inputs', 'references'], message: 'second' },
  ]
  expect(faultsOf(issues)).toEqual({ inputs: 'first' })
})
