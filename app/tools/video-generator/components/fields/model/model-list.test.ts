import { expect, it } from 'vitest'
import { testModel } from '../../../../../../tests/support/test-model.ts'
import { modelGroups } from './model-list.tsx'

it('separates models in need of a key, temporarily unavailable and retired', () => {
  const off = (id: string, unavailableReason: string) =>
    testModel({ id, isEnabled: false, unavailableReason })
  const { choosable, retired } = modelGroups([
    off('keyless', 'Set KIE_API_KEY to turn on Kie.ai.'),
    testModel({ id: 'ready' }),
    off('broke', 'The account at Kie.ai has run out of credits.'),
    testModel({ id: 'gone', state: 'retired' }),
  ])
  expect(choosable.map(({ title, models }) => [title, ...models.map(({ id }) => id)])).toEqual([
    ['Ready to use', 'ready'],
    ['Not available right now', 'broke'],
    ['Needs a key', 'keyless'],
  ])
  expect(retired.map(({ id }) => id)).toEqual(['gone'])
})

it('leaves out empty groups', () =>
  expect(modelGroups([testModel()]).choosable.map(({ title }) => title)).toEqual(['Ready to use']))
