'use client'

import { lazyPart } from '#components/ui/lazy-part'
import { memo } from 'react'
import type { ChatMessage } from '#lib/contract/chat'
import { withoutReasoning } from '#lib/contract/text/reasoning'

const plain = 'whitespace-pre-wrap text-pretty'

const MessageMarkdown = lazyPart(() =>
  import('./markdown.tsx').then((module) => module.MessageMarkdown),
)

/** What a text contains that is more than words and line breaks. */
const marks = /[*_`#>|~[\]]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|\S@\S/m

/** The text of an answer. One without any markup is drawn at once; the rest once the renderer is there. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  if (!marks.test(text))
    return (
      <p dir="auto" className={plain}>
        {text}
      </p>
    )
  return <MessageMarkdown text={text} />
})

/** The text of a message, without its tools and what a model thought aloud. */
export function textOf({ role, parts }: Pick<ChatMessage, 'role' | 'parts'>) {
  const texts = parts.flatMap((part) => (part.type === 'text' ? part.text : []))
  const said = role === 'user' ? texts : texts.map(withoutReasoning)
  return said.filter((text) => text.trim()).join('\n\n')
}
