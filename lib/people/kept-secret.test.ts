import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAllProcessWide } from '../process-wide.ts'
import { authSecret, installationId } from './kept-secret.ts'

const run = promisify(execFile)
let folder: string
const at = (name: string) => join(folder, name)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-secret-'))
  vi.stubEnv('DATA_DIR', folder)
  vi.stubEnv('AUTH_SECRET', '')
  vi.stubEnv('LOG_LEVEL', 'silent')
  forgetAllProcessWide()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  forgetAllProcessWide()
  await rm(folder, { recursive: true, force: true })
})

describe('P8: what is kept in the data directory', () => {
  it('P8: is made once, for its owner alone', async () => {
    expect(authSecret()).toMatch(/^[0-9a-f]{64}$/)
    expect(authSecret()).toBe(authSecret())
    expect(installationId()).toMatch(/^[0-9a-f]{8}$/)
    expect((await readdir(folder)).toSorted()).toEqual(['auth-secret', 'installation-id'])
    expect((await stat(at('auth-secret'))).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['empty', ''],
    ['blank', '\n'],
    ['zeros, as after a power cut', '\0'.repeat(64)],
  ])('P8: a secret that is %s is no secret: it is made again', async (_name, text) => {
    await writeFile(at('auth-secret'), text)
    const secret = authSecret()
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(await readFile(at('auth-secret'), 'utf8')).toBe(secret)
  })

  it('P8: a secret of the operator’s own stays as it is', async () => {
    await writeFile(at('auth-secret'), 'written by hand, and long enough\n')
    expect(authSecret()).toBe('written by hand, and long enough\n')
  })

  it.each(['', 'zz', '0a1b', '0a1b2c3d\n'])(
    'P8: an id that fits in no cookie’s name is made again: %j',
    async (text) => {
      await writeFile(at('installation-id'), text)
      expect(installationId()).toMatch(/^[0-9a-f]{8}$/)
    },
  )

  it('P8: a disk that is full at the first start leaves nothing half-written', async () => {
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).catch(
      () => undefined,
    )
    // Only root may mount, and not in every container.
    if (!mounted) return
    try {
      await run('/bin/sh', ['-c', 'head -c 1m /dev/zero > full || true'], { cwd: folder })
      expect(() => authSecret()).toThrow('ENOSPC')
      await rm(at('full'))
      expect(authSecret()).toMatch(/^[0-9a-f]{64}$/)
      expect(await readdir(folder)).toEqual(['auth-secret'])
    } finally {
      await run('umount', [folder])
    }
  })

  it('P8: processes that start at once get the same', async () => {
    const script = `const { authSecret } = await import('./lib/people/kept-secret.ts')
      process.stdout.write(authSecret())`
    const env = { ...process.env, DATA_DIR: folder, AUTH_SECRET: '' }
    const secrets = await Promise.all(
      Array.from({ length: 4 }, () =>
        run(process.execPath, ['--input-type=module', '--eval', script], { env }),
      ),
    )
    expect(new Set(secrets.map(({ stdout }) => stdout)).size).toBe(1)
    expect(secrets[0]!.stdout).toMatch(/^[0-9a-f]{64}$/)
  })
})
