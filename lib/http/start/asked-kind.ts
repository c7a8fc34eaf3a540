import { message } from '#lib/messages/message'
import { invalidField } from '../../errors.ts'

const kinds = ['video', 'image'] as const

/** The `kind` in the query of a request: videos where it names none. Throws `invalid_input` for any other. */
export function askedKind(request: Pick<Request, 'url'>): (typeof kinds)[number] {
  const named = new URL(request.url).searchParams.get('kind') ?? 'video'
  const kind = kinds.find((one) => one === named)
  if (!kind) throw invalidField('kind', message('request.chooseOf', { options: kinds.join(', ') }))
  return kind
}
