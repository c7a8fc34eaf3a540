import { expect, test } from 'vitest'
import { aFileView } from '../../tests/support/file-view.ts'
import { versionRequest } from './version-request.ts'

const { cost } = aFileView()
const view = aFileView({ cost: { ...cost, estimatedUsd: 0.4, upToUsd: 1.2 } })

test('the price that was shown is the limit, fallback included', () =>
  expect(versionRequest(view, { usd: 0.5, upToUsd: 1.5 }, { prompt: 'a dog' })).toEqual({
    fromFileId: view.id,
    prompt: 'a dog',
    maxUsd: 1.5,
  }))

test('without one it is what the video before was quoted', () =>
  expect(versionRequest(view, null)).toEqual({ fromFileId: view.id, maxUsd: 1.2 }))
