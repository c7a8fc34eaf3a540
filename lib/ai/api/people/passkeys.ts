import { message } from '#lib/messages/message'
import { askAuth, refusedHere } from './ask-people.ts'

export interface PasskeyView {
  id: string
  name: string | null
  createdAt: string | null
}

/** Whether this browser can use passkeys on this page: only over HTTPS and on localhost. */
export function canUsePasskeys() {
  return (
    typeof PublicKeyCredential === 'function' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential
  )
}

/** Signs in with a passkey that the user picks. Rejects with `ProblemError`, also where none was picked. */
export async function signInByPasskey() {
  const options = await askAuth('GET', 'passkey/generate-authenticate-options')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
    ...(options as PublicKeyCredentialRequestOptionsJSON),
    // The server takes no other.
    userVerification: 'required',
  })
  const response = await picked(navigator.credentials.get({ publicKey }))
  await askAuth('POST', 'passkey/verify-authentication', { response })
}

/** Makes a passkey for the account that is signed in. */
export async function addPasskey(name: string) {
  const options = await askAuth('GET', 'passkey/generate-register-options')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  )
  const response = await picked(navigator.credentials.create({ publicKey }))
  await askAuth('POST', 'passkey/verify-registration', { response, name })
}

export async function removePasskey(id: string) {
  await askAuth('POST', 'passkey/delete-passkey', { id })
}

export async function readPasskeys(): Promise<PasskeyView[]> {
  const answer = await askAuth('GET', 'passkey/list-user-passkeys')
  return Array.isArray(answer) ? (answer as PasskeyView[]) : []
}

/** What the authenticator answers, as JSON. */
async function picked(credential: Promise<Credential | null>) {
  const given = await credential.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'InvalidStateError')
      throw refusedHere(message('entry.passkeyKnown'))
    throw refusedHere(message('entry.passkeyCanceled'))
  })
  if (given instanceof PublicKeyCredential) return given.toJSON() as object
  throw refusedHere(message('entry.passkeyCanceled'))
}
