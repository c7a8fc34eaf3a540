import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

interface Options {
  challenge: string
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const touched = 0x01
const verified = 0x04
const withCredential = 0x40

/** A passkey in software, as a browser's authenticator makes and uses one on a page at `origin`; by a touch alone where it does not verify who. */
export function anAuthenticator({
  rpId = 'localhost',
  origin = 'http://localhost',
  isVerifying = true,
} = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(16)
  const id = credentialId.toString('base64url')
  let present = touched | (isVerifying ? verified : 0)
  let count = 0

  const clientData = (type: string, { challenge }: Options) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const authenticatorData = (flags: number) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(++count)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter])
  }
  const credential = (response: Record<string, Buffer>) => ({
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: Object.fromEntries(
      Object.entries(response).map(([name, bytes]) => [name, bytes.toString('base64url')]),
    ),
  })

  return {
    id,
    /** PKCS #8 in base64, for a browser to hold. */
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    /** From now on it is only touched. */
    lock() {
      present = touched
    },
    create(options: Options) {
      const key = Buffer.concat([
        // A map of five: an EC2 key, ES256, P-256, and its two coordinates.
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x!, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y!, 'base64url'),
      ])
      const attested = [Buffer.alloc(16), Buffer.from([0, credentialId.length]), credentialId, key]
      const data = Buffer.concat([authenticatorData(present | withCredential), ...attested])
      const attestationObject = Buffer.concat([
        // { fmt: 'none', attStmt: {}, authData: so many bytes }
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      return credential({
        clientDataJSON: clientData('webauthn.create', options),
        attestationObject,
      })
    },
    get(options: Options) {
      const clientDataJSON = clientData('webauthn.get', options)
      const data = authenticatorData(present)
      const signature = sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), privateKey)
      return credential({ clientDataJSON, authenticatorData: data, signature })
    },
  }
}

/** What an authenticator app shows now for a secret in base 32 (RFC 6238). */
export function codeNow(secret: string, nowMs = Date.now()) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30_000)))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = digest.at(-1)! & 15
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function fromBase32(text: string) {
  const bits = Array.from(text.replaceAll(/[\s=]/g, '').toUpperCase())
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
