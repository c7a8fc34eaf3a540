'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { canvasTextMaxLength, type NodeOf } from '#lib/contract/canvas/canvas'
import type { BodyProps } from './body-props.ts'
import { useDraft } from './use-draft.ts'

const tallestPx = 2_000

/** The words of a text or a note, edited in place; the node grows with them. */
export function WordsBody({
  node,
  doc,
  label,
}: BodyProps<NodeOf<'text' | 'note'>> & { label: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft(node.text, (text) => {
    const { scrollHeight = 0, clientHeight = 0 } = field.current ?? {}
    const height = Math.min(tallestPx, node.height + scrollHeight - clientHeight)
    const fields = { text, ...(height > node.height && { height }) }
    doc.apply([{ change: 'set', id: node.id, fields }])
  })
  return (
    <textarea
      ref={field}
      dir="auto"
      aria-label={label}
      maxLength={canvasTextMaxLength}
      value={draft.value}
      onChange={({ target }) => draft.change(target.value)}
      onBlur={draft.leave}
      className="nodrag nowheel mt-3 h-[calc(100%-0.75rem)] w-full resize-none bg-transparent px-3 pb-2 text-sm outline-none"
    />
  )
}

/** The name of a group, edited in place. */
export function GroupName({ node, doc }: BodyProps<NodeOf<'group'>>) {
  const t = useTranslations('canvas')
  const draft = useDraft(node.name, (name) =>
    doc.apply([{ change: 'set', id: node.id, fields: { name } }]),
  )
  return (
    <input
      dir="auto"
      aria-label={t('groupName')}
      placeholder={t('groupName')}
      value={draft.value}
      maxLength={200}
      onChange={({ target }) => draft.change(target.value)}
      onBlur={draft.leave}
      className="nodrag m-1 field-sizing-content max-w-full rounded-sm bg-transparent px-2 text-sm outline-none placeholder:text-soft"
    />
  )
}
