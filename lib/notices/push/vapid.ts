import { createECDH, hkdfSync } from 'node:crypto'
import { env } from '../../env.ts'
import { authSecret } from '../../people/kept-secret.ts'

/** A contact that push services may ask for; where the studio has no public address, the product's name stands in. */
const contactWithoutAddress = 'mailto:operator@photofinish.invalid'

/**
 * What push services know this installation by (RFC 8292). Made from what sessions are signed with: all processes have the
 * same, also after a restore, and nothing more has to be kept.
 */
export function vapidDetails() {
  const curve = createECDH('prime256v1')
  const privateKey = Buffer.from(hkdfSync('sha256', authSecret(), '', 'photofinish push', 32))
  curve.setPrivateKey(privateKey)
  const { PUBLIC_URL } = env()
  return {
    subject: PUBLIC_URL?.startsWith('https:') ? PUBLIC_URL : contactWithoutAddress,
    publicKey: curve.getPublicKey('base64url'),
    privateKey: privateKey.toString('base64url'),
  }
}
