import { inject, expect, test } from 'vitest'
import { holdInstallation } from './hold-installation.ts'

test('one server at a time holds a data directory; the next may once it is released', async () => {
  const server = inject('databaseServer')
  const held = await holdInstallation(server, '/data')
  await expect(holdInstallation(server, '/data')).rejects.toThrow(
    'Another Photofinish is serving /data',
  )
  await expect(holdInstallation(server, '/data')).rejects.toThrow(`process ${process.pid}`)
  await held.release()
  const next = await holdInstallation(server, '/data')
  await next.release()
})

test('F16: one that is just ending is waited for', async () => {
  const server = inject('databaseServer')
  const held = await holdInstallation(server, '/data')
  const waiting = holdInstallation(server, '/data', { patienceMs: 30_000 })
  await held.release()
  await (await waiting).release()
})
