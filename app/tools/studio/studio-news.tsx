'use client'

import { useEffect, useRef } from 'react'
import { onEnding } from '#lib/delivery/file-store'
import { useSay } from '#lib/messages/use-say'
import { useDeliveryNews } from '../../hooks/use-delivery-news.ts'
import { endingMessage, useFileNews } from '../../hooks/use-file-news.ts'
import type { Generator } from './hooks/use-generator.ts'

export interface StudioNewsProps {
  generator: Pick<Generator<never>, 'generations' | 'currentGeneration' | 'pick' | 'announce'>
}

/** Announces what the studio makes: each change of what is on the stage, and the end of the others. */
export function StudioNews({ generator }: StudioNewsProps) {
  const { generations, currentGeneration: current, pick, announce } = generator
  const say = useSay()
  const currentId = useRef(current?.id)
  useEffect(() => {
    currentId.current = current?.id
  })
  useDeliveryNews(generations, (fileId) => {
    pick(fileId)
    goToStage()
  })
  useFileNews(current ?? undefined, announce)
  useEffect(
    () =>
      onEnding(({ view }) => view.id !== currentId.current && announce(say(endingMessage(view)))),
    [announce, say],
  )
  return null
}

/** Brings the stage into sight and puts the focus there. */
function goToStage() {
  scrollTo({ top: 0 })
  document.getElementById('stage')?.focus({ preventScroll: true })
}
