import { expect, it } from 'vitest'
import { testModel, testRoute } from '../../../../../tests/support/generations/test-model.ts'
import { modelGroups } from './model-list.tsx'

it('separates models in need of a key, temporarily unavailable and retired', () => {
  const off = (id: string, unavailableReason: string, isSetUp: boolean) =>
    testModel({ id, isEnabled: false, unavailableReason, routes: [testRoute({ isSetUp })] })
  const { choosable, retired } = modelGroups([
    off('keyless', 'Set KIE_API_KEY to turn on Kie.ai.', false),
    testModel({ id: 'ready' }),
    off('broke', 'The account at Kie.ai has run out of credits.', true),
    testModel({ id: 'gone', state: 'retired' }),
  ])
  expect(choosable.map(({ title, models }) => [title, ...models.map(({ id }) => id)])).toEqual([
    ['ready', 'ready'],
    ['unavailable', 'broke'],
    ['needsKey', 'keyless'],
  ])
  expect(retired.map(({ id }) => id)).toEqual(['gone'])
})

it('leaves out empty groups', () =>
  expect(modelGroups([testModel()]).choosable.map(({ title }) => title)).toEqual(['ready']))
