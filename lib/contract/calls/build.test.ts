import { expect, it, vi } from 'vitest'
import { isNewerBuild, noteBuild, onNewerBuild } from './build.ts'

const answerOf = (build?: string) =>
  new Response(null, { headers: build ? { 'x-build': build } : {} })

it('F14: the answer of another build tells that the page is out of date, once', () => {
  const listener = vi.fn<() => void>()
  const stop = onNewerBuild(listener)
  // An answer of a proxy names none, and a page that is being developed has none.
  noteBuild(answerOf(), 'old')
  noteBuild(answerOf('old'), 'old')
  noteBuild(answerOf('new'), '')
  expect(isNewerBuild()).toBe(false)
  noteBuild(answerOf('new'), 'old')
  noteBuild(answerOf('new'), 'old')
  expect(isNewerBuild()).toBe(true)
  expect(listener).toHaveBeenCalledOnce()
  stop()
})
