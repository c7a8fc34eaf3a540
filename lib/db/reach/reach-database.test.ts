import { type AddressInfo, type Server, type Socket, createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { databaseAddress } from '../client.ts'
import { reachDatabase } from './reach-database.ts'

withTestDatabase()

let server: Server | undefined
afterEach(() => void server?.close())

/** A server that answers every connection with these bytes. */
async function answering(reply: (socket: Socket) => void) {
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => reply(socket))
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `postgres://u:se%23cret@127.0.0.1:${(server.address() as AddressInfo).port}/studio`
}

/** An error as PostgreSQL sends it. */
function refusal(code: string) {
  const body = Buffer.from(`SFATAL\0C${code}\0Mpassword for se#cret at host\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(body.length + 4, 1)
  return (socket: Socket) => void socket.end(Buffer.concat([head, body]))
}

/** A step of a sign-in. */
function asking(step: number, text: string) {
  const head = Buffer.alloc(9)
  head.write('R')
  head.writeInt32BE(text.length + 8, 1)
  head.writeInt32BE(step, 5)
  return Buffer.concat([head, Buffer.from(text)])
}

describe('P9: a database at DATABASE_URL', () => {
  it('P9: that answers is used', async () => {
    await reachDatabase(databaseAddress())
  })

  it.each<[string, RegExp]>([
    ['postgres://u:se%23cret@127.0.0.1:1/db', /nothing answers at its host and port/],
    ['postgres://u:se%23cret@localhost:1/db', /nothing answers at its host and port/],
    ['postgres://u:pw@cret.invalid/db', /its host is not known.*%40/],
    ['postgres://u:pw@/db?host=/nowhere/cret', /no socket of PostgreSQL/],
    ['postgres://u:p w@[::1]:1/cret', /no address.*%40/],
    [
      'postgres://u:cret@127.0.0.1:1/db?sslmode=verify-full&sslrootcert=/cret.pem',
      /sslrootcert, sslcert or sslkey cannot be read \(ENOENT\)/,
    ],
  ])('P9: that cannot be reached is told of: %s', async (address, words) => {
    const refused = reachDatabase(address)
    await expect(refused).rejects.toThrow(words)
    await expect(refused).rejects.toThrow('DATABASE_URL cannot be used')
    await expect(refused).rejects.not.toThrow('cret')
  })

  it.each<[string, RegExp]>([
    ['28P01', /refuses the user or the password/],
    ['28000', /refuses the user or the password/],
    ['3D000', /no database of that name/],
    ['53300', /no more connections/],
    ['57P03', /starting or stopping/],
    ['XX000', /XX000\.$/],
  ])('P9: that refuses with %s is told of, without its words', async (code, words) => {
    const refused = reachDatabase(await answering(refusal(code)))
    await expect(refused).rejects.toThrow(words)
    await expect(refused).rejects.not.toThrow('cret')
  })

  it('P9: that asks for a password the address lacks is told of', async () => {
    const address = await answering((socket) => {
      socket.write(asking(10, 'SCRAM-SHA-256\0\0'))
      socket.once('data', (first: Buffer) => {
        const [, nonce] = /r=([^,]+)/.exec(first.toString('latin1'))!
        socket.write(asking(11, `r=${nonce}x,s=c2FsdHNhbHQ=,i=4096`))
      })
    })
    await expect(reachDatabase(address.replace(':se%23cret', ''))).rejects.toThrow(
      'asks for a password',
    )
  })

  it('P9: that is no PostgreSQL is told of', async () => {
    const address = await answering((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await expect(reachDatabase(address)).rejects.toThrow('cannot be used')
  })

  it('P9: that has no TLS where the address wants it is told of', async () => {
    const address = await answering((socket) => void socket.write('N'))
    await expect(reachDatabase(`${address}?sslmode=require`)).rejects.toThrow('TLS fails')
  })
})
