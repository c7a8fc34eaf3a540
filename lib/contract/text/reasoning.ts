/** The tags between which models think aloud. */
export const reasoningTags = ['think', 'thinking'] as const

const blocks = /<(think|thinking)>[\s\S]*?(?:<\/\1>|$)/gi
// Where the model's template opens the tag, only its end is in the answer.
const unopened = /^[\s\S]*<\/(?:think|thinking)>/i

/** What a model wrote without what it thought aloud, whether or not its tags are complete. */
export function withoutReasoning(text: string): string {
  if (!/<\/?think/i.test(text)) return text
  return text.replace(blocks, '').replace(unopened, '').trim()
}
