import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { expect, test } from 'vitest'
import { aModelView } from '../../tests/support/generations/model-view.ts'
import { assertNothingCosts } from './core.ts'

const anna = callerNamed('anna')
const free = { perRunUsd: 0, perSecondUsd: 0 }

test('S5: a message without a session is refused where a model costs money', async () => {
  const models = async () => [aModelView({ price: free }), aModelView({ id: 'priced' })]
  await expect(assertNothingCosts(anna, models)).rejects.toMatchObject({ code: 'session_required' })
})

test('S5: it is taken where all that is on is free', async () => {
  const off = aModelView({ id: 'off', isEnabled: false })
  await expect(
    assertNothingCosts(anna, async () => [aModelView({ price: free }), off]),
  ).resolves.toBeUndefined()
})
