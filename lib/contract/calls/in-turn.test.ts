import { afterEach, describe, expect, it, vi } from 'vitest'
import { inTurn } from './in-turn.ts'

afterEach(() => vi.unstubAllGlobals())

const denied = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'))
const act = () => vi.fn<() => Promise<string>>().mockResolvedValue('done')

describe('F39: what one tab at a time does', () => {
  it.each([
    ['has no locks', {}],
    ['says that it has none', { locks: undefined }],
    ['denies locks with its cookies', { locks: { request: denied } }],
  ])('F39: happens once where a browser %s', async (_name, navigator) => {
    vi.stubGlobal('navigator', navigator)
    const once = act()
    expect(await inTurn('a lock', once)).toBe('done')
    expect(once).toHaveBeenCalledOnce()
  })

  it('F39: that fails is not done twice', async () => {
    const run = (_name: string, _options: object, once: () => Promise<string>) => once()
    vi.stubGlobal('navigator', { locks: { request: run } })
    const once = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('no answer'))
    await expect(inTurn('a lock', once)).rejects.toThrow('no answer')
    expect(once).toHaveBeenCalledOnce()
  })

  it('is not done where the wait was ended', async () => {
    vi.stubGlobal('navigator', { locks: { request: denied } })
    const once = act()
    await expect(inTurn('a lock', once, AbortSignal.abort())).rejects.toThrow()
    expect(once).not.toHaveBeenCalled()
  })
})
