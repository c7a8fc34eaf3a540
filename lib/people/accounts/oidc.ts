import { type Auth, auth } from '../auth.ts'

/** The library as a path below `/api/auth` needs it. */
export async function authFor(_path: string): Promise<Pick<Auth, 'handler'>> {
  return auth()
}
