/** An answer whose content is at hand: the front door sends it in one piece, with its length, and not through a stream. */
export class WholeAnswer extends Response {
  readonly content: string

  constructor(content: string, init?: ResponseInit) {
    super(content, init)
    this.content = content
  }
}

/** A value as JSON, under the headers given. */
export function jsonAnswer(value: unknown, headers: Record<string, string>, status = 200) {
  const init = { status, headers: { 'content-type': 'application/json', ...headers } }
  return new WholeAnswer(JSON.stringify(value), init)
}
