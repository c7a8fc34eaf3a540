import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

interface Options {
  challenge: string
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const present = 0x05
const withCredential = 0x40

/** A passkey in software, as a browser's authenticator makes and uses one on a page at `origin`. */
export function anAuthenticator({ rpId = 'localhost', origin = 'http://localhost' } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(16)
  const id = credentialId.toString('base64url')
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
