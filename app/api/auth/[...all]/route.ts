import { answerAuth } from '#lib/http/answer-auth'

interface Context {
  params: Promise<{ all: string[] }>
}

/** Signing in and out, second factors, passkeys, one's sessions and password: those endpoints of the library alone. */
const answer = async (request: Request, { params }: Context) =>
  answerAuth(request, (await params).all)

export { answer as GET, answer as POST }
