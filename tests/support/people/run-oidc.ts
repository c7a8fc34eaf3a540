import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface Claims {
  sub: string
  email?: string
  email_verified?: unknown
  name?: string
}

interface Tokens {
  id_token: string
}

export const oidcClient = { id: 'photofinish', secret: 'a secret of the client' }

/** A real OIDC provider on loopback, at which everyone is signed in as `person`. */
export async function runOidc(redirectUri: string) {
  const provided = {
    person: { sub: '1' } as Claims,
    tamper: (tokens: Tokens) => tokens,
    tell: (claims: Claims) => claims,
  }
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  const server = createServer((request, response) => answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(
    issuer,
    configuration(redirectUri, () => provided.person),
  )
  const handle = provider.callback()
  answer = (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      const login = { accountId: provided.person.sub }
      void provider.interactionFinished(request, response, { login })
      return
    }
    if (request.url === '/token') tampered(response, (tokens) => provided.tamper(tokens as Tokens))
    if (request.url === '/me') tampered(response, (claims) => provided.tell(claims as Claims))
    void handle(request, response)
  }
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { issuer, provided, close }
}

function tampered(response: ServerResponse, tamper: (body: unknown) => object) {
  const end = response.end.bind(response) as (body: string) => ServerResponse
  response.end = ((body: string) => {
    const changed = JSON.stringify(tamper(JSON.parse(body)))
    response.setHeader('content-length', Buffer.byteLength(changed))
    return end(changed)
  }) as typeof response.end
}

function configuration(redirectUri: string, person: () => Claims) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }
  return {
    clients: [
      { client_id: oidcClient.id, client_secret: oidcClient.secret, redirect_uris: [redirectUri] },
    ],
    jwks: { keys: [key] },
    cookies: { keys: ['a key of the cookies'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx: unknown, accountId: string) => ({ accountId, claims: () => person() }),
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 60,
      Interaction: 600,
      Session: 600,
    },
    loadExistingGrant: async (ctx: GrantContext) => {
      const { oidc } = ctx
      const of = { accountId: oidc.session.accountId, clientId: oidc.client.clientId }
      const grant = new oidc.provider.Grant(of)
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  }
}

interface GrantContext {
  oidc: { provider: Provider; session: { accountId: string }; client: { clientId: string } }
}

/** Goes through the pages of the provider, as a browser does; answers the address it sends the browser back to. */
export async function passProvider(url: string): Promise<URL> {
  const jar = new Map<string, string>()
  let next = url
  for (let hops = 0; hops < 10; hops++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = answer.headers.get('location')
    if (!location) throw new Error(`${answer.status}: ${await answer.text()}`)
    const to = new URL(location, next)
    if (to.origin !== new URL(url).origin) return to
    next = to.href
  }
  throw new Error('it goes in a circle')
}
