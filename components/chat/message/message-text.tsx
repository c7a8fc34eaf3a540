'use client'

import dynamic from 'next/dynamic'
import { memo } from 'react'
import type { ChatMessage } from '#lib/contract/chat'

const plain = 'whitespace-pre-wrap text-pretty wrap-break-word'

const MessageMarkdown = dynamic(
  () => import('./markdown.tsx').then((module) => module.MessageMarkdown),
  { ssr: false },
)

/** What a text contains that is more than words and line breaks. */
const marks = /[*_`#>|~[\]]|^\s*(?:[-+]|\d+[.)])\s|https?:|www\.|\S@\S/m

/** The text of an answer. One without any markup is drawn at once; the rest once the renderer is there. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  if (!marks.test(text)) return <p className={plain}>{text}</p>
  return <MessageMarkdown text={text} />
})

/** The text of a message, without its tools. */
export function textOf({ parts }: Pick<ChatMessage, 'parts'>) {
  return parts
    .flatMap((part) => (part.type === 'text' && part.text.trim() ? [part.text] : []))
    .join('\n\n')
}
