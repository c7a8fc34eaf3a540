import { inject, expect, test } from 'vitest'
import { holdInstallation } from './hold-installation.ts'

test('one server at a time holds a data directory; the next may once it is released', async () => {
  const server = inject('databaseServer')
  const held = await holdInstallation(server, '/data')
  await expect(holdInstallation(server, '/data')).rejects.toThrow(
    'Another Photofinish is serving /data',
  )
  await held.release()
  const next = await holdInstallation(server, '/data')
  await next.release()
})
