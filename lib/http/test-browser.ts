import { inContract } from '../../tests/contract/in-contract.ts'
import { answerAuth } from './answer-auth.ts'

type Handle = (request: Request) => Promise<Response>

/** A browser as far as cookies go: it keeps what answers set, and sends it. */
export class TestBrowser {
  readonly jar = new Map<string, string>()

  /** A request as it leaves the browser now; its answer may come when the cookies are others. */
  request(path: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers)
    const cookies = [...this.jar].map(([name, value]) => `${name}=${value}`)
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
    return new Request(`http://localhost${path}`, { ...init, headers })
  }

  take(answer: Response) {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0\b/i.test(line)) this.jar.delete(name)
      else this.jar.set(name, value)
    }
    return answer
  }

  async send(handle: Handle, path: string, init: RequestInit = {}) {
    const request = this.request(path, init)
    return this.take(await inContract(request, await handle(request)))
  }

  /** Asks one of the endpoints below `/api/auth`. */
  auth(path: string, body: unknown = {}) {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const handle = (request: Request) => answerAuth(request, path.split('/'))
    return this.send(handle, `/api/auth/${path}`, init)
  }

  signIn({ email, password }: { email: string; password: string }) {
    return this.auth('sign-in/email', { email, password })
  }

  get session() {
    return [...this.jar].find(([name]) => name.endsWith('.session_token'))?.[1]
  }

  get former() {
    return [...this.jar].find(([name]) => name.endsWith('.former'))?.[1]
  }
}
