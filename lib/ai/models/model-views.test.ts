import { says } from '../../../tests/support/says.ts'
import { expect, test } from 'vitest'
import { findModel } from './catalogue.ts'
import { modelViews } from './model-views.ts'

const labelOf = (provider: string) => provider
const allOn = { labelOf, reasonOff: () => null, isSetUp: () => true }
const viewOf = (id: string, options = {}) =>
  modelViews({ ...allOn, ...options }).find((view) => view.id === id)!

test('a model whose providers are on can be chosen', () => {
  expect(viewOf('veo-3.1-fast')).toMatchObject({ isEnabled: true, unavailableReason: null })
})

test('a model one of whose providers is on can be chosen, by that one', () => {
  const reasonOff = ({ provider }: { provider: string }) => (provider === 'kie' ? 'Off.' : null)
  const { isEnabled, routes } = viewOf('veo-3.1-fast', { reasonOff })
  expect(isEnabled).toBe(true)
  expect(routes.find(({ provider }) => provider === 'kie')).toMatchObject({
    isEnabled: false,
    unavailableReason: 'Off.',
  })
})

test('a retired model can never be chosen, and names its replacement as users know it', () => {
  const { label } = findModel('veo-3.1-fast')!
  const reason = says(`Sora 2 was retired on 24 September 2026. Use ${label}.`)
  for (const options of [{}, { reasonOff: () => 'Set KIE_API_KEY to turn on Kie.ai.' }])
    expect(viewOf('sora-2', options)).toMatchObject({
      isEnabled: false,
      unavailableReason: reason,
      routes: [{ isEnabled: false, unavailableReason: reason }],
    })
})
