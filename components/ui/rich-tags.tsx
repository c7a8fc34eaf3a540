import type { ReactNode } from 'react'

/**
 * The tags of messages, for `t.rich`: `<bdi>` is around the words of a user, a model or a provider, which run as their
 * script does whatever is around them.
 */
export const richTags = { bdi: (words: ReactNode) => <bdi>{words}</bdi> }
